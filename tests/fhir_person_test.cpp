// Who the patient is, whom to call, who pays: from invented FHIR resources.
#include <gtest/gtest.h>

#include "tests/fhir_export.h"

namespace {

using app::Presence;
using exporter::chart_of;
using exporter::FhirExport;

app::Chart patient(std::string members) {
  for (char& c : members) {
    if (c == '\'') c = '"';
  }
  FhirExport files;
  files.add(R"({"resourceType":"Patient","id":"p1",)" + members + "}");
  return files.read_one();
}

TEST(FhirPatient, TheMrnIsTheIdentifierThatSaysSo) {
  const auto chart = patient(
      "'identifier':[{'system':'http://hl7.org/fhir/sid/us-ssn','value':'999-00-1111'},{'value':'X9'},"
      "{'use':'old','type':{'coding':[{'code':'MR'}]},'value':'OLD-1'},{'type':{'coding':[{'code':'MR'}],'text':'Record'},'value':'77'}]");
  EXPECT_EQ(chart.mrn, "77");
  ASSERT_EQ(chart.identifiers.size(), 4U);
  EXPECT_EQ(chart.identifiers[0].label, "Social Security number");
  EXPECT_EQ(chart.identifiers[3].label, "MRN");
}

// What is marked unreadable in a field, as recorded.
std::string marked(const app::Chart& chart, const std::string& field) {
  for (const app::Unreadable& one : chart.unreadable) {
    if (one.field == field) return one.as_recorded;
  }
  return "";
}

TEST(FhirPatient, AParticularOfTheWrongKindIsMarkedAndNotTakenForNothing) {
  const auto chart = patient("'deceasedBoolean':'yes','gender':{'x':1},'telecom':'x','address':5");
  EXPECT_EQ(marked(chart, "deceased"), "\"yes\"");
  EXPECT_EQ(marked(chart, "gender"), "{\"x\":1}");
  EXPECT_EQ(marked(chart, "telecom"), "\"x\"");
  EXPECT_EQ(marked(chart, "address"), "5");
}

TEST(FhirPatient, AModifierThatNobodyHereKnowsIsSaid) {
  EXPECT_NE(marked(patient("'modifierExtension':[{'url':'http://elm.example/not','valueBoolean':true}]"), "modifierExtension"), "");
  EXPECT_EQ(marked(patient("'active':true"), "modifierExtension"), "");
}

TEST(FhirPatient, WithoutAnMrnTheUsualNumberCountsAndNeverASocialSecurityNumber) {
  EXPECT_EQ(patient("'identifier':[{'value':'A'},{'use':'usual','value':'B'}]").mrn, "B");
  const auto chart = patient("'identifier':[{'system':'http://hl7.org/fhir/sid/us-ssn','value':'999-00-1111'}]");
  EXPECT_EQ(chart.mrn, "p1");
  EXPECT_EQ(chart.identifiers.back().value, "p1");
}

TEST(FhirPatient, AllNamesAreKeptTheOfficialFirstAndTheirScriptSaid) {
  const auto chart = patient(
      "'name':[{'use':'maiden','family':'Vane'},{'use':'usual','text':'Addie'},{'use':'official','family':'Quill','given':['Ada','Bea'],"
      "'prefix':['Dr.'],'suffix':['III']},{'family':'王','given':['小明']},{'use':'official','family':'Gone','period':{'end':'2001'}}]");
  ASSERT_EQ(chart.names.size(), 5U);
  EXPECT_EQ(chart.names[0].family, "Quill");
  EXPECT_EQ(chart.names[0].given, "Ada Bea");
  EXPECT_EQ(chart.names[1].text, "Addie");
  EXPECT_EQ(chart.names[2].script, "Hani");
  EXPECT_EQ(chart.names[3].family, "Vane");
  EXPECT_EQ(chart.names[4].use, "old") << "a name whose time has ended";
}

TEST(FhirPatient, BirthDatesKeepTheirPrecisionAndUnreadableOnesAreMarked) {
  EXPECT_EQ(patient("'birthDate':'1980-08'").birth_date.value().iso, "1980-08");
  EXPECT_EQ(patient("'birthDate':'1980-08'").birth_date.value().precision, app::Precision::month);
  EXPECT_EQ(patient("'gender':'male'").birth_date.presence(), Presence::not_recorded);
  for (const char* bad : {"'birthDate':'14/08/1980'", "'birthDate':'1980-02-30'", "'birthDate':19800814", "'birthDate':{'y':1}"}) {
    const auto chart = patient("'name':[{'family':'Quill'}]," + std::string(bad));
    EXPECT_EQ(chart.birth_date.presence(), Presence::unreadable) << bad;
    ASSERT_EQ(chart.unreadable.size(), 1U) << bad;
    EXPECT_EQ(chart.unreadable[0].section, "identity");
    EXPECT_EQ(chart.unreadable[0].field, "birth_date");
    EXPECT_EQ(chart.names.size(), 1U) << "the rest is kept";
  }
  EXPECT_EQ(patient("'_birthDate':{'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/data-absent-reason','valueCode':'masked'}]}")
                .birth_date.presence(), Presence::withheld);
}

TEST(FhirPatient, SexIsSaidInWordsAndBirthSexAndGenderAreToldApart) {
  const std::string birth_sex = "'extension':[{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex','valueCode':'F'}],";
  const auto chart = patient(birth_sex + "'gender':'male'");
  EXPECT_EQ(chart.sex, "female");
  EXPECT_EQ(chart.gender, "male");
  EXPECT_EQ(patient(birth_sex + "'gender':'female'").gender, "");
  EXPECT_EQ(patient("'gender':'other'").sex, "other");
  EXPECT_EQ(patient("'extension':[{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity',"
                    "'valueCodeableConcept':{'text':'non-binary'}}],'gender':'female'").gender, "non-binary");
}

TEST(FhirPatient, ADeathIsKnownEvenIfItsDateIsNot) {
  EXPECT_EQ(patient("'deceasedBoolean':true").deceased, true);
  EXPECT_EQ(patient("'deceasedBoolean':false").deceased, false);
  EXPECT_EQ(patient("'deceasedDateTime':'2020-01-02'").deceased, true);
  EXPECT_EQ(patient("'deceasedDateTime':'some day'").deceased, true);
  EXPECT_EQ(patient("'deceasedDateTime':'some day'").deceased_date.presence(), Presence::unreadable);
  EXPECT_EQ(patient("'gender':'male'").deceased, std::nullopt);
}

TEST(FhirPatient, LanguagesInterpreterAndContactsAreRead) {
  const auto chart = patient(
      "'communication':[{'language':{'text':'English'}},{'language':{'coding':[{'code':'el','display':'Greek'}]},'preferred':true}],"
      "'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired','valueBoolean':true}],"
      "'contact':[{'relationship':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0131','code':'C','display':'Emergency Contact'}]}],"
      "'name':{'text':'Bea Quill'},'telecom':[{'system':'phone','value':'555-0100'}],'address':{'city':'Elmton'}}]");
  EXPECT_EQ(chart.language, "Greek, English");
  EXPECT_EQ(chart.interpreter_needed, true);
  ASSERT_EQ(chart.contacts.entries.size(), 1U);
  EXPECT_EQ(chart.contacts.entries[0].text, "Bea Quill");
  EXPECT_EQ(chart.contacts.entries[0].emergency, true);
  EXPECT_EQ(chart.contacts.entries[0].telecom.at(0).value, "555-0100");
  EXPECT_EQ(chart.contacts.entries[0].address, "Elmton");
}

TEST(FhirPatient, CareTeamAndCoverageNameTheirPeopleAndNumbers) {
  const auto chart = chart_of(
      {"{'resourceType':'CareTeam','id':'c','status':'active','subject':{'reference':'Patient/p1'},'participant':[{'role':[{'text':'Cardiologist'}],"
       "'member':{'reference':'PractitionerRole/r1'}},{'member':{'reference':'Patient/p1'}},{'member':{'reference':'Practitioner/gone'}}]}",
       "{'resourceType':'Coverage','id':'v','status':'active','order':1,'beneficiary':{'reference':'Patient/p1'},'payor':[{'reference':'Organization/o1'}],"
       "'subscriberId':'S-1','class':[{'type':{'coding':[{'code':'group'}]},'value':'G7'},{'type':{'coding':[{'code':'plan'}]},'value':'PL','name':'Gold'}],"
       "'period':{'start':'2020','end':'2999-12-31'},'costToBeneficiary':[{'type':{'coding':[{'code':'copay','display':'Copay'}]},'valueMoney':{'value':25.00,'currency':'USD'}}]}",
       "{'resourceType':'Coverage','id':'w','status':'active','beneficiary':{'reference':'Patient/p1'},'payor':[{'display':'Old Payer'}],'period':{'end':'2001'}}",
       "{'resourceType':'PractitionerRole','id':'r1','practitioner':{'reference':'Practitioner/d1'},'organization':{'reference':'Organization/o1'}}",
       "{'resourceType':'Practitioner','id':'d1','name':[{'prefix':['Dr.'],'given':['Ira'],'family':'Moss'}],'telecom':[{'system':'phone','value':'555-0101'}]}",
       "{'resourceType':'Organization','id':'o1','name':'Elm Mutual','telecom':[{'system':'phone','value':'555-0102'}]}"});
  ASSERT_EQ(chart.care_team.entries.size(), 2U);
  EXPECT_EQ(chart.care_team.entries[0].text, "Dr. Ira Moss");
  EXPECT_EQ(chart.care_team.entries[0].role, "Cardiologist");
  EXPECT_EQ(chart.care_team.entries[0].organization, "Elm Mutual");
  EXPECT_EQ(chart.care_team.entries[0].phone, "555-0101");
  ASSERT_EQ(chart.coverage.entries.size(), 2U);
  const auto& coverage = chart.coverage.entries[0];
  EXPECT_EQ(coverage.text, "Elm Mutual");
  EXPECT_EQ(coverage.phone, "555-0102");
  EXPECT_EQ(coverage.order, "primary");
  EXPECT_EQ(coverage.plan, "Gold (PL)");
  EXPECT_EQ(coverage.group, "G7");
  EXPECT_EQ(coverage.member_id, "S-1");
  EXPECT_EQ(coverage.copay, "Copay 25.00 USD");
  EXPECT_EQ(coverage.current, true);
  EXPECT_EQ(chart.coverage.entries[1].current, false) << "its period has ended";
  EXPECT_EQ(chart.unreadable.size(), 1U) << "the member that the export does not hold is said";
}

}  // namespace
