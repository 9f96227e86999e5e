// Results, vital signs, social history and pregnancy, reports and open orders, from invented FHIR resources.
#include <gtest/gtest.h>

#include "tests/fhir_export.h"

namespace {

using app::Presence;
using exporter::chart_of;

std::string observation(const std::string& members, const std::string& id = "o1") {
  return "{'resourceType':'Observation','id':'" + id + "','status':'final','subject':{'reference':'Patient/p1'}," + members + "}";
}

app::Observation result(const std::string& members) {
  const auto chart = chart_of({observation("'code':{'text':'Sodium'}," + members)});
  return chart.results.entries.empty() ? app::Observation{} : chart.results.entries[0];
}

std::string category(const std::string& code) { return "'category':[{'coding':[{'code':'" + code + "'}]}]"; }
std::string loinc(const std::string& code, const std::string& text) {
  return "'code':{'coding':[{'system':'http://loinc.org','code':'" + code + "'}],'text':'" + text + "'}";
}

TEST(FhirObservation, EveryKindOfValueIsSaid) {
  EXPECT_EQ(result("'valueQuantity':{'value':5.40,'comparator':'<','unit':'mmol/L'}").value, "<5.40");
  EXPECT_EQ(result("'valueQuantity':{'value':5.40,'comparator':'<','unit':'mmol/L'}").unit, "mmol/L");
  EXPECT_EQ(result("'valueCodeableConcept':{'coding':[{'code':'260373001','display':'Detected'}]}").value, "Detected");
  EXPECT_EQ(result("'valueString':'cloudy'").value, "cloudy");
  EXPECT_EQ(result("'valueBoolean':false").value, "no");
  EXPECT_EQ(result("'valueInteger':7").value, "7");
  EXPECT_EQ(result("'valueRange':{'low':{'value':5,'unit':'mg'},'high':{'value':10,'unit':'mg'}}").value, "5 to 10 mg");
  EXPECT_EQ(result("'valueRatio':{'numerator':{'value':1},'denominator':{'value':128}}").value, "1:128");
  EXPECT_EQ(result("'valueTime':'10:11:00'").value, "10:11:00");
  EXPECT_EQ(result("'valueDateTime':'2020-01-02'").value, "2020-01-02");
  EXPECT_EQ(result("'valuePeriod':{'start':'2020','end':'2021'}").value, "2020 to 2021");
  EXPECT_EQ(result("'valueSampledData':{'data':'1 2 3'}").value, "a recorded curve, not shown here");
}

TEST(FhirObservation, AnAbsentValueSaysWhyAndAnUnreadableOneIsMarked) {
  EXPECT_EQ(result("'dataAbsentReason':{'coding':[{'code':'asked-declined'}]}").value, "no value: asked, declined to answer");
  EXPECT_EQ(result("'issued':'2020-01-02'").value, "no value recorded");
  const auto chart = chart_of({observation("'code':{'text':'Sodium'},'valueQuantity':{'unit':'mmol/L'}")});
  ASSERT_EQ(chart.results.entries.size(), 1U);
  EXPECT_EQ(chart.results.entries[0].value, "(unreadable)");
  ASSERT_EQ(chart.unreadable.size(), 1U);
  EXPECT_EQ(chart.unreadable[0].field, "value");
}

TEST(FhirObservation, RangeFlagDatesAndStatusAreKept) {
  const auto entry = result(
      "'valueQuantity':{'value':150,'unit':'mmol/L'},'interpretation':[{'coding':[{'code':'HH','display':'Critical high'}]}],'issued':'2020-01-03',"
      "'effectivePeriod':{'start':'2020-01-02','end':'2020-01-03'},'referenceRange':[{'low':{'value':135,'unit':'mmol/L'},'high':{'value':145,'unit':'mmol/L'}}]");
  EXPECT_EQ(entry.flag, "HH");
  EXPECT_EQ(entry.range, "135 to 145 mmol/L");
  EXPECT_EQ(entry.date.value().iso, "2020-01-02");
  EXPECT_EQ(entry.reported.value().iso, "2020-01-03");
  EXPECT_EQ(entry.status, "final");
}

TEST(FhirObservation, BloodPressureIsOneReadableEntry) {
  const std::string part = "{" + loinc("8480-6", "Systolic") + ",'valueQuantity':{'value':120,'unit':'mmHg'}}";
  const std::string other = "{" + loinc("8462-4", "Diastolic") + ",'valueQuantity':{'value':80,'unit':'mmHg'}}";
  const auto chart = chart_of({observation(category("vital-signs") + "," + loinc("85354-9", "Blood pressure") + ",'component':[" + other + "," + part + "]")});
  ASSERT_EQ(chart.vital_signs.entries.size(), 1U);
  EXPECT_EQ(chart.vital_signs.entries[0].value, "120/80");
  EXPECT_EQ(chart.vital_signs.entries[0].unit, "mmHg");
}

TEST(FhirObservation, HalfABloodPressureStaysTwoStatements) {
  const std::string part = "{" + loinc("8480-6", "Systolic") + ",'valueQuantity':{'value':120,'unit':'mmHg'}}";
  const std::string other = "{" + loinc("8462-4", "Diastolic") + ",'dataAbsentReason':{'coding':[{'code':'error'}]}}";
  const auto chart = chart_of({observation(category("vital-signs") + "," + loinc("85354-9", "Blood pressure") + ",'component':[" + part + "," + other + "]")});
  ASSERT_EQ(chart.vital_signs.entries.size(), 2U);
  EXPECT_EQ(chart.vital_signs.entries[0].panel, "Blood pressure");
  EXPECT_EQ(chart.vital_signs.entries[1].value, "no value: error in the measurement");
}

TEST(FhirObservation, TheSectionFollowsCategoryAndCode) {
  const auto chart = chart_of({observation(category("vital-signs") + ",'code':{'text':'Pulse'},'valueInteger':1", "a"),
                               observation(category("social-history") + ",'code':{'text':'Alcohol'},'valueString':'none'", "b"),
                               observation(category("survey") + "," + loinc("72166-2", "Smoking") + ",'valueString':'never'", "c"),
                               observation(category("social-history") + "," + loinc("82810-3", "Pregnancy status") + ",'valueString':'pregnant'", "d"),
                               observation(loinc("8867-4", "Heart rate") + ",'valueInteger':60", "e"),
                               observation(category("imaging") + ",'code':{'text':'X-ray'},'valueString':'clear'", "f")});
  EXPECT_EQ(chart.vital_signs.entries.size(), 2U);
  EXPECT_EQ(chart.social_history.entries.size(), 2U);
  EXPECT_EQ(chart.pregnancy.entries.size(), 1U);
  EXPECT_EQ(chart.results.entries.size(), 1U);
}

std::string report(const std::string& members) {
  return "{'resourceType':'DiagnosticReport','id':'r1','status':'final','subject':{'reference':'Patient/p1'},'code':{'text':'Panel'},"
         "'effectiveDateTime':'2020-01-02'," + members + "}";
}

TEST(FhirReport, ItsResultsCarryItsNameInItsOrder) {
  const auto chart = chart_of({observation("'code':{'text':'Second'},'effectiveDateTime':'2020-01-02','valueInteger':2", "a"),
                               observation("'code':{'text':'First'},'effectiveDateTime':'2020-01-02','valueInteger':1", "b"),
                               report("'result':[{'reference':'Observation/b'},{'reference':'Observation/a'}]")});
  ASSERT_EQ(chart.results.entries.size(), 2U);
  EXPECT_EQ(chart.results.entries[0].text, "First");
  EXPECT_EQ(chart.results.entries[1].text, "Second");
  EXPECT_EQ(chart.results.entries[1].panel, "Panel");
}

TEST(FhirReport, ResultsInsideTheReportAreRead) {
  const auto chart = chart_of({report("'contained':[{'resourceType':'Observation','id':'c','code':{'text':'Inner'},'valueDecimal':1.10}],'result':[{'reference':'#c'}]")});
  ASSERT_EQ(chart.results.entries.size(), 1U);
  EXPECT_EQ(chart.results.entries[0].text, "Inner");
  EXPECT_EQ(chart.results.entries[0].value, "1.10");
  EXPECT_EQ(chart.results.entries[0].panel, "Panel");
}

TEST(FhirReport, AConclusionIsANoteAndAReportWithNothingElseIsSaid) {
  const auto concluded = chart_of({report("'conclusion':'No fracture.'")});
  ASSERT_EQ(concluded.notes.entries.size(), 1U);
  EXPECT_EQ(concluded.notes.entries[0].body, "No fracture.");
  const auto bare = chart_of({report("'language':'en'")});
  ASSERT_EQ(bare.results.entries.size(), 1U);
  EXPECT_EQ(bare.results.entries[0].value, "report without values");
}

TEST(FhirReport, AnOpenOrderIsAResultWithoutAValueUntilItIsAnswered) {
  const std::string order = "{'resourceType':'ServiceRequest','id':'s1','status':'active','intent':'order','subject':{'reference':'Patient/p1'},'code':{'text':'Lipids'},'authoredOn':'2020-01-01'}";
  const auto open = chart_of({order});
  ASSERT_EQ(open.results.entries.size(), 1U);
  EXPECT_EQ(open.results.entries[0].value, "ordered, no result yet");
  const auto answered = chart_of({order, report("'basedOn':[{'reference':'ServiceRequest/s1'}],'conclusion':'Fine.'")});
  EXPECT_TRUE(answered.results.entries.empty());
}

}  // namespace
