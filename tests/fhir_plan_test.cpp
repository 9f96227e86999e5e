// Plans, family, what was handed out, messages, and documents that say why a section is empty.
#include <gtest/gtest.h>

#include "tests/fhir_export.h"

namespace {

using app::Presence;
using exporter::chart_of;
using exporter::FhirExport;

std::string quoted(std::string text) {
  for (char& c : text) {
    if (c == '\'') c = '"';
  }
  return text;
}

std::string of_patient(const std::string& type, const std::string& id, const std::string& members, const char* patient = "subject") {
  return "{'resourceType':'" + type + "','id':'" + id + "','" + patient + "':{'reference':'Patient/p1'}," + members + "}";
}

TEST(FhirPlan, ACarePlanSaysWhatIsToBeDoneAndWhy) {
  const auto chart = chart_of(
      {of_patient("Condition", "c1", "'code':{'text':'Heart failure'}"),
       of_patient("Goal", "g1", "'lifecycleStatus':'active','description':{'text':'Below 80 kg'},"
                                "'target':[{'measure':{'text':'Weight'},'detailQuantity':{'value':80.0,'unit':'kg'},'dueDate':'2027-01-31'}]"),
       of_patient("CarePlan", "k1", "'status':'active','title':'Heart failure at home','period':{'start':'2026-02-01'},"
                                    "'addresses':[{'reference':'Condition/c1'}],'goal':[{'reference':'Goal/g1'}],"
                                    "'activity':[{'detail':{'code':{'text':'Weigh daily'},'status':'in-progress'}},"
                                    "{'detail':{'description':'Flights','status':'not-started','doNotPerform':true}}]")});
  ASSERT_EQ(chart.plan.entries.size(), 2U);
  const auto& plan = chart.plan.entries[0];
  EXPECT_EQ(plan.text, "Heart failure at home");
  EXPECT_EQ(plan.category, "Care plan");
  EXPECT_EQ(plan.current, true);
  EXPECT_EQ(plan.recorded.value().iso, "2026-02-01");
  EXPECT_EQ(plan.note, "Weigh daily; NOT: Flights (not-started)\nFor: Heart failure\nGoals: Below 80 kg");
  EXPECT_EQ(chart.plan.entries[1].note, "Target: Weight 80.0 kg, by 31-Jan-2027");
}

TEST(FhirPlan, DietsAndVaccinesThatAreDueAreAmongThePlan) {
  const auto chart = chart_of(
      {of_patient("NutritionOrder", "n1", "'status':'active','dateTime':'2026-03-01','oralDiet':{'type':[{'text':'Low salt'}]},"
                                          "'excludeFoodModifier':[{'text':'peanut'}]", "patient"),
       of_patient("ImmunizationRecommendation", "i1", "'date':'2026-02-01','recommendation':[{'vaccineCode':[{'text':'Influenza'}],"
                                                      "'forecastStatus':{'text':'due'},'dateCriterion':[{'code':{'text':'Earliest'},'value':'2026-10-01'}]},"
                                                      "{'targetDisease':{'text':'Measles'},'forecastStatus':{'coding':[{'code':'immune'}]}}]", "patient")});
  ASSERT_EQ(chart.plan.entries.size(), 3U);
  EXPECT_EQ(chart.plan.entries[0].text + "|" + chart.plan.entries[0].note, "Low salt|Without peanut");
  EXPECT_EQ(chart.plan.entries[1].text + "|" + chart.plan.entries[1].note, "Influenza|Earliest 01-Oct-2026");
  EXPECT_EQ(chart.plan.entries[1].current, std::nullopt);
  EXPECT_EQ(chart.plan.entries[2].text, "Measles");
  EXPECT_EQ(chart.plan.entries[2].current, false);
}

TEST(FhirPlan, WhatIsOverOrEnteredInErrorIsNotCurrent) {
  for (const char* status : {"completed", "revoked", "entered-in-error", "unknown"}) {
    const auto chart = chart_of({of_patient("CarePlan", "k1", "'title':'X','status':'" + std::string(status) + "'")});
    EXPECT_EQ(chart.plan.entries.at(0).current, false) << status;
    EXPECT_EQ(chart.plan.entries.at(0).status, status);
  }
  EXPECT_EQ(chart_of({of_patient("CarePlan", "k1", "'title':'X','status':'active','period':{'end':'2001'}")}).plan.entries.at(0).current, false);
}

TEST(FhirFamily, EveryIllnessOfARelativeIsAnEntryWithItsAge) {
  const auto chart = chart_of({of_patient(
      "FamilyMemberHistory", "f1",
      "'status':'completed','relationship':{'text':'Mother'},'deceasedAge':{'value':61,'unit':'a'},'condition':["
      "{'code':{'text':'Breast cancer'},'onsetAge':{'value':45,'unit':'a'},'contributedToDeath':true},{'code':{'text':'Asthma'}}]", "patient"),
      of_patient("FamilyMemberHistory", "f2", "'status':'health-unknown','relationship':{'text':'Father'},'dataAbsentReason':{'text':'adopted'}", "patient"),
      of_patient("FamilyMemberHistory", "f3", "'status':'entered-in-error','relationship':{'text':'Aunt'}", "patient")});
  ASSERT_EQ(chart.family_history.entries.size(), 4U);
  EXPECT_EQ(chart.family_history.entries[0].text, "Mother: Breast cancer");
  EXPECT_EQ(chart.family_history.entries[0].note, "at the age of 45 a, died of it\nMother died at the age of 61 a");
  EXPECT_EQ(chart.family_history.entries[1].text, "Mother: Asthma");
  EXPECT_EQ(chart.family_history.entries[2].note, "Not known: adopted");
  EXPECT_EQ(chart.family_history.entries[3].current, false) << "entered in error";
}

TEST(FhirSupply, WhatWasHandedOutStandsBesideWhatWasOrdered) {
  std::vector<std::string> all = {of_patient("MedicationRequest", "m1", "'status':'active','medicationCodeableConcept':{'text':'Metformin 500 mg'}")};
  for (const char* day : {"2026-01-02", "2026-03-02", "2026-02-02"}) {
    all.push_back(of_patient("MedicationDispense", day, "'status':'completed','medicationCodeableConcept':{'text':'Metformin 500 mg'},"
                             "'authorizingPrescription':[{'reference':'MedicationRequest/m1'}],'quantity':{'value':" + std::string(day).substr(6, 1) +
                             "0,'unit':'tablets'},'whenHandedOver':'" + day + "'"));
  }
  all.push_back(of_patient("MedicationDispense", "x", "'status':'entered-in-error','medicationCodeableConcept':{'text':'Warfarin'}"));
  const auto chart = chart_of(all);
  ASSERT_EQ(chart.medications.entries.size(), 1U);
  EXPECT_EQ(chart.medications.entries[0].note, "Dispensed 3 times, last 02-Mar-2026: 30 tablets");
}

TEST(FhirSupply, WhatWasGivenWithoutAnOrderIsOneEntryADrug) {
  std::vector<std::string> all;
  for (const char* id : {"1", "2", "3"}) {
    all.push_back(of_patient("MedicationAdministration", id, "'status':'completed','medicationCodeableConcept':{'text':'Heparin'},"
                             "'effectiveDateTime':'2026-01-0" + std::string(id) + "'"));
  }
  all.push_back(of_patient("MedicationAdministration", "4", "'status':'not-done','medicationCodeableConcept':{'text':'Morphine'}"));
  const auto chart = chart_of(all);
  ASSERT_EQ(chart.medications.entries.size(), 1U);
  EXPECT_EQ(chart.medications.entries[0].text, "Heparin");
  EXPECT_EQ(chart.medications.entries[0].status, "given");
  EXPECT_EQ(chart.medications.entries[0].current, false);
  EXPECT_EQ(chart.medications.entries[0].note, "Given 3 times, last 03-Jan-2026");
}

TEST(FhirAppointment, ThePatientsAnswerStandsBesideTheAppointment) {
  FhirExport files;
  files.add_patient();
  files.add(quoted("{'resourceType':'Appointment','id':'a1','status':'booked','start':'2026-11-23T09:00:00Z','participant':[{'actor':{'reference':'Patient/p1'}}]}"));
  files.add(quoted("{'resourceType':'AppointmentResponse','id':'r1','participantStatus':'declined','comment':'On holiday','appointment':{'reference':'Appointment/a1'},'actor':{'reference':'Patient/p1'}}"));
  files.add(quoted("{'resourceType':'AppointmentResponse','id':'r2','participantStatus':'accepted','appointment':{'reference':'Appointment/a1'},'actor':{'reference':'Practitioner/d'}}"));
  const auto all = files.read();
  EXPECT_EQ(all.charts.at("p1").appointments.entries.at(0).note, "The patient's answer: declined\nOn holiday");
  EXPECT_EQ(all.report.skipped, 0U);
}

TEST(FhirObservation, TheSpecimenIsNamed) {
  const auto chart = chart_of({of_patient("Specimen", "s1", "'type':{'text':'Urine'}"),
                               of_patient("Observation", "o1", "'code':{'text':'Protein'},'valueString':'+','specimen':{'reference':'Specimen/s1'}")});
  EXPECT_EQ(chart.results.entries.at(0).note, "Specimen: Urine");
}

TEST(FhirCommunication, AMessageIsANote) {
  const auto chart = chart_of({of_patient("Communication", "m1", "'status':'completed','topic':{'text':'Lab results'},'sent':'2026-01-02',"
                                          "'sender':{'display':'Dr. Vane'},'payload':[{'contentString':'All normal.'}]")});
  ASSERT_EQ(chart.notes.entries.size(), 1U);
  EXPECT_EQ(chart.notes.entries[0].text + "|" + chart.notes.entries[0].author + "|" + chart.notes.entries[0].body, "Lab results|Dr. Vane|All normal.");
}

// An IPS document whose sections are `sections`, besides its patient.
std::string document_of(const std::string& sections) {
  return quoted("{'resourceType':'Bundle','type':'document','entry':["
                "{'fullUrl':'urn:uuid:c','resource':{'resourceType':'Composition','id':'c','status':'final','date':'2026-03-05','subject':{'reference':'urn:uuid:p'},"
                "'author':[{'reference':'urn:uuid:d'}],'section':[" + sections + "]}},"
                "{'fullUrl':'urn:uuid:d','resource':{'resourceType':'Practitioner','id':'d','name':[{'text':'Dr. Vane'}]}},"
                "{'fullUrl':'urn:uuid:p','resource':{'resourceType':'Patient','id':'p1','name':[{'family':'Quill'}]}}]}");
}

std::string section(const std::string& loinc, const std::string& members) {
  return "{'title':'T','code':{'coding':[{'system':'http://loinc.org','code':'" + loinc + "'}]}," + members + "}";
}

std::string empty(const std::string& reason) { return "'emptyReason':{'coding':[{'code':'" + reason + "'}]}"; }

app::Chart chart_of_document(const std::string& sections) {
  FhirExport files;
  std::ofstream(files.folder() / "ips.json") << document_of(sections);
  return files.read_one();
}

TEST(FhirDocument, AnEmptySectionSaysWhyAndWhoSaidSo) {
  const auto chart = chart_of_document(section("48765-2", empty("nilknown")) + "," + section("10160-0", empty("unavailable")) + "," +
                                       section("11450-4", empty("withheld")) + "," + section("11369-6", empty("notasked")));
  EXPECT_EQ(chart.allergies.state, Presence::known_none);
  EXPECT_EQ(chart.allergies.recorded.value().iso, "2026-03-05");
  EXPECT_EQ(chart.allergies.author, "Dr. Vane");
  EXPECT_EQ(chart.medications.state, Presence::not_in_copy);
  EXPECT_EQ(chart.problems.state, Presence::withheld);
  EXPECT_EQ(chart.immunizations.state, Presence::not_recorded);
  EXPECT_EQ(chart.procedures.state, Presence::not_in_copy) << "the document does not speak of it";
  const auto back = app::parse_chart(exporter::json_of(chart));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back.value().allergies.author, "Dr. Vane");
  EXPECT_EQ(back.value().allergies.recorded.value().iso, "2026-03-05");
}

TEST(FhirDocument, ASectionOfWordsAloneIsANote) {
  const auto chart = chart_of_document(section("81338-6", "'text':{'div':'<div><p>Lives alone &amp; likes <b>tea</b>.</p><ul><li>One</li><li>a &lt; b</li></ul></div>'}"));
  ASSERT_EQ(chart.notes.entries.size(), 1U);
  EXPECT_EQ(chart.notes.entries[0].text, "T");
  EXPECT_EQ(chart.notes.entries[0].body, "Lives alone & likes tea.\nOne\na < b");
  EXPECT_EQ(chart.notes.entries[0].author, "Dr. Vane");
}

TEST(FhirPatient, ATwinIsSaidSoAndARecordThatHasAnother) {
  FhirExport files;
  files.add(quoted("{'resourceType':'Patient','id':'p1','name':[{'family':'Quill'}],'multipleBirthInteger':2,'active':false,"
                   "'link':[{'type':'seealso','other':{'reference':'Patient/p9'}}],"
                   "'telecom':[{'system':'phone','value':'2','rank':2},{'system':'phone','value':'0','period':{'end':'2001'},'rank':1},{'system':'phone','value':'1','rank':1}]}"));
  const auto chart = files.read_one();
  ASSERT_EQ(chart.alerts.entries.size(), 3U);
  EXPECT_EQ(chart.alerts.entries[0].text, "Twin or multiple birth, number 2: check the first name");
  EXPECT_NE(chart.alerts.entries[1].text.find("p9"), std::string::npos);
  EXPECT_NE(chart.alerts.entries[2].text.find("not in use"), std::string::npos);
  ASSERT_EQ(chart.telecom.size(), 3U);
  EXPECT_EQ(chart.telecom[0].value + chart.telecom[1].value + chart.telecom[2].value, "120");
  EXPECT_EQ(chart.telecom[2].use, "old");
}

TEST(FhirPatient, TheReplacedRecordsNameAndOtherBirthDateAreNotLost) {
  // Either of the two records may say it.
  for (const bool old_says : {true, false}) {
    FhirExport files;
    const auto link = [](const std::string& type, const std::string& other) {
      return ",'link':[{'type':'" + type + "','other':{'reference':'Patient/" + other + "'}}]}";
    };
    files.add(quoted("{'resourceType':'Patient','id':'new','name':[{'family':'Quill'}],'birthDate':'1980-08-14'" + (old_says ? "}" : link("replaces", "old"))));
    files.add(quoted("{'resourceType':'Patient','id':'old','name':[{'family':'Vane'}],'birthDate':'1980-08-15'" + (old_says ? link("replaced-by", "new") : "}")));
    const auto chart = files.read_one();
    ASSERT_EQ(chart.names.size(), 2U);
    EXPECT_EQ(chart.names[1].family + chart.names[1].use, "Vaneold");
    ASSERT_EQ(chart.unreadable.size(), 1U);
    EXPECT_EQ(chart.unreadable[0].as_recorded, "1980-08-15");
    EXPECT_NE(chart.alerts.entries.at(0).text.find("recorded under old"), std::string::npos);
  }
}

}  // namespace
