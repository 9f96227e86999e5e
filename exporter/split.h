// Whether a practice is made in parts (shard.h), and which: what every command asks before it acts on the whole.
//
// The parts are those whose folders lie in shards/ beside the settings, else those that lie in the folder of copies. Where a practice
// was made in several ways, the one whose night is the newest counts; a whole night that is newer than all parts' ends the split.
// Errors:  of refuse_split(): bad_config.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/options.h"

namespace exporter {

// Each part's options, in their order, also of parts that were never made. Empty: the practice is not split.
std::vector<Options> find_split(const Options& whole);

// Wherever something is remembered of the practice's copies: of the whole, and of every part that was ever made.
std::vector<std::filesystem::path> list_states(const Options& whole);

// "Part 2 of 4" of a part's options.
std::string name_of_part(const Options& part);

// Whether a night of it ever ran here. Errors: of verify_made(): not_found, before anything is begun for a part that never was.
bool was_made(const Options& part);
app::Result<app::Done> verify_made(const Options& part);

// For a command that can act on one part at a time: names the parts, and what to type. `command` is as typed, without --shard.
app::Result<app::Done> refuse_split(const Options& whole, const std::string& command);

}  // namespace exporter
