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
  std::uint64_t turn = 0;

  // Pages are brought by the night.
  bool brings_volumes() const { return manifest.occasion == app::Occasion::night; }
};

// Under which an exporter brings things to a place that others may share: each sees which are its own.
std::string incoming_prefix(const app::PublicKey& signer);
// Whether what has this name was left by a run of this exporter that was cut short.
bool is_own_leftover(const std::string& name, const app::PublicKey& signer);

// Copies under a hidden name, makes it durable, forgets what the system holds in memory of it, opens it
// there with the viewer's own reader and compares, and only then gives it its name. Of the volumes only those move that
// are missing or damaged there; one that cannot be brought is an Error, but the copy is published all the
// same: charts come before pages. Then what no copy there needs any longer is removed.
app::Result<app::Done> copy_to_destination(const KnownCopy& copy, const std::filesystem::path& destination);

}  // namespace exporter
