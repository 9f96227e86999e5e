// A published copy, copied to another folder and checked where it lies now.
//
// Errors:  not_found when the folder is not there (a stick that is not plugged in), no_room, io, and
//          whatever checking finds. After any of them the destination's older copies are untouched and
//          nothing half-made is visible there.
#pragma once

#include <filesystem>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"
#include "exporter/copy/snapshot_writer.h"

namespace exporter {

// What the night still knows of the copy that it made.
struct KnownCopy {
  std::filesystem::path folder;
  const app::Manifest& manifest;
  const app::CopyKey& key;
  const SnapshotSummary& summary;
  int check_nights = 1;  // see DocumentOptions
};

// Copies under a hidden name, makes it durable, forgets what the system holds in memory of it, opens it
// there with the viewer's own reader and compares, and only then gives it its name. Of the volumes only those move that
// are missing or damaged there; one that cannot be brought is an Error, but the copy is published all the
// same: charts come before pages. Then what no copy there needs any longer is removed.
app::Result<app::Done> copy_to_destination(const KnownCopy& copy, const std::filesystem::path& destination);

}  // namespace exporter
