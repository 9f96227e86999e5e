// A chart that is too large for a copy loses what is largest, and says so; all others are left alone.
#include "exporter/emr/chart_size.h"

#include <gtest/gtest.h>

#include "app/record/chart_json.h"

namespace {

std::size_t size_of(const app::Chart& chart) {
  std::string json;
  app::format_chart(chart, json);
  return json.size();
}

app::Chart with_notes(std::initializer_list<std::size_t> sizes) {
  app::Chart chart;
  for (const std::size_t size : sizes) chart.notes.add({"", "Note", "final", {}, "", std::string(size, 'n')});
  return chart;
}

TEST(ChartSize, AChartThatFitsIsLeftAsItIs) {
  app::Chart chart = with_notes({3 << 20, 3 << 20});
  const std::size_t before = size_of(chart);
  EXPECT_EQ(exporter::fit_chart(chart, 8 << 20), 0U);
  EXPECT_EQ(size_of(chart), before);
}

TEST(ChartSize, TheLargestNotesGoFirstAndAreMarked) {
  app::Chart chart = with_notes({1 << 20, 9 << 20, 2 << 20});
  EXPECT_EQ(exporter::fit_chart(chart, 8 << 20), 1U);
  EXPECT_LE(size_of(chart), 8U << 20);
  ASSERT_EQ(chart.unreadable.size(), 1U);
  EXPECT_EQ(chart.unreadable[0].reason, "the note is too large for this copy: 9 MiB");
  EXPECT_NE(chart.notes.entries[1].body.find("NOT IN THIS COPY"), std::string::npos);
  EXPECT_EQ(chart.notes.entries[2].body.size(), 2U << 20);
}

TEST(ChartSize, ThenTheOldestEntriesGoAndAreCounted) {
  app::Chart chart;
  for (int i = 0; i < 40'000; ++i) {
    app::Observation one;
    one.text = "Sodium", one.value = std::to_string(i), one.note = std::string(50, 'x');
    chart.results.add(std::move(one));
  }
  EXPECT_GT(exporter::fit_chart(chart, 1 << 20), 0U);
  EXPECT_LE(size_of(chart), 1U << 20);
  ASSERT_FALSE(chart.results.entries.empty());
  EXPECT_EQ(chart.results.entries[0].value, "0") << "the newest stay";
  EXPECT_EQ(chart.unreadable[0].as_recorded, "20000 entries");
}

}  // namespace
