// What the practice's policy lets out of the EMR: each rule alone, on charts as the EMR would give them.
#include <gtest/gtest.h>

#include "app/record/chart_json.h"
#include "exporter/policy/apply_policy.h"
#include "tests/invented_charts.h"

namespace {

using app::Chart;
using app::Presence;
using exporter::EntryLabel;
using exporter::Fate;
using exporter::Listing;
using exporter::PatientFacts;
using exporter::Policy;
using exporter::PolicyRun;

const app::Date kToday = tests::day("2026-11-22");

Chart somebody(const std::string& mrn = "4711") {
  Chart chart;
  chart.emr_key = "p" + mrn;
  chart.mrn = mrn;
  chart.identifiers = {{"MRN", "", mrn}, {"Driver's licence", "", "D-" + mrn}};
  chart.names = {{"official", "Latn", "", "Ada", "Quill", "", ""}};
  chart.birth_date = tests::day("1980-08-14");
  return chart;
}

app::Known<app::Date> on(std::string_view iso) { return app::read_date(iso); }

app::Visit visit(const std::string& key, std::string_view day, const std::string& place = "") {
  app::Visit one;
  one.key = key, one.text = "Visit " + key, one.start = on(day), one.place = place;
  return one;
}

app::Note note(const std::string& of_visit, std::string_view day, const std::string& title = "Progress note") {
  app::Note one;
  one.visit = of_visit, one.text = title, one.date = on(day), one.body = "body";
  return one;
}

app::Problem problem(const std::string& text, const std::string& code, std::optional<bool> current, std::string_view resolved = "") {
  app::Problem one;
  one.text = text, one.codes = {{"ICD10", code, ""}}, one.current = current, one.resolved = on(resolved);
  return one;
}

Fate apply(const Policy& policy, Chart& chart, const PatientFacts& facts = {}) {
  PolicyRun run(policy, kToday);
  return run.apply(facts, chart);
}

std::string said_of(const Chart& chart, std::string_view section) {
  const app::Sheet sheet = app::make_sheet(chart, app::default_sheet_template(), {kToday});
  const app::SheetSection* said = tests::find_section(sheet, section);
  return said == nullptr ? "" : said->statement;
}

TEST(PolicyLabels, EveryKindStandsForTheLabelsThatMeanItAndNoOther) {
  const struct {
    const char* kind;
    std::vector<const char*> labels;
  } kinds[] = {{"restricted", {"R", "V", "high", "doctors only"}}, {"substance-use", {"ETH", "42CFRPart2", "SUD"}},
               {"mental-health", {"PSY"}},  {"psychotherapy", {"PSYTHPN"}},
               {"hiv", {"HIV"}},            {"sexual-health", {"SEX", "STD"}},
               {"violence", {"SDV"}}};
  for (const auto& one : kinds) {
    for (const auto& other : kinds) {
      exporter::EntryRule rule;
      rule.kinds = {one.kind};
      for (const char* label : other.labels) {
        EXPECT_EQ(exporter::withholds(rule, EntryLabel{label, true}), &one == &other) << one.kind << ' ' << label;
      }
    }
  }
}

TEST(PolicyLabels, AnOrdinaryWordWithholdsNothingAndAnUnknownOneOfTheEmrsOwnDoes) {
  const auto rule = exporter::EntryRule::safe_default();
  for (const char* word : {"", "normal", "Normal", " N ", "low", "U", "M"}) EXPECT_FALSE(exporter::withholds(rule, EntryLabel{word, true})) << word;
  EXPECT_TRUE(exporter::withholds(rule, EntryLabel{"Chefsache", true}));
  EXPECT_FALSE(exporter::withholds(rule, EntryLabel{"HTEST", false}));
  EXPECT_TRUE(exporter::withholds(rule, exporter::parse_labels("normal; ETH")));
  EXPECT_FALSE(exporter::withholds(exporter::EntryRule{}, exporter::parse_labels("high; ETH; R")));
}

TEST(PolicyLabels, AWordOfTheSettingsMayBeTheEmrsOwn) {
  exporter::EntryRule rule;
  rule.kinds = {"Chefsache"};
  EXPECT_TRUE(exporter::withholds(rule, EntryLabel{"chefsache", true}));
  EXPECT_FALSE(exporter::withholds(rule, EntryLabel{"high", true}));
}

TEST(PolicyLabels, EveryCodeOfHl7ThatNamesAKindMeansIt) {
  const struct {
    const char* kind;
    const char* label;
  } codes[] = {{"psychotherapy", "HIPAAPsyNotes"}, {"sickle-cell", "SCA"},  {"violence", "VIO"},      {"violence", "MST"},
               {"mental-health", "SPI"},           {"mental-health", "EMOTDIS"}, {"mental-health", "COGN"},
               {"substance-use", "Title38Section7332"}, {"hiv", "Title38Section7332"}, {"sickle-cell", "Title38Section7332"}};
  for (const auto& one : codes) {
    exporter::EntryRule rule;
    rule.kinds = {one.kind};
    EXPECT_TRUE(exporter::withholds(rule, EntryLabel{one.label, false})) << one.kind << ' ' << one.label;
    rule.kinds = {"genetics"};
    EXPECT_FALSE(exporter::withholds(rule, EntryLabel{one.label, true})) << one.label;
  }
}

TEST(PolicyCodes, FitByTheirBeginningAndTheirSystem) {
  exporter::EntryRule rule;
  rule.codes = {"F11*", "http://snomed.info/sct|5602001"};
  const auto fits = [&rule](const char* system, const char* code) { return exporter::withholds_code(rule, {{system, code, ""}}); };
  EXPECT_TRUE(fits("ICD10", "F11.20"));
  EXPECT_TRUE(fits("", "f11"));
  EXPECT_FALSE(fits("ICD10", "F12"));
  EXPECT_TRUE(fits("http://snomed.info/sct", "5602001"));
  EXPECT_FALSE(fits("http://loinc.org", "5602001"));
  EXPECT_FALSE(fits("http://snomed.info/sct", "56020011"));
}

TEST(PolicyAge, BeginsWithAJanuaryForYearsAndWithAFirstForMonths) {
  EXPECT_EQ(exporter::first_day_kept(kToday, 36).iso, "2023-01-01");
  EXPECT_EQ(exporter::first_day_kept(kToday, 18).iso, "2025-05-01");
  EXPECT_EQ(exporter::first_day_kept(tests::day("2026-01-01"), 12).iso, "2025-01-01");
  EXPECT_EQ(exporter::first_day_kept(tests::day("2026-01-31"), 1).iso, "2025-12-01");
}

TEST(PolicyAge, LeavesOutWhatLiesWhollyBeforeTheDayAndSaysHowMuchAndWhich) {
  Policy policy;
  policy.months = {{"visits", 36}};
  Chart chart = somebody();
  for (const char* day : {"2022-12-31", "2022", "2023", "2023-01-01", "2026-11-22", "", "no date"}) chart.visits.add(visit(day, day));
  chart.visits.add(visit("long stay", "2022-12-30"));
  chart.visits.entries.back().end = on("2023-01-02");
  EXPECT_EQ(apply(policy, chart), Fate::whole);
  std::vector<std::string> kept;
  for (const app::Visit& one : chart.visits.entries) kept.push_back(one.key);
  EXPECT_EQ(kept, (std::vector<std::string>{"2023", "2023-01-01", "2026-11-22", "", "no date", "long stay"}));
  EXPECT_NE(said_of(chart, "visits").find("2 visits are not in this copy: older than 01-Jan-2023"), std::string::npos) << said_of(chart, "visits");
}

TEST(PolicyAge, ASectionThatIsAllTooOldIsWithheldAndNeverEmpty) {
  Policy policy;
  policy.months = {{"results", 12}};
  Chart chart = somebody();
  app::Observation old;
  old.text = "Potassium", old.value = "5.4", old.date = on("2010-01-01");
  chart.results.add(old);
  apply(policy, chart);
  EXPECT_EQ(chart.results.state, Presence::withheld);
  EXPECT_EQ(said_of(chart, "results"), "1 result is not in this copy: older than 01-Jan-2025, or withheld by the practice's policy.");
}

TEST(PolicyAge, NeverCutsWhatIsInForce) {
  Policy policy;
  for (const std::string_view section : exporter::sections_with_age()) policy.months[std::string(section)] = 1;
  for (const char* never : {"allergies", "alerts", "directives", "immunizations", "devices"}) policy.months[never] = 1;
  Chart chart = somebody();
  app::Allergy allergy;
  allergy.text = "Penicillin", allergy.recorded = on("1990-01-01");
  chart.allergies.add(allergy);
  app::Statement alert;
  alert.text = "Falls", alert.recorded = on("1990-01-01");
  chart.alerts.add(alert);
  app::Medication warfarin;
  warfarin.text = "Warfarin", warfarin.current = true, warfarin.start = on("1990-01-01");
  chart.medications.add(warfarin);
  warfarin.text = "Perhaps", warfarin.current.reset(), warfarin.end = on("1991-01-01");
  chart.medications.add(warfarin);
  warfarin.text = "Ended", warfarin.current = false;
  chart.medications.add(warfarin);
  chart.problems.add(problem("Epilepsy", "G40", true));
  chart.problems.add(problem("Measles", "B05", false, "1975-01-01"));
  app::Immunization tetanus;
  tetanus.text = "Tetanus", tetanus.date = on("1990-01-01");
  chart.immunizations.add(tetanus);
  app::Document will;
  will.text = "Living will", will.codes = {{"http://loinc.org", "86533-7", ""}}, will.date = on("1999-01-01");
  chart.documents.add(will);
  apply(policy, chart);
  EXPECT_EQ(chart.allergies.entries.size(), 1u);
  EXPECT_EQ(chart.alerts.entries.size(), 1u);
  EXPECT_EQ(chart.immunizations.entries.size(), 1u);
  EXPECT_EQ(chart.documents.entries.size(), 1u);
  ASSERT_EQ(chart.medications.entries.size(), 2u);
  EXPECT_EQ(chart.medications.entries[1].text, "Perhaps");
  ASSERT_EQ(chart.problems.entries.size(), 1u);
  EXPECT_EQ(chart.problems.entries[0].text, "Epilepsy");
}

TEST(PolicyEntries, AVisitTakesItsNotesAlongAndAWithheldProblemIsNamedByNobodyElse) {
  Policy policy;
  policy.entries.codes = {"F11*"};
  policy.entries.places = {"Hope House"};
  Chart chart = somebody();
  chart.visits.add(visit("1", "2026-01-01", "Hope House, second floor"));
  chart.visits.add(visit("2", "2026-01-02", "Main Street"));
  chart.visits.entries[1].reason = "Opioid dependence, follow-up";
  chart.notes.add(note("1", "2026-01-01"));
  chart.notes.add(note("2", "2026-01-02"));
  chart.notes.add(note("", "2026-01-02", "Psychotherapy session"));
  chart.problems.add(problem("Opioid dependence", "F11.20", true));
  chart.problems.add(problem("Asthma", "J45", true));
  apply(policy, chart);
  ASSERT_EQ(chart.visits.entries.size(), 1u);
  EXPECT_EQ(chart.visits.entries[0].reason, "(withheld)");
  EXPECT_EQ(chart.visits.withheld, 1u);
  ASSERT_EQ(chart.notes.entries.size(), 1u);
  EXPECT_EQ(chart.notes.entries[0].visit, "2");
  EXPECT_EQ(chart.notes.withheld, 2u);
  ASSERT_EQ(chart.problems.entries.size(), 1u);
  EXPECT_EQ(said_of(chart, "problems"), "1 problem withheld by the practice's policy.");
}

TEST(PolicyEntries, NotesOfAVisitThatTheSourceWithheldGoWithIt) {
  Chart chart = somebody();
  chart.notes.add(note("7", "2026-01-01"));
  PatientFacts facts;
  facts.withheld_visits = {"7"};
  apply(Policy(), chart, facts);
  EXPECT_EQ(chart.notes.state, Presence::withheld);
  EXPECT_EQ(chart.notes.withheld, 1u);
}

TEST(PolicyEntries, NothingThatIsSaidTellsWhyItIsWithheld) {
  Policy by_code, by_place, by_title, by_age;
  by_code.entries.codes = {"F11*"}, by_place.entries.places = {"Hope House"}, by_title.entries.titles = {"visit 1"};
  std::set<std::string> charts;
  for (const Policy& policy : {by_code, by_place, by_title}) {
    Chart chart = somebody();
    chart.visits.add(visit("1", "2010-01-01", "Hope House"));
    chart.visits.entries[0].codes = {{"ICD10", "F11.20", ""}};
    apply(policy, chart);
    std::string json;
    app::format_chart(chart, json);
    charts.insert(json + said_of(chart, "visits"));
  }
  EXPECT_EQ(charts.size(), 1u);
  // Who has both a withheld entry and an old one is told from who has two old ones by nothing.
  by_age.months = {{"visits", 12}};
  by_age.entries.places = {"Hope House"};
  charts.clear();
  for (const char* place : {"Hope House", "Main Street"}) {
    Chart chart = somebody();
    chart.visits.add(visit("1", "2010-01-01", place));
    chart.visits.add(visit("2", "2010-01-02"));
    apply(by_age, chart);
    charts.insert(said_of(chart, "visits"));
  }
  EXPECT_EQ(charts.size(), 1u);
}

TEST(PolicyEntries, AnAllergyIsWithheldByItsOwnLabelAlone) {
  Policy policy;
  policy.entries.codes = {"F11*"};
  Chart chart = somebody();
  app::Allergy methadone;
  methadone.text = "Methadone", methadone.codes = {{"ICD10", "F11", ""}};
  chart.allergies.add(methadone);
  apply(policy, chart);
  EXPECT_EQ(chart.allergies.entries.size(), 1u);
}

TEST(PolicyEntries, KeptIsAllThatThePolicyDoesNotName) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Chart chart = tests::invented_chart(seed);
    std::string before, after;
    const auto settled = [](std::string_view, auto& section) { if (section.withheld > 0) section = {}; };
    Chart::sections(chart, settled);
    app::format_chart(chart, before);
    Policy policy;
    policy.entries = {};
    apply(policy, chart);
    app::format_chart(chart, after);
    ASSERT_EQ(before, after) << seed;
  }
}

TEST(PolicyPatients, WhoseNumberIsListedIsThereByNameAlone) {
  Policy policy;
  policy.withheld = {"D-4711"};
  Chart chart = somebody();
  chart.telecom = {{"phone", "home", "555-0100"}};
  chart.names.push_back({"maiden", "Latn", "", "", "Quiet", "", ""});
  chart.problems.add(problem("Secret", "F11", true));
  chart.unreadable.push_back({"problems", "onset", "Secret", ""});
  EXPECT_EQ(apply(policy, chart), Fate::named);
  std::string json;
  app::format_chart(chart, json);
  for (const char* gone : {"Secret", "555-0100", "Quiet", "D-4711"}) EXPECT_EQ(json.find(gone), std::string::npos) << gone;
  EXPECT_NE(json.find("Quill"), std::string::npos);
  const app::Sheet sheet = app::make_sheet(chart, app::default_sheet_template(), {kToday});
  EXPECT_EQ(sheet.banner.allergies, "Allergies WITHHELD by the practice's policy");
  EXPECT_EQ(sheet.banner.sex, "Withheld");
  EXPECT_EQ(sheet.banner.phone.find("not recorded") + sheet.banner.phone.find("no phone"), std::string::npos * 2) << sheet.banner.phone;
  EXPECT_EQ(sheet.banner.address, "withheld");
  ASSERT_EQ(sheet.sections.size(), 1u);
  EXPECT_NE(sheet.sections[0].statement.find("WITHHELD by the practice's policy"), std::string::npos);
  policy.withheld_as = Listing::absent;
  chart = somebody();
  EXPECT_EQ(apply(policy, chart), Fate::absent);
}

TEST(PolicyPatients, ANumberInTheListThatNobodyHasIsCounted) {
  Policy policy;
  policy.withheld = {"4711", "4712"};
  PolicyRun run(policy, kToday);
  Chart one = somebody("4711"), two = somebody("4713");
  run.apply({}, one), run.apply({}, two);
  EXPECT_EQ(run.report().unknown_numbers, 1u);
  EXPECT_EQ(run.report().named, 1u);
}

TEST(PolicyPatients, ActiveIsWhoeverWasSeenOrIsBookedOrOfWhomNothingIsDated) {
  Policy policy;
  policy.only_active = true;
  const auto fate = [&policy](const char* day, const char* elsewhere = "") {
    Chart chart = somebody();
    chart.visits.add(visit("1", day));
    PatientFacts facts;
    facts.last_active = on(elsewhere);
    return apply(policy, chart, facts);
  };
  EXPECT_EQ(fate("2022-12-31"), Fate::absent);
  EXPECT_EQ(fate("2023-01-01"), Fate::whole);
  EXPECT_EQ(fate("2022-12-31", "2026-01-01"), Fate::whole);
  EXPECT_EQ(fate(""), Fate::whole);
  Chart booked = somebody();
  booked.visits.add(visit("1", "2010-01-01"));
  app::Appointment next;
  next.start = on("2026-12-01T09:00:00");
  booked.appointments.add(next);
  EXPECT_EQ(apply(policy, booked), Fate::whole);
}

TEST(PolicyPatients, ASiteOrAMissingProviderLeavesOutOnlyWhereTheEmrSaysSo) {
  Policy policy;
  policy.sites = {"Elm Street"};
  policy.with_provider = true;
  policy.left_out = Listing::named;
  const auto fate = [&policy](std::vector<std::string> sites, std::optional<std::string> provider) {
    Chart chart = somebody();
    PatientFacts facts;
    facts.sites = std::move(sites), facts.provider = std::move(provider);
    return apply(policy, chart, facts);
  };
  EXPECT_EQ(fate({"elm street"}, "Dr. Vane"), Fate::whole);
  EXPECT_EQ(fate({}, std::nullopt), Fate::whole);
  EXPECT_EQ(fate({"Oak Lane"}, "Dr. Vane"), Fate::named);
  EXPECT_EQ(fate({"Oak Lane", "Elm Street"}, "Dr. Vane"), Fate::whole);
  EXPECT_EQ(fate({"Elm Street"}, ""), Fate::named);
}

TEST(PolicyPatients, ALabelOfTheWholeRecordWithholdsThePatient) {
  Chart chart = somebody();
  PatientFacts facts;
  facts.labels = {{"V", false}};
  EXPECT_EQ(apply(Policy(), chart, facts), Fate::named);
}

TEST(PolicyTraces, WhatCouldNotBeReadIsOnlyCountedOnceAnythingIsWithheldWhateverItsSection) {
  const auto with_unreadables = [] {
    Chart chart = somebody();
    chart.visits.add(visit("v", "2026-01-01", "Detox ward"));
    chart.notes.add(note("v", "2026-01-01"));
    chart.unreadable = {{"notes", "body", "zzsecret", "too large"}, {"documents", "", "zzsecret", "given twice"},
                        {"identity", "", "zzsecret", "given twice"}, {"identity", "birth_date", "19-8x", "no date"}};
    return chart;
  };
  Policy policy;
  policy.entries.places = {"detox"};
  Chart chart = with_unreadables();
  apply(policy, chart);
  ASSERT_EQ(chart.unreadable.size(), 4u);
  EXPECT_EQ(chart.notes.withheld, 1u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(chart.unreadable[i].as_recorded, "") << i;
  EXPECT_EQ(chart.unreadable[3].as_recorded, "19-8x");
  Chart whole = with_unreadables();
  apply(Policy{}, whole);
  EXPECT_EQ(whole.unreadable[0].as_recorded, "zzsecret");
}

}  // namespace
