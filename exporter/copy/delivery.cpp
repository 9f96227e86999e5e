#include "exporter/copy/delivery.h"

#include <chrono>

namespace exporter {

DestinationResult deliver(const KnownCopy& copy, const RotationPlace& place, const RotationRules& rules, app::Instant now) {
  const auto start = std::chrono::steady_clock::now();
  DestinationResult result{place.name, std::nullopt};
  auto copied = copy_to_destination(copy, place.folder);
  if (!copied.ok() && copied.error().code == app::Code::no_room) {
    Rotation made_room = rotate(place, rules, "", now);
    if (!made_room.removed.empty()) copied = copy_to_destination(copy, place.folder);
    result.rotation = std::move(made_room);
  }
  if (copied.ok()) {
    Rotation rotation = rotate(place, rules, copy.folder.filename().string(), now);
    rotation.removed.insert(rotation.removed.begin(), result.rotation.removed.begin(), result.rotation.removed.end());
    rotation.removed_volumes += result.rotation.removed_volumes;
    result.rotation = std::move(rotation);
  } else {
    result.fault = copied.error();
  }
  result.took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace exporter
