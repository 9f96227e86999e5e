// An appointment that repeats, made into one entry for each of its days around today.
//
// A rule that cannot be understood gives the first day, and says in the chart that there are more.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/record/calendar.h"
#include "app/record/chart.h"

namespace exporter {

struct RepeatingRow {
  std::string_view start;  // "2026-03-02 10:15:00"
  std::string_view kind;
  std::string_view rule;
  std::string_view until;  // empty or a zero date: without end
};

// Calls `add` with the start of each appointment. Returns false when the rule was not understood.
bool for_each_repetition(const RepeatingRow& row, const app::Date& today, const std::function<void(std::string_view start)>& add);

}  // namespace exporter
