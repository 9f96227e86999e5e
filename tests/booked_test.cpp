#include "exporter/binder/booked.h"

#include <gtest/gtest.h>

namespace {

TEST(Booked, ATimeWithAnOffsetIsPrintedOnThePracticesOwnDay) {
  constexpr const char* kZone = "America/New_York";
  app::Chart chart;
  app::Appointment appointment;
  appointment.start = app::read_date("2026-11-23T00:30:00Z", kZone);
  chart.appointments.add(appointment);
  exporter::BookedCharts booked(app::read_date("2026-11-22").value(), 2, kZone);
  booked.consider(1, chart);
  const auto days = booked.days();
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(days[0].entries.size(), 1u);
  EXPECT_TRUE(days[1].entries.empty());
  const auto sheet_chart = booked.chart(1);
  ASSERT_TRUE(sheet_chart.ok());
  EXPECT_EQ(app::format_known_date(sheet_chart.value().appointments.entries.at(0).start), "22-Nov-2026 19:30");
}

}  // namespace
