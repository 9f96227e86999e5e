#include "exporter/copy/delivery.h"

#include <chrono>

#include "exporter/copy/durable_file.h"
#include "exporter/copy/remote_copies.h"
#include "exporter/copy/remote_delivery.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

RotationPlace folder_of(const DestinationOptions& destination) { return {destination.name, destination.path, destination.keep}; }

RemotePlace remote_of(const DestinationOptions& destination) {
  return {destination.name, destination.remote, destination.rclone_config, destination.keep};
}

bool is_mounted(const DestinationOptions& destination, const std::filesystem::path& copies) {
  return !destination.must_be_mounted || !lie_on_one_disk(copies, destination.path);
}

Result<Done> copy_once(const KnownCopy& copy, const DestinationOptions& destination) {
  if (destination.kind == DestinationKind::rclone) return send_to_remote(copy, remote_of(destination));
  if (!is_mounted(destination, copy.folder)) {
    return Error{Code::not_found, "Nothing is mounted on " + destination.path.string() + ".",
                 "it lies on the same disk as the copies; is the stick or laptop plugged in? (must_be_mounted)"};
  }
  return copy_to_destination(copy, destination.path);
}

}  // namespace

bool is_away(const DestinationOptions& destination, const std::filesystem::path& copies, const RotationRules& rules) {
  std::error_code fault;
  if (destination.kind == DestinationKind::folder) return !std::filesystem::is_directory(destination.path, fault) || !is_mounted(destination, copies);
  const auto plan = plan_rotation(destination, rules);
  return plan.fault && plan.fault->code == Code::io;
}

Rotation plan_rotation(const DestinationOptions& destination, const RotationRules& rules) {
  if (destination.kind == DestinationKind::rclone) return plan_remote_rotation(remote_of(destination), rules);
  return plan_rotation(folder_of(destination), rules);
}

Rotation rotate(const DestinationOptions& destination, const RotationRules& rules, const std::string& verified, app::Instant now) {
  if (destination.kind == DestinationKind::rclone) return rotate_remote(remote_of(destination), rules, verified, now);
  return rotate(folder_of(destination), rules, verified, now);
}

DestinationResult deliver(const KnownCopy& copy, const DestinationOptions& destination, const RotationRules& rules, app::Instant now) {
  const auto start = std::chrono::steady_clock::now();
  DestinationResult result{destination.name, std::nullopt};
  auto copied = copy_once(copy, destination);
  // With minutes left nothing is removed that somebody may need.
  const bool rotates = copy.manifest.occasion != app::Occasion::battery;
  if (rotates && !copied.ok() && copied.error().code == Code::no_room) {
    Rotation made_room = rotate(destination, rules, "", now);
    if (!made_room.removed.empty()) copied = copy_once(copy, destination);
    result.rotation = std::move(made_room);
  }
  if (copied.ok() && rotates) {
    Rotation rotation = rotate(destination, rules, copy.folder.filename().string(), now);
    rotation.removed.insert(rotation.removed.begin(), result.rotation.removed.begin(), result.rotation.removed.end());
    rotation.removed_volumes += result.rotation.removed_volumes;
    result.rotation = std::move(rotation);
  } else if (!copied.ok()) {
    result.fault = copied.error();
  }
  result.took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace exporter
