// Tonight's copy brought to one destination, checked there, and what that place no longer keeps removed.
//
// Errors:  none: what goes wrong at one destination is told in its result and stops nobody else.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/error.h"
#include "exporter/copy/destination_options.h"
#include "exporter/copy/destinations.h"
#include "exporter/copy/rotation.h"

namespace exporter {

struct DestinationResult {
  std::string name;
  std::optional<app::Error> fault;  // nothing: copied, and checked where it lies
  Rotation rotation = {};
  double took_s = 0;
};

// To a folder, or through rclone. A place that is full first loses what it no longer keeps, and then gets a second chance.
DestinationResult deliver(const KnownCopy& copy, const DestinationOptions& destination, const RotationRules& rules, app::Instant now);

// Whether nothing could be brought there now: the folder is not there or nothing is mounted on it, or the remote gives no answer.
bool is_away(const DestinationOptions& destination, const std::filesystem::path& copies, const RotationRules& rules);

// The rotation of a destination of either kind; see rotation.h.
Rotation plan_rotation(const DestinationOptions& destination, const RotationRules& rules);
Rotation rotate(const DestinationOptions& destination, const RotationRules& rules, const std::string& verified, app::Instant now);

}  // namespace exporter
