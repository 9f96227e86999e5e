// What OpenEMR means by its rows, in the shape of an old version and of a new one.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/record/calendar.h"
#include "app/record/chart_json.h"
#include "tests/openemr_fixture.h"

namespace {

using app::Chart;
using app::Presence;
using tests::OpenEmrPractice;
using tests::OpenEmrVersion;

// Every trap is set in both versions, unless the test says that only one has it.
class OpenEmr : public testing::TestWithParam<OpenEmrVersion> {
 protected:
  const Chart& chart(int pid) const { return OpenEmrPractice::shared(GetParam()).chart(std::to_string(pid)); }
  bool is_new() const { return GetParam() == OpenEmrVersion::v8; }
};

INSTANTIATE_TEST_SUITE_P(Versions, OpenEmr, testing::Values(OpenEmrVersion::v5, OpenEmrVersion::v8),
                         [](const auto& one) { return one.param == OpenEmrVersion::v5 ? "Of502" : "Of8"; });

template <typename Entry>
Entry entry_of(const app::Section<Entry>& section, const std::string& text) {
  static const Entry none;
  for (const Entry& entry : section.entries) {
    if (entry.text == text) return entry;
  }
  ADD_FAILURE() << "no entry \"" << text << "\"";
  return none;
}

template <typename Entry>
std::string texts_of(const app::Section<Entry>& section) {
  std::string all;
  for (const Entry& entry : section.entries) all += (all.empty() ? "" : ", ") + entry.text;
  return all;
}

std::string day_of(const app::Known<app::Date>& date) { return date.is_known() ? date.value().iso : "-"; }

TEST_P(OpenEmr, ReadsEveryPatientAndNoFileFails) {
  const OpenEmrPractice& practice = OpenEmrPractice::shared(GetParam());
  EXPECT_EQ(practice.charts().size(), 21u);
  EXPECT_EQ(practice.report().skipped, 0u)
      << (practice.report().first_skipped.empty()
              ? ""
              : practice.report().first_skipped[0].where + practice.report().first_skipped[0].reason);
  for (const auto& [pid, read] : practice.charts()) {
    for (const app::Unreadable& unreadable : read.unreadable) {
      const bool expected = (pid == "15" && unreadable.field == "repeats");
      EXPECT_TRUE(expected) << pid << ": " << unreadable.section << "." << unreadable.field << " \""
                            << unreadable.as_recorded << "\": " << unreadable.reason;
    }
  }
}

TEST_P(OpenEmr, TellsWhoAPatientIsByPidAndNotById) {
  const Chart& jane = chart(1);
  EXPECT_EQ(jane.emr_key, "1");
  EXPECT_EQ(jane.mrn, "P-0001");
  EXPECT_EQ(jane.names.at(0).prefix + " " + jane.names[0].given + " " + jane.names[0].family, "Mrs. Jane Q. Doe");
  EXPECT_EQ(day_of(jane.birth_date), "1956-02-29");
  EXPECT_EQ(jane.sex + ", " + jane.language + ", " + jane.interpreter, "Female, Spanish, daughter helps");
  ASSERT_EQ(jane.telecom.size(), 4u);
  EXPECT_EQ(jane.telecom[0].use + " " + jane.telecom[0].value + ", " + jane.telecom[1].use + " " +
                jane.telecom[1].value + ", " + jane.telecom[2].use + " " + jane.telecom[2].value + ", " +
                jane.telecom[3].value,
            "home 555-1111, mobile 555-2222, work 555-3333, jane@example.org");
  EXPECT_EQ(jane.addresses.at(0).line, is_new() ? "1 Elm Street, Apartment 5" : "1 Elm Street");
  EXPECT_EQ(chart(21).names.at(0).script, "Hani");
}

TEST_P(OpenEmr, APatientWithoutTheirOwnNumberHasOpenEmrsAndMayHaveOneName) {
  const Chart& cher = chart(2);
  EXPECT_EQ(cher.mrn, "2");
  EXPECT_EQ(cher.names.at(0).given, "Cher");
  EXPECT_EQ(cher.names.at(0).family, "");
  EXPECT_EQ(cher.birth_date.presence(), Presence::not_recorded);
}

TEST_P(OpenEmr, TheSocialSecurityNumberAndPasswordsStandNowhere) {
  for (const auto& [pid, read] : OpenEmrPractice::shared(GetParam()).charts()) {
    std::string json;
    app::format_chart(read, json);
    EXPECT_EQ(json.find("078-05-1120"), std::string::npos) << pid;
    EXPECT_EQ(json.find("password"), std::string::npos) << pid;
    EXPECT_EQ(json.find("secret-of"), std::string::npos) << pid;
    EXPECT_EQ(json.find("QUFBQUFB"), std::string::npos) << pid;
  }
}

TEST_P(OpenEmr, OnlyADateOfDeathThatHasComeMeansDeath) {
  EXPECT_EQ(chart(3).deceased, true);
  EXPECT_EQ(day_of(chart(3).deceased_date), "2023-04-05");
  EXPECT_FALSE(chart(4).deceased.has_value()) << "a reason alone, beside a zero date";
  EXPECT_EQ(chart(4).deceased_date.presence(), Presence::not_recorded);
  EXPECT_FALSE(chart(5).deceased.has_value()) << "a date that is to come";
  EXPECT_TRUE(chart(5).deceased_date.is_known());
}

TEST_P(OpenEmr, NoneIsSaidOnlyWhereSomebodyTickedItAndNothingWasAdded) {
  const Chart &none = chart(6), &since = chart(7), &unasked = chart(8);
  EXPECT_EQ(none.allergies.state, Presence::known_none);
  EXPECT_EQ(none.medications.state, Presence::known_none);
  EXPECT_EQ(none.problems.state, Presence::known_none);
  EXPECT_EQ(none.procedures.state, Presence::known_none);
  EXPECT_EQ(none.devices.state, Presence::not_recorded);
  EXPECT_EQ(since.allergies.state, Presence::known);
  EXPECT_EQ(texts_of(since.medications), "metformin 500 mg") << "a prescription counts more than the tick";
  EXPECT_EQ(since.medications.state, Presence::known);
  EXPECT_EQ(texts_of(since.problems), "Caries");
  EXPECT_EQ(unasked.allergies.state, Presence::not_recorded);
  EXPECT_EQ(unasked.medications.state, Presence::not_recorded);
}

TEST_P(OpenEmr, AnAllergyTypedAsNoneStaysWhatWasTyped) {
  EXPECT_EQ(texts_of(chart(9).allergies), "NKDA");
  EXPECT_EQ(chart(9).allergies.state, Presence::known);
}

TEST_P(OpenEmr, TheEndDateAloneDecidesWhatIsCurrent) {
  const auto& allergies = chart(10).allergies;
  EXPECT_EQ(entry_of(allergies, "Penicillin").current, true);
  EXPECT_EQ(entry_of(allergies, "Sulfa").current, true) << "a zero date is no end, and activity is not maintained";
  EXPECT_EQ(entry_of(allergies, "Sulfa").status, "flagged inactive, no end date");
  EXPECT_EQ(entry_of(allergies, "Strawberries").current, false) << "ended, though flagged active";
  EXPECT_EQ(entry_of(allergies, "Strawberries").status, "ended 07-Jun-2021");
  EXPECT_EQ(entry_of(allergies, "Pollen").current, true) << "ends next year";
  EXPECT_EQ(entry_of(allergies, "Dust").current, true);
}

TEST_P(OpenEmr, AnAllergyKeepsItsReactionSeverityCommentCodesAndAuthor) {
  const app::Allergy& penicillin = entry_of(chart(10).allergies, "Penicillin");
  ASSERT_EQ(penicillin.reactions.size(), 1u);
  EXPECT_EQ(penicillin.reactions[0].text + ", " + penicillin.reactions[0].severity, "Hives, Severe");
  EXPECT_EQ(penicillin.note, "needed adrenaline");
  EXPECT_EQ(penicillin.author, "Dr. Ada Green") << "lists.user is a user name, not an id";
  ASSERT_EQ(penicillin.codes.size(), 1u);
  EXPECT_EQ(penicillin.codes[0].code, "7980");
  const app::Allergy& sulfa = entry_of(chart(10).allergies, "Sulfa");
  ASSERT_EQ(sulfa.reactions.size(), 1u);
  EXPECT_EQ(sulfa.reactions[0].text, "Shortness of Breath") << "looked up although its option is inactive";
  EXPECT_EQ(sulfa.author, "Dr. Cora Gone") << "former staff";
  EXPECT_EQ(entry_of(chart(10).allergies, "Pollen").reactions.at(0).text, "itchy eyes") << "in no list";
  EXPECT_TRUE(entry_of(chart(10).allergies, "Strawberries").reactions.empty()) << "unassigned";
}

// Since 6.0.
TEST(OpenEmrOf8, RefutedAllergiesAreKeptAndNotCurrent) {
  const OpenEmrPractice& practice = OpenEmrPractice::shared(OpenEmrVersion::v8);
  const app::Allergy& peanut = entry_of(practice.chart("10").allergies, "Peanut");
  EXPECT_EQ(peanut.verification, "refuted");
  EXPECT_EQ(peanut.current, false);
  EXPECT_EQ(entry_of(practice.chart("10").allergies, "Kiwi").current, true);
  EXPECT_EQ(entry_of(practice.chart("10").allergies, "Kiwi").verification, "unconfirmed");
  EXPECT_EQ(day_of(peanut.onset), "2020-03-04") << "midnight is no time of day";
  EXPECT_EQ(day_of(entry_of(practice.chart("10").allergies, "Kiwi").onset), "2020-03-04T08:30:00");
}

TEST_P(OpenEmr, AProblemOfFirstOccurrenceIsNotResolved) {
  const auto& problems = chart(10).problems;
  EXPECT_EQ(entry_of(problems, "First gout").current, true);
  EXPECT_EQ(entry_of(problems, "First gout").status, "active");
  EXPECT_EQ(entry_of(problems, "Asthma").current, false);
  EXPECT_EQ(entry_of(problems, "Asthma").status, "resolved");
  EXPECT_EQ(entry_of(problems, "Old flag").status, "flagged inactive, no end date");
  EXPECT_EQ(entry_of(problems, "Old flag").current, true);
}

TEST_P(OpenEmr, AProblemKeepsAllItsCodesAndPhrases) {
  const app::Problem& diabetes = entry_of(chart(10).problems, "Diabetes");
  ASSERT_EQ(diabetes.codes.size(), 5u);
  EXPECT_EQ(diabetes.codes[0].system + " " + diabetes.codes[0].code, "http://hl7.org/fhir/sid/icd-10-cm E11.9");
  EXPECT_EQ(diabetes.codes[1].system, "http://snomed.info/sct");
  EXPECT_EQ(diabetes.codes[3].code, "E11.65");
  EXPECT_EQ(diabetes.codes[4].display, "something uncoded");
  EXPECT_EQ(diabetes.note, "diet only; occurrence: Chronic/Recurrent");
}

TEST_P(OpenEmr, AnIssueOfAKindThatTheSiteAddedIsAProblemOfThatKind) {
  EXPECT_EQ(entry_of(chart(10).problems, "Fall risk").category, "Ward Concern");
  EXPECT_EQ(texts_of(chart(10).procedures), "Appendectomy");
  EXPECT_EQ(texts_of(chart(10).devices), "Pacemaker");
}

TEST_P(OpenEmr, TheTwoListsOfMedicationsAreOneWithoutDoubles) {
  std::string all;
  for (const app::Medication& m : chart(11).medications.entries)
    all += m.text + (m.current.value_or(false) ? "; " : " (past); ");
  EXPECT_EQ(
      all,
      "methotrexate; lisinopril 10 mg; warfarin; ibuprofen (past); codeine (past); atorvastatin 20 mg (past); "
      "aspirin 81 mg; prednisone (past); atorvastatin 20 mg; warfarin; ")
      << "lisinopril once; atorvastatin twice, because the lists disagree; warfarin twice, because the list says "
         "more";
}

TEST_P(OpenEmr, AWeeklyDrugIsNotDaily) {
  const app::Medication& methotrexate = entry_of(chart(11).medications, "methotrexate");
  EXPECT_EQ(methotrexate.frequency, "Weekly");
  EXPECT_EQ(methotrexate.strength + ", " + methotrexate.dose + ", " + methotrexate.form, "2.5 mg, 1, tablet");
  EXPECT_EQ(methotrexate.route, is_new() ? "under the tongue" : "Per Oris") << "a number, or since 7.0 any text";
  EXPECT_EQ(methotrexate.note, "once a WEEK");
  EXPECT_EQ(methotrexate.codes.at(0).code, "105585");
}

TEST_P(OpenEmr, BlankChoicesOfAPrescriptionAreNoWords) {
  const app::Medication& lisinopril = entry_of(chart(11).medications, "lisinopril 10 mg");
  EXPECT_EQ(lisinopril.strength + lisinopril.form + lisinopril.route + lisinopril.frequency + lisinopril.dose +
                lisinopril.author,
            "");
  EXPECT_TRUE(lisinopril.codes.empty());
  EXPECT_EQ(day_of(lisinopril.start), "2023-03-03") << "the day it was added, where the start is a zero date";
}

TEST_P(OpenEmr, APrescriptionIsCurrentByItsFlagAndSaysItsEnd) {
  const app::Medication& warfarin = entry_of(chart(11).medications, "warfarin");
  EXPECT_EQ(warfarin.current, true);
  EXPECT_EQ(day_of(warfarin.end), "2021-01-01");
  EXPECT_EQ(entry_of(chart(11).medications, "codeine").current, false) << "any value but 1 is not active";
  EXPECT_EQ(entry_of(chart(11).medications, "aspirin 81 mg").status, "flagged inactive, no end date");
}

// All values of one sign, newest first as the sheet has them.
std::string values_of(const Chart& chart, const std::string& sign) {
  std::vector<const app::Observation*> found;
  for (const app::Observation& o : chart.vital_signs.entries) {
    if (o.text == sign) found.push_back(&o);
  }
  std::sort(found.begin(), found.end(), [](auto* a, auto* b) { return day_of(a->date) > day_of(b->date); });
  std::string all;
  for (const app::Observation* o : found)
    all += (all.empty() ? "" : " | ") + o->value + " " + o->unit + " " + day_of(o->date);
  return all;
}

TEST_P(OpenEmr, ZeroIsNotMeasuredAndEachSignStandsAlone) {
  EXPECT_EQ(values_of(chart(12), "Temperature"), "101.3 deg F 2024-06-01T16:00:00 | 98.6 deg F 2024-06-01T09:30:00");
  EXPECT_EQ(values_of(chart(12), "Heart rate"), "72 per min 2024-06-01T09:30:00");
  EXPECT_EQ(values_of(chart(12), "Blood pressure"),
            "128/84 mm Hg 2024-06-01T09:30:00 | 140/not recorded mm Hg 2023-06-01T09:00:00");
  EXPECT_EQ(values_of(chart(12), "Oxygen saturation"), "98 % 2024-06-01T09:30:00");
}

TEST_P(OpenEmr, WeightIsInPoundsAsStoredAndInKilogramsBeside) {
  EXPECT_EQ(values_of(chart(12), "Weight"), "154.3 lb 2024-06-01T09:30:00 | 180 lb 2023-06-01T09:00:00");
  EXPECT_EQ(entry_of(chart(12).vital_signs, "Weight").note, "70 kg");
  EXPECT_EQ(entry_of(chart(12).vital_signs, "Temperature").note, "37 deg C");
}

TEST_P(OpenEmr, AFormOfVitalSignsWithAZeroDateIsOfTheDayItWasFiled) {
  EXPECT_NE(values_of(chart(12), "Height").find("70 in 2022-02-02T08:00:00"), std::string::npos)
      << values_of(chart(12), "Height");
}

TEST_P(OpenEmr, DeletedAndOrphanedFormsCountForNothing) {
  const std::string all = values_of(chart(12), "Blood pressure");
  EXPECT_EQ(all.find("300"), std::string::npos);
  EXPECT_EQ(all.find("310"), std::string::npos);
  EXPECT_EQ(texts_of(chart(12).notes), "SOAP note") << "form_id 501 is another form in another folder";
}

TEST_P(OpenEmr, LeftoversOfADeletedPatientAreCountedAndInNoChart) {
  const OpenEmrPractice& practice = OpenEmrPractice::shared(GetParam());
  EXPECT_FALSE(practice.charts().contains("99"));
  const auto& passed_by = practice.report().passed_by;
  EXPECT_EQ(passed_by.at("results of patients who are gone"), 1u);
  EXPECT_EQ(passed_by.at("documents of patients who are gone"), 1u);
}

TEST_P(OpenEmr, TheFlagNoSaysNothingAndCriticalOnesStay) {
  const auto& results = chart(13).results;
  for (const app::Observation& o : results.entries) {
    if (o.text != "Potassium") continue;
    EXPECT_EQ(o.flag, o.value == "6.9" ? "vhigh" : "") << o.value;
  }
  EXPECT_EQ(entry_of(results, "Hemoglobin").flag, "LL") << "what the laboratory wrote";
  EXPECT_EQ(entry_of(results, "Hemoglobin").value, "<10");
}

TEST_P(OpenEmr, OfTwoReportsOfATestTheEarlierSaysThatALaterOneFollows) {
  std::string said;
  for (const app::Observation& o : chart(13).results.entries) {
    if (o.text == "Potassium") said += o.value + ": " + o.status + ", reported " + day_of(o.reported) + "; ";
  }
  EXPECT_EQ(said,
            "6.9: prelim, a later report of this test follows, reported 2024-05-01T18:00:00; 4.1: corrected, "
            "reported 2024-05-02T18:00:00; ");
  EXPECT_EQ(entry_of(chart(13).results, "Note of the report").note, "Sample was haemolysed");
}

TEST_P(OpenEmr, AResultWithoutADateTakesTheReports) {
  EXPECT_EQ(day_of(entry_of(chart(13).results, "Hemoglobin").date), "2024-05-02T12:00:00");
  EXPECT_EQ(day_of(entry_of(chart(13).results, "Potassium").date), "2024-05-01T08:00:00");
}

TEST_P(OpenEmr, ALongResultStandsInItsNoteAndAnUnnamedOneUnderItsCode) {
  EXPECT_EQ(entry_of(chart(13).results, "Culture").value, "see note");
  EXPECT_EQ(entry_of(chart(13).results, "Culture").note, "No growth after 5 days");
  EXPECT_EQ(entry_of(chart(13).results, "883-9").value, "positive");
  EXPECT_EQ(entry_of(chart(13).results, "Chest X-ray").note, "No infiltrate seen.") << "a report without values";
}

TEST_P(OpenEmr, OpenOrdersAreShownAndDeletedOnesAreNot) {
  const app::Observation& tsh = entry_of(chart(13).results, "TSH");
  EXPECT_EQ(tsh.value + ", " + tsh.panel + ", " + tsh.author, "ordered, no result yet, Open orders, Dr. Ada Green");
  EXPECT_EQ(day_of(tsh.date), "2024-05-20");
  EXPECT_EQ(entry_of(chart(13).results, "PSA").value, "order cancelled, no result");
  EXPECT_EQ(texts_of(chart(13).results).find("Deleted"), std::string::npos);
}

TEST_P(OpenEmr, OnlyWhatWasGivenIsAnImmunization) {
  std::string said;
  for (const app::Immunization& i : chart(14).immunizations.entries)
    said += i.text + " " + day_of(i.date) + " " + i.status + "; ";
  EXPECT_EQ(said,
            "MMR vaccine 2020-01-02 completed; MMR 2 2019-01-02T10:30:00 completed; COVID-19 vaccine 2021-01-02 "
            "not-done; "
            "CVX 998 - completed; COVID-19 vaccine 2022-01-02 partially administered; ");
  EXPECT_EQ(chart(14).immunizations.entries.at(2).reason, "Parental decision");
  EXPECT_EQ(chart(14).immunizations.entries.at(3).historical, true);
  EXPECT_FALSE(chart(14).immunizations.entries.at(0).historical.has_value());
}

}  // namespace
