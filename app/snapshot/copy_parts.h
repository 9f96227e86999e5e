// The copies of a practice that is split into parts: where they lie, and whether the parts are all there.
//
// Source:  FORMAT.md, "Parts".
// Errors:  of each part: not_found when it is missing; forged when it is not of the first one's practice; damaged when its copy is
//          another part's; and those of read_copy(). No part's fault hides the others.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/snapshot/copy.h"

namespace app {

// "Part 2 of 4".
std::string name_of(const Shard& shard);
// "shard-2-of-4".
std::string format_part_folder(const Shard& shard);
bool parse_part_folder(std::string_view name, Shard& shard);

// Whether the folder holds parts, and no copies of its own.
bool holds_parts(const std::filesystem::path& folder);

// A part of the practice as it lies there, or why it does not.
struct FoundPart {
  Shard shard;
  std::filesystem::path folder;  // of its copies
  std::optional<CopyInfo> info;  // its newest good copy
  std::optional<Error> fault;    // one of the two is there
};

// All parts, in their order, those that are missing too. A practice that is split anew leaves parts of another number behind:
// the split whose newest copy is the newest counts. Empty for a folder that holds no parts.
std::vector<FoundPart> find_parts(const std::filesystem::path& folder, Check check, const std::vector<PublicKey>& known = {});

}  // namespace app
