// A published copy, copied to another folder and checked where it lies now.
//
// Errors:  not_found when the folder is not there (a stick that is not plugged in), no_room, io, and
//          whatever checking finds. After any of them the destination's older copies are untouched and
//          nothing half-made is visible there.
#pragma once

#include <filesystem>

#include "app/error.h"

namespace exporter {

// Copies under a hidden name, makes it durable, forgets what the system holds in memory of it, reads
// every byte back against the signed manifest, and only then gives it its name.
app::Result<app::Done> copy_to_destination(const std::filesystem::path& copy, const std::filesystem::path& destination);

}  // namespace exporter
