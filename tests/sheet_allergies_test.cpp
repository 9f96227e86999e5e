#include <gtest/gtest.h>

#include "app/record/sheet.h"
#include "tests/invented_charts.h"

namespace {

using app::Presence;
using app::Weight;

app::Allergy allergy(std::string agent, std::string reaction = "", std::string severity = "") {
  app::Allergy made;
  made.text = std::move(agent), made.status = "active", made.current = true, made.verification = "confirmed";
  made.codes = {{"http://snomed.info/sct", "91936005", made.text}};
  made.recorded = app::read_date("2024-01-03");
  if (!reaction.empty()) made.reactions = {{std::move(reaction), std::move(severity)}};
  return made;
}

app::Chart chart_of(std::vector<app::Allergy> allergies) {
  app::Chart chart;
  for (app::Allergy& one : allergies) chart.allergies.add(std::move(one));
  return chart;
}

app::Sheet sheet_of(const app::Chart& chart) {
  return app::make_sheet(chart, app::default_sheet_template(), {tests::day("2026-11-22")});
}

app::Banner banner_of(const app::Chart& chart) { return sheet_of(chart).banner; }
const app::SheetSection section_of(const app::Chart& chart) { return *tests::find_section(sheet_of(chart), "allergies"); }

TEST(Allergies, AgentFirstInAlphabeticalOrderOneRowAnAgent) {
  const auto section = section_of(chart_of({allergy("penicillin", "hives + swelling", "moderate"), allergy("Latex"),
                                            allergy("Penicillin", "wheezing")}));
  EXPECT_EQ(section.title, "Allergies and intolerances (2)");
  ASSERT_EQ(section.rows.size(), 2u);
  EXPECT_EQ(section.rows[0].label, "Latex");
  EXPECT_EQ(section.rows[0].value[0].text, "reaction not recorded");
  EXPECT_EQ(section.rows[1].label, "penicillin");
  EXPECT_EQ(section.rows[1].value[0].text, "hives + swelling (moderate), wheezing");
}

TEST(Allergies, SevereOnesAlarmOnTheLineAndInTheRow) {
  for (const auto& [reaction, severity] : {std::pair{"anaphylaxis", ""}, {"rash", "severe"}, {"rash", "life_threatening_severity"}}) {
    const app::Chart chart = chart_of({allergy("latex"), allergy("penicillin", reaction, severity)});
    EXPECT_EQ(banner_of(chart).allergies_weight, Weight::alarm) << reaction;
    EXPECT_EQ(section_of(chart).rows[0].weight, Weight::alarm);
    EXPECT_EQ(section_of(chart).rows[1].weight, Weight::strong);
  }
  app::Allergy high = allergy("bee venom");
  high.criticality = "high";
  EXPECT_EQ(banner_of(chart_of({high})).allergies, "Allergies: bee venom (criticality high)");
  EXPECT_EQ(banner_of(chart_of({high})).allergies_weight, Weight::alarm);
  EXPECT_EQ(banner_of(chart_of({allergy("latex", "rash", "mild")})).allergies_weight, Weight::strong);
}

TEST(Allergies, SevereOnesStandFirstOnTheLineAndInTheSection) {
  app::Allergy high = allergy("wasp venom");
  high.criticality = "high";
  const app::Chart chart = chart_of({allergy("cat hair", "sneezing", "mild"), high, allergy("aspirin"),
                                     allergy("penicillin", "anaphylaxis")});
  EXPECT_EQ(banner_of(chart).allergies,
            "Allergies: penicillin (anaphylaxis), wasp venom (criticality high), aspirin, cat hair (mild sneezing)");
  std::string labels;
  for (const auto& row : section_of(chart).rows) labels += row.label + ' ';
  EXPECT_EQ(labels, "penicillin wasp venom aspirin cat hair ");
}

TEST(Allergies, EveryStateOfTheLineIsSaidAndDifferent) {
  app::Chart chart;
  EXPECT_EQ(banner_of(chart).allergies, "Allergies NOT RECORDED: ask");
  EXPECT_EQ(banner_of(chart).allergies_weight, Weight::missing);
  chart.allergies.state = Presence::known_none;
  EXPECT_EQ(banner_of(chart).allergies, "No known allergies (date not recorded)");
  EXPECT_EQ(banner_of(chart).allergies_weight, Weight::plain);
  chart.allergies.state = Presence::not_in_copy;
  EXPECT_EQ(banner_of(chart).allergies, "Allergies NOT IN THIS COPY");
  chart.allergies.state = Presence::withheld;
  EXPECT_EQ(banner_of(chart).allergies, "Allergies WITHHELD by the practice's policy");
  chart.allergies.state = Presence::unreadable;
  EXPECT_EQ(banner_of(chart).allergies, "Allergies UNREADABLE");
  EXPECT_EQ(banner_of(chart).allergies_weight, Weight::missing);
  EXPECT_EQ(banner_of(chart_of({allergy("latex", "itching")})).allergies, "Allergies: latex (itching)");
}

TEST(Allergies, WhatIsMissingBesideTheAgentsIsOnTheLineToo) {
  app::Chart chart = chart_of({allergy("latex")});
  chart.allergies.withheld = 1;
  chart.unreadable = {{"allergies", "", "pen\xEF\xBF\xBD", "no UTF-8"}};
  EXPECT_EQ(banner_of(chart).allergies, "Allergies: latex; 1 entry UNREADABLE; 1 entry WITHHELD");
  EXPECT_EQ(banner_of(chart).allergies_weight, Weight::missing);
  chart.allergies.entries.clear();
  EXPECT_EQ(banner_of(chart).allergies, "Allergies UNREADABLE; 1 entry UNREADABLE; 1 entry WITHHELD");
}

// A reader that lists negations shows four allergies where there are none.
TEST(Allergies, FourNegationsAreNotFourAllergies) {
  const app::Chart chart = chart_of({allergy("No known allergies"), allergy("No known drug allergies"),
                                     allergy("No Known Food Allergies"), allergy("no known environmental allergies")});
  const auto section = section_of(chart);
  EXPECT_EQ(section.title, "Allergies and intolerances (0)");
  EXPECT_EQ(section.rows.size(), 4u) << "said nevertheless, as they were typed";
  EXPECT_EQ(banner_of(chart).allergies.find("Allergies:"), std::string::npos);
  EXPECT_TRUE(banner_of(chart).allergies.starts_with("No known allergies (recorded 03-Jan-2024)")) << banner_of(chart).allergies;
}

// "Sensitivity to No known allergies"
TEST(Allergies, ANegationIsNeverTheAgentOfASensitivity) {
  for (const char* typed : {"NKDA", "nka", "N.K.D.A.", "None", "no known allergies", "No Known Drug Allergies (situation)"}) {
    const app::Chart chart = chart_of({allergy(typed)});
    EXPECT_TRUE(banner_of(chart).allergies.starts_with("No known ")) << typed << ": " << banner_of(chart).allergies;
    EXPECT_NE(tests::words_of(section_of(chart)).find(typed), std::string::npos) << "what was typed is said";
    EXPECT_EQ(section_of(chart).title, "Allergies and intolerances (0)");
  }
  EXPECT_EQ(banner_of(chart_of({allergy("NKDA")})).allergies,
            "No known drug allergies (typed \"NKDA\", recorded 03-Jan-2024)");
}

TEST(Allergies, ANegationOfOneKindDoesNotSpeakForTheOthers) {
  const app::Banner banner = banner_of(chart_of({allergy("No known food allergies")}));
  EXPECT_EQ(banner.allergies, "No known food allergies (recorded 03-Jan-2024); other allergies NOT RECORDED: ask");
  EXPECT_EQ(banner.allergies_weight, Weight::missing);
}

TEST(Allergies, NobodyAskedIsNotNoneKnown) {
  for (const char* typed : {"Unknown", "No information about allergies", "unable to assess"}) {
    EXPECT_EQ(banner_of(chart_of({allergy(typed)})).allergies, "Allergies NOT RECORDED: ask") << typed;
  }
}

TEST(Allergies, ANegationBesideAnAgentIsNamedAsAContradiction) {
  const auto section = section_of(chart_of({allergy("NKA"), allergy("latex")}));
  EXPECT_EQ(section.title, "Allergies and intolerances (1)");
  EXPECT_NE(tests::words_of(section).find("does not agree with the allergies listed: ask"), std::string::npos);
  EXPECT_EQ(banner_of(chart_of({allergy("NKA"), allergy("latex")})).allergies, "Allergies: latex");
}

// Inactive ones printed like current ones.
TEST(Allergies, InactiveOnesAreMarkedAndOffTheLine) {
  app::Allergy inactive = allergy("sulfa", "rash");
  inactive.status = "inactive", inactive.current = false;
  const app::Chart chart = chart_of({inactive, allergy("latex")});
  const auto section = section_of(chart);
  EXPECT_EQ(section.title, "Allergies and intolerances (1)");
  ASSERT_EQ(section.rows.size(), 2u);
  EXPECT_EQ(section.rows[1].weight, Weight::muted);
  EXPECT_EQ(section.rows[1].value[0].text, "NOT CURRENT: inactive");
  EXPECT_EQ(section.statement, "1 entry is not current, listed last.");
  EXPECT_EQ(banner_of(chart).allergies, "Allergies: latex");
}

TEST(Allergies, WhenAllAreRefutedNothingIsClaimed) {
  for (const char* verification : {"refuted", "entered-in-error"}) {
    app::Allergy refuted = allergy("sulfa", "anaphylaxis", "severe");
    refuted.verification = verification;
    const app::Chart chart = chart_of({refuted});
    EXPECT_EQ(banner_of(chart).allergies, "Allergies NOT RECORDED: ask") << "refuting one is not asking about all";
    EXPECT_EQ(section_of(chart).statement, "Current allergies NOT RECORDED: ask. 1 entry is not current, listed last.");
    EXPECT_EQ(section_of(chart).rows[0].weight, Weight::muted);
  }
}

// Unconfirmed ones shown as none.
TEST(Allergies, UnconfirmedOnesCountAndAreMarked) {
  app::Allergy unconfirmed = allergy("latex", "itching");
  unconfirmed.verification = "unconfirmed";
  const app::Chart chart = chart_of({unconfirmed});
  EXPECT_EQ(banner_of(chart).allergies, "Allergies: latex (itching; unconfirmed)");
  EXPECT_EQ(section_of(chart).title, "Allergies and intolerances (1)");
  EXPECT_EQ(section_of(chart).rows[0].value[1].text, "(unconfirmed)");
}

// A blank list where the reader was faster than the data.
TEST(Allergies, NoStateLeavesTheListBlank) {
  for (const Presence state : {Presence::not_recorded, Presence::known, Presence::known_none, Presence::not_in_copy,
                               Presence::withheld, Presence::unreadable}) {
    app::Chart chart;
    chart.allergies.state = state;
    EXPECT_FALSE(section_of(chart).statement.empty()) << static_cast<int>(state);
    EXPECT_FALSE(banner_of(chart).allergies.empty());
  }
}

TEST(Allergies, AContradictoryStatusKeepsTheAllergyInSight) {
  app::Allergy odd = allergy("sulfa");
  odd.status = "inactive", odd.current = true;
  EXPECT_EQ(banner_of(chart_of({odd})).allergies, "Allergies: sulfa");
  EXPECT_NE(tests::words_of(section_of(chart_of({odd}))).find("check whether current: status is \"inactive\""), std::string::npos);
}

TEST(Allergies, UncodedOnesAreMarkedAndCodesAreSaid) {
  app::Allergy uncoded = allergy("latex");
  uncoded.codes.clear();
  EXPECT_EQ(section_of(chart_of({uncoded})).rows[0].detail, "uncoded; recorded 03-Jan-2024");
  EXPECT_EQ(section_of(chart_of({allergy("latex")})).rows[0].detail, "recorded 03-Jan-2024; SNOMED CT 91936005");
}

}  // namespace
