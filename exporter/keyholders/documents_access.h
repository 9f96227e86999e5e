// Who can open the documents that were kept before: volumes stay as they are from night to night, so a change of
// keyholders must reach them too.
//
// Errors:  wrong_passphrase, wrong_kind (the lines of an envelope: it cannot be tried here), io, no_room.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "exporter/copy/practice_keys.h"

namespace exporter {

// The keys of whoever's passphrase it is.
app::Result<app::KeyPair> unlock_any_keyholder(const std::filesystem::path& practice, const std::string& passphrase);

// Whether a new keyholder lacks anything: the practice keeps documents already.
bool keeps_documents(const std::filesystem::path& practice);

}  // namespace exporter
