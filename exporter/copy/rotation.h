// Removes the copies that a place no longer keeps, and the volumes of documents that only they named.
//
// A copy that is not this practice's, or that has a fault, is no candidate: it counts for nothing and nobody removes it.
// Each copy that goes first loses its name in one step, so that whoever looks sees whole copies only, wherever this is
// cut short; the next rotation ends what the last began. Each removal is written down before it is done.
// Errors:  io; not_verified when there is no copy that may be relied on instead.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/snapshot/keys.h"
#include "exporter/copy/keep_policy.h"

namespace exporter {

// PRACTICE/removals.log: one line for each copy that was removed, with time, place and number.
inline constexpr std::string_view kRemovalsLog = "removals.log";

struct RotationPlace {
  std::string name;  // as the practice calls it
  std::filesystem::path folder;
  KeepPolicy keep;
};

// Whose copies, and by which calendar.
struct RotationRules {
  app::PublicKey signer{};
  std::string time_zone;
  std::filesystem::path practice;  // where removals are written down
};

struct SetAside {
  std::string name;
  std::string reason;
};

struct Rotation {
  std::string place;
  std::vector<KeepVerdict> verdicts;   // newest first
  std::vector<SetAside> left_alone;
  std::vector<std::string> removed;
  std::uint64_t removed_volumes = 0;
  std::optional<app::Error> fault;
};

// Looks, and removes nothing.
Rotation plan_rotation(const RotationPlace& place, const RotationRules& rules);

// `verified` is the name of a copy there that was opened and compared just now; it stays, whatever else. Without it the
// newest good copy is read again, every byte, and is to be relied on if it passes. Requires: nobody else writes there.
Rotation rotate(const RotationPlace& place, const RotationRules& rules, const std::string& verified, app::Instant now);

}  // namespace exporter
