// What is opened as one: a copy, or the copies of all parts of a practice that lie together.
//
// Shape:   of parts it is a copy of the whole practice, as far as its parts are there: as old as the oldest of them, with the counts of all
//          and the keyholders of any.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/snapshot/copy_parts.h"
#include "app/snapshot/pairing.h"

namespace viewer {

struct Openable : app::CopyInfo {
  Openable() = default;
  Openable(app::CopyInfo copy) : app::CopyInfo(std::move(copy)) {}

  std::vector<app::FoundPart> parts;  // in their order, the missing ones too; empty for one copy
  bool is_outnumbered = false;        // another key signed more of the parts that lie here
};

// A part whose patients cannot be found, and why.
struct MissingPart {
  app::Shard shard;
  app::Error fault;
};

// Requires: one part at least is there.
Openable make_together(const std::filesystem::path& around, std::vector<app::FoundPart> parts);
// Tells it from all others: earlier nights of the same parts lie in the same folder.
std::string identity_of(const Openable& openable);
// Of the newest part.
app::Instant newest_as_of(const Openable& openable);
std::vector<MissingPart> missing_of(const std::vector<app::FoundPart>& parts);
// All splits that lie in a folder, the one to be opened first; behind each those of its earlier nights.
std::vector<Openable> list_together(const std::filesystem::path& around, const std::vector<app::PublicKey>& known);

// What there is to say of parts together: what is amiss with one names it, what all have in common is said once.
void add_warning(app::Warning warning, const app::Shard& of, std::vector<app::Warning>& all);
std::vector<app::Warning> warn_of_parts(const Openable& together, const app::Pairings& known, app::Instant now);

// "PART 2 OF 4 IS MISSING: about a quarter of the patients cannot be found here."; "" if all are here.
std::string describe_missing(const std::vector<MissingPart>& missing);
// "INCOMPLETE: the appointments of part 2 of 4 are not on this list."; "" if none are missing.
std::string describe_gaps(const std::vector<MissingPart>& missing, const std::vector<MissingPart>& without_schedule);
// "Part 3 of 4 is 2 days older than the newest part: for about a quarter of the patients, what changed since then is missing."
std::string describe_lagging(const std::vector<app::LatePart>& late);

}  // namespace viewer
