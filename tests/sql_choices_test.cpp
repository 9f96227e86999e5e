// One pack for several versions of an EMR and several databases.
#include <gtest/gtest.h>

#include "exporter/emr/sql_pack.h"
#include "exporter/emr/sql_template.h"
#include "tests/command.h"
#include "tests/sql_fixture.h"

namespace {

using app::Code;
using app::Presence;
using exporter::fill_sql;
using exporter::SqlSurroundings;
using test::read_all;
using test::SqlFolder;

SqlSurroundings openemr() {
  SqlSurroundings around{"mariadb", {}};
  around.catalogue.tables["lists"].columns = {"id", "pid", "title"};
  return around;
}

std::string filled(const std::string& sql) {
  const auto done = fill_sql(sql, "allergies.sql", openemr());
  return done.ok() ? done.value() : "fault: " + done.error().what;
}

TEST(SqlChoices, TakeWhatFitsTheDatabase) {
  EXPECT_EQ(filled("SELECT {{lists.title ? l.title : NULL}} AS text"), "SELECT l.title AS text");
  EXPECT_EQ(filled("SELECT {{lists.verification ? l.verification : NULL}} AS v"), "SELECT NULL AS v");
  EXPECT_EQ(filled("a {{Lists.Title, lists ? yes}} b"), "a yes b");
  EXPECT_EQ(filled("a {{lists.title, lists.udi ? yes}} b"), "a  b");
  EXPECT_EQ(filled("a {{!lists.udi, mariadb ? '10:11' || x::text : no}} b"), "a '10:11' || x::text b");
  EXPECT_EQ(filled("{{postgresql ? one\n : two}}{{sqlite ? ORDER BY x}}"), "two");
  EXPECT_EQ(filled("no choice at all"), "no choice at all");
}

TEST(SqlChoices, ThatAreNoneAreNamedWithTheirFile) {
  for (const char* sql : {"{{lists}}", "{{lists ? a", "{{ ? a : b}}", "{{lists ? {{lists ? a}} : b}}", "{{lists ?a:b}}"}) {
    EXPECT_TRUE(filled(sql).starts_with("fault: allergies.sql: ")) << sql << " " << filled(sql);
  }
}

TEST(SqlChoices, AWordIsFoundOnlyWhereItStandsAlone) {
  EXPECT_TRUE(exporter::mentions("SELECT 1 FROM `Lists` AS l", "lists"));
  EXPECT_FALSE(exporter::mentions("SELECT 1 FROM lists_touch, my_lists", "lists"));
}

// Two patients, and one table that only newer versions have.
void fill(SqlFolder& folder) {
  folder.sql("CREATE TABLE p(id INTEGER PRIMARY KEY, no TEXT); INSERT INTO p VALUES (1,'M1'),(2,'M2');"
             "CREATE TABLE rx(pid INTEGER, drug TEXT, begun TEXT, often INTEGER, dx TEXT);"
             "INSERT INTO rx VALUES (1,'Aspirin  100','2024-01-01',19,'ICD10:I25.10;SNOMED-CT:53741008;;chest pain; RXNORM: 1191'),"
             "(2,'Insulin',NULL,3,NULL);"
             "CREATE TABLE old(pid INTEGER, drug TEXT, begun TEXT);"
             "INSERT INTO old VALUES (1,'aspirin 100','2024-01-01'),(1,'Aspirin 100','2020-01-01'),(2,'Aspirin 100','2024-01-01'),(2,'Insulin',NULL)");
  folder.pack("pack.toml", "name = \"test\"\n");
  folder.pack("patients.sql", "SELECT id AS patient, {{p.no ? no : NULL}} AS mrn FROM p");
  folder.pack("medications.sql", "SELECT pid AS patient, drug AS text, begun AS start, often AS frequency FROM rx");
}

TEST(SqlChoices, AFileWhoseNeedsAreNotMetIsLeftOutAndItsSectionComesFromTheOthers) {
  SqlFolder folder;
  fill(folder);
  folder.pack("medications.2.sql", "-- requires: rx.dose\nSELECT pid AS patient, dose AS text FROM rx");
  folder.pack("problems.sql", "-- What newer versions have.\n-- requires: rx, diagnoses\nSELECT pid AS patient, x AS text FROM diagnoses");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts[0].medications.entries.size(), 1u);
  EXPECT_EQ(all.charts[0].problems.state, Presence::not_in_copy);
  EXPECT_EQ(all.report.skipped, 0u);
}

TEST(SqlChoices, ARowThatAnEarlierFileGaveAlreadyIsPassedByAndCounted) {
  for (const char* ordered : {"", "ordered = [\"patients\", \"medications\"]\n"}) {
    SqlFolder folder;
    fill(folder);
    folder.pack("pack.toml", std::string("name = \"test\"\n") + ordered);
    folder.pack("medications.2.sql", "-- unless-already: text, start\nSELECT pid AS patient, drug AS text, begun AS start FROM old ORDER BY pid");
    const auto all = read_all(folder.order());
    ASSERT_TRUE(all.ok) << all.error.what;
    ASSERT_EQ(all.charts[0].medications.entries.size(), 2u) << ordered;
    EXPECT_EQ(all.charts[0].medications.entries[1].start.value().iso, "2020-01-01");
    ASSERT_EQ(all.charts[1].medications.entries.size(), 2u) << "another patient's drug is no doubling";
    EXPECT_EQ(all.report.passed_by.at("medications that the EMR keeps twice"), 2u);
  }
}

TEST(SqlChoices, ThePackSaysTheEmrsCodesInWordsAndOtherCodesStayAsTheyAre) {
  SqlFolder folder;
  fill(folder);
  folder.pack("pack.toml", "name = \"test\"\n[words.medications.frequency]\n19 = \"weekly\"\n[code_systems]\nICD10 = \"icd-10\"\n");
  folder.pack("medications.sql", "SELECT pid AS patient, drug AS text, often AS frequency, dx AS codes FROM rx");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  const auto& aspirin = all.charts[0].medications.entries.at(0);
  EXPECT_EQ(aspirin.frequency, "weekly");
  EXPECT_EQ(all.charts[1].medications.entries.at(0).frequency, "3");
  ASSERT_EQ(aspirin.codes.size(), 4u);
  EXPECT_EQ(aspirin.codes[0].system, "icd-10");
  EXPECT_EQ(aspirin.codes[0].code, "I25.10");
  EXPECT_EQ(aspirin.codes[1].system, "SNOMED-CT");
  EXPECT_EQ(aspirin.codes[2].display, "chest pain");
  EXPECT_EQ(aspirin.codes[2].code, "");
  EXPECT_EQ(aspirin.codes[3].code, "1191");
  EXPECT_TRUE(all.charts[1].medications.entries.at(0).codes.empty());
}

TEST(SqlChoices, MoreCodesThanThereIsPlaceForAreKept) {
  SqlFolder folder;
  fill(folder);
  folder.pack("medications.sql", "SELECT 1 AS patient, 'x' AS text, 'A:1;A:2;A:3;A:4;A:5;A:6;A:7;A:8' AS codes");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  ASSERT_EQ(all.charts[0].medications.entries.at(0).codes.size(), 6u);
  EXPECT_EQ(all.charts[0].medications.entries[0].codes[5].code, "6;A:7;A:8");
}

TEST(SqlChoices, ARowCanBeSeveralEntriesAndAnEmptyOneIsNone) {
  SqlFolder folder;
  fill(folder);
  folder.sql("CREATE TABLE v(pid INTEGER, day TEXT, pulse INTEGER, weight REAL);"
             "INSERT INTO v VALUES (1,'2024-01-01',72,0),(1,'2024-01-02',0,70.5),(2,'2024-01-03',0,0),(2,'2024-01-04',60,61)");
  folder.pack("vital_signs.sql",
              "SELECT pid AS patient, CASE WHEN pulse > 0 THEN 'Heart rate' END AS \"1.text\", NULLIF(pulse, 0) AS \"1.value\", day AS date, "
              "CASE WHEN weight > 0 THEN 'Weight' END AS \"2.text\", NULLIF(weight, 0) AS \"2.value\", "
              "CASE WHEN weight > 0 THEN 'kg' END AS \"2.unit\", 'L:1' AS codes FROM v");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  std::string told;
  for (const auto& chart : all.charts) {
    for (const auto& sign : chart.vital_signs.entries) told += chart.emr_key + ' ' + sign.text + ' ' + sign.value + sign.unit + ' ' + sign.date.value().iso + ", ";
  }
  EXPECT_EQ(told, "1 Heart rate 72 2024-01-01, 1 Weight 70.5kg 2024-01-02, 2 Heart rate 60 2024-01-04, 2 Weight 61.0kg 2024-01-04, ");
  EXPECT_EQ(all.charts[0].vital_signs.entries[1].codes.at(0).system, "L");
}

TEST(SqlChoices, TimesInUtcAreToldInThePracticesZone) {
  SqlFolder folder;
  fill(folder);
  folder.pack("pack.toml", "name = \"test\"\ntime_zone = \"UTC\"\n");
  folder.pack("visits.sql", "SELECT 1 AS patient, 'Visit' AS text, '2026-07-01 02:30:00' AS start, '2026-07-01' AS \"end\"");
  auto order = folder.order();
  order.time_zone = "America/New_York";
  const auto all = read_all(order);
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(app::format_date(all.charts[0].visits.entries.at(0).start.value()), "30-Jun-2026 22:30");
  EXPECT_EQ(app::format_date(all.charts[0].visits.entries.at(0).end.value()), "01-Jul-2026");
}

TEST(SqlChoices, APackForAnotherDatabaseOrAnotherEmrSaysSo) {
  SqlFolder folder;
  fill(folder);
  folder.pack("pack.toml", "name = \"test\"\ndialects = [\"mariadb\"]\n");
  EXPECT_NE(read_all(folder.order()).error.what.find("does not speak the SQL"), std::string::npos);
  folder.pack("pack.toml", "name = \"test\"\nrequires = [\"p.no\", \"patient_data\"]\n");
  const auto other = read_all(folder.order());
  EXPECT_EQ(other.error.code, Code::bad_config);
  EXPECT_NE(other.error.detail.find("patient_data"), std::string::npos);
  for (const char* wrong : {"time_zone = \"CET\"", "dialects = [\"oracle9\"]", "[words.medikations.text]\na = \"b\"",
                            "[words.medications.drug]\na = \"b\"", "code_system = \"x\""}) {
    folder.pack("pack.toml", std::string("name = \"test\"\n") + wrong + "\n");
    EXPECT_EQ(read_all(folder.order()).error.code, Code::bad_config) << wrong;
  }
}

TEST(SqlChoices, AFileForOneDatabaseTakesThePlaceOfTheGeneralOneThereOnly) {
  SqlFolder folder;
  fill(folder);
  folder.pack("medications.mariadb.sql", "SELECT nonsense");
  folder.pack("medications.sqlite.sql", "SELECT pid AS patient, 'here' AS text FROM rx");
  folder.pack("medications.3.sql", "SELECT pid AS patient, 'too' AS text FROM rx");
  folder.pack("problems.mariadb.sql", "SELECT nonsense");
  const auto all = read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  ASSERT_EQ(all.charts[0].medications.entries.size(), 2u);
  EXPECT_EQ(all.charts[0].medications.entries[0].text, "here") << "the file without a number comes first";
  EXPECT_EQ(all.charts[0].problems.state, Presence::not_in_copy);
}

TEST(SqlChoices, TheCheckNamesEveryFaultAtOnceAndShowsCountsAndNoPatient) {
  SqlFolder folder;
  fill(folder);
  folder.sql("INSERT INTO rx VALUES (7,'lost','',0,'')");
  folder.pack("medications.2.sql", "SELECT pid AS patient, drug AS txt, begun AS begun FROM old");
  folder.pack("allergies.sql", "SELECT agent AS text FROM rx");
  folder.pack("results.sql", "SELECT 1 AS patient, value AS text FROM no_such_table");
  folder.pack("visits.sql", "SELECT id AS patient, 'Visit' AS text, '31/02/1975' AS start FROM p");
  folder.pack("states.sql", "SELECT pid AS patient, 'SECRET' AS section FROM old");
  tests::write(folder.path() / "nightchart.toml",
               "[practice]\nname = \"Elm\"\ntime_zone = \"America/New_York\"\n[emr]\nkind = \"sql\"\npack = \"./pack\"\n"
               "url = \"sqlite://emr.db\"\n[copy]\nfolder = \"copies\"\n");
  const auto check = tests::run("$NIGHTCHART emr check --config '" + (folder.path() / "nightchart.toml").string() + "'");
  EXPECT_EQ(check.exit_code, 18) << check.err;
  for (const char* said : {"medications.2.sql: no field is called \"txt\"", "nor \"begun\"", "allergies.sql: ", "agent", "results.sql", "no_such_table",
                           "2 × visits.start: no date", "visits", "not in copy"}) {
    EXPECT_NE(check.out.find(said), std::string::npos) << said << "\n" << check.out;
  }
  for (const char* kept : {"Aspirin", "Insulin", "1975", "SECRET"}) EXPECT_EQ(check.out.find(kept), std::string::npos) << kept;
}

}  // namespace
