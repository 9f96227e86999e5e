#include "exporter/policy/chart_dates.h"

#include <algorithm>

#include "app/record/sheet_words.h"

namespace exporter {
namespace {

// The later of an entry's dates; nothing where one of them is there and cannot be read.
int later(const app::Known<app::Date>& a, const app::Known<app::Date>& b) {
  for (const app::Known<app::Date>* date : {&a, &b}) {
    if (!date->is_known() && date->presence() != app::Presence::not_recorded) return 0;
  }
  return std::max(last_day_of(a), last_day_of(b));
}

template <typename T>
constexpr bool has_age = requires(const T& entry) { last_day_of(entry); };

}  // namespace

int last_day_of(const app::Known<app::Date>& date) {
  if (!date.is_known()) return 0;
  app::Date last = date.value();
  if (last.precision == app::Precision::year) last.month = 12;
  if (last.precision <= app::Precision::month) last.day = 31;
  return last.year * 10'000 + last.month * 100 + last.day;
}

int last_day_of(const app::Medication& entry) {
  return entry.current.value_or(true) ? 0 : last_day_of(entry.end);
}
int last_day_of(const app::Problem& entry) {
  return entry.current.value_or(true) ? 0 : last_day_of(entry.resolved);
}
int last_day_of(const app::Observation& entry) { return later(entry.date, entry.reported); }
int last_day_of(const app::Procedure& entry) { return later(entry.date, entry.end); }
int last_day_of(const app::Visit& entry) { return later(entry.start, entry.end); }
int last_day_of(const app::Note& entry) { return last_day_of(entry.date); }
int last_day_of(const app::Appointment& entry) { return last_day_of(entry.start); }
int last_day_of(const app::Document& entry) { return last_day_of(entry.date); }

int last_active_day(const app::Chart& chart) {
  int last = 0;
  const auto look = [&last](std::string_view, const auto& section) {
    for (const auto& entry : section.entries) {
      if constexpr (has_age<std::decay_t<decltype(entry)>>) last = std::max(last, last_day_of(entry));
    }
  };
  app::Chart::sections(chart, look);
  for (const app::Medication& one : chart.medications.entries) last = std::max({last, last_day_of(one.start), last_day_of(one.end)});
  for (const app::Problem& one : chart.problems.entries) last = std::max({last, last_day_of(one.onset), last_day_of(one.recorded)});
  for (const app::Allergy& one : chart.allergies.entries) last = std::max(last, last_day_of(one.recorded));
  for (const app::Immunization& one : chart.immunizations.entries) last = std::max(last, last_day_of(one.date));
  return last;
}

}  // namespace exporter
