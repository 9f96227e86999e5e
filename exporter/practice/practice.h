// An invented practice: a whole EMR's database of people who do not exist, for trying out and for measuring.
//
// The same seed, number of patients and day give the same database on every machine. templates/emr/practice
// is the mapping pack that reads it.
// Errors:  Code::bad_config when the file exists or the order makes no sense; Code::io, Code::no_room.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "app/error.h"
#include "exporter/practice/tables.h"

namespace exporter {

struct PracticeOrder {
  std::int64_t patients = 2000;
  std::uint64_t seed = 1;
  std::filesystem::path out;
  std::string today;  // "2026-11-22": appointments lie around it; empty for the real today (UTC)
  PracticeDialect dialect = PracticeDialect::sqlite;
  std::filesystem::path documents{};  // a folder to make and to fill with scans; empty: no scans
};

// Told now and then how many patients are done.
using PracticeProgress = std::function<void(std::int64_t done, std::int64_t of)>;

app::Result<app::Done> make_practice(const PracticeOrder& order, const PracticeProgress& progress = {});

}  // namespace exporter
