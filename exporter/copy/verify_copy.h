// Opens a copy again from where it was put, with the viewer's own reader, and compares.
//
// A copy counts only once this has returned Done.
// Errors:  not_verified; its detail says what the reader said.
#pragma once

#include <filesystem>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"
#include "exporter/copy/snapshot_writer.h"

namespace exporter {

// `manifest` is the one that was written there; `summary` is what was read from the EMR.
app::Result<app::Done> verify_copy(const std::filesystem::path& folder, const app::Manifest& manifest,
                                   const app::CopyKey& key, const SnapshotSummary& summary);

}  // namespace exporter
