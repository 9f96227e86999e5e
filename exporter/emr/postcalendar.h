// The days of an appointment that repeats, as OpenEMR's calendar keeps it: one row and a rule.
//
// Shape:   the rule is a PHP-serialized array: event_repeat_freq, event_repeat_freq_type, event_repeat_on_num,
//          event_repeat_on_day, event_repeat_on_freq, exdate. Kind 1 and 3: every so many days, weeks, months, years, work
//          days, or on weekdays; kind 2: the n-th weekday of every so many months.
// Errors:  a rule that cannot be understood is nothing, never a guess.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace exporter {

struct PostcalendarRule {
  enum class Step { day, week, month, year, work_day, weekdays, weekday_of_month };

  Step step = Step::day;
  int every = 1;               // days, weeks, months, years
  std::vector<int> weekdays;   // weekdays: 0 Sunday … 6 Saturday; weekday_of_month: the one
  int nth = 1;                 // weekday_of_month: 1…4, 5 the last
  std::vector<std::chrono::sys_days> left_out;
};

// `kind` is pc_recurrtype.
std::optional<PostcalendarRule> parse_postcalendar_rule(int kind, std::string_view serialized);

// The days of the series that begins on `first`, from `from` to `to` and not after `last`, in order.
std::vector<std::chrono::sys_days> days_of_series(const PostcalendarRule& rule, std::chrono::sys_days first,
                                                  std::optional<std::chrono::sys_days> last, std::chrono::sys_days from,
                                                  std::chrono::sys_days to);

}  // namespace exporter
