// The truth about allergies: what an EMR says in the list of allergies is not always an allergy.
#include <gtest/gtest.h>

#include "tests/fhir_export.h"

namespace {

using app::Presence;
using exporter::chart_of;

std::string allergy(const std::string& id, const std::string& members) {
  return "{'resourceType':'AllergyIntolerance','id':'" + id + "','patient':{'reference':'Patient/p1'}," + members + "}";
}

const std::string kActive = "'clinicalStatus':{'coding':[{'code':'active'}]},";

std::string coded(const std::string& code, const std::string& text) {
  return kActive + "'code':{'coding':[{'system':'http://snomed.info/sct','code':'" + code + "','display':'" + text + "'}]}";
}

TEST(FhirAllergy, NoKnownAllergyIsKnownNoneAndNeverAnAllergy) {
  for (const auto& one : {coded("716186003", "No known allergy"), coded("160244002", "No known allergies"),
                          kActive + "'code':{'text':'No known allergies'}", kActive + "'code':{'text':'NKA'}",
                          kActive + "'code':{'coding':[{'system':'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips',"
                                    "'code':'no-known-allergies'}]}"}) {
    const auto chart = chart_of({allergy("a1", one)});
    EXPECT_TRUE(chart.allergies.entries.empty()) << one;
    EXPECT_EQ(chart.allergies.state, Presence::known_none) << one;
    EXPECT_TRUE(chart.alerts.entries.empty()) << one;
  }
}

TEST(FhirAllergy, FourNegationsAreNotFourAllergies) {
  const auto chart = chart_of({allergy("a1", coded("716186003", "No known allergy")),
                               allergy("a2", coded("409137002", "No known drug allergy")),
                               allergy("a3", coded("429625007", "No known food allergy")),
                               allergy("a4", coded("428607008", "No known environmental allergy"))});
  EXPECT_TRUE(chart.allergies.entries.empty());
  EXPECT_EQ(chart.allergies.state, Presence::known_none);
  EXPECT_EQ(chart.alerts.entries.size(), 3U) << "the partial ones are said, not lost";
}

TEST(FhirAllergy, NoKnownDrugAllergyDoesNotClaimThatNoAllergyIsKnown) {
  const auto chart = chart_of({allergy("a1", coded("409137002", "No known drug allergy"))});
  EXPECT_EQ(chart.allergies.state, Presence::not_recorded);
  ASSERT_EQ(chart.alerts.entries.size(), 1U);
  EXPECT_EQ(chart.alerts.entries[0].text, "No known drug allergy");
  EXPECT_EQ(chart.alerts.entries[0].current, true);
}

TEST(FhirAllergy, ATextThatOnlyBeginsWithNoKnownIsNoNegation) {
  const auto chart = chart_of({allergy("a1", kActive + "'code':{'text':'No known trigger, anaphylaxis 2019'}")});
  ASSERT_EQ(chart.allergies.entries.size(), 1U);
  EXPECT_EQ(chart.allergies.entries[0].current, true);
}

TEST(FhirAllergy, ANegationBesideAnAllergyDoesNotHideIt) {
  const auto chart = chart_of({allergy("a1", coded("716186003", "No known allergy")), allergy("a2", coded("91936005", "Penicillin"))});
  ASSERT_EQ(chart.allergies.entries.size(), 1U);
  EXPECT_EQ(chart.allergies.state, Presence::known);
  ASSERT_EQ(chart.alerts.entries.size(), 1U);
  EXPECT_NE(chart.alerts.entries[0].note.find("ask the patient"), std::string::npos);
}

TEST(FhirAllergy, ANegationEnteredInErrorIsNotBelieved) {
  for (const char* status : {"entered-in-error", "refuted"}) {
    const auto chart = chart_of({allergy("a1", "'verificationStatus':{'coding':[{'code':'" + std::string(status) +
                                                   "'}]}," + coded("716186003", "No known allergy"))});
    EXPECT_EQ(chart.allergies.state, Presence::not_recorded) << status;
    ASSERT_EQ(chart.alerts.entries.size(), 1U) << status;
    EXPECT_EQ(chart.alerts.entries[0].current, false) << status;
    EXPECT_EQ(chart.alerts.entries[0].status, status);
  }
}

TEST(FhirAllergy, InactiveResolvedRefutedAndErroneousOnesAreKeptAndNotCurrent) {
  const auto code = "'code':{'text':'Latex'}";
  for (const char* status : {"inactive", "resolved"}) {
    const auto chart = chart_of({allergy("a1", "'clinicalStatus':{'coding':[{'code':'" + std::string(status) + "'}]}," + code)});
    ASSERT_EQ(chart.allergies.entries.size(), 1U);
    EXPECT_EQ(chart.allergies.entries[0].current, false);
    EXPECT_EQ(chart.allergies.entries[0].status, status);
  }
  for (const char* status : {"refuted", "entered-in-error"}) {
    const auto chart = chart_of({allergy("a1", kActive + "'verificationStatus':{'coding':[{'code':'" + std::string(status) + "'}]}," + code)});
    ASSERT_EQ(chart.allergies.entries.size(), 1U);
    EXPECT_EQ(chart.allergies.entries[0].current, false);
    EXPECT_EQ(chart.allergies.entries[0].verification, status);
  }
}

TEST(FhirAllergy, AnUnconfirmedAllergyIsCurrentAndMarked) {
  const auto chart = chart_of({allergy("a1", kActive + "'verificationStatus':{'coding':[{'code':'unconfirmed'}]},'code':{'text':'Latex'}")});
  ASSERT_EQ(chart.allergies.entries.size(), 1U);
  EXPECT_EQ(chart.allergies.entries[0].current, true);
  EXPECT_EQ(chart.allergies.entries[0].verification, "unconfirmed");
}

TEST(FhirAllergy, WithoutAnyStatusAnAllergyIsCurrent) {
  const auto chart = chart_of({allergy("a1", "'code':{'text':'Latex'}")});
  ASSERT_EQ(chart.allergies.entries.size(), 1U);
  EXPECT_EQ(chart.allergies.entries[0].current, true);
}

TEST(FhirAllergy, AnAllergyThatDoesNotSayToWhatIsKeptAndMarked) {
  const auto chart = chart_of({allergy("a1", kActive + "'criticality':'high'")});
  ASSERT_EQ(chart.allergies.entries.size(), 1U);
  EXPECT_FALSE(chart.allergies.entries[0].text.empty());
  ASSERT_EQ(chart.unreadable.size(), 1U);
  EXPECT_EQ(chart.unreadable[0].section, "allergies");
}

TEST(FhirAllergy, ReactionsSeverityCriticalityAndDatesAreKept) {
  const auto chart = chart_of({allergy(
      "a1", kActive + "'type':'allergy','category':['medication','food'],'criticality':'high','code':{'text':'Penicillin'},"
                      "'onsetDateTime':'1999-05','recordedDate':'2001-02-03','recorder':{'display':'Dr. Vane'},"
                      "'note':[{'text':'ICU stay'}],'reaction':[{'manifestation':[{'text':'Hives'},{'text':'Wheeze'}],'severity':'severe'}]")});
  ASSERT_EQ(chart.allergies.entries.size(), 1U);
  const auto& entry = chart.allergies.entries[0];
  EXPECT_EQ(entry.category, "medication, food");
  EXPECT_EQ(entry.criticality, "high");
  ASSERT_EQ(entry.reactions.size(), 1U);
  EXPECT_EQ(entry.reactions[0].text, "Hives + Wheeze");
  EXPECT_EQ(entry.reactions[0].severity, "severe");
  EXPECT_EQ(entry.onset.value().iso, "1999-05");
  EXPECT_EQ(entry.recorded.value().iso, "2001-02-03");
  EXPECT_EQ(entry.author, "Dr. Vane");
  EXPECT_EQ(entry.note, "ICU stay");
}

TEST(FhirAllergy, AnEmptyListSaysWhyItIsEmpty) {
  const auto list = [](const std::string& reason) {
    return "{'resourceType':'List','id':'l','status':'current','subject':{'reference':'Patient/p1'},"
           "'code':{'coding':[{'system':'http://loinc.org','code':'52472-8'}]},'emptyReason':{'coding':[{'code':'" + reason + "'}]}}";
  };
  // Another patient's allergy shows that allergies were exported.
  const std::string other = "{'resourceType':'AllergyIntolerance','id':'x','patient':{'reference':'Patient/p2'},'code':{'text':'Latex'}}";
  EXPECT_EQ(chart_of({list("nilknown"), other}).allergies.state, Presence::known_none);
  EXPECT_EQ(chart_of({list("withheld"), other}).allergies.state, Presence::withheld);
  EXPECT_EQ(chart_of({list("notasked"), other}).allergies.state, Presence::not_recorded);
  EXPECT_EQ(chart_of({list("nilknown"), allergy("a1", coded("91936005", "Penicillin"))}).allergies.state, Presence::known);
}

TEST(FhirAllergy, NothingRecordedIsNotTheSameAsNothingExported) {
  const std::string other = "{'resourceType':'AllergyIntolerance','id':'x','patient':{'reference':'Patient/p2'},'code':{'text':'Latex'}}";
  EXPECT_EQ(chart_of({other}).allergies.state, Presence::not_recorded);
  EXPECT_EQ(chart_of({}).allergies.state, Presence::not_in_copy);
}

}  // namespace
