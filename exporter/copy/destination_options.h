// A place that gets every copy, as the settings say.
//
// Errors:  none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "exporter/copy/keep_policy.h"

namespace exporter {

enum class DestinationKind : std::uint8_t { folder, rclone };

struct DestinationOptions {
  std::string name;
  std::filesystem::path path;  // of a folder
  KeepPolicy keep = {};
  DestinationKind kind = DestinationKind::folder;
  bool between_nights = true;           // also gets the copies of the day, and the last one before the power goes
  bool must_be_mounted = false;         // a folder on the copies' own disk is a stick that is not plugged in
  std::string remote = {};              // "name:path" of rclone's configuration
  std::filesystem::path rclone_config = {};  // empty: rclone's own choice
};

// Of those that are folders.
inline std::vector<std::filesystem::path> folders_of(const std::vector<DestinationOptions>& destinations) {
  std::vector<std::filesystem::path> folders;
  for (const DestinationOptions& destination : destinations) {
    if (destination.kind == DestinationKind::folder) folders.push_back(destination.path);
  }
  return folders;
}

}  // namespace exporter
