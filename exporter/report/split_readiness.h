// Whether a practice that is made in parts could go through an outage now: one answer for the whole, from what each part knows.
//
// It is as old as its oldest part, and a place is as good as the worst part there. Pure but for read_split_facts().
// Errors:  none of its own: what is missing or broken is what it is there to say.
#pragma once

#include <optional>
#include <vector>

#include "app/snapshot/manifest.h"
#include "exporter/report/readiness.h"

namespace exporter {

struct PartFacts {
  app::Shard shard;
  ReadinessFacts facts;
};

struct SplitFacts {
  ReadinessFacts whole;          // what is the practice's: keyholders, drills, room
  std::vector<PartFacts> parts;  // all of them, in their order
};

// `parts` as find_split() gives them.
SplitFacts read_split_facts(const Options& whole, const std::vector<Options>& parts);

Readiness judge_split(const SplitFacts& split, app::Instant now);

// The set of the newest copy of each part, as old as the oldest of them; nothing while one is missing.
std::optional<NewestCopy> complete_set(const SplitFacts& split);

// For the page on the wall: each night that every part went through, and its parts' counts together.
ReadinessFacts gather_nights(const SplitFacts& split);

}  // namespace exporter
