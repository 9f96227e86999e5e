// Birth dates as people type them, finished or not: every reading that is a possible birth date.
//
// Units:   days are yyyymmdd; a date known to the month or year has 00 for what is missing.
// Errors:  none; what is no date has no reading.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/record/calendar.h"

namespace app {

// From `begin` up to, not on, `end`.
struct DayRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool finished = true;  // false: what was typed may only be the beginning of this
  friend bool operator==(DayRange, DayRange) = default;
};

// All readings, ascending, none twice. Day and month are read both ways where both are possible; a year
// of two digits in both centuries; what may be the beginning of a date (no year yet, a year of one or
// three digits, 19 or 20) is unfinished. Nobody is born after `today`
// or before 1850.
std::vector<DayRange> parse_typed_date(std::string_view typed, const Date& today);

// Whether the word names a month, or begins to, in one of the languages that are known here.
bool is_month_word(std::string_view word);

}  // namespace app
