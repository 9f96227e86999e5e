#include "exporter/standing_copy.h"

#include <algorithm>

#include "app/snapshot/copy.h"

namespace exporter {

std::optional<NightRecord> find_standing_copy(const Options& options) {
  const auto memory = NightMemory::open(options.state_folder());
  const NightRecord* last = memory.ok() ? memory.value().last_published() : nullptr;
  if (last == nullptr) return std::nullopt;
  const auto lies_in = [&](const std::filesystem::path& folder) {
    const auto info = app::read_copy(folder, app::Check::sizes);
    return info.ok() && info.value().manifest.sequence == last->sequence;
  };
  if (!lies_in(options.copies)) return std::nullopt;
  for (const DestinationOptions& destination : options.destinations) {
    if (!destination.between_nights) continue;
    const bool came = std::ranges::any_of(last->places, [&](const PlaceRecord& place) { return place.name == destination.name && place.code == 0; });
    if (!came || (destination.kind == DestinationKind::folder && !lies_in(destination.path))) return std::nullopt;
  }
  NightRecord standing = *last;
  // Who read everything since and found the same to the letter saw the EMR's files last.
  const auto& runs = memory.value().nights();
  for (auto run = runs.begin() + (last - runs.data()); run != runs.end(); ++run) {
    if (run->unchanged && !run->source.empty()) standing.source = run->source;
  }
  return standing;
}

}  // namespace exporter
