#include "exporter/standing_copy.h"

#include <algorithm>

#include "app/snapshot/copy.h"
#include "exporter/copy/delivery.h"
#include "exporter/deliveries.h"

namespace exporter {

std::optional<StandingCopy> find_standing_copy(const Options& options, const RotationRules& rules) {
  const auto memory = NightMemory::open(options.state_folder());
  const NightRecord* last = memory.ok() ? memory.value().last_published() : nullptr;
  if (last == nullptr) return std::nullopt;
  const auto lies_in = [&](const std::filesystem::path& folder) {
    const auto info = app::read_copy(folder, app::Check::sizes);
    return info.ok() && info.value().manifest.sequence == last->sequence;
  };
  if (!lies_in(options.copies)) return std::nullopt;
  StandingCopy standing{*last, {}};
  for (const DestinationOptions& destination : places_of(options)) {
    const bool came = std::ranges::any_of(last->places, [&](const PlaceRecord& place) { return place.name == destination.name && place.code == 0; });
    if (came && (destination.kind == DestinationKind::rclone || lies_in(destination.path))) continue;
    if (!is_away(destination, options.copies, rules)) return std::nullopt;
    if (!came) standing.away.push_back(destination.name);
  }
  // Who read everything since and found the same to the letter saw the EMR's files last.
  const auto& runs = memory.value().nights();
  for (auto run = runs.begin() + (last - runs.data()); run != runs.end(); ++run) {
    if (run->unchanged && !run->source.empty()) standing.record.source = run->source;
  }
  return standing;
}

}  // namespace exporter
