// One part of a practice, made as if it were a practice of its own: its folder of copies, its places at the destinations and
// what is remembered of it lie in folders named "shard-2-of-4", so that many parts are made at once without meeting.
//
// The keys are the practice's, so that one passphrase opens all parts.
// Errors:  parse_shard: bad_config. place_shard: io.
#pragma once

#include <string>

#include "app/snapshot/manifest.h"
#include "exporter/options.h"

namespace exporter {

// "2/4".
app::Result<app::Shard> parse_shard(const std::string& text);

// Beside the settings: what is remembered of each part, in a folder of its own.
inline constexpr const char* kPartsFolder = "shards";

// The practice's options as they are for that part.
Options options_of_part(Options options, const app::Shard& shard);
// The same, and makes the folders that it needs in places that are there.
app::Result<app::Done> place_shard(Options& options, const app::Shard& shard);

}  // namespace exporter
