// A part of a practice reads what is its own and lets the rest go at once: together the parts read what the whole would.
#include <gtest/gtest.h>

#include <map>

#include "app/record/chart_json.h"
#include "exporter/emr/part_keys.h"
#include "exporter/emr/shard_source.h"
#include "tests/fhir_export.h"
#include "tests/sql_fixture.h"

namespace {

using Charts = std::map<std::string, std::string>;  // as JSON, by the EMR's key

Charts as_json(const std::vector<app::Chart>& charts) {
  Charts all;
  for (const app::Chart& chart : charts) all[chart.emr_key] = exporter::json_of(chart);
  return all;
}

std::vector<std::string> reasons(const exporter::ReadReport& report) {
  std::vector<std::string> all;
  for (const exporter::Skipped& skipped : report.first_skipped) all.push_back(skipped.where + ": " + skipped.reason);
  return all;
}

// What all parts of a database say together, each patient in the part of its key and in no other.
struct Together {
  Charts charts;
  std::map<std::string, int> skipped;
};

Together read_parts(exporter::SqlSourceOrder order, std::uint32_t of) {
  Together all;
  for (order.shard = {1, of}; order.shard.number <= of; ++order.shard.number) {
    const auto part = test::read_all(order);
    EXPECT_TRUE(part.ok) << part.error.what << part.error.detail;
    EXPECT_EQ(part.report.patients, part.charts.size());
    for (const auto& [key, chart] : as_json(part.charts)) {
      EXPECT_EQ(exporter::part_of(key, of), order.shard.number) << key << " is another part's";
      EXPECT_TRUE(all.charts.emplace(key, chart).second) << key << " came twice";
    }
    for (const std::string& reason : reasons(part.report)) ++all.skipped[reason];
  }
  return all;
}

class PartOfADatabase : public testing::TestWithParam<const char*> {
 protected:
  PartOfADatabase() { folder_.pack("pack.toml", GetParam()); }
  void fill(const std::string& key_type, const std::string& key) {
    folder_.sql("CREATE TABLE p(id " + key_type + ", no TEXT); CREATE TABLE a(pid, line INTEGER, what TEXT);"
                "WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < 90) INSERT INTO p SELECT " + key + ", 'M' || seq FROM n;"
                "INSERT INTO a SELECT id, 1, 'Nuts of ' || no FROM p; INSERT INTO a SELECT id, 2, 'Latex of ' || no FROM p WHERE no LIKE '%3%';");
    folder_.pack("patients.sql", "SELECT id AS patient, no AS mrn FROM p ORDER BY id");
    folder_.pack("allergies.sql", "SELECT pid AS patient, line AS position, what AS text FROM a ORDER BY pid, line");
  }
  test::SqlFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Ways, PartOfADatabase, testing::Values("name = \"side by side\"\nordered = \"everything\"\n", "name = \"staged\"\n"),
                         [](const auto& way) { return way.index == 0 ? "SideBySide" : "Staged"; });

TEST_P(PartOfADatabase, ReadsItsOwnPatientsAsTheWholeWouldAndNoOthers) {
  fill("INTEGER PRIMARY KEY", "seq * 7 - 100");
  const auto whole = test::read_all(folder_.order());
  ASSERT_TRUE(whole.ok) << whole.error.detail;
  const Together parts = read_parts(folder_.order(), 3);
  EXPECT_EQ(parts.charts.size(), 90u);
  EXPECT_EQ(parts.charts, as_json(whole.charts));
  EXPECT_TRUE(parts.skipped.empty());
}

TEST_P(PartOfADatabase, KnowsKeysThatAreTextAndKeepsTheirLetters) {
  // A control character, which no chart keeps, decides nothing.
  fill("TEXT PRIMARY KEY", "CASE WHEN seq % 10 = 0 THEN 'Ä' || char(7) || seq ELSE 'pt-' || seq END");
  const auto whole = test::read_all(folder_.order());
  ASSERT_TRUE(whole.ok) << whole.error.detail;
  const Together parts = read_parts(folder_.order(), 5);
  EXPECT_EQ(parts.charts.size(), 90u);
  EXPECT_EQ(parts.charts, as_json(whole.charts));
}

TEST_P(PartOfADatabase, CountsARowOfAPatientWhoIsGoneOnceAndByTheRowThatItIs) {
  fill("INTEGER PRIMARY KEY", "seq");
  folder_.sql("INSERT INTO a VALUES (-5, 1, 'x'), (500, 1, 'x'), (501, 1, 'x'), ('abc', 1, 'x'), (NULL, 1, 'x')");
  const auto whole = test::read_all(folder_.order());
  Together parts = read_parts(folder_.order(), 3);
  EXPECT_EQ(parts.charts.size(), 90u);
  const auto expected = reasons(whole.report);
  ASSERT_EQ(expected.size(), 5u);
  EXPECT_EQ(parts.skipped.size(), 5u);
  for (const std::string& reason : expected) {
    // Whose row it is that names nobody, no part knows.
    EXPECT_EQ(parts.skipped[reason], reason.find("names no patient") == std::string::npos ? 1 : 3) << reason;
  }
}

exporter::ReadCharts read_part(const exporter::FhirExport& files, const app::Shard& shard) {
  exporter::FhirSettings settings;
  settings.shard = shard;
  return files.read({}, {}, settings);
}

std::string patient(const std::string& id, const std::string& more = "") {
  return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"Quill"}],"identifier":[{"system":"urn:mrn","value":"M-)" + id + "\"}]" + more + "}";
}
std::string link(const std::string& other, const std::string& type) {
  return R"(,"link":[{"other":{"reference":")" + other + R"("},"type":")" + type + "\"}]";
}
std::string sodium(const std::string& id, const std::string& subject) {
  return R"({"resourceType":"Observation","id":")" + id + R"(","status":"final","code":{"text":"Sodium"},"valueInteger":140,"subject":)" + subject + "}";
}
std::string named(const std::string& reference) { return R"({"reference":")" + reference + R"("})"; }

// Every chart of the whole comes from just the part that its key belongs to, and is the same.
void expect_parts_are_the_whole(const exporter::FhirExport& files, std::uint32_t of, std::size_t patients) {
  const auto whole = files.read();
  EXPECT_EQ(whole.charts.size(), patients);
  std::size_t seen = 0;
  for (std::uint32_t number = 1; number <= of; ++number) {
    const auto part = read_part(files, {number, of});
    for (const auto& [key, chart] : whole.charts) {
      if (exporter::part_of(key, of) != number) continue;
      ++seen;
      ASSERT_TRUE(part.charts.contains(key)) << key << " of part " << number;
      EXPECT_EQ(exporter::json_of(part.charts.at(key)), exporter::json_of(chart)) << key;
    }
    EXPECT_LT(part.charts.size(), whole.charts.size()) << "others are let go before they are charts";
  }
  EXPECT_EQ(seen, patients);
}

TEST(PartOfAnExport, ReadsItsOwnPatientsInWhateverWayTheyAreNamed) {
  exporter::FhirExport files;
  for (int i = 0; i < 40; ++i) {
    const std::string id = std::to_string(i);
    files.add(patient("p" + id), i % 2 == 0 ? "Patient.ndjson" : "zz.ndjson");
    files.add(sodium("a" + id, named("Patient/p" + id)));
    files.add(sodium("b" + id, named("https://emr.example/fhir/Patient/p" + id)));
    files.add(sodium("c" + id, R"({"identifier":{"system":"urn:mrn","value":"M-p)" + id + "\"}}"));
  }
  expect_parts_are_the_whole(files, 3, 40);
}

TEST(PartOfAnExport, TakesInWhatARecordOfAnotherPartLeftToItsSuccessorInWhateverOrder) {
  for (const bool patients_first : {true, false}) {
    for (const char* type : {"replaced-by", "replaces"}) {
      exporter::FhirExport files;
      const std::string file = patients_first ? "Patient.ndjson" : "zz.ndjson";
      const bool old_says = std::string(type) == "replaced-by";
      for (int i = 0; i < 24; ++i) {
        const std::string id = std::to_string(i), older = "old" + id, newer = "new" + id;
        files.add(patient(older, old_says ? link("Patient/" + newer, type) : ""), file);
        // Of every fourth the successor is not in the export: then the record stays itself.
        if (i % 4 != 0 || !old_says) files.add(patient(newer, old_says ? "" : link("Patient/" + older, type)), file);
        files.add(sodium("a" + id, named("Patient/" + older)));
        files.add(sodium("b" + id, named("Patient/" + newer)));
      }
      expect_parts_are_the_whole(files, 4, 24);
    }
  }
}

TEST(PartOfAnExport, CountsWhatNamesNobodyOfTheExportOnce) {
  exporter::FhirExport files;
  for (int i = 0; i < 12; ++i) files.add(patient("p" + std::to_string(i)));
  for (int i = 0; i < 12; ++i) files.add(sodium("a" + std::to_string(i), named("Patient/gone" + std::to_string(i))));
  std::uint64_t skipped = 0;
  for (std::uint32_t number = 1; number <= 3; ++number) skipped += read_part(files, {number, 3}).report.skipped;
  EXPECT_EQ(skipped, 12u);
}

}  // namespace
