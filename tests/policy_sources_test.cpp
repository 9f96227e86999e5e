// How an EMR says that something is not for everybody, and that it stays behind then: FHIR's labels, a pack's columns.
#include <gtest/gtest.h>

#include "app/record/chart_json.h"
#include "tests/fhir_export.h"
#include "tests/sql_fixture.h"

namespace {

using app::Chart;

constexpr char kSecret[] = "zzsecret";

std::string security(const std::string& code) {
  return "'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'" + code + "'}]},";
}
const std::string kSubject = "'subject':{'reference':'Patient/p1'},";
const std::string kAtSecret = "'encounter':{'reference':'Encounter/v'},";

std::string condition(const std::string& more, const std::string& text) {
  return "{'resourceType':'Condition'," + more + kSubject + "'code':{'text':'" + text + "'}}";
}
std::string encounter(const std::string& more, const std::string& id = "v") {
  return "{'resourceType':'Encounter','id':'" + id + "'," + more + kSubject + "'type':[{'text':'zzsecret clinic'}],'period':{'start':'2026-01-01'}}";
}

std::string json_of(const Chart& chart) {
  std::string json;
  app::format_chart(chart, json);
  return json;
}

TEST(FhirWithheld, EveryLabelOfThePolicyKeepsItsResourceOutOfTheChartAndIsCounted) {
  for (const char* label : {"ETH", "PSY", "PSYTHPN", "42CFRPart2", "HIV", "SEX", "SDV", "R", "V"}) {
    const Chart chart = exporter::chart_of({condition(security(label), kSecret), condition("", "Asthma")});
    EXPECT_EQ(json_of(chart).find(kSecret), std::string::npos) << label;
    EXPECT_EQ(chart.problems.withheld, 1u) << label;
    EXPECT_EQ(chart.problems.entries.size(), 1u) << label;
  }
  for (const char* label : {"N", "M"}) {
    EXPECT_EQ(exporter::chart_of({condition(security(label), "Asthma")}).problems.entries.size(), 1u) << label;
  }
  const std::string test_data = "'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'HTEST'}]},";
  EXPECT_EQ(exporter::chart_of({condition(test_data, "Asthma")}).problems.entries.size(), 1u);
}

TEST(FhirWithheld, EveryTypeOfResourceIsWithheldByItsLabel) {
  for (const char* type : {"AllergyIntolerance", "MedicationRequest", "Immunization", "Observation", "Procedure", "Device", "Encounter",
                           "DocumentReference", "DiagnosticReport", "Flag", "Consent", "CarePlan", "FamilyMemberHistory", "CareTeam", "Coverage",
                           "ServiceRequest", "ImagingStudy", "Goal", "Communication", "RelatedPerson", "Appointment"}) {
    const Chart chart = exporter::chart_of(
        {std::string("{'resourceType':'") + type + "','id':'1'," + security("R") + kSubject +
         "'patient':{'reference':'Patient/p1'},'beneficiary':{'reference':'Patient/p1'},'participant':[{'actor':{'reference':'Patient/p1'}}],"
         "'code':{'text':'zzsecret'},'description':'zzsecret','title':'zzsecret','comment':'zzsecret','text':{'div':'zzsecret'},'name':[{'text':'zzsecret'}]}"});
    std::uint32_t withheld = 0;
    const auto add = [&withheld](std::string_view, const auto& section) { withheld += section.withheld; };
    Chart::sections(chart, add);
    EXPECT_EQ(withheld, 1u) << type;
    EXPECT_EQ(json_of(chart).find(kSecret), std::string::npos) << type;
  }
}

TEST(FhirWithheld, WhatBelongsToAVisitGoesWithItButNotWhatIsInForce) {
  const std::string title = "'code':{'text':'zzsecret'}";
  const Chart chart = exporter::chart_of(
      {condition(kAtSecret + "'category':[{'coding':[{'code':'encounter-diagnosis'}]}],", kSecret), condition(kAtSecret, "Asthma"),
       "{'resourceType':'Observation','id':'o'," + kAtSecret + kSubject + title + "}",
       "{'resourceType':'Procedure','id':'x'," + kAtSecret + kSubject + title + "}",
       "{'resourceType':'DocumentReference','id':'d'," + kSubject + "'context':{'encounter':[{'reference':'Encounter/v'}]},"
       "'type':{'text':'zzsecret'},'content':[{'attachment':{'contentType':'application/pdf','title':'zzsecret'}}]}",
       "{'resourceType':'AllergyIntolerance','id':'a','patient':{'reference':'Patient/p1'}," + kAtSecret + "'code':{'text':'Penicillin'}}",
       "{'resourceType':'MedicationRequest','id':'m','status':'active'," + kAtSecret + kSubject + "'medicationCodeableConcept':{'text':'Warfarin'}}",
       encounter(security("PSY"))});
  EXPECT_EQ(json_of(chart).find(kSecret), std::string::npos) << json_of(chart);
  EXPECT_EQ(chart.visits.withheld, 1u);
  EXPECT_EQ(chart.results.withheld, 1u);
  EXPECT_EQ(chart.procedures.withheld, 1u);
  EXPECT_EQ(chart.documents.withheld, 1u);
  EXPECT_EQ(chart.problems.withheld, 1u);
  EXPECT_EQ(chart.allergies.entries.size(), 1u);
  EXPECT_EQ(chart.medications.entries.size(), 1u);
  ASSERT_EQ(chart.problems.entries.size(), 1u);
  EXPECT_EQ(chart.problems.entries[0].text, "Asthma");
}

TEST(FhirWithheld, WhoeverRefersToItDoesNotNameIt) {
  const Chart chart = exporter::chart_of(
      {"{'resourceType':'Condition','id':'c'," + security("ETH") + kSubject + "'code':{'text':'zzsecret'}}",
       "{'resourceType':'Encounter','id':'w'," + kSubject + "'type':[{'text':'Follow-up'}],'reasonReference':[{'reference':'Condition/c','display':'zzsecret'}]}",
       "{'resourceType':'MedicationRequest','id':'m','status':'active'," + kSubject +
           "'medicationCodeableConcept':{'text':'Naloxone'},'reasonReference':[{'reference':'Condition/c'}]}"});
  EXPECT_EQ(json_of(chart).find(kSecret), std::string::npos) << json_of(chart);
  ASSERT_EQ(chart.visits.entries.size(), 1u);
  EXPECT_EQ(chart.visits.entries[0].reason, "(withheld)");
}

TEST(FhirWithheld, AReportTakesItsResultsAlong) {
  const auto result = [](const std::string& id) {
    return "{'resourceType':'Observation','id':'" + id + "'," + kSubject + "'code':{'text':'zzsecret'},'valueString':'positive'}";
  };
  const Chart chart = exporter::chart_of({result("1"), result("2"), "{'resourceType':'DiagnosticReport','id':'r'," + security("HIV") + kSubject +
                                              "'code':{'text':'zzsecret panel'},'result':[{'reference':'Observation/1'},{'reference':'Observation/2'}]}"});
  EXPECT_EQ(json_of(chart).find(kSecret), std::string::npos) << json_of(chart);
  EXPECT_EQ(chart.results.withheld, 3u);
}

TEST(FhirWithheld, AnOlderVersionWithoutALabelDoesNotLetItOut) {
  const std::string old = "{'resourceType':'Condition','id':'c','meta':{'lastUpdated':'2020-01-01T00:00:00Z'}," + kSubject + "'code':{'text':'zzsecret'}}";
  const std::string newer = "{'resourceType':'Condition','id':'c','meta':{'lastUpdated':'2026-01-01T00:00:00Z','security':[{'code':'R'}]}," + kSubject +
                            "'code':{'text':'zzsecret'}}";
  for (const auto& order : {std::vector{old, newer}, std::vector{newer, old}}) {
    const Chart chart = exporter::chart_of(order);
    EXPECT_EQ(json_of(chart).find(kSecret), std::string::npos);
    EXPECT_EQ(chart.problems.withheld, 1u);
  }
}

TEST(FhirWithheld, FactsOfAPatientAreThoseOfTheResource) {
  exporter::FhirExport files;
  files.add(R"({"resourceType":"Organization","id":"7","name":"Elm Street"})");
  files.add(R"({"resourceType":"Patient","id":"p1","meta":{"security":[{"code":"V"}]},"managingOrganization":{"reference":"Organization/7"},)"
            R"("generalPractitioner":[{"display":"Dr. Vane"}]})");
  files.add(R"({"resourceType":"Patient","id":"p2"})");
  auto source = exporter::open_fhir_bulk(files.folder(), files.staging());
  ASSERT_TRUE(source.ok());
  ASSERT_TRUE(source.value()->next().ok());
  EXPECT_EQ(source.value()->facts().sites, (std::vector<std::string>{"Elm Street", "Organization/7"}));
  EXPECT_EQ(source.value()->facts().provider, "Dr. Vane");
  ASSERT_EQ(source.value()->facts().labels.size(), 1u);
  ASSERT_TRUE(source.value()->next().ok());
  EXPECT_TRUE(source.value()->facts().sites.empty());
  EXPECT_EQ(source.value()->facts().provider, "");
  EXPECT_TRUE(source.value()->facts().labels.empty());
}

TEST(SqlWithheld, ARowsSensitivityIsWeighedByThePolicy) {
  test::SqlFolder folder;
  folder.pack("patients.sql", "SELECT p AS patient, p AS mrn FROM t GROUP BY p ORDER BY p");
  folder.pack("visits.sql", "SELECT p AS patient, what AS text, what AS \"key\", how AS sensitivity FROM t ORDER BY p");
  folder.sql("CREATE TABLE t (p, what, how); INSERT INTO t VALUES (1, 'plain', 'normal'), (1, 'zzsecret', 'high'), (1, 'nothing said', NULL), (2, 'zzsecret', 'ETH')");
  auto all = test::read_all(folder.order());
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  EXPECT_EQ(all.charts.at(0).visits.withheld, 1u);
  EXPECT_EQ(all.charts.at(0).visits.entries.size(), 2u);
  EXPECT_EQ(all.charts.at(1).visits.withheld, 1u);
  auto order = folder.order();
  order.withheld.kinds = {"substance-use"};
  all = test::read_all(order);
  EXPECT_EQ(all.charts.at(0).visits.withheld, 0u);
  EXPECT_EQ(all.charts.at(0).visits.entries.size(), 3u);
  EXPECT_EQ(all.charts.at(1).visits.withheld, 1u);
}

TEST(SqlWithheld, WhatAProblemIsCalledIsKnownToThePolicySoThatNoReasonNamesIt) {
  test::SqlFolder folder;
  folder.pack("patients.sql", "SELECT 1 AS patient, 1 AS mrn");
  folder.pack("problems.sql", "SELECT 1 AS patient, 'zzsecret' AS text, 'ETH' AS sensitivity");
  folder.sql("CREATE TABLE t (p)");
  auto source = exporter::open_sql_source(folder.order());
  ASSERT_TRUE(source.ok()) << app::format_error(source.error());
  ASSERT_TRUE(source.value()->next().ok());
  EXPECT_EQ(source.value()->facts().withheld_problems, std::vector<std::string>{kSecret});
}

TEST(SqlWithheld, FactsOfAPatientAreColumnsAndNoFields) {
  test::SqlFolder folder;
  folder.pack("patients.sql", "SELECT p AS patient, p AS mrn, s AS site, d AS provider, l AS last_active, w AS sensitivity FROM t ORDER BY p");
  folder.pack("visits.sql", "SELECT p AS patient, 'v' AS \"key\", 'x' AS text, 'high' AS sensitivity FROM t WHERE p = 1 ORDER BY p");
  folder.sql("CREATE TABLE t (p, s, d, l, w); INSERT INTO t VALUES (1, 'Elm', 'Vane', '2026-01-01', 'V'), (2, '', '', '', '')");
  auto source = exporter::open_sql_source(folder.order());
  ASSERT_TRUE(source.ok()) << app::format_error(source.error());
  ASSERT_TRUE(source.value()->next().ok());
  const exporter::PatientFacts one = source.value()->facts();
  EXPECT_EQ(one.sites, std::vector<std::string>{"Elm"});
  EXPECT_EQ(one.provider, "Vane");
  EXPECT_EQ(one.last_active.value().iso, "2026-01-01");
  ASSERT_EQ(one.labels.size(), 1u);
  EXPECT_TRUE(one.withheld_visits.contains("v"));
  ASSERT_TRUE(source.value()->next().ok());
  const exporter::PatientFacts two = source.value()->facts();
  EXPECT_TRUE(two.sites.empty() && two.labels.empty() && two.withheld_visits.empty());
  EXPECT_EQ(two.provider, "");
}

}  // namespace
