#include "exporter/deliveries.h"

#include <algorithm>

#include "app/snapshot/manifest.h"

namespace exporter {
namespace {

app::Error too_late_for(const std::string& place) { return {app::Code::out_of_time, "There was no time left to copy it to " + place + ".", ""}; }

app::Error too_late_to_rotate() { return {app::Code::out_of_time, "there was no time left; the next night does it.", ""}; }

// With minutes left nothing is removed that somebody may need.
bool rotates(const Options& options) { return options.run.occasion != app::Occasion::battery; }

constexpr const char* kFolder = "the folder of copies";

}  // namespace

std::vector<DestinationOptions> places_of(const Options& options) {
  std::vector<DestinationOptions> places = options.destinations;
  if (options.run.occasion != app::Occasion::night) std::erase_if(places, [](const DestinationOptions& place) { return !place.between_nights; });
  // While minutes are left, what is plugged in comes before what a network reaches.
  if (options.run.occasion == app::Occasion::battery) {
    std::ranges::stable_partition(places, [](const DestinationOptions& place) { return place.kind == DestinationKind::folder; });
  }
  return places;
}

void deliver_everywhere(const KnownCopy& copy, const Options& options, const RotationRules& rules, const TimeLimit& limit,
                        const NightHearers& hear, NightReport& report) {
  for (const DestinationOptions& place : places_of(options)) {
    hear.progress("Copying to " + place.name);
    if (limit.is_near()) report.destinations.push_back({place.name, too_late_for(place.name)});
    else report.destinations.push_back(deliver(copy, place, rules, report.taken));
    if (hear.so_far) hear.so_far(report);
  }
  if (!rotates(options)) return;
  hear.progress("Removing copies that are no longer kept");
  if (limit.is_near()) report.rotation.place = kFolder, report.rotation.fault = too_late_to_rotate();
  else report.rotation = rotate(RotationPlace{kFolder, options.copies, options.keep}, rules, copy.folder.filename().string(), report.taken);
}

std::optional<NightReport> cut_short(NightReport so_far, const Options& options) {
  std::error_code fault;
  // It is whole as soon as it has its name.
  if (so_far.copy.empty() || !std::filesystem::exists(so_far.copy / app::kManifestName, fault)) return std::nullopt;
  for (const DestinationOptions& place : places_of(options)) {
    const bool had_its_turn = std::ranges::any_of(so_far.destinations, [&](const DestinationResult& result) { return result.name == place.name; });
    if (!had_its_turn) so_far.destinations.push_back({place.name, too_late_for(place.name)});
  }
  if (rotates(options)) so_far.rotation.place = kFolder, so_far.rotation.fault = too_late_to_rotate();
  return so_far;
}

}  // namespace exporter
