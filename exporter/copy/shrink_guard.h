// Notices that the EMR gave far less tonight than on the good nights before, so that such a copy takes nobody's place.
//
// Errors:  Code::shrunk, saying what shrank, from how many to how many: counts and names of sections only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

struct GuardPolicy {
  int shrink_percent = 10;  // so much less stops the night; 0: nothing does
  int nights = 14;          // compared with the best of so many good nights, so that no slow decline slips through

  friend bool operator==(const GuardPolicy&, const GuardPolicy&) = default;
};

// What a night had.
struct NightCounts {
  std::uint64_t patients = 0;
  std::map<std::string, std::uint64_t> entries;  // by section
  std::uint64_t documents = 0;                   // whose pages are in the copy

  friend bool operator==(const NightCounts&, const NightCounts&) = default;
};

// With what is in no copy for its age alone: each year's first night cuts off a year, and nothing is lost by that.
NightCounts with_older(NightCounts counts, const std::map<std::string, std::uint64_t>& older);

struct Shrinkage {
  std::string what;  // "patients", "entries", "documents", or a section's name
  std::uint64_t before = 0;
  std::uint64_t tonight = 0;
};

// `good` are the nights before, oldest first, back to the last one whose shrinking was accepted.
std::vector<Shrinkage> find_shrinkage(const NightCounts& tonight, const std::vector<NightCounts>& good, const GuardPolicy& policy);

// Requires: not empty.
app::Error make_shrunk_error(const std::vector<Shrinkage>& shrunk);
// "patients: 3,900 before, 12 tonight; allergies: …"
std::string describe(const std::vector<Shrinkage>& shrunk);

}  // namespace exporter
