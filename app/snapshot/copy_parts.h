// The copies of a practice that is split into parts: where they lie, whether the parts are all there, and whether they are of one night.
//
// Source:  FORMAT.md, "Parts".
// Errors:  of each part: not_found when it is missing; forged when another key signed it than the other parts'; damaged when its copy is
//          another part's; and those of read_copy(). No part's fault hides the others.
#pragma once

#include <cstdint>
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

// A part of the practice as it lies there, or why it does not.
struct FoundPart {
  Shard shard;
  std::filesystem::path folder;  // of its copies
  std::optional<CopyInfo> info;  // its newest good copy
  std::optional<Error> fault;    // one of the two is there
};

// All splits of a folder, each with all its parts in their order, those that are missing too: one for each number of parts and
// each key that signed some of them. First those by one of `known`, then those whose key signed the most parts of their number, then
// the one with the newest part.
std::vector<std::vector<FoundPart>> list_splits(const std::filesystem::path& folder, const std::vector<PublicKey>& known = {});
// The first of them, read so thoroughly. Empty for a folder that holds no parts.
std::vector<FoundPart> find_parts(const std::filesystem::path& folder, Check check, const std::vector<PublicKey>& known = {});

// Whether a folder of copies is to be opened as parts: it holds some, and no whole copy beside them is newer, or signed by one of
// `known` while no part is.
bool holds_parts(const std::filesystem::path& folder, const std::vector<PublicKey>& known = {});
// What of a folder is not read: parts beside a whole copy, the reverse, parts of another number or signer; a sentence each. Else "".
std::string describe_passed_over(const std::filesystem::path& folder, const std::vector<PublicKey>& known = {});

// A part whose data are more than a day older than those of the newest part.
struct LatePart {
  Shard shard;
  std::int64_t behind_s = 0;
};
inline constexpr std::int64_t kPartsApartMost_s = 24 * 3600;
// In their order; none while all lie within a day.
std::vector<LatePart> find_late_parts(const std::vector<FoundPart>& parts);
// "Part 3 of 4 is 2 days older than the newest part"; of several one after the other.
std::string describe_late(const std::vector<LatePart>& late);
// Code::not_found: the newer copy of a part is not here. Nothing of parts that are within a day, or missing.
std::optional<Error> judge_ages(const std::vector<FoundPart>& parts);

}  // namespace app
