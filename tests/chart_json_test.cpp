#include "app/record/chart_json.h"

#include <gtest/gtest.h>

namespace {

app::Chart chart_with_every_state() {
  app::Chart chart;
  chart.emr_key = "p-1";
  chart.mrn = "10442";
  chart.identifiers = {{"MRN", "urn:practice", "10442"}};
  chart.names = {{"official", "Latn", "Mr", "John", "Smith", "", ""}};
  chart.birth_date = app::Known<app::Date>::unreadable("1975-02-31");
  chart.deceased = false;
  chart.allergies.state = app::Presence::known_none;
  chart.medications.state = app::Presence::not_in_copy;
  chart.alerts.state = app::Presence::withheld;
  app::Problem problem;
  problem.text = "Asthma \"exercise\"\n\x01";
  problem.codes = {{"http://snomed.info/sct", "195967001", "Asthma"}};
  problem.current = true;
  problem.onset = app::read_date("1999-05");
  chart.problems.add(problem);
  chart.problems.withheld = 2;
  chart.unreadable = {{"allergies", "", "\xEF\xBF\xBD", "no UTF-8"}};
  return chart;
}

std::string json_of(const app::Chart& chart) {
  std::string json;
  app::format_chart(chart, json);
  return json;
}

TEST(ChartJson, ComesBackAsItWasKept) {
  const std::string kept = json_of(chart_with_every_state());
  const auto chart = app::parse_chart(kept);
  ASSERT_TRUE(chart.ok());
  EXPECT_EQ(json_of(chart.value()), kept);
  EXPECT_EQ(chart.value().allergies.state, app::Presence::known_none);
  EXPECT_EQ(chart.value().medications.state, app::Presence::not_in_copy);
  EXPECT_EQ(chart.value().alerts.state, app::Presence::withheld);
  EXPECT_EQ(chart.value().immunizations.state, app::Presence::not_recorded);
  EXPECT_EQ(chart.value().problems.state, app::Presence::known);
  EXPECT_EQ(chart.value().problems.withheld, 2u);
  EXPECT_EQ(chart.value().problems.entries[0].text, "Asthma \"exercise\"\n\x01");
  EXPECT_EQ(chart.value().problems.entries[0].onset.value().iso, "1999-05");
  EXPECT_EQ(chart.value().birth_date.as_recorded(), "1975-02-31");
  EXPECT_EQ(chart.value().unreadable[0].section, "allergies");
}

TEST(ChartJson, WhatIsNoChartIsRefused) {
  for (const char* text : {"", "[]", "{", "{\"emr_key\":\"\xFF\"}"}) {
    const auto chart = app::parse_chart(text);
    ASSERT_FALSE(chart.ok()) << text;
    EXPECT_EQ(chart.error().code, app::Code::damaged);
  }
}

}  // namespace
