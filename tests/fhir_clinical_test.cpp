// Problems, medications, immunizations, procedures, devices, visits, documents, from invented FHIR resources.
#include <gtest/gtest.h>

#include "exporter/emr/fhir_documents.h"
#include "tests/fhir_export.h"

namespace {

using app::Presence;
using exporter::chart_of;

std::string of_patient(const std::string& type, const std::string& members, const std::string& member = "subject") {
  return "{'resourceType':'" + type + "','id':'x','" + member + "':{'reference':'Patient/p1'}," + members + "}";
}

app::Problem problem(const std::string& members) {
  const auto chart = chart_of({of_patient("Condition", members + ",'code':{'text':'Asthma'}")});
  return chart.problems.entries.empty() ? app::Problem{} : chart.problems.entries[0];
}

std::string clinical(const std::string& code) { return "'clinicalStatus':{'coding':[{'code':'" + code + "'}]}"; }
std::string verified(const std::string& code) { return "'verificationStatus':{'coding':[{'code':'" + code + "'}]}"; }

TEST(FhirCondition, CurrentFollowsStatusThenVerificationThenAbatement) {
  for (const char* status : {"active", "recurrence", "relapse"}) EXPECT_EQ(problem(clinical(status)).current, true) << status;
  for (const char* status : {"inactive", "remission", "resolved"}) EXPECT_EQ(problem(clinical(status)).current, false) << status;
  for (const char* status : {"refuted", "entered-in-error"}) {
    EXPECT_EQ(problem(clinical("active") + "," + verified(status)).current, false) << status;
  }
  EXPECT_EQ(problem("'abatementDateTime':'2001'").current, false);
  EXPECT_EQ(problem("'language':'en'").current, true);
}

TEST(FhirCondition, AnUnreadableDateIsMarkedAndTheRestKept) {
  const auto chart = chart_of({of_patient("Condition", "'code':{'text':'Asthma'},'onsetDateTime':'31/02/1975','recordedDate':'2001'")});
  ASSERT_EQ(chart.problems.entries.size(), 1U);
  EXPECT_EQ(chart.problems.entries[0].onset.presence(), Presence::unreadable);
  EXPECT_EQ(chart.problems.entries[0].recorded.value().iso, "2001");
  ASSERT_EQ(chart.unreadable.size(), 1U);
  EXPECT_EQ(chart.unreadable[0].field, "onset");
  EXPECT_EQ(chart.unreadable[0].as_recorded, "31/02/1975");
}

TEST(FhirCondition, AnOnsetInWordsIsNotLost) {
  EXPECT_EQ(problem("'onsetString':'childhood'").note, "Onset childhood");
  EXPECT_EQ(problem("'onsetAge':{'value':12,'unit':'years'}").note, "Onset at the age of 12 years");
}

app::Medication medication(const std::string& members, const std::string& extra = "") {
  std::vector<std::string> lines = {of_patient("MedicationRequest", members)};
  if (!extra.empty()) lines.push_back(extra);
  const auto chart = chart_of(lines);
  return chart.medications.entries.empty() ? app::Medication{} : chart.medications.entries[0];
}

const std::string kDrug = "'medicationCodeableConcept':{'text':'Warfarin'}";

TEST(FhirMedication, OnHoldIsCurrentStoppedIsNotUnknownIsNeither) {
  EXPECT_EQ(medication(kDrug + ",'status':'active'").current, true);
  EXPECT_EQ(medication(kDrug + ",'status':'on-hold'").current, true);
  for (const char* status : {"completed", "stopped", "cancelled", "entered-in-error", "draft"}) {
    EXPECT_EQ(medication(kDrug + ",'status':'" + status + "'").current, false) << status;
    EXPECT_EQ(medication(kDrug + ",'status':'" + status + "'").status, status);
  }
  EXPECT_EQ(medication(kDrug + ",'status':'unknown'").current, std::nullopt);
}

TEST(FhirMedication, DosageFieldsAreFilledAndDigitsKept) {
  const auto drug = medication(
      kDrug + ",'dosageInstruction':[{'text':'One and a half at night','doseAndRate':[{'doseQuantity':{'value':1.50,'unit':'mg'}}],"
              "'route':{'text':'by mouth'},'timing':{'repeat':{'frequency':2,'period':1,'periodUnit':'d','when':['PC'],"
              "'boundsDuration':{'value':5,'unit':'days'}}},'asNeededCodeableConcept':{'text':'pain'}}],"
              "'dispenseRequest':{'quantity':{'value':30,'unit':'tablets'},'numberOfRepeatsAllowed':2}");
  EXPECT_EQ(drug.dose, "1.50 mg");
  EXPECT_EQ(drug.route, "by mouth");
  EXPECT_EQ(drug.frequency, "2 times a day, after meals");
  EXPECT_EQ(drug.duration, "5 days");
  EXPECT_EQ(drug.as_needed, true);
  EXPECT_EQ(drug.instructions, "One and a half at night");
  EXPECT_EQ(drug.quantity, "30 tablets");
  EXPECT_EQ(drug.refills, "2");
}

TEST(FhirMedication, RhythmsAreSaidInWords) {
  const auto rhythm = [](const std::string& timing) {
    return medication(kDrug + ",'dosageInstruction':[{'timing':{" + timing + "}}]").frequency;
  };
  EXPECT_EQ(rhythm("'repeat':{'frequency':1,'period':1,'periodUnit':'d'}"), "once a day");
  EXPECT_EQ(rhythm("'repeat':{'frequency':1,'period':6,'periodUnit':'h'}"), "every 6 hours");
  EXPECT_EQ(rhythm("'repeat':{'frequency':2,'period':6,'periodUnit':'h'}"), "2 times every 6 hours");
  EXPECT_EQ(rhythm("'repeat':{'frequency':1,'period':4,'periodMax':6,'periodUnit':'h'}"), "every 4 to 6 hours");
  EXPECT_EQ(rhythm("'code':{'coding':[{'code':'BID'}]}"), "2 times a day");
  EXPECT_EQ(rhythm("'repeat':{'frequency':1,'period':1,'periodUnit':'wk','dayOfWeek':['mon']}"), "every week, on Monday");
}

TEST(FhirMedication, SeveralDosagesAreAllToldInTheirSequence) {
  const auto drug = medication(kDrug + ",'dosageInstruction':[{'sequence':2,'text':'then half'},{'sequence':1,'text':'one daily'}]");
  EXPECT_EQ(drug.instructions, "one daily\nthen half");
}

TEST(FhirMedication, TheDrugIsFoundContainedReferredToOrSaidToBeMissing) {
  const std::string inside = "'contained':[{'resourceType':'Medication','id':'m','code':{'text':'Digoxin'}}],'medicationReference':{'reference':'#m'}";
  EXPECT_EQ(medication(inside).text, "Digoxin");
  const std::string table = "{'resourceType':'Medication','id':'m9','code':{'text':'Digoxin','coding':[{'system':'rx','code':'3407'}]},'form':{'text':'Tablet'}}";
  const auto drug = medication("'medicationReference':{'reference':'Medication/m9'}", table);
  EXPECT_EQ(drug.text, "Digoxin");
  EXPECT_EQ(drug.form, "Tablet");
  EXPECT_EQ(drug.codes.at(0).code, "3407");
  const auto chart = chart_of({of_patient("MedicationRequest", "'medicationReference':{'reference':'Medication/gone'}")});
  EXPECT_EQ(chart.medications.entries.size(), 1U);
  ASSERT_EQ(chart.unreadable.size(), 1U);
  EXPECT_EQ(chart.unreadable[0].as_recorded, "Medication/gone");
}

TEST(FhirMedication, AnOrderNotToGiveIsAnAlertAndNeverAMedication) {
  const auto chart = chart_of({of_patient("MedicationRequest", kDrug + ",'status':'active','doNotPerform':true")});
  EXPECT_TRUE(chart.medications.entries.empty());
  ASSERT_EQ(chart.alerts.entries.size(), 1U);
  EXPECT_EQ(chart.alerts.entries[0].text, "Do not give: Warfarin");
}

TEST(FhirMedication, NoKnownMedicationsIsKnownNone) {
  const auto chart = chart_of({of_patient("MedicationStatement", "'status':'unknown','medicationCodeableConcept':{'coding':[{'code':'no-known-medications'}]}")});
  EXPECT_TRUE(chart.medications.entries.empty());
  EXPECT_EQ(chart.medications.state, Presence::known_none);
}

TEST(FhirImmunization, AVaccineNotGivenSaysSoAndWhy) {
  const auto chart = chart_of({of_patient("Immunization", "'status':'not-done','statusReason':{'text':'declined'},'vaccineCode':{'text':'Influenza'},"
                                                          "'occurrenceString':'last autumn','primarySource':false", "patient")});
  ASSERT_EQ(chart.immunizations.entries.size(), 1U);
  EXPECT_EQ(chart.immunizations.entries[0].status, "not-done");
  EXPECT_EQ(chart.immunizations.entries[0].reason, "declined");
  EXPECT_EQ(chart.immunizations.entries[0].historical, true);
  EXPECT_EQ(chart.immunizations.entries[0].note, "When: last autumn");
}

TEST(FhirDevice, ADeviceAndItsUseAreOneEntry) {
  const auto chart = chart_of(
      {"{'resourceType':'Device','id':'d1','status':'active','patient':{'reference':'Patient/p1'},'type':{'text':'Pacemaker'},'udiCarrier':[{'deviceIdentifier':'0088'}]}",
       "{'resourceType':'DeviceUseStatement','id':'u1','status':'completed','subject':{'reference':'Patient/p1'},'device':{'reference':'Device/d1'},'timingPeriod':{'start':'2001','end':'2010'}}"});
  ASSERT_EQ(chart.devices.entries.size(), 1U);
  EXPECT_EQ(chart.devices.entries[0].text, "Pacemaker");
  EXPECT_EQ(chart.devices.entries[0].udi, "0088");
  EXPECT_EQ(chart.devices.entries[0].current, false);
  EXPECT_EQ(chart.devices.entries[0].start.value().iso, "2001");
}

TEST(FhirAppointment, BelongsToEachOfItsPatientsAndNamesWhoAndWhere) {
  const auto chart = chart_of(
      {"{'resourceType':'Appointment','id':'a','status':'booked','start':'2030-01-02T09:00:00Z','end':'2030-01-02T09:20:00Z','serviceType':[{'text':'Check-up'}],"
       "'description':'Cough','participant':[{'actor':{'reference':'Patient/p1'},'status':'tentative'},{'actor':{'display':'Dr. Moss'},'status':'accepted'},"
       "{'actor':{'reference':'Location/l1'},'status':'accepted'}]}", "{'resourceType':'Location','id':'l1','name':'Room 2'}"});
  ASSERT_EQ(chart.appointments.entries.size(), 1U);
  const auto& entry = chart.appointments.entries[0];
  EXPECT_EQ(entry.text, "Check-up");
  EXPECT_EQ(entry.reason, "Cough");
  EXPECT_EQ(entry.minutes, "20");
  EXPECT_EQ(entry.clinician, "Dr. Moss");
  EXPECT_EQ(entry.place, "Room 2");
  EXPECT_EQ(entry.note, "The patient's answer: tentative");
}

TEST(FhirDocument, PlainTextBecomesANoteEverythingElseADocument) {
  const auto chart = chart_of({of_patient(
      "DocumentReference", "'status':'current','type':{'text':'Letter'},'date':'2020-01-02','content':[{'attachment':{'contentType':'text/plain; charset=utf-8',"
                           "'data':'TGluZSBvbmUKTGluZSB0d28='}},{'attachment':{'contentType':'application/pdf','url':'Binary/7','title':'scan'}}]")});
  ASSERT_EQ(chart.notes.entries.size(), 1U);
  EXPECT_EQ(chart.notes.entries[0].body, "Line one\nLine two");
  ASSERT_EQ(chart.documents.entries.size(), 1U);
  EXPECT_EQ(chart.documents.entries[0].key, "Binary/7");
  EXPECT_EQ(chart.documents.entries[0].text, "Letter");
  EXPECT_EQ(chart.documents.entries[0].media_type, "application/pdf");
}

TEST(FhirDocument, TextThatIsNoBase64IsMarkedAndStaysADocument) {
  const auto chart = chart_of({of_patient("DocumentReference", "'status':'current','content':[{'attachment':{'contentType':'text/plain','data':'%%%'}}]")});
  EXPECT_TRUE(chart.notes.entries.empty());
  EXPECT_EQ(chart.documents.entries.size(), 1U);
  EXPECT_EQ(chart.unreadable.size(), 1U);
}

TEST(FhirDocument, Base64IsDecodedOrRefused) {
  EXPECT_EQ(exporter::decode_base64("QUJD\nREU="), "ABCDE");
  EXPECT_EQ(exporter::decode_base64(""), "");
  for (const char* bad : {"A", "QU=J", "Q*JD", "QQ==="}) EXPECT_FALSE(exporter::decode_base64(bad)) << bad;
}

TEST(FhirConsent, OnlyAdvanceDirectivesAreDirectives) {
  const auto chart = chart_of({of_patient("Consent", "'status':'active','scope':{'coding':[{'code':'adr','display':'Advance directive'}]},'category':[{'text':'Do not resuscitate'}]", "patient")});
  ASSERT_EQ(chart.directives.entries.size(), 1U);
  EXPECT_EQ(chart.directives.entries[0].text, "Do not resuscitate");
  EXPECT_EQ(chart.directives.entries[0].current, true);
  const auto other = chart_of({of_patient("Consent", "'status':'active','scope':{'coding':[{'code':'patient-privacy'}]}", "patient")});
  EXPECT_EQ(other.directives.state, Presence::not_in_copy);
}

}  // namespace
