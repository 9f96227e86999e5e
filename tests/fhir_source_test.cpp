// What an export may look like: broken lines, any order, any form of reference, more than fits in memory.
#include "exporter/emr/fhir_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "tests/fhir_export.h"

namespace {

using exporter::FhirBulkLimits;
using exporter::FhirExport;
using exporter::json_of;

std::string observation(const std::string& id, const std::string& subject) {
  return R"({"resourceType":"Observation","id":")" + id + R"(","status":"final","code":{"text":"Sodium"},)" +
         R"("valueQuantity":{"value":140.0,"unit":"mmol/L"},"subject":)" + subject + "}";
}

std::string with_reference(const std::string& reference) { return R"({"reference":")" + reference + R"("})"; }

std::string known_patient(const std::string& id, const std::string& mrn) {
  return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"Quill"}],"identifier":[{"system":"urn:mrn","value":")" +
         mrn + R"("}]})";
}

TEST(FhirSource, EveryLegalFormOfReferenceFindsItsPatient) {
  const std::vector<std::string> subjects = {
      with_reference("Patient/p1"),
      with_reference("Patient/p1/_history/2"),
      with_reference("https://emr.example/fhir/Patient/p1"),
      with_reference("https://emr.example/fhir/Patient/p1/_history/7"),
      with_reference("urn:uuid:p1"),
      with_reference("Patient?identifier=urn:mrn|M-1"),
      with_reference("https://emr.example/fhir/Patient?identifier=urn%3Amrn%7CM-1"),
      with_reference("Patient?_id=p1"),
      R"({"identifier":{"system":"urn:mrn","value":"M-1"}})",
      R"({"type":"Patient","identifier":{"value":"M-1"}})",
  };
  for (const bool patient_first : {true, false}) {
    for (const std::string& subject : subjects) {
      FhirExport files;
      const std::string patients = patient_first ? "a.ndjson" : "z.ndjson";
      files.add(known_patient("p1", "M-1"), patients);
      files.add(known_patient("p2", "M-2"), patients);
      files.add(observation("o1", subject), "m.ndjson");
      auto all = files.read();
      ASSERT_EQ(all.charts.size(), 2U);
      EXPECT_EQ(all.charts["p1"].results.entries.size(), 1U) << subject;
      EXPECT_TRUE(all.charts["p2"].results.entries.empty()) << subject;
      EXPECT_EQ(all.report.skipped, 0U) << subject;
    }
  }
}

TEST(FhirSource, AContainedPatientIsFoundByIdentifier) {
  FhirExport files;
  files.add(known_patient("p1", "M-1"));
  files.add(R"({"resourceType":"Observation","id":"o1","contained":[{"resourceType":"Patient","id":"pat","identifier":[{"system":"urn:mrn","value":"M-1"}]}],)"
            R"("subject":{"reference":"#pat"},"code":{"text":"Sodium"},"valueInteger":140})");
  EXPECT_EQ(files.read_one().results.entries.size(), 1U);
}

TEST(FhirSource, AResourceThatNamesNoPatientOfTheExportIsSkippedByFileAndLine) {
  const std::vector<std::pair<std::string, std::string>> subjects = {
      {with_reference("Patient/other"), "names a patient that is not in the export"},
      {with_reference("Patient?identifier=urn:mrn|M-9"), "names a patient that is not in the export"},
      {with_reference("Patient?identifier=urn:other|M-1"), "names a patient that is not in the export"},
      {with_reference("Group/p1"), "names no patient"},
      {with_reference("#nobody"), "names no patient"},
      {R"({"display":"Ada Quill"})", "names no patient"},
      {"7", "names no patient"},
      {with_reference("Patient/p1\\u0000p2"), "names no patient"},
      {with_reference("Patient?_id=p1%00p2"), "names no patient"},
      {with_reference("Patient?_id=p1&identifier=urn:mrn|M-1%0A"), "names no patient"},
      {with_reference("Patient?identifier=urn:mrn|M-1%00x"), "names no patient"},
  };
  for (const auto& [subject, reason] : subjects) {
    FhirExport files;
    files.add(known_patient("p1", "M-1"));
    files.add("");
    files.add(observation("o1", subject));
    const auto all = files.read();
    ASSERT_EQ(all.charts.size(), 1U);
    EXPECT_TRUE(all.charts.begin()->second.results.entries.empty()) << subject;
    ASSERT_EQ(all.report.skipped, 1U) << subject;
    EXPECT_EQ(all.report.first_skipped[0].where, "all.ndjson line 3") << subject;
    EXPECT_EQ(all.report.first_skipped[0].reason, reason) << subject;
  }
}

TEST(FhirSource, ANumberWithAControlCharacterIsNobodysNumber) {
  FhirExport files;
  files.add(known_patient("p1", "M-1\\u0000x"));
  files.add(observation("o1", R"({"identifier":{"system":"urn:mrn","value":"M-1"}})"));
  files.add(R"({"resourceType":"Observation","id":"o2","contained":[{"resourceType":"Patient","id":"pat","identifier":[{"value":"M-1\u0000y"}]}],)"
            R"("subject":{"reference":"#pat"},"code":{"text":"Sodium"},"valueInteger":140})");
  const auto all = files.read();
  ASSERT_EQ(all.charts.size(), 1U);
  EXPECT_TRUE(all.charts.begin()->second.results.entries.empty());
  EXPECT_EQ(all.report.skipped, 2U);
}

TEST(FhirSource, AnIdentifierThatTwoPatientsShareChoosesNeither) {
  FhirExport files;
  files.add(known_patient("p1", "M-1"));
  files.add(known_patient("p2", "M-1"));
  files.add(observation("o1", R"({"identifier":{"system":"urn:mrn","value":"M-1"}})"));
  const auto all = files.read();
  for (const auto& [key, chart] : all.charts) EXPECT_TRUE(chart.results.entries.empty()) << key;
  EXPECT_EQ(all.report.skipped, 1U);
}

TEST(FhirSource, ABrokenLineCostsNothingButItself) {
  FhirExport files;
  files.add_patient();
  const std::string good = observation("o1", with_reference("Patient/p1"));
  const std::vector<std::pair<std::string, std::string>> broken = {
      {good.substr(0, good.size() / 2), "not readable JSON"},
      {"not JSON at all", "not readable JSON"},
      {"[1,2]", "not a JSON object"},
      {"42", "not a JSON object"},
      {R"({"id":"x"})", "no resourceType"},
      {R"({"resourceType":7})", "no resourceType"},
      {R"({"resourceType":"Bad\u0000Type"})", "no resourceType"},
      {"{\"resourceType\":\"Observation\",\"id\":\"\xC3\x28\"}", "not readable JSON"},
      {std::string(5000, '['), "not readable JSON"},
      {R"({"resourceType":"Patient","name":[{"family":"Nobody"}]})", "is a patient without an id"},
  };
  for (const auto& [line, reason] : broken) files.add(line);
  files.add(good);
  const auto all = files.read();
  ASSERT_EQ(all.charts.size(), 1U);
  EXPECT_EQ(all.charts.begin()->second.results.entries.size(), 1U);
  ASSERT_EQ(all.report.skipped, broken.size());
  for (std::size_t i = 0; i < broken.size(); ++i) {
    EXPECT_EQ(all.report.first_skipped[i].where, "all.ndjson line " + std::to_string(i + 2));
    EXPECT_EQ(all.report.first_skipped[i].reason, broken[i].second) << broken[i].first.substr(0, 40);
  }
}

TEST(FhirSource, ALineBeyondTheLimitIsSkippedAndTheNextOneRead) {
  FhirExport files;
  files.add_patient();
  files.add(R"({"resourceType":"Observation","id":"big","subject":{"reference":"Patient/p1"},"note":[{"text":")" +
            std::string(3 << 20, 'x') + R"("}]})");
  files.add(observation("o1", with_reference("Patient/p1")));
  FhirBulkLimits limits;
  limits.longest_line_bytes = 10'000;
  const auto all = files.read(limits);
  ASSERT_EQ(all.charts.size(), 1U);
  EXPECT_EQ(all.charts.begin()->second.results.entries.size(), 1U);
  ASSERT_EQ(all.report.skipped, 1U);
  EXPECT_EQ(all.report.first_skipped[0].where, "all.ndjson line 2");
  EXPECT_EQ(all.report.first_skipped[0].reason, "the line is longer than the limit");
}

TEST(FhirSource, LineEndsByteOrderMarksAndAMissingLastLineEndDoNotMatter) {
  FhirExport files;
  const std::string file = (files.folder() / "windows.NDJSON.ndjson").string();
  std::ofstream(file, std::ios::binary) << "\xEF\xBB\xBF" << known_patient("p1", "M-1") << "\r\n\r\n"
                                        << observation("o1", with_reference("Patient/p1"));
  const auto all = files.read();
  ASSERT_EQ(all.charts.size(), 1U);
  EXPECT_EQ(all.charts.begin()->second.results.entries.size(), 1U);
  EXPECT_EQ(all.report.skipped, 0U);
}

// Forty patients with everything scattered, as lines.
std::vector<std::string> scattered_export() {
  std::vector<std::string> lines;
  for (int p = 0; p < 40; ++p) {
    const std::string id = "p" + std::to_string(p), subject = with_reference("Patient/" + id);
    lines.push_back(known_patient(id, "M-" + std::to_string(p)));
    for (int o = 0; o < 12; ++o) lines.push_back(observation(id + "-o" + std::to_string(o), subject));
    lines.push_back(R"({"resourceType":"Condition","id":")" + id + R"(-c","subject":)" + subject + R"(,"code":{"text":"Asthma"}})");
    lines.push_back(R"({"resourceType":"Encounter","id":")" + id + R"(-e","subject":)" + subject +
                    R"(,"class":{"code":"AMB"},"reasonReference":[{"reference":"Condition/)" + id +
                    R"(-c"}],"participant":[{"individual":{"reference":"Practitioner/d1"}}]})");
    lines.push_back(R"({"resourceType":"DiagnosticReport","id":")" + id + R"(-r","subject":)" + subject +
                    R"(,"code":{"text":"Panel"},"result":[{"reference":"Observation/)" + id + R"(-o3"}]})");
  }
  lines.push_back(R"({"resourceType":"Practitioner","id":"d1","name":[{"prefix":["Dr."],"family":"Vane"}]})");
  return lines;
}

std::string charts_of(const std::vector<std::string>& lines, FhirBulkLimits limits, int files_count) {
  FhirExport files;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    files.add(lines[i], std::to_string(i * static_cast<std::size_t>(files_count) / lines.size()) + ".ndjson");
  }
  std::string all;
  for (const auto& [key, chart] : files.read(limits).charts) all += json_of(chart) + "\n";
  return all;
}

TEST(FhirSource, TheSameChartsComeFromAnyOrderAndAnyMemory) {
  auto lines = scattered_export();
  const std::string expected = charts_of(lines, {}, 1);
  EXPECT_NE(expected.find("Dr. Vane"), std::string::npos);
  EXPECT_NE(expected.find(R"("reason":"Asthma")"), std::string::npos);
  EXPECT_NE(expected.find(R"("panel":"Panel")"), std::string::npos);
  FhirBulkLimits tiny;
  tiny.memory_bytes = 30 << 10;
  EXPECT_EQ(charts_of(lines, tiny, 1), expected) << "with little memory";
  std::reverse(lines.begin(), lines.end());
  EXPECT_EQ(charts_of(lines, {}, 3), expected) << "backwards";
  std::shuffle(lines.begin(), lines.end(), std::mt19937(5));
  EXPECT_EQ(charts_of(lines, tiny, 7), expected) << "shuffled over seven files";
}

std::string newest_of(const std::vector<std::string>& times) {
  FhirExport files;
  files.add_patient();
  for (const std::string& time : times) {
    files.add(R"({"resourceType":"Condition","id":"c1","meta":{"lastUpdated":")" + time +
              R"("},"subject":{"reference":"Patient/p1"},"code":{"text":")" + time + R"("}})");
  }
  const auto chart = files.read_one();
  return chart.problems.entries.size() == 1 ? chart.problems.entries[0].text : "";
}

TEST(FhirSource, WhichVersionIsNewestIsAMatterOfMomentsNotOfLetters) {
  const std::vector<std::pair<std::string, std::string>> older_and_newer = {
      {"2024-01-02T01:00:00+05:00", "2024-01-01T21:00:00Z"},
      {"2024-01-01T23:00:00Z", "2024-01-01T20:00:00-05:00"},
      {"2024-01-01T10:00:00Z", "2024-01-01T10:00:00.5Z"},
      {"2024-01-01T10:00:00.25+00:00", "2024-01-01T10:00:00.250001Z"},
      {"yesterday", "2024-01-01T10:00:00Z"},
  };
  for (const auto& [older, newer] : older_and_newer) {
    EXPECT_EQ(newest_of({older, newer}), newer);
    EXPECT_EQ(newest_of({newer, older}), newer);
  }
}

TEST(FhirSource, OfSeveralVersionsTheNewestCounts) {
  const auto version = [](const std::string& time, const std::string& text) {
    return R"({"resourceType":"Condition","id":"c1","meta":{"lastUpdated":")" + time +
           R"("},"subject":{"reference":"Patient/p1"},"code":{"text":")" + text + R"("}})";
  };
  FhirExport files;
  files.add_patient();
  files.add(version("2024-01-02T00:00:00Z", "newer"));
  files.add(version("2024-01-01T00:00:00Z", "older"));
  const auto all = files.read();
  const auto& problems = all.charts.begin()->second.problems.entries;
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].text, "newer");
  EXPECT_EQ(all.report.passed_by.at("(older version of a resource)"), 1U);
}

TEST(FhirSource, AReplacedRecordGivesItsNumbersAndEntriesToTheOther) {
  for (const char* last : {"a", "z"}) {  // before and after the replaced one in the order of ids
    FhirExport files;
    files.add(known_patient(last, "M-new"));
    files.add(R"({"resourceType":"Patient","id":"m","name":[{"family":"Quill"}],"identifier":[{"value":"M-old"}],)"
              R"("link":[{"type":"replaced-by","other":{"reference":"Patient/)" + std::string(last) + R"("}}]})");
    files.add(observation("o1", with_reference("Patient/m")));
    const auto all = files.read();
    ASSERT_EQ(all.charts.size(), 1U) << last;
    const auto& chart = all.charts.begin()->second;
    EXPECT_EQ(chart.emr_key, last);
    EXPECT_EQ(chart.mrn, "M-new");
    EXPECT_EQ(chart.results.entries.size(), 1U);
    ASSERT_EQ(chart.identifiers.size(), 2U);
    EXPECT_EQ(chart.identifiers[1].value, "M-old");
    EXPECT_EQ(all.report.passed_by.at("Patient (replaced by another)"), 1U);
  }
}

TEST(FhirSource, AReplacedRecordWhoseSuccessorIsMissingStillMakesAChart) {
  FhirExport files;
  files.add(R"({"resourceType":"Patient","id":"m","name":[{"family":"Quill"}],"link":[{"type":"replaced-by","other":{"reference":"Patient/gone"}}]})");
  files.add(observation("o1", with_reference("Patient/m")));
  const auto chart = files.read_one();
  EXPECT_EQ(chart.emr_key, "m");
  EXPECT_EQ(chart.results.entries.size(), 1U);
}

TEST(FhirSource, RecordsThatReplaceEachOtherInARingStayCharts) {
  FhirExport files;
  for (const auto& [id, other] : {std::pair("a", "b"), std::pair("b", "a")}) {
    files.add(R"({"resourceType":"Patient","id":")" + std::string(id) +
              R"(","link":[{"type":"replaced-by","other":{"reference":"Patient/)" + other + R"("}}]})");
  }
  EXPECT_EQ(files.read().charts.size(), 2U);
}

TEST(FhirSource, WhatHasNoPlaceInAChartIsCountedByName) {
  FhirExport files;
  files.add_patient();
  files.add(R"({"resourceType":"RiskAssessment","id":"1","subject":{"reference":"Patient/p1"}})");
  files.add(R"({"resourceType":"RiskAssessment","id":"2","subject":{"reference":"Patient/p1"}})");
  files.add(R"({"resourceType":"Claim","id":"3"})");
  const auto all = files.read();
  EXPECT_EQ(all.report.passed_by.at("RiskAssessment"), 2U);
  EXPECT_EQ(all.report.passed_by.at("Claim"), 1U);
  EXPECT_EQ(all.report.skipped, 0U);
}

TEST(FhirSource, TheReportCountsWhatStandsInTheCharts) {
  FhirExport files;
  files.add_patient();
  files.add(observation("o1", with_reference("Patient/p1")));
  files.add(R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p1"},"code":{"text":"Asthma"},"onsetDateTime":"31/02/1975"})");
  const auto all = files.read();
  EXPECT_EQ(all.report.patients, 1U);
  EXPECT_EQ(all.report.entries.at("results"), 1U);
  EXPECT_EQ(all.report.entries.at("problems"), 1U);
  EXPECT_EQ(all.report.unreadable, 1U);
}

TEST(FhirSource, TheDataAreAsOldAsTheOldestFile) {
  FhirExport files;
  files.add_patient();
  files.add("", "b.ndjson");
  const auto time = std::filesystem::last_write_time(files.folder() / "all.ndjson") - std::chrono::hours(50);
  std::filesystem::last_write_time(files.folder() / "b.ndjson", time);
  const auto expected = std::chrono::file_clock::to_sys(time).time_since_epoch();
  EXPECT_EQ(files.read().as_of.s, std::chrono::duration_cast<std::chrono::seconds>(expected).count());
}

TEST(FhirSource, FilesThatLookLikeDataAndAreNotReadAreNamed) {
  FhirExport files;
  files.add_patient();
  files.add(observation("o1", with_reference("Patient/p1")), "Observation.NDJSON");
  files.add(observation("o2", with_reference("Patient/p1")), "Observation.ndjson.zip");
  files.add(observation("o3", with_reference("Patient/p1")), "Observation.ndjson.part");
  std::filesystem::create_directories(files.folder() / "more" / "deep");
  std::filesystem::create_directories(files.folder() / ".snapshot");
  files.add(observation("o4", with_reference("Patient/p1")), "more/deep/Observation.Ndjson");
  files.add(observation("o5", with_reference("Patient/p1")), ".snapshot/Observation.ndjson");
  std::filesystem::create_symlink("nowhere", files.folder() / "Broken.ndjson");
  files.add("nothing of ours", "readme.txt");
  files.add("nothing of ours", "more/readme.txt");
  const auto all = files.read();
  ASSERT_EQ(all.charts.size(), 1U);
  EXPECT_EQ(all.charts.begin()->second.results.entries.size(), 1U);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"Broken.ndjson", "is no file that can be read"},
      {"Observation.ndjson.part", "its name does not end in .ndjson or .json"},
      {"Observation.ndjson.zip", "is packed in a way that is not read here: unpack it first"},
      {"more/deep/Observation.Ndjson", "lies in a folder below the export's"},
  };
  ASSERT_EQ(all.report.skipped, expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(all.report.first_skipped[i].where, expected[i].first);
    EXPECT_EQ(all.report.first_skipped[i].reason, expected[i].second);
  }
}

TEST(FhirSource, AFolderOfNothingButPackedFilesSaysSo) {
  FhirExport files;
  files.add("packed", "Patient.zip");
  const auto source = exporter::open_fhir_bulk(files.folder(), files.staging());
  ASSERT_FALSE(source.ok());
  EXPECT_NE(source.error().detail.find("Patient.zip: is packed"), std::string::npos) << source.error().detail;
}

TEST(FhirSource, TimesAndTodayAreThePracticesOwn) {
  FhirExport files;
  files.add_patient();
  files.add(R"({"resourceType":"Appointment","id":"a1","status":"booked","start":"2026-11-23T00:30:00Z","end":"2026-11-23T01:00:00Z",)"
            R"("participant":[{"actor":{"reference":"Patient/p1"}}]})");
  files.add(R"({"resourceType":"Coverage","id":"k1","status":"active","beneficiary":{"reference":"Patient/p1"},)"
            R"("type":{"text":"Plan"},"period":{"end":"2026-11-22"}})");
  // 20:00 on the 22nd in New York, when London has the 23rd already.
  const std::chrono::sys_seconds written = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours(1);
  std::filesystem::last_write_time(files.folder() / "all.ndjson", std::chrono::file_clock::from_sys(written));
  const auto here = files.read({}, "America/New_York").charts.begin()->second;
  ASSERT_EQ(here.appointments.entries.size(), 1U);
  const app::Date& start = here.appointments.entries[0].start.value();
  EXPECT_EQ(app::format_date(start), "22-Nov-2026 19:30");
  EXPECT_EQ(start.iso, "2026-11-23T00:30:00Z");
  EXPECT_EQ(here.appointments.entries[0].minutes, "30");
  ASSERT_EQ(here.coverage.entries.size(), 1U);
  EXPECT_EQ(here.coverage.entries[0].current, true) << "the cover lasts until the end of the day";
  const auto there = files.read({}, "Europe/London").charts.begin()->second;
  EXPECT_EQ(there.coverage.entries.at(0).current, false);
}

TEST(FhirSource, AFolderWithoutAnExportIsAnErrorThatNamesIt) {
  FhirExport files;
  const auto empty = exporter::open_fhir_bulk(files.folder(), files.staging());
  ASSERT_FALSE(empty.ok());
  EXPECT_EQ(empty.error().code, app::Code::bad_source);
  const auto missing = exporter::open_fhir_bulk(files.folder() / "nowhere", files.staging());
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, app::Code::not_found);
  EXPECT_NE(missing.error().detail.find("nowhere"), std::string::npos);
}

}  // namespace
