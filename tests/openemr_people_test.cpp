// Whose chart an entry from OpenEMR stands in: patients who were merged, who died, who belong to one place of several;
// what is said of relatives and what is planned.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "app/record/sheet.h"
#include "exporter/policy/apply_policy.h"
#include "tests/openemr_fixture.h"
#include "tests/sql_servers.h"

namespace {

using app::Chart;
using app::Presence;
using tests::OpenEmrPractice;
using tests::OpenEmrVersion;
using tests::SqlServer;

class OpenEmrPeople : public testing::TestWithParam<OpenEmrVersion> {
 protected:
  const Chart& chart(int pid) const { return OpenEmrPractice::shared(GetParam()).chart(std::to_string(pid)); }
  bool is_new() const { return GetParam() == OpenEmrVersion::v8; }
};

INSTANTIATE_TEST_SUITE_P(Versions, OpenEmrPeople, testing::Values(OpenEmrVersion::v5, OpenEmrVersion::v8),
                         [](const auto& one) { return one.param == OpenEmrVersion::v5 ? "Of502" : "Of8"; });

SqlServer& server() { return SqlServer::shared(tests::ServerKind::mariadb); }

template <typename Entry>
std::multiset<std::string> texts_of(const app::Section<Entry>& section) {
  std::multiset<std::string> texts;
  for (const Entry& entry : section.entries) texts.insert(entry.text);
  return texts;
}

// As OpenEMR merges: the chart that goes loses its person, its history and its payers; everything that has a column for a
// patient is given to the other; columns of other names are forgotten.
void merge(const OpenEmrPractice& practice, int from, int into) {
  const std::string gone = std::to_string(from), stays = std::to_string(into);
  std::string sql = "SET sql_mode = '';";
  for (const char* table : {"patient_data", "history_data", "insurance_data"}) {
    sql += "DELETE FROM " + std::string(table) + " WHERE pid = " + gone + ";";
  }
  for (const char* column : {"pid", "patient_id"}) {
    sql += server().run("SELECT CONCAT('UPDATE IGNORE `', table_name, '` SET " + std::string(column) + " = " + stays + " WHERE " + column +
                        " = " + gone + ";') FROM information_schema.columns WHERE table_schema = '" + practice.database() +
                        "' AND column_name = '" + column + "'");
  }
  sql += "UPDATE documents SET foreign_id = " + stays + " WHERE foreign_id = " + gone + ";";
  sql += "UPDATE openemr_postcalendar_events SET pc_pid = '" + stays + "' WHERE pc_pid = '" + gone + "';";
  server().run(sql, practice.database());
}

TEST_P(OpenEmrPeople, AMergedPatientIsGoneAndEveryEntryStandsInTheOtherChart) {
  const OpenEmrPractice own(GetParam());
  // 6 said that there are no allergies, problems and medications; 10, 11, 13, 15, 18 and 19 had them and all else.
  for (const int gone : {10, 11, 13, 15, 18, 19}) merge(own, gone, 6);
  exporter::ReadReport report;
  const auto charts = tests::read_openemr(own.order(), report);
  EXPECT_EQ(charts.size(), own.charts().size() - 6);
  for (const char* gone : {"10", "11", "13", "15", "18", "19"}) EXPECT_FALSE(charts.contains(gone)) << gone;
  const Chart& merged = charts.at("6");
  EXPECT_EQ(merged.names.at(0).family, "None");
  EXPECT_EQ(merged.mrn, "P-0006");
  EXPECT_EQ(merged.allergies.state, Presence::known) << "that there once were none is no longer so";
  EXPECT_EQ(texts_of(merged.allergies), texts_of(own.chart("10").allergies));
  EXPECT_EQ(texts_of(merged.problems), texts_of(own.chart("10").problems));
  EXPECT_EQ(texts_of(merged.medications), texts_of(own.chart("11").medications));
  auto results = texts_of(own.chart("13").results);
  results.merge(texts_of(own.chart("18").results));
  EXPECT_EQ(texts_of(merged.results), results);
  EXPECT_EQ(texts_of(merged.appointments), texts_of(own.chart("15").appointments));
  EXPECT_EQ(texts_of(merged.documents), texts_of(own.chart("19").documents));
  EXPECT_EQ(texts_of(merged.plan), texts_of(own.chart("18").plan));
  EXPECT_EQ(texts_of(merged.notes), texts_of(own.chart("18").notes));
  EXPECT_EQ(merged.visits.withheld, own.chart("18").visits.withheld);
  // What OpenEMR leaves under the number of a patient who is gone.
  EXPECT_EQ(report.passed_by.at("visits of patients who are gone"), 1u);
  EXPECT_EQ(report.passed_by.at("procedures of patients who are gone"), 1u);
  EXPECT_EQ(report.skipped, 0u);
}

TEST_P(OpenEmrPeople, DeathIsSaidOnTheSheetAndTheRestOfTheChartStays) {
  const OpenEmrPractice own(GetParam());
  server().run("UPDATE patient_data SET deceased_date = NOW() - INTERVAL 1 HOUR, deceased_reason = 'a fall' WHERE pid = 10;"
               "UPDATE patient_data SET deceased_date = NULL WHERE pid = 3", own.database());
  exporter::ReadReport report;
  const auto charts = tests::read_openemr(own.order(), report);
  const Chart& dead = charts.at("10");
  EXPECT_EQ(dead.deceased, true) << "an hour ago is in the past";
  EXPECT_EQ(texts_of(dead.allergies), texts_of(own.chart("10").allergies));
  EXPECT_FALSE(app::make_sheet(dead, app::default_sheet_template(), {app::read_date("2026-01-01").value()}).banner.deceased.empty());
  EXPECT_FALSE(charts.at("3").deceased.has_value()) << "it was entered by mistake and taken back";
  EXPECT_EQ(app::make_sheet(charts.at("3"), app::default_sheet_template(), {app::read_date("2026-01-01").value()}).banner.deceased, "");
}

TEST_P(OpenEmrPeople, OfRelativesTheNewestEditSaysWhoHasWhat) {
  std::string said;
  for (const app::Statement& one : chart(20).family_history.entries) said += one.text + "; ";
  EXPECT_EQ(said, "Mother: Diabetes (ICD10:E11.9); Father: (ICD10:I21.9); Spouse: Asthma; Relatives with high blood pressure: aunt; "
                  "Relatives with suicide: uncle; ");
  EXPECT_EQ(chart(1).family_history.state, Presence::not_recorded);
}

TEST_P(OpenEmrPeople, EveryRowOfACarePlanIsAPlanAndWhatIsDoneIsNotCurrent) {
  const auto& plan = chart(18).plan;
  ASSERT_EQ(plan.entries.size(), 2u);
  const app::Statement& goal = plan.entries[0];
  EXPECT_EQ(goal.text + " | " + goal.category + " | " + goal.author, "Stop smoking | Goal | Dr. Ada Green");
  EXPECT_EQ(goal.codes.at(0).code, "225323000");
  EXPECT_EQ(goal.current, !is_new());
  EXPECT_EQ(goal.status, is_new() ? "Completed" : "");
  EXPECT_EQ(goal.note, is_new() ? "with patches; by 2024-05-01; until 2024-06-01" : "with patches");
  EXPECT_EQ(plan.entries[1].text + " | " + plan.entries[1].category, "Walk daily | Plan of Care");
  EXPECT_EQ(plan.entries[1].current, true);
}

TEST_P(OpenEmrPeople, WhateverASensitiveVisitLeftBehindIsWithheldWithIt) {
  const Chart& one = chart(18);
  EXPECT_EQ(one.plan.withheld, 1u);
  // An open order, a report without values, a value, the note beside it and an observation.
  EXPECT_EQ(one.results.withheld, 5u);
  EXPECT_TRUE(one.results.entries.empty());
}

// What the policy makes of every patient, when only this place's are wanted.
std::map<std::string, exporter::Fate> fates(const OpenEmrPractice& practice, const std::string& site) {
  exporter::Policy policy;
  policy.sites = {site};
  exporter::PolicyRun run(policy, app::read_date("2026-01-01").value());
  std::map<std::string, exporter::Fate> fates;
  auto source = exporter::open_sql_source(practice.order());
  EXPECT_TRUE(source.ok());
  while (source.ok()) {
    auto next = source.value()->next();
    EXPECT_TRUE(next.ok());
    if (!next.ok() || !next.value()) break;
    const std::string key = next.value()->emr_key;
    fates[key] = run.apply(source.value()->facts(), *next.value());
  }
  return fates;
}

TEST_P(OpenEmrPeople, APatientBelongsWhereTheyWereSeenLatelyAndWhereTheyAreBooked) {
  using exporter::Fate;
  const OpenEmrPractice own(GetParam());
  server().run("SET sql_mode = '';"
               "INSERT INTO form_encounter (id, pid, encounter, date, facility_id, facility) VALUES "
               "(421, 1, 11, '2025-01-01', 3, ''), (422, 1, 12, '2025-06-01', 4, ''),"
               "(423, 2, 21, '2010-01-01', 3, ''), (424, 2, 22, '2025-06-01', 4, 'Harbour Clinic'),"
               "(425, 9, 91, '2025-06-01', 4, '');"
               "INSERT INTO openemr_postcalendar_events (pc_pid, pc_eventDate, pc_startTime, pc_facility) VALUES "
               "('9', CURDATE() + INTERVAL 1 DAY, '09:00:00', 3), ('2', CURDATE() - INTERVAL 400 DAY, '09:00:00', 3)", own.database());
  const auto main_street = fates(own, "main street clinic"), harbour = fates(own, "Harbour Clinic");
  EXPECT_EQ(main_street.at("1"), Fate::whole) << "both were within two years";
  EXPECT_EQ(harbour.at("1"), Fate::whole);
  EXPECT_EQ(main_street.at("2"), Fate::absent) << "that was long before";
  EXPECT_EQ(harbour.at("2"), Fate::whole);
  EXPECT_EQ(main_street.at("9"), Fate::whole) << "is booked here tomorrow";
  EXPECT_EQ(harbour.at("9"), Fate::whole);
  EXPECT_EQ(harbour.at("12"), Fate::absent);
  EXPECT_EQ(main_street.at("6"), Fate::whole) << "nobody knows where";
}

TEST_P(OpenEmrPeople, WithAPlaceThatIsWithheldGoesAllOfItsVisits) {
  exporter::SqlSourceOrder order = OpenEmrPractice::shared(GetParam()).order();
  order.withheld.places = {"Main Street Clinic"};
  exporter::ReadReport report;
  const auto charts = tests::read_openemr(order, report);
  EXPECT_EQ(charts.at("18").plan.entries.size(), 0u);
  EXPECT_EQ(charts.at("18").plan.withheld, 3u);
  EXPECT_EQ(charts.at("12").vital_signs.entries.size(), 0u);
  EXPECT_GT(charts.at("12").vital_signs.withheld, 0u);
}

}  // namespace
