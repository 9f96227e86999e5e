// Shuts this process off from every file but those named: what a laptop has, and nothing of the exporter's.
//
// Linux only (Landlock, since 5.13): for root as well, for every process that this one starts, and for good.
// Errors:  io where the system has no Landlock, so that nobody takes an open door for a shut one.
#pragma once

#include <filesystem>
#include <vector>

#include "app/error.h"

namespace exporter {

struct OpenDoors {
  std::vector<std::filesystem::path> read;  // files, and folders with all that is in them
  std::vector<std::filesystem::path> list;  // folders whose names may be read, and nothing else of them
};
app::Result<app::Done> shut_all_but(const OpenDoors& doors);

// Whether a single byte of the file can be had.
bool can_read(const std::filesystem::path& file);

}  // namespace exporter
