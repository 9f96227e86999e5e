// In which files an export may come: packed, as bundles and documents, with its manifest, from several servers.
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/fhir_export.h"

namespace {

using exporter::FhirBulkLimits;
using exporter::FhirExport;
using exporter::FhirSettings;

const std::string kPatient = R"({"resourceType":"Patient","id":"p1","name":[{"family":"Quill"}]})";

std::string result_of(const std::string& patient, const std::string& text = "Sodium", const std::string& id = "o1") {
  return R"({"resourceType":"Observation","id":")" + id + R"(","code":{"text":")" + text +
         R"("},"valueInteger":140,"subject":{"reference":")" + patient + R"("}})";
}

// One gzip member.
std::string packed(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

void put(const FhirExport& files, const std::string& name, const std::string& bytes) {
  std::ofstream(files.folder() / name, std::ios::binary) << bytes;
}

std::vector<std::string> reasons(const exporter::ReadReport& report) {
  std::vector<std::string> all;
  for (const auto& one : report.first_skipped) all.push_back(one.where + ": " + one.reason);
  return all;
}

using Reasons = std::vector<std::string>;

TEST(FhirGzip, PackedFilesAreReadLikePlainOnes) {
  FhirExport files;
  put(files, "Patient.ndjson.gz", packed(kPatient + "\n"));
  put(files, "Observation.NDJSON.GZ", packed(result_of("Patient/p1", "Sodium", "o1") + "\n") +
                                          packed(result_of("Patient/p1", "Potassium", "o2")));
  put(files, "one.json.gz", packed(result_of("Patient/p1", "Zinc", "o3")));
  const auto all = files.read();
  ASSERT_EQ(all.charts.size(), 1U);
  EXPECT_EQ(all.charts.at("p1").results.entries.size(), 3U) << "two members of one file, and a file of one resource";
  EXPECT_EQ(reasons(all.report), Reasons{});
}

TEST(FhirGzip, AFileThatIsCutOffOrDamagedIsNamedAndTheRestIsRead) {
  FhirExport files;
  put(files, "Patient.ndjson", kPatient);
  const std::string whole = packed(result_of("Patient/p1") + "\n" + std::string(2000, ' '));
  put(files, "a.ndjson.gz", whole.substr(0, whole.size() - 6));
  put(files, "b.ndjson.gz", "this is no gzip file");
  const auto all = files.read();
  EXPECT_EQ(all.charts.at("p1").results.entries.size(), 1U);
  EXPECT_EQ(reasons(all.report), (Reasons{"a.ndjson.gz: is a compressed file that is cut off",
                                          "b.ndjson.gz: is a compressed file that is damaged"}));
}

TEST(FhirGzip, AFileThatUnpacksToFarTooMuchIsLeftAlone) {
  FhirExport files;
  put(files, "Patient.ndjson", kPatient);
  put(files, "bomb.ndjson.gz", packed(std::string(100 << 20, ' ')));
  const auto all = files.read();
  ASSERT_EQ(all.charts.size(), 1U);
  EXPECT_EQ(reasons(all.report), Reasons{"bomb.ndjson.gz: is a compressed file that unpacks to far more than records do"});
}

TEST(FhirBundle, AFileOfOneBundleIsOpened) {
  FhirExport files;
  put(files, "chart.json", R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":)" + kPatient + "},\n{\"resource\":" +
                               result_of("Patient/p1") + "}]}\n");
  put(files, "more.ndjson", R"({"resourceType":"Bundle","type":"searchset","entry":[{"resource":)" +
                                result_of("Patient/p1", "Zinc", "o2") + "}]}");
  const auto all = files.read();
  EXPECT_EQ(all.charts.at("p1").results.entries.size(), 2U);
  EXPECT_EQ(reasons(all.report), Reasons{});
}

TEST(FhirBundle, ReferencesByTheAddressesOfItsEntriesFindThem) {
  FhirExport files;
  put(files, "chart.json",
      R"({"resourceType":"Bundle","type":"transaction","entry":[
      {"fullUrl":"urn:uuid:aaaa","resource":{"resourceType":"Patient","name":[{"family":"Quill"}]}},
      {"fullUrl":"urn:uuid:dddd","resource":{"resourceType":"Practitioner","id":"other","name":[{"family":"Vane"}]}},
      {"fullUrl":"https://far.example/fhir/Condition/9","resource":{"resourceType":"Condition","id":"9","code":{"text":"Asthma"},
       "subject":{"reference":"urn:uuid:aaaa"}}},
      {"fullUrl":"urn:uuid:eeee","resource":{"resourceType":"Encounter","class":{"code":"AMB"},"subject":{"reference":"urn:uuid:aaaa"},
       "reasonReference":[{"reference":"https://far.example/fhir/Condition/9/_history/3"}],
       "participant":[{"individual":{"reference":"urn:uuid:dddd"}}]}}]})");
  const auto all = files.read();
  ASSERT_EQ(all.charts.count("aaaa"), 1U) << "a resource without an id takes the one of its address";
  const auto& visits = all.charts.at("aaaa").visits.entries;
  ASSERT_EQ(visits.size(), 1U);
  EXPECT_EQ(visits[0].reason, "Asthma");
  EXPECT_EQ(visits[0].clinician, "Vane");
}

TEST(FhirBundle, BundlesInBundlesAreOpenedAndNotWithoutEnd) {
  std::string inner = result_of("Patient/p1");
  for (int i = 0; i < 3; ++i) inner = R"({"resourceType":"Bundle","entry":[{"resource":)" + inner + "}]}";
  FhirExport files;
  files.add(kPatient);
  files.add(inner);
  for (int i = 0; i < 3; ++i) inner = R"({"resourceType":"Bundle","entry":[{"resource":)" + inner + "},{\"search\":{}}]}";
  files.add(inner);
  const auto all = files.read();
  EXPECT_EQ(all.charts.at("p1").results.entries.size(), 1U);
  EXPECT_EQ(all.report.skipped, 4U) << "three entries without a resource, and one bundle too deep";
}

TEST(FhirBundle, WhatTheEmrDeletedIsNotShown) {
  FhirExport files;
  files.add(kPatient);
  files.add(result_of("Patient/p1", "Sodium", "o1"));
  files.add(result_of("Patient/p1", "Zinc", "o2"));
  files.add(R"({"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Observation/o1"}}]})");
  const auto all = files.read();
  ASSERT_EQ(all.charts.at("p1").results.entries.size(), 1U);
  EXPECT_EQ(all.charts.at("p1").results.entries[0].text, "Zinc");
  EXPECT_EQ(all.report.passed_by.at("(deleted in the EMR)"), 1U);
}

TEST(FhirManifest, SaysOfWhichMomentTheDataSpeak) {
  FhirExport files;
  files.add(kPatient, "Patient.ndjson");
  put(files, "manifest.json", R"({"transactionTime":"2026-03-01T02:00:00+01:00","request":"https://emr.example/fhir/Patient/$export?_type=X",
      "output":[{"type":"Patient","url":"https://files.example/Patient.ndjson","count":1}],"error":[]})");
  const auto all = files.read();
  EXPECT_EQ(app::format_utc(all.as_of), "2026-03-01T01:00:00Z");
  EXPECT_EQ(reasons(all.report), Reasons{});
}

TEST(FhirManifest, AFileThatIsMissingOrShorterThanItSaysIsNamed) {
  FhirExport files;
  files.add(kPatient, "Patient.ndjson");
  put(files, "manifest.json", R"({"transactionTime":"2026-03-01T02:00:00Z","output":[
      {"type":"Patient","url":"https://files.example/x/Patient.ndjson?sig=1","count":2},
      {"type":"Condition","url":"https://files.example/x/Condition.ndjson","count":9}]})");
  EXPECT_EQ(reasons(files.read().report),
            (Reasons{"Patient.ndjson: holds 1 resources where the export's manifest says 2",
                     "Condition.ndjson: is named by the export's manifest and is not here"}));
}

TEST(FhirManifest, WhatTheEmrCouldNotExportIsSaid) {
  FhirExport files;
  files.add(kPatient);
  files.add(R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]})");
  files.add(R"({"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"}]})");
  EXPECT_EQ(reasons(files.read().report), Reasons{"all.ndjson line 2: says that the EMR could not export something"});
}

// The results that patient p1 gets, and whether the others were skipped.
std::pair<std::size_t, std::uint64_t> kept_and_skipped(const FhirExport& files, const FhirSettings& settings = {}) {
  const auto all = files.read({}, "", settings);
  return {all.charts.at("p1").results.entries.size(), all.report.skipped};
}

using Count = std::pair<std::size_t, std::uint64_t>;

TEST(FhirServers, APatientOfAnotherServerIsSomebodyElse) {
  FhirExport files;
  files.add(kPatient);
  files.add(result_of("https://emr.example/fhir/Patient/p1", "A", "o1"));
  files.add(result_of("http://EMR.example/fhir/Patient/p1/_history/4", "B", "o2"));
  files.add(result_of("https://other.example/fhir/Patient/p1", "C", "o3"));
  EXPECT_EQ(kept_and_skipped(files), Count(2, 1));
  EXPECT_NE(reasons(files.read().report).at(0).find("another server, https://other.example/fhir"), std::string::npos);
}

TEST(FhirServers, TheSettingsAndTheManifestKnowBetterThanTheMajority) {
  FhirExport files;
  files.add(kPatient);
  files.add(result_of("https://emr.example/fhir/Patient/p1", "A", "o1"));
  files.add(result_of("https://emr.example/fhir/Patient/p1", "B", "o2"));
  files.add(result_of("https://other.example/fhir/Patient/p1", "C", "o3"));
  EXPECT_EQ(kept_and_skipped(files, {"", "https://other.example/fhir/"}), Count(1, 2));
  put(files, "manifest.json", R"({"transactionTime":"2026-03-01T02:00:00Z","request":"https://other.example/fhir/$export","output":[]})");
  EXPECT_EQ(kept_and_skipped(files), Count(1, 2));
}

TEST(FhirServers, OneAddressAmongRelativeReferencesIsNotLearntFrom) {
  FhirExport files;
  files.add(kPatient);
  for (int i = 0; i < 20; ++i) files.add(result_of("Patient/p1", "A", "o" + std::to_string(i)));
  files.add(result_of("https://other.example/fhir/Patient/p1", "C", "x"));
  EXPECT_EQ(kept_and_skipped(files), Count(20, 1));
}

TEST(FhirServers, ADoctorOfAnotherServerIsNotTheOneOfTheSameNumberHere) {
  FhirExport files;
  files.add(kPatient);
  files.add(R"({"resourceType":"Practitioner","id":"5","name":[{"family":"Vane"}]})");
  for (const char* server : {"https://emr.example", "https://other.example"}) {
    files.add(R"({"resourceType":"Encounter","id":")" + std::string(server).substr(8, 5) +
              R"(","class":{"code":"AMB"},"subject":{"reference":"https://emr.example/Patient/p1"},"participant":[{"individual":{"reference":")" +
              server + R"(/Practitioner/5"}}]})");
  }
  std::string clinicians;
  for (const auto& visit : files.read_one().visits.entries) clinicians += visit.clinician + ";";
  EXPECT_EQ(clinicians, "Vane;;");
}

std::string version(const std::string& meta, const std::string& text) {
  return R"({"resourceType":"Condition","id":"c1","meta":{)" + meta + R"(},"subject":{"reference":"Patient/p1"},"code":{"text":")" +
         text + R"("}})";
}

TEST(FhirVersions, WithoutATimeTheVersionsNumberDecides) {
  FhirExport files;
  files.add(kPatient);
  files.add(version(R"("versionId":"10")", "tenth"));
  files.add(version(R"("versionId":"9")", "ninth"));
  const auto chart = files.read_one();
  ASSERT_EQ(chart.problems.entries.size(), 1U);
  EXPECT_EQ(chart.problems.entries[0].text, "tenth");
  EXPECT_TRUE(chart.unreadable.empty());
}

TEST(FhirVersions, WhereNothingTellsTheNewerBothAreSaid) {
  FhirExport files;
  files.add(kPatient);
  files.add(version("", "Asthma"));
  files.add(version("", "Asthma"));
  files.add(version("", "No asthma"));
  const auto chart = files.read_one();
  ASSERT_EQ(chart.problems.entries.size(), 1U);
  EXPECT_EQ(chart.problems.entries[0].text, "No asthma");
  ASSERT_EQ(chart.unreadable.size(), 1U) << "once: two equal ones are no question";
  EXPECT_EQ(chart.unreadable[0].section, "problems");
  EXPECT_NE(chart.unreadable[0].as_recorded.find("Asthma"), std::string::npos);
}

TEST(FhirValues, ANumberBeyondEveryMachineCostsNothing) {
  FhirExport files;
  files.add(kPatient);
  files.add(R"({"resourceType":"Observation","id":"o1","code":{"text":"Viral load"},"valueQuantity":{"value":1.5e999,"unit":"copies"},)"
            R"("subject":{"reference":"Patient/p1"}})");
  files.add(R"({"resourceType":"Observation","id":"o2","code":{"text":"Count"},"valueInteger":123456789012345678901234567890,)"
            R"("subject":{"reference":"Patient/p1"}})");
  const auto chart = files.read_one();
  ASSERT_EQ(chart.results.entries.size(), 2U);
  EXPECT_EQ(chart.results.entries[0].value + chart.results.entries[1].value, "1.5e999123456789012345678901234567890");
}

TEST(FhirValues, ASecondValueIsMarkedAndTheFirstShown) {
  FhirExport files;
  files.add(kPatient);
  files.add(R"({"resourceType":"Observation","id":"o1","code":{"text":"HIV"},"valueString":"negative","valueCodeableConcept":{"text":"positive"},)"
            R"("subject":{"reference":"Patient/p1"}})");
  const auto chart = files.read_one();
  ASSERT_EQ(chart.results.entries.size(), 1U);
  EXPECT_EQ(chart.results.entries[0].value, "negative");
  ASSERT_EQ(chart.unreadable.size(), 1U);
  EXPECT_NE(chart.unreadable[0].as_recorded.find("positive"), std::string::npos);
}

TEST(FhirValues, AReactionOfTheWrongKindStaysWithItsAllergy) {
  FhirExport files;
  files.add(kPatient);
  files.add(R"({"resourceType":"AllergyIntolerance","id":"a1","code":{"text":"Latex"},"reaction":["anaphylaxis",7],"patient":{"reference":"Patient/p1"}})");
  const auto chart = files.read_one();
  ASSERT_EQ(chart.allergies.entries.size(), 1U);
  ASSERT_EQ(chart.allergies.entries[0].reactions.size(), 2U);
  EXPECT_EQ(chart.allergies.entries[0].reactions[0].text, "anaphylaxis");
  EXPECT_EQ(chart.unreadable.size(), 2U);
}

TEST(FhirValues, TimesInWordsAreThePracticesOwn) {
  FhirExport files;
  files.add(kPatient);
  files.add(R"({"resourceType":"Observation","id":"o1","code":{"text":"Labour"},"valuePeriod":{"start":"2026-01-01T02:00:00Z","end":"2026-01-01T09:00:00Z"},)"
            R"("note":[{"text":"quick","time":"2026-01-01T03:30:00Z"}],"subject":{"reference":"Patient/p1"}})");
  const auto all = files.read({}, "America/New_York");
  const auto& entry = all.charts.at("p1").results.entries.at(0);
  EXPECT_EQ(entry.value, "31-Dec-2025 21:00 to 01-Jan-2026 04:00");
  EXPECT_EQ(entry.note, "quick (31-Dec-2025 22:30)");
}

TEST(FhirValues, TheMrnIsOfTheSystemThatThePracticeNames) {
  FhirExport files;
  files.add(R"({"resourceType":"Patient","id":"p1","identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"HOSPITAL-1"},)"
            R"({"system":"https://elm.example/mrn","value":"E-7"}]})");
  EXPECT_EQ(files.read().charts.at("p1").mrn, "HOSPITAL-1");
  const auto chart = files.read({}, "", {"https://elm.example/mrn", ""}).charts.at("p1");
  EXPECT_EQ(chart.mrn, "E-7");
  EXPECT_EQ(chart.identifiers.at(1).label, "MRN");
}

}  // namespace
