#include "exporter/emr/sql_source.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/record/chart_json.h"
#include "tests/sql_fixture.h"

namespace {

using app::Code;
using app::Presence;
using test::read_all;
using test::SqlFolder;

// Three patients, keys that sort differently as numbers and as text.
void fill(SqlFolder& folder) {
  folder.sql(
      "CREATE TABLE p(id INTEGER PRIMARY KEY, no TEXT, family TEXT, given TEXT, born TEXT);"
      "INSERT INTO p VALUES (2,'M2','Ng','Ana','1980-02-30'),(10,'M10','Иванов','Пётр','1975'),(9,'M9','','Cher',NULL);"
      "CREATE TABLE a(pid INTEGER, seq INTEGER, what TEXT, gone INTEGER, PRIMARY KEY (pid, seq)) WITHOUT ROWID;"
      "INSERT INTO a VALUES (2,1,'Latex',0),(2,2,'Nuts',1),(10,1,'Penicillin',NULL);"
      "CREATE TABLE none(pid INTEGER, section TEXT);"
      "INSERT INTO none VALUES (9,'allergies');");
  folder.pack("patients.sql",
              "SELECT id AS patient, no AS mrn, family AS \"names.family\", given AS \"names.given\", "
              "born AS birth_date FROM p ORDER BY id");
  folder.pack("allergies.sql", "SELECT pid AS patient, what AS text, NOT gone AS current FROM a ORDER BY pid, seq");
  folder.pack("states.sql", "SELECT pid AS patient, section, 'known-none' AS state FROM none ORDER BY pid");
}

std::string json_of(const std::vector<app::Chart>& charts) {
  std::string json;
  for (const auto& chart : charts) app::format_chart(chart, json), json += '\n';
  return json;
}

TEST(SqlSource, EachPatientGetsExactlyTheirRows) {
  SqlFolder folder;
  fill(folder);
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  ASSERT_EQ(all.charts.size(), 3u);
  EXPECT_EQ(all.charts[0].emr_key, "2");
  EXPECT_EQ(all.charts[1].emr_key, "9");
  EXPECT_EQ(all.charts[2].emr_key, "10");
  ASSERT_EQ(all.charts[0].allergies.entries.size(), 2u);
  EXPECT_EQ(all.charts[0].allergies.entries[0].text, "Latex");
  EXPECT_EQ(all.charts[0].allergies.entries[0].current, true);
  EXPECT_EQ(all.charts[0].allergies.entries[1].current, false);
  ASSERT_EQ(all.charts[2].allergies.entries.size(), 1u);
  EXPECT_FALSE(all.charts[2].allergies.entries[0].current.has_value());
  EXPECT_EQ(all.charts[2].names.at(0).script, "Cyrl");
  EXPECT_EQ(all.charts[0].identifiers.at(0).value, "M2");
  EXPECT_EQ(all.report.patients, 3u);
  EXPECT_EQ(all.report.entries.at("allergies"), 3u);
  EXPECT_EQ(all.report.skipped, 0u);
  EXPECT_EQ(all.report.unreadable, 1u);  // the thirtieth of February
}

TEST(SqlSource, TimesWithAnOffsetAreToldInThePracticesTimeZone) {
  SqlFolder folder;
  fill(folder);
  folder.pack("visits.sql", "SELECT 2 AS patient, 'Office visit' AS text, '2026-11-23T00:30:00Z' AS start");
  auto order = folder.order();
  order.time_zone = "America/New_York";
  const auto all = read_all(order);
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  ASSERT_EQ(all.charts[0].visits.entries.size(), 1u);
  const app::Date& start = all.charts[0].visits.entries[0].start.value();
  EXPECT_EQ(app::format_date(start), "22-Nov-2026 19:30");
  EXPECT_EQ(start.iso, "2026-11-23T00:30:00Z");
}

TEST(SqlSource, NoneKnownNotRecordedAndNotInCopyStayApart) {
  SqlFolder folder;
  fill(folder);
  folder.pack("problems.sql", "SELECT pid AS patient, what AS text FROM a WHERE 0");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts[0].allergies.state, Presence::known);
  EXPECT_EQ(all.charts[1].allergies.state, Presence::known_none);
  EXPECT_EQ(all.charts[1].problems.state, Presence::not_recorded);
  EXPECT_EQ(all.charts[1].medications.state, Presence::not_in_copy);
}

TEST(SqlSource, NoneKnownBesideEntriesIsSaidToContradict) {
  SqlFolder folder;
  fill(folder);
  folder.sql("INSERT INTO none VALUES (2,'allergies'); INSERT INTO none VALUES (2,'allergys');");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts[0].allergies.state, Presence::known);
  EXPECT_EQ(all.charts[0].allergies.entries.size(), 2u);
  ASSERT_EQ(all.charts[0].unreadable.size(), 3u);
  EXPECT_EQ(all.charts[0].unreadable[1].as_recorded, "allergys: known-none");
  EXPECT_EQ(all.charts[0].unreadable[2].section, "allergies");
}

TEST(SqlSource, ATableThatIsNotThereLeavesItsSectionOutAndSaysWhy) {
  SqlFolder folder;
  fill(folder);
  folder.pack("problems.sql", "SELECT pid AS patient, what AS text FROM a ORDER BY pid");
  folder.pack("problems.2.sql", "SELECT pid AS patient, what AS text FROM older");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts[0].problems.state, Presence::not_in_copy);
  EXPECT_TRUE(all.charts[0].problems.entries.empty());
  ASSERT_EQ(all.report.skipped, 1u);
  EXPECT_EQ(all.report.first_skipped[0].where, "problems.2.sql");
  EXPECT_NE(all.report.first_skipped[0].reason.find("older"), std::string::npos);
}

TEST(SqlSource, RowsOfPatientsThatDoNotExistAreCountedWithTheirPlace) {
  for (const char* ordered : {"\"everything\"", "[]", "[\"patients\"]", "[\"allergies\"]"}) {
    SqlFolder folder;
    fill(folder);
    folder.pack("pack.toml", std::string("name = \"test\"\nordered = ") + ordered + "\n");
    folder.sql("INSERT INTO a VALUES (1,1,'x',0),(5,1,'x',0),(11,1,'x',0)");
    const auto all = read_all(folder.order());
    ASSERT_TRUE(all.ok) << all.error.what;
    EXPECT_EQ(all.charts.size(), 3u);
    EXPECT_EQ(all.report.entries.at("allergies"), 3u);
    ASSERT_EQ(all.report.skipped, 3u) << ordered;
    EXPECT_EQ(all.report.first_skipped[0].where, "allergies, row 1");
    EXPECT_EQ(all.report.first_skipped[1].where, "allergies, row 4");
    EXPECT_EQ(all.report.first_skipped[2].where, "allergies, row 6");
  }
}

TEST(SqlSource, ChartsAreTheSameWhetherRowsComeOrderedOrNot) {
  SqlFolder folder;
  fill(folder);
  const std::string expected = json_of(read_all(folder.order()).charts);
  EXPECT_NE(expected.find("Penicillin"), std::string::npos);
  folder.pack("patients.sql",
              "SELECT id AS patient, no AS mrn, family AS \"names.family\", given AS \"names.given\", "
              "born AS birth_date FROM p ORDER BY given DESC");
  for (const char* ordered : {"[]", "[\"allergies\"]", "[\"allergies\", \"states\"]"}) {
    folder.pack("pack.toml", std::string("name = \"test\"\nordered = ") + ordered + "\n");
    EXPECT_EQ(json_of(read_all(folder.order()).charts), expected) << ordered;
  }
}

TEST(SqlSource, ALieAboutTheOrderIsNoticed) {
  SqlFolder folder;
  fill(folder);
  folder.pack("allergies.sql", "SELECT pid AS patient, what AS text FROM a ORDER BY what DESC");
  const auto all = read_all(folder.order());
  ASSERT_FALSE(all.ok);
  EXPECT_EQ(all.error.code, Code::bad_source);
  EXPECT_NE(all.error.what.find("allergies.sql"), std::string::npos) << all.error.what;
}

TEST(SqlSource, KeysThatAreTextAreTakenAsTheyAre) {
  SqlFolder folder;
  folder.sql("CREATE TABLE p(id TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO p VALUES ('10'),('9'),('é7'),('010');"
             "CREATE TABLE a(pid TEXT, what TEXT); INSERT INTO a VALUES ('9','Latex'),('010','Nuts'),('10','Eggs'),('','x'),(NULL,'x');");
  folder.pack("patients.sql", "SELECT id AS patient FROM p ORDER BY id");
  folder.pack("allergies.sql", "SELECT pid AS patient, what AS text FROM a");
  folder.pack("pack.toml", "name = \"test\"\nordered = [\"patients\"]\n");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  ASSERT_EQ(all.charts.size(), 4u);
  EXPECT_EQ(all.charts[0].allergies.entries.at(0).text, "Nuts");
  EXPECT_EQ(all.charts[1].allergies.entries.at(0).text, "Eggs");
  EXPECT_EQ(all.charts[2].allergies.entries.at(0).text, "Latex");
  EXPECT_EQ(all.report.skipped, 2u);
}

TEST(SqlSource, AKeyKeptAsTextInAnotherTableFindsItsPatient) {
  SqlFolder folder;
  fill(folder);
  folder.sql("CREATE TABLE ev(pid TEXT, what TEXT); INSERT INTO ev VALUES ('10','Recall'),('block','Lunch'),('-7','x');");
  folder.pack("appointments.sql", "SELECT pid AS patient, what AS text FROM ev");
  folder.pack("pack.toml", "name = \"test\"\nordered = [\"patients\", \"allergies\", \"states\"]\n");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts[2].appointments.entries.at(0).text, "Recall");
  EXPECT_EQ(all.report.skipped, 2u);
}

TEST(SqlSource, ThePatientGivenTwiceIsOneChart) {
  SqlFolder folder;
  fill(folder);
  folder.pack("patients.sql", "SELECT id AS patient, no AS mrn FROM p UNION ALL SELECT 9, 'twice' ORDER BY 1");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts.size(), 3u);
  EXPECT_EQ(all.report.skipped, 1u);
}

TEST(SqlSource, AnEntryInWhichNothingStandsIsStillSaid) {
  SqlFolder folder;
  fill(folder);
  folder.sql("INSERT INTO a VALUES (9,1,'',NULL)");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  ASSERT_FALSE(all.charts[1].unreadable.empty());
  EXPECT_EQ(all.charts[1].unreadable[0].section, "allergies");
}

TEST(SqlSource, WhatIsWrongWithASelectNamesItsFile) {
  const std::pair<const char*, const char*> wrong[] = {
      {"SELEC 1", "allergies.sql"},
      {"SELECT pid AS patient, wat AS text FROM a", "allergies.sql"},
      {"DELETE FROM a", "allergies.sql"},
      {"SELECT pid AS patient FROM a; SELECT 1", "allergies.sql"},
      {"-- nothing", "allergies.sql"},
      {"SELECT pid AS patient, what AS agent FROM a", "\"agent\""},
  };
  for (const auto& [sql, named] : wrong) {
    SqlFolder folder;
    fill(folder);
    folder.pack("allergies.sql", sql);
    const auto all = read_all(folder.order());
    ASSERT_FALSE(all.ok) << sql;
    EXPECT_EQ(all.error.code, Code::bad_config) << sql;
    EXPECT_NE(all.error.what.find(named), std::string::npos) << all.error.what;
  }
}

TEST(SqlSource, WhatIsNoDatabaseIsSaidToBeNone) {
  SqlFolder folder;
  fill(folder);
  std::ofstream(folder.path() / "emr.db", std::ios::binary) << std::string(9000, 'x');
  const auto wrong = read_all(folder.order());
  ASSERT_FALSE(wrong.ok);
  EXPECT_EQ(wrong.error.code, Code::bad_source);
  std::filesystem::remove(folder.path() / "emr.db");
  EXPECT_EQ(read_all(folder.order()).error.code, Code::not_found);
  auto order = folder.order();
  order.url = "oracle://x";
  EXPECT_EQ(read_all(order).error.code, Code::bad_config);
}

TEST(SqlSource, ADatabaseCutShortIsAnErrorAndNoCrash) {
  SqlFolder folder;
  fill(folder);
  std::filesystem::resize_file(folder.path() / "emr.db", 4096);
  const auto all = read_all(folder.order());
  ASSERT_FALSE(all.ok);
  EXPECT_EQ(all.error.code, Code::bad_source) << all.error.what;
}

}  // namespace
