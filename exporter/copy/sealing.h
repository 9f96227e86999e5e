// Closes a copy's folder: its key sealed to every keyholder, its files named and hashed, all of it signed.
//
// Errors:  bad_config when nobody could ever open the copy; io, no_room.
#pragma once

#include <filesystem>
#include <vector>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"
#include "exporter/copy/practice_keys.h"

namespace exporter {

// Writes manifest.json for what lies in `folder` and returns it whole. `manifest` comes with what is
// known of the night; files, slots and verifying key are filled in here.
app::Result<app::Manifest> write_manifest(const std::filesystem::path& folder, app::Manifest manifest,
                                          const app::CopyKey& key, const std::vector<Keyholder>& keyholders,
                                          const app::SigningKey& signing_key);

}  // namespace exporter
