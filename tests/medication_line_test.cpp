#include "app/record/medication_line.h"

#include <gtest/gtest.h>

#include "tests/invented_charts.h"

namespace {

app::Medication drug(std::string name) {
  app::Medication medication;
  medication.text = std::move(name);
  return medication;
}

TEST(MedicationLine, SaysItsPartsInTheOneOrder) {
  app::Medication m = drug("furosemide");
  m.brand = "Lasix", m.strength = "40 mg", m.form = "tablet", m.dose = "20.0mg";
  m.rate = "5 mg/min", m.duration = "10 days", m.route = "PO", m.frequency = "QAM";
  EXPECT_EQ(app::format_medication(m),
            "furosemide — Lasix — 40 mg — tablet — DOSE 20 mg — 5 mg per minute — 10 days — by mouth — every morning");
}

TEST(MedicationLine, TheDoseAndNothingElseIsStrong) {
  app::Medication m = drug("digoxin");
  m.form = "elixir", m.dose = ".125 mg", m.frequency = "QD";
  const auto spans = app::make_medication_line(m);
  ASSERT_EQ(spans.size(), 3u);
  EXPECT_EQ(spans[0].text, "elixir — DOSE");
  EXPECT_EQ(spans[1].text, "0.125 mg");
  EXPECT_EQ(spans[1].weight, app::Weight::strong);
  EXPECT_EQ(spans[2].text, "— once daily");
}

TEST(MedicationLine, WhatIsNotRecordedLeavesNoGap) {
  EXPECT_EQ(app::format_medication(drug("aspirin 81 mg tablet")), "aspirin 81 mg tablet");
  app::Medication m = drug("aspirin");
  m.dose = "81 mg";
  EXPECT_EQ(app::format_medication(m), "aspirin — DOSE 81 mg");
  app::Medication routed = drug("aspirin");
  routed.route = "PO";
  EXPECT_EQ(app::format_medication(routed), "aspirin — by mouth");
}

TEST(MedicationLine, AnInstructionAloneIsSaidAsRecorded) {
  app::Medication m = drug("prednisone taper");
  m.instructions = "4 tabs x 3 d, then 2 tabs QD x3.0d";
  EXPECT_EQ(app::format_medication(m), "predniSONE taper — 4 tabs x 3 d, then 2 tabs QD x3.0d");
}

TEST(MedicationLine, AsNeededIsSaidExactlyOnce) {
  app::Medication m = drug("albuterol");
  m.as_needed = true;
  EXPECT_EQ(app::format_medication(m), "albuterol — as needed");
  m.frequency = "q4h prn";
  EXPECT_EQ(app::format_medication(m), "albuterol — every 4 hours as needed");
  m.frequency = "q4h";
  m.instructions = "as needed for wheezing";
  EXPECT_EQ(app::format_medication(m), "albuterol — every 4 hours — as needed");
  m.frequency.clear();
  EXPECT_EQ(app::format_medication(m), "albuterol — as needed for wheezing");
}

TEST(MedicationLine, LookAlikeNamesCarryTallManLettersAndTheChartStaysUntouched) {
  EXPECT_EQ(app::tall_man("hydroxyzine"), "hydrOXYzine");
  EXPECT_EQ(app::tall_man("HYDRALAZINE HCL 25 MG"), "hydrALAZINE HCL 25 MG");
  EXPECT_EQ(app::tall_man("Metformin/Sitagliptin"), "metFORMIN/SITagliptin");
  EXPECT_EQ(app::tall_man("acetazolamide"), "acetaZOLAMIDE");
  EXPECT_EQ(app::tall_man("zyrtec"), "ZyrTEC");
  app::Medication m = drug("prednisolone");
  app::format_medication(m);
  EXPECT_EQ(m.text, "prednisolone");
}

TEST(MedicationLine, TallManLettersTouchWholeWordsOnly) {
  for (const char* text : {"", "dopaminergic agent", "nonprednisone", "éprednisone", "prednisoneé", "Lasix", "王小明"}) {
    EXPECT_EQ(app::tall_man(text), text);
  }
}

std::string section_words(const app::Chart& chart, std::string_view id) {
  const auto sheet = app::make_sheet(chart, app::default_sheet_template(), {tests::day("2026-11-22")});
  const auto* section = tests::find_section(sheet, id);
  return section == nullptr ? "" : tests::words_of(*section);
}

app::Chart chart_with(const char* status, std::optional<bool> current, const char* end) {
  app::Chart chart;
  app::Medication m = drug("warfarin");
  m.dose = "5 mg", m.status = status, m.current = current, m.end = app::read_date(end);
  chart.medications.add(m);
  return chart;
}

TEST(Medications, PastOnesStandApartAndTheRecentlyStoppedAreAnnounced) {
  const app::Chart chart = chart_with("stopped", false, "2026-11-02");
  EXPECT_EQ(section_words(chart, "medications"),
            "## Current medications\nNone recorded as current; past ones are listed apart (1). "
            "Stopped in the last 30 days: 1.\n");
  EXPECT_EQ(section_words(chart, "medications.past"),
            "## Past medications (1)\n  warfarin | Stopped: DOSE 5 mg | until 02-Nov-2026\n");
  EXPECT_EQ(section_words(chart_with("stopped", false, "2026-10-01"), "medications").find("30 days"), std::string::npos);
}

TEST(Medications, SuspendedIsCurrentAndSaysSo) {
  for (const std::optional<bool> current : {std::optional<bool>(true), std::optional<bool>(false), std::optional<bool>()}) {
    const std::string words = section_words(chart_with("on-hold", current, ""), "medications");
    EXPECT_NE(words.find("On hold, still current: DOSE 5 mg"), std::string::npos) << words;
  }
}

TEST(Medications, ADoubtfulOneIsNeverHiddenAmongThePast) {
  const struct { const char* status; std::optional<bool> current; const char* end; } kDoubtful[] = {
      {"", {}, ""}, {"completed", true, ""}, {"", true, "2026-01-01"}, {"active", false, ""}, {"active", {}, "2026-01-01"}};
  for (const auto& doubtful : kDoubtful) {
    const std::string words = section_words(chart_with(doubtful.status, doubtful.current, doubtful.end), "medications");
    EXPECT_NE(words.find("whether current"), std::string::npos) << doubtful.status << words;
    EXPECT_NE(words.find("Current medications (1)"), std::string::npos) << words;
  }
  for (const char* end : {"", "2027-01-01", "2026-11-22", "2026-11", "2026"}) {
    EXPECT_EQ(section_words(chart_with("active", true, end), "medications").find("whether current"), std::string::npos) << end;
  }
}

TEST(Medications, OneEnteredInErrorIsKeptAndMarkedButNeverCurrent) {
  const app::Chart chart = chart_with("entered-in-error", true, "");
  EXPECT_NE(section_words(chart, "medications.past").find("ENTERED IN ERROR: DOSE 5 mg"), std::string::npos);
  EXPECT_EQ(section_words(chart, "medications").find("warfarin"), std::string::npos);
}

}  // namespace
