// What is written down of a drill, so that it can be shown to an auditor years later: signed by the practice, and counted.
//
// Shape:   PRACTICE/drills/2026-11-22T120000Z-000007.json, one JSON object: what was found at each place, in counts, and nothing
//          of any patient. Its last member is an Ed25519 signature of all bytes before it; "previous" is the digest of the
//          result before it, so that none can be taken away from among them.
// Errors:  io, no_room; of checking: forged, damaged.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/report/drill.h"

namespace exporter {

inline constexpr std::string_view kDrillsFolder = "drills";

// The object without its signature.
std::string format_drill_json(const Drill& drill, const std::string& practice, const app::PublicKey& signer, const std::string& previous);
// For a person.
std::string format_drill(const Drill& drill, const std::string& time_zone);

// Gives the drill its number, signs and writes its result, and remembers it for `nightchart status`. Returns the file. What cannot
// be signed or written is remembered all the same, without a number.
app::Result<std::filesystem::path> keep_result(const std::filesystem::path& practice_folder, const std::string& practice, Drill& drill);

// Every result that lies there, and what is amiss with the row of them.
struct KeptDrills {
  struct Kept {
    std::filesystem::path file;
    std::uint64_t number = 0;
    app::Instant began;
    bool passed = false;
    bool compared = true;  // false: everything opened, and the EMR was away
    std::optional<app::Error> fault = {};  // its signature, or its place in the row
  };
  std::vector<Kept> drills;  // oldest first
  std::vector<std::string> missing;  // "no. 4"
};
app::Result<KeptDrills> check_results(const std::filesystem::path& practice_folder);
// Of these drills, those whose result has gone. Nothing is read, only looked for.
std::vector<std::uint64_t> missing_results(const std::filesystem::path& practice_folder, const std::vector<DrillRecord>& drills);

// 0, or what the first place that failed says; kExitNotCompared when none failed and some could not be compared.
int exit_code_of(const Drill& drill);

}  // namespace exporter
