#include "viewer/upcoming.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "app/record/sheet_words.h"

namespace viewer {
namespace {

bool is_kept(const app::Appointment& appointment) {
  constexpr std::array<std::string_view, 6> kGone = {"cancelled", "canceled", "noshow", "no show", "did not attend",
                                                     "entered-in-error"};
  return std::none_of(kGone.begin(), kGone.end(),
                      [&](std::string_view word) { return app::same_ignoring_case(appointment.status, word); });
}

}  // namespace

std::optional<app::Appointment> next_appointment(const app::Chart& chart, const app::Date& today) {
  const auto place = [](const app::Appointment& appointment) {
    const app::Date& start = appointment.start.value();
    return std::tuple(app::format_day_number(start), start.hour, start.minute);
  };
  std::optional<app::Appointment> first;
  for (const app::Appointment& one : chart.appointments.entries) {
    if (!one.start.is_known() || one.start.value().precision < app::Precision::day || !is_kept(one)) continue;
    if (app::format_day_number(one.start.value()) < app::format_day_number(today)) continue;
    if (!first || place(one) < place(*first)) first = one;
  }
  return first;
}

std::optional<app::Appointment> Upcoming::next(const app::Copy& copy, app::ChartId chart, const app::Date& today) {
  if (const int day = app::format_day_number(today); day != day_) known_.clear(), day_ = day;
  const auto known = known_.find(chart);
  if (known != known_.end()) return known->second;
  const auto read = copy.read_chart(chart);
  return known_[chart] = read.ok() ? next_appointment(read.value(), today) : std::nullopt;
}

}  // namespace viewer
