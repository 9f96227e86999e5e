// Five ways in which other programs told a lie about allergies, and what a sheet says here.
#include <gtest/gtest.h>

#include "app/record/sheet.h"
#include "tests/fhir_export.h"

namespace {

using exporter::chart_of;

std::string allergy(const std::string& id, const std::string& text, const std::string& members = "") {
  return "{'resourceType':'AllergyIntolerance','id':'" + id + "','patient':{'reference':'Patient/p1'},'code':{'text':'" + text + "'}" + members + "}";
}

std::string standing(const std::string& clinical, const std::string& verification) {
  const auto code = [](const std::string& name, const std::string& said) { return ",'" + name + "':{'coding':[{'code':'" + said + "'}]}"; };
  return code("clinicalStatus", clinical) + code("verificationStatus", verification);
}

app::Sheet sheet_of(const app::Chart& chart) {
  return app::make_sheet(chart, app::default_sheet_template(), {app::read_date("2026-11-22").value()});
}

// Everything that the sheet's section on allergies says, a line a row.
std::string section_of(const app::Sheet& sheet) {
  std::string text;
  for (const auto& section : sheet.sections) {
    if (section.id != "allergies") continue;
    text += section.title + "\n" + section.statement + "\n";
    for (const auto& row : section.rows) {
      text += row.label;
      for (const auto& span : row.value) text += " " + span.text;
      text += " " + row.detail + "\n";
    }
  }
  return text;
}

bool holds(const std::string& text, const std::string& piece) { return text.find(piece) != std::string::npos; }

TEST(AllergyTruth, FourDenialsAreNotFourAllergies) {
  const auto chart = chart_of({allergy("1", "No known allergies"), allergy("2", "No known drug allergies"), allergy("3", "No known food allergies"),
                               allergy("4", "No known environmental allergies")});
  EXPECT_TRUE(chart.allergies.entries.empty());
  const auto sheet = sheet_of(chart);
  EXPECT_TRUE(holds(sheet.banner.allergies, "No known allergies")) << sheet.banner.allergies;
  EXPECT_FALSE(holds(section_of(sheet), "(4)")) << section_of(sheet);
}

TEST(AllergyTruth, NobodyIsSensitiveToNoKnownAllergies) {
  for (const char* text : {"No known allergies", "Sensitivity to No known allergies", "Allergy to no known allergy"}) {
    const auto chart = chart_of({allergy("1", text)});
    EXPECT_TRUE(chart.allergies.entries.empty()) << text;
    EXPECT_EQ(chart.allergies.state, app::Presence::known_none) << text;
  }
}

TEST(AllergyTruth, AnInactiveAllergyIsNotAmongTheCurrentOnes) {
  const auto sheet = sheet_of(chart_of({allergy("1", "Penicillin", standing("active", "confirmed")), allergy("2", "Aspirin", standing("inactive", "confirmed")),
                                        allergy("3", "Egg", standing("active", "entered-in-error")), allergy("4", "Milk", standing("active", "refuted"))}));
  EXPECT_TRUE(holds(sheet.banner.allergies, "Penicillin")) << sheet.banner.allergies;
  for (const char* past : {"Aspirin", "Egg", "Milk"}) {
    EXPECT_FALSE(holds(sheet.banner.allergies, past)) << sheet.banner.allergies;
    EXPECT_TRUE(holds(section_of(sheet), past)) << "kept, and marked: " << section_of(sheet);
  }
  EXPECT_TRUE(holds(section_of(sheet), "nactive"));
}

TEST(AllergyTruth, AnUnconfirmedAllergyIsNotShownAsNone) {
  const auto sheet = sheet_of(chart_of({allergy("1", "Peanut", standing("active", "unconfirmed"))}));
  EXPECT_TRUE(holds(sheet.banner.allergies, "Peanut")) << sheet.banner.allergies;
  EXPECT_TRUE(holds(sheet.banner.allergies, "unconfirmed")) << sheet.banner.allergies;
}

TEST(AllergyTruth, TheAllergiesOfASheetAreNeverBlank) {
  std::vector<app::Chart> charts = {chart_of({}), chart_of({allergy("1", "Latex")}), chart_of({allergy("1", "NKDA")}),
                                    chart_of({allergy("1", "Latex", standing("active", "entered-in-error"))})};
  for (const auto state : {app::Presence::not_recorded, app::Presence::known_none, app::Presence::not_in_copy, app::Presence::withheld}) {
    charts.emplace_back().allergies.state = state;
  }
  charts.emplace_back().unreadable.push_back({"allergies", "", "", "no text"});
  for (const auto& chart : charts) {
    const auto sheet = sheet_of(chart);
    EXPECT_GT(sheet.banner.allergies.size(), 5U);
    EXPECT_GT(section_of(sheet).size(), std::string("Allergies and intolerances\n\n").size()) << sheet.banner.allergies;
  }
}

TEST(AllergyTruth, ADenialIsWorthItsDateAndItsAuthor) {
  const auto chart = chart_of({allergy("1", "No known allergies", ",'recordedDate':'2026-03-05','recorder':{'display':'Dr. Vane'}")});
  EXPECT_TRUE(holds(sheet_of(chart).banner.allergies, "recorded 05-Mar-2026 by Dr. Vane")) << sheet_of(chart).banner.allergies;
  EXPECT_TRUE(holds(section_of(sheet_of(chart)), "Recorded 05-Mar-2026 by Dr. Vane.")) << section_of(sheet_of(chart));
}

}  // namespace
