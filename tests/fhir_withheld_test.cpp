// By which ways what is withheld of an export might still come into a chart, each of them closed.
#include <gtest/gtest.h>

#include "exporter/emr/document_keeper.h"
#include "tests/fhir_export.h"

namespace {

using app::Chart;
using exporter::json_of;

const std::string kSubject = "'subject':{'reference':'Patient/p1'},";
const std::string kRestricted = "'meta':{'security':[{'code':'R'}]},";

Chart read(std::vector<std::string> lines, const exporter::FhirSettings& settings = {}) {
  exporter::FhirExport files;
  files.add_patient();
  for (std::string& line : lines) {
    for (char& c : line) c = c == '\'' ? '"' : c;
    files.add(line);
  }
  const auto all = files.read({}, {}, settings);
  return all.charts.empty() ? Chart{} : all.charts.begin()->second;
}

std::string labelled(const std::string& system, const std::string& code) {
  return "{'resourceType':'Condition','id':'c','meta':{'security':[{'system':'" + system + "','code':'" + code + "'}]}," + kSubject +
         "'code':{'text':'zzsecret'}}";
}

TEST(FhirWithheld, ACodeOfTheLabelsOwnSystemsThatNobodyKnowsRestricts) {
  for (const char* system : {"http://terminology.hl7.org/CodeSystem/v3-ActCode", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
                             "urn:oid:2.16.840.1.113883.5.4"}) {
    EXPECT_EQ(read({labelled(system, "NEWCODE")}).problems.withheld, 1u) << system;
    EXPECT_EQ(read({labelled(system, "N")}).problems.withheld, 0u) << system;
  }
  EXPECT_EQ(read({labelled("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST")}).problems.withheld, 0u);
}

TEST(FhirWithheld, WhatWasHandedOutOrGivenDoesNotNameAPrescriptionThatIsWithheld) {
  const std::string drug = "'medicationCodeableConcept':{'text':'zzsecret'}";
  const Chart chart = read({"{'resourceType':'MedicationRequest','id':'m','status':'active'," + kRestricted + kSubject + drug + "}",
                            "{'resourceType':'MedicationDispense','id':'1','status':'completed','authorizingPrescription':[{'reference':'MedicationRequest/m'}]," + kSubject + drug + "}",
                            "{'resourceType':'MedicationAdministration','id':'2','status':'completed','request':{'reference':'MedicationRequest/m'}," + kSubject + drug + "}",
                            "{'resourceType':'MedicationStatement','id':'3','status':'active','basedOn':[{'reference':'MedicationRequest/m'}]," + kSubject + drug + "}",
                            "{'resourceType':'MedicationDispense','id':'4','status':'completed'," + kSubject + "'medicationCodeableConcept':{'text':'Warfarin'}}"});
  EXPECT_EQ(json_of(chart).find("zzsecret"), std::string::npos) << json_of(chart);
  ASSERT_EQ(chart.medications.entries.size(), 1u);
  EXPECT_EQ(chart.medications.entries[0].text, "Warfarin");
}

TEST(FhirWithheld, ThatADeviceIsUsedDoesNotNameOneThatIsWithheld) {
  const Chart chart = read({"{'resourceType':'Device','id':'d'," + kRestricted + "'patient':{'reference':'Patient/p1'},'type':{'text':'zzsecret'}}",
                            "{'resourceType':'DeviceUseStatement','id':'u','status':'active','device':{'reference':'Device/d','display':'zzsecret'}," + kSubject +
                                "'bodySite':{'text':'zzsecret'}}"});
  EXPECT_EQ(json_of(chart).find("zzsecret"), std::string::npos) << json_of(chart);
  EXPECT_TRUE(chart.devices.entries.empty());
  EXPECT_EQ(chart.devices.withheld, 1u);
}

TEST(FhirWithheld, ADrugOrAPlaceOfManyIsWithheldByItsLabelInWhateverVersion) {
  const std::string plain = "{'resourceType':'Medication','id':'7','code':{'text':'zzsecret'}}";
  const std::string marked = "{'resourceType':'Medication','id':'7'," + kRestricted + "'code':{'text':'zzsecret'}}";
  for (const auto& order : {std::vector{plain, marked}, std::vector{marked, plain}}) {
    auto lines = order;
    lines.push_back("{'resourceType':'MedicationRequest','id':'m','status':'active'," + kSubject + "'medicationReference':{'reference':'Medication/7','display':'zzsecret'}}");
    lines.push_back("{'resourceType':'Location','id':'l'," + kRestricted + "'name':'zzsecret'}");
    lines.push_back("{'resourceType':'Encounter','id':'v'," + kSubject + "'type':[{'text':'Visit'}],'location':[{'location':{'reference':'Location/l'}}]}");
    const Chart chart = read(lines);
    EXPECT_EQ(json_of(chart).find("zzsecret"), std::string::npos) << json_of(chart);
    EXPECT_EQ(chart.medications.withheld, 1u);
    ASSERT_EQ(chart.visits.entries.size(), 1u);
    EXPECT_EQ(chart.visits.entries[0].place, "(withheld)");
  }
}

class EveryDocument final : public exporter::DocumentKeeper {
 public:
  app::DocumentContent keep(const exporter::DocumentOffer&) override {
    ++kept;
    app::DocumentContent content;
    content.state = app::Presence::known;
    return content;
  }
  int kept = 0;
};

TEST(FhirWithheld, ABinarysOwnLabelKeepsItsBytesOut) {
  EveryDocument keeper;
  exporter::FhirSettings settings;
  settings.keeper = &keeper;
  const auto document = [](const std::string& id) {
    return "{'resourceType':'DocumentReference','id':'" + id + "'," + kSubject +
           "'type':{'text':'Letter'},'content':[{'attachment':{'contentType':'application/pdf','url':'Binary/" + id + "'}}]}";
  };
  const Chart chart = read({"{'resourceType':'Binary','id':'1'," + kRestricted + "'contentType':'application/pdf','data':'enpzZWNyZXQ='}", document("1"),
                            "{'resourceType':'Binary','id':'2','contentType':'application/pdf','data':'enpzZWNyZXQ='}", document("2")},
                           settings);
  ASSERT_EQ(chart.documents.entries.size(), 2u);
  EXPECT_EQ(keeper.kept, 1);
  EXPECT_EQ(chart.documents.entries[0].content.state, app::Presence::withheld);
  EXPECT_EQ(chart.documents.entries[1].content.state, app::Presence::known);
}

TEST(FhirWithheld, AnOrderWhoseResultIsWithheldIsNotSaidToBeOpen) {
  const auto order = [](const std::string& id, const std::string& what) {
    return "{'resourceType':'ServiceRequest','id':'" + id + "','status':'active'," + kSubject + "'code':{'text':'" + what + "'}}";
  };
  const Chart chart = read({order("s", "zzsecret"), order("t", "Lipids"),
                            "{'resourceType':'DiagnosticReport','id':'r'," + kRestricted + kSubject + "'code':{'text':'zzsecret'},'basedOn':[{'reference':'ServiceRequest/s'}]}"});
  EXPECT_EQ(json_of(chart).find("zzsecret"), std::string::npos) << json_of(chart);
  ASSERT_EQ(chart.results.entries.size(), 1u);
  EXPECT_EQ(chart.results.entries[0].text, "Lipids");
  EXPECT_EQ(chart.results.withheld, 1u);
}

TEST(FhirWithheld, AVisitsTitleOrPlaceTakesItsDiagnosesAndWhatCouldNotBeReadOfItAlong) {
  const std::string at = "'encounter':{'reference':'Encounter/v'},", made_there = "'category':[{'coding':[{'code':'encounter-diagnosis'}]}],";
  for (const bool by_title : {true, false}) {
    exporter::FhirSettings settings;
    (by_title ? settings.withheld.titles : settings.withheld.places) = {"detox"};
    const Chart chart = read({"{'resourceType':'Condition','id':'a'," + kSubject + "'code':{'text':'Asthma'}}",
                              "{'resourceType':'Condition','id':'b'," + kSubject + at + made_there + "'onsetDateTime':'zzsecret','code':{'text':'zzsecret'}}",
                              "{'resourceType':'Condition','id':'c'," + kSubject + at + "'code':{'text':'Gout'}}",
                              "{'resourceType':'Encounter','id':'v'," + kSubject + "'type':[{'text':'" + (by_title ? "Detox" : "Visit") +
                                  "'}],'modifierExtension':[{'url':'zzsecret'}],'period':{'start':'zzsecret'},'location':[{'location':{'reference':'Location/l'}}]}",
                              std::string("{'resourceType':'Location','id':'l','name':'") + (by_title ? "Elm" : "Detox") + " house'}",
                              "{'resourceType':'Encounter','id':'w'," + kSubject + "'type':[{'text':'Visit'}],'reasonReference':[{'reference':'Condition/b'}]}"},
                             settings);
    EXPECT_EQ(json_of(chart).find("zzsecret"), std::string::npos) << json_of(chart);
    EXPECT_EQ(chart.problems.withheld, 1u);
    ASSERT_EQ(chart.problems.entries.size(), 2u);
    EXPECT_EQ(chart.visits.withheld, 1u);
    ASSERT_EQ(chart.visits.entries.size(), 1u);
    EXPECT_EQ(chart.visits.entries[0].reason, "(withheld)");
    EXPECT_GE(chart.unreadable.size(), 2u);
  }
}

}  // namespace
