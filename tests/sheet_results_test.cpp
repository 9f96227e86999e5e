// What of results a sheet says first.
#include <gtest/gtest.h>

#include "app/record/sheet.h"
#include "tests/invented_charts.h"

namespace {

TEST(SheetResults, WhatIsOrderedAndHasNoResultYetComesFirstAndIsNeverCutOff) {
  app::Chart chart;
  for (int i = 0; i < 40; ++i) {
    app::Observation result;
    result.text = "test " + std::to_string(i);
    result.value = std::to_string(i);
    result.date = app::read_date("2026-11-20");
    chart.results.add(result);
  }
  for (const char* ordered : {"Colonoscopy", "MRI of the knee"}) {
    app::Observation order;
    order.text = ordered;
    order.panel = "Open orders";
    order.value = "ordered, no result yet";
    order.date = app::read_date("2024-01-02");
    chart.results.add(order);
  }
  for (const auto form : {app::SheetForm::whole, app::SheetForm::booked, app::SheetForm::brief}) {
    const app::Sheet sheet = app::make_sheet(chart, app::default_sheet_template(), {tests::day("2026-11-22T02:10:00"), form});
    const app::SheetSection& results = *tests::find_section(sheet, "results");
    ASSERT_GE(results.rows.size(), 3u);
    EXPECT_EQ(results.rows[0].label, "Open orders");
    EXPECT_EQ(results.rows[0].value[0].text, "2 orders");
    EXPECT_EQ(results.rows[1].label, "Colonoscopy");
    EXPECT_EQ(results.rows[2].label, "MRI of the knee");
  }
}

}  // namespace
