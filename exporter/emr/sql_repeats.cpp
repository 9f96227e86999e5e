#include "exporter/emr/sql_repeats.h"

#include <chrono>
#include <cstdio>
#include <optional>

#include "exporter/emr/postcalendar.h"
#include "exporter/emr/sql_shape.h"

namespace exporter {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::size_t kDay_letters = 10;  // "2026-03-02"

sys_days day_of(const app::Date& date) {
  return sys_days(year_month_day(std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
                                 std::chrono::day(static_cast<unsigned>(date.day))));
}

std::optional<sys_days> day_of(std::string_view text) {
  const app::Known<app::Date> date = app::read_date(text.substr(0, kDay_letters));
  if (!date.is_known() || date.value().precision < app::Precision::day) return std::nullopt;
  return day_of(date.value());
}

std::string format_day(sys_days day, std::string_view rest) {
  const year_month_day date(day);
  char text[32];
  const int size = std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return std::string(text, static_cast<std::size_t>(size)).append(rest);
}

}  // namespace

bool for_each_repetition(const RepeatingRow& row, const app::Date& today,
                         const std::function<void(std::string_view)>& add) {
  if (row.kind.empty() || row.kind == "0") return add(row.start), true;
  const auto first = day_of(row.start);
  const auto rule = row.kind.size() == 1 ? parse_postcalendar_rule(row.kind[0] - '0', row.rule) : std::nullopt;
  const bool ends = app::read_date(row.until).presence() != app::Presence::not_recorded;
  const auto until = day_of(row.until);
  if (!first || !rule || (ends && !until)) return add(row.start), false;
  const std::string_view time = row.start.substr(kDay_letters);
  const sys_days now = day_of(today);
  for (const sys_days day :
       days_of_series(*rule, *first, until, now - days(kRepeatsBefore_d), now + days(kRepeatsAfter_d))) {
    add(format_day(day, time));
  }
  return true;
}

}  // namespace exporter
