// Which appointment a hit names: the one that the caller most likely means.
#include "viewer/upcoming.h"

#include <gtest/gtest.h>

#include "tests/invented_charts.h"

namespace {

app::Chart chart_with(const std::vector<std::pair<const char*, const char*>>& appointments) {
  app::Chart chart;
  for (const auto& [start, status] : appointments) {
    app::Appointment one;
    one.start = app::read_date(start);
    one.status = status;
    one.text = start;
    chart.appointments.add(one);
  }
  return chart;
}

std::string next(const std::vector<std::pair<const char*, const char*>>& appointments) {
  const auto found = viewer::next_appointment(chart_with(appointments), tests::day("2026-11-22"));
  return found ? found->text : "none";
}

TEST(Upcoming, IsTheFirstFromTodayOnInWhateverOrderTheyStand) {
  EXPECT_EQ(next({{"2026-12-01T09:00:00", "booked"}, {"2026-11-22T15:00:00", "booked"}, {"2026-11-22T08:30:00", "arrived"}}),
            "2026-11-22T08:30:00");
  EXPECT_EQ(next({{"2026-11-21T23:00:00", "booked"}, {"2026-12-01", "booked"}}), "2026-12-01");
}

TEST(Upcoming, IsNoneThatWasCancelledOrPassedOrHasNoDay) {
  EXPECT_EQ(next({{"2026-11-23T09:00:00", "cancelled"}, {"2026-11-24T09:00:00", "No Show"}, {"2026-12", "booked"},
                  {"2026-11-21T09:00:00", "booked"}, {"soon", "booked"}}),
            "none");
  EXPECT_EQ(next({}), "none");
}

}  // namespace
