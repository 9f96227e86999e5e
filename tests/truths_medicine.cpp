// What is known of their health, where an EMR's way of saying it invites a reader to get it wrong.
#include "tests/truths.h"

namespace tests {
namespace {

const std::string kCurrent = "\"current\":true", kNotCurrent = "\"current\":false";

AllergyFact allergy(const std::string& agent, const std::string& status = "active", const std::string& verification = "confirmed") {
  AllergyFact fact;
  fact.agent = agent, fact.status = status, fact.verification = verification;
  return fact;
}

std::vector<Truth> of_allergies() {
  std::vector<Truth> all;
  all.push_back({.trap = "an allergy with all it has",
                 .allergies = {{"Penicillin", "medication", "high", "Anaphylaxis", "severe", "active", "confirmed", "1999-05", "2001-02-03", "ICU stay"}},
                 .must = {"\"text\":\"Penicillin\"", "\"criticality\":\"high\"", R"("reactions":[{"text":"Anaphylaxis","severity":"severe"}])",
                          "\"onset\":\"1999-05\"", kCurrent}});
  all.push_back({.trap = "no known allergies is a state and no entry", .none_known = {"allergies"},
                 .must = {"\"allergies\":[]", R"("allergies":{"state":"known-none","recorded":"2026-01-05"})"}});
  all.push_back({.trap = "nothing recorded is not known to be none", .must = {R"("allergies":{"state":"not-recorded"})"}});
  all.push_back({.trap = "an inactive allergy is not current", .allergies = {allergy("Aspirin", "inactive")}, .must = {"Aspirin", kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "a resolved allergy is not current", .allergies = {allergy("Egg", "resolved")}, .must = {"Egg", kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "a refuted allergy is kept and never current", .allergies = {allergy("Latex", "active", "refuted")},
                 .must = {"\"verification\":\"refuted\"", kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "an allergy entered in error is kept and never current", .allergies = {allergy("Iodine", "active", "entered-in-error")},
                 .must = {"\"verification\":\"entered-in-error\"", kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "an unconfirmed allergy is an allergy", .allergies = {allergy("Peanut", "active", "unconfirmed")},
                 .must = {"\"verification\":\"unconfirmed\"", kCurrent}});
  all.push_back({.trap = "an allergy without a status is current", .allergies = {allergy("Wasp venom", "", "")}, .must = {"Wasp venom", kCurrent}});
  all.push_back({.trap = "a text that only begins like a denial", .allergies = {allergy("No known trigger, anaphylaxis 2019")},
                 .must = {"No known trigger, anaphylaxis 2019", kCurrent}});
  all.push_back({.trap = "a very long agent is not cut", .allergies = {allergy("Compound " + std::string(600, 'x') + " end")}, .must = {"x end"}});
  all.push_back({.trap = "an agent in another script", .allergies = {allergy("青霉素 (盘尼西林)")}, .must = {"青霉素 (盘尼西林)"}});
  all.push_back({.trap = "one agent twice stays twice", .allergies = {allergy("Sulfa"), allergy("Sulfa", "inactive")}, .must = {kCurrent, kNotCurrent}});
  all.push_back({.trap = "an onset that is no date is unreadable", .allergies = {{"Nickel", "", "", "", "", "active", "", "as a child", "", ""}},
                 .must = {R"("onset":{"state":"unreadable","as_recorded":"as a child"})"}});
  return all;
}

std::vector<Truth> of_drugs() {
  std::vector<Truth> all;
  all.push_back({.trap = "a dose keeps the digits it was recorded with",
                 .drugs = {{"Warfarin 5 mg tablet", "855333", "2.50 mg", "oral", "once a day", "Take in the evening", "active", "2025-06-01", "Atrial fibrillation", ""}},
                 .must = {"\"dose\":\"2.50 mg\"", "\"route\":\"oral\"", "\"frequency\":\"once a day\"", "855333", kCurrent}});
  all.push_back({.trap = "a dose below one keeps its nought", .drugs = {{"Digoxin", "", "0.125 mg", "", "", "", "active", "", "", ""}}, .must = {"0.125 mg"}});
  all.push_back({.trap = "a medication on hold still is the patient's", .drugs = {{"Metformin", "", "", "", "", "", "on-hold", "2025-01-01", "", "before contrast"}},
                 .must = {"\"status\":\"on-hold\"", kCurrent}});
  for (const char* status : {"stopped", "completed", "entered-in-error", "cancelled"}) {
    all.push_back({.trap = std::string("a medication that is ") + status + " is not current",
                   .drugs = {{"Amoxicillin", "", "", "", "", "", status, "2025-01-01", "", ""}},
                   .must = {"Amoxicillin", "\"status\":\"" + std::string(status) + "\"", kNotCurrent}, .must_not = {kCurrent}});
  }
  all.push_back({.trap = "as needed", .drugs = {{"Paracetamol", "", "500 mg", "", "", "", "active", "", "", "", true}}, .must = {"\"as_needed\":true"}});
  all.push_back({.trap = "an instruction of several lines", .drugs = {{"Prednisone", "", "", "", "", "Day 1: 40 mg\nDay 2: 30 mg", "active", "", "", ""}},
                 .must = {R"(Day 1: 40 mg\nDay 2: 30 mg)"}});
  all.push_back({.trap = "micrograms stay as recorded", .drugs = {{"Levothyroxine 25 µg", "", "25 µg", "", "", "", "active", "", "", ""}}, .must = {"25 µg"}});
  all.push_back({.trap = "no medications is a state and no entry", .none_known = {"medications"},
                 .must = {"\"medications\":[]", R"("medications":{"state":"known-none","recorded":"2026-01-05"})"}});
  return all;
}

std::vector<Truth> of_problems_and_findings() {
  std::vector<Truth> all;
  all.push_back({.trap = "a problem known to the year", .problems = {{"Type 2 diabetes", "E11.9", "active", "confirmed", "2009", "", "diet first"}},
                 .must = {"\"onset\":\"2009\"", "E11.9", kCurrent}});
  all.push_back({.trap = "a resolved problem is not current", .problems = {{"Pneumonia", "J18.9", "resolved", "confirmed", "2020-01-01", "2020-02-01", ""}},
                 .must = {"\"resolved\":\"2020-02-01\"", kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "a problem that came back is current", .problems = {{"Depression", "F33.9", "recurrence", "", "2019", "", ""}}, .must = {kCurrent}});
  all.push_back({.trap = "a refuted problem is not current", .problems = {{"Epilepsy", "G40.9", "active", "refuted", "", "", ""}}, .must = {kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "a problem without a status that has ended", .problems = {{"Fracture", "S52.5", "", "", "2001", "2002", ""}}, .must = {kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "no known problems is a state and no entry", .none_known = {"problems"},
                 .must = {"\"problems\":[]", R"("problems":{"state":"known-none","recorded":"2026-01-05"})"}});
  all.push_back({.trap = "a value keeps its noughts", .results = {{"Potassium", "2823-3", "5.40", "mmol/L", "3.5-5.1", "H", "2026-01-05T08:00:00", "haemolysed"}},
                 .must = {"\"value\":\"5.40\"", "\"flag\":\"H\"", "\"range\":\"3.5-5.1\"", "haemolysed"}});
  all.push_back({.trap = "a value below what can be measured", .results = {{"Troponin", "6598-7", "<0.010", "ng/mL", "", "", "2026-01-05", ""}}, .must = {"\"value\":\"<0.010\""}});
  all.push_back({.trap = "a value in words", .results = {{"Blood culture", "600-7", "no growth after 5 days", "", "", "", "2026-01-05", ""}}, .must = {"no growth after 5 days"}});
  all.push_back({.trap = "a value of a thousand million", .results = {{"Viral load", "20447-9", "1000000000", "copies/mL", "", "", "2026-01-05", ""}}, .must = {"1000000000"}});
  all.push_back({.trap = "two results of one day stay two", .results = {{"Glucose", "2345-7", "5", "mmol/L", "", "", "2026-01-05", ""}, {"Glucose", "2345-7", "15", "mmol/L", "", "HH", "2026-01-05", ""}},
                 .must = {"\"value\":\"5\"", "\"value\":\"15\""}});
  all.push_back({.trap = "a vital sign with its unit", .vitals = {{"Body weight", "29463-7", "80.0", "kg", "", "", "2026-01-05", ""}}, .must = {"\"value\":\"80.0\",\"unit\":\"kg\""}});
  all.push_back({.trap = "a habit", .habits = {{"Tobacco use", "72166-2", "Smokes 10 a day", "", "", "", "2026-01-05", ""}}, .must = {"\"social_history\":[{", "Smokes 10 a day"}});
  all.push_back({.trap = "pregnant", .pregnancy = {{"Pregnancy status", "82810-3", "Pregnant, due in June", "", "", "", "2026-01-05", ""}}, .must = {"\"pregnancy\":[{"}});
  return all;
}

std::vector<Truth> of_events() {
  std::vector<Truth> all;
  all.push_back({.trap = "a vaccine that was not given is not given", .vaccinations = {{"Influenza", "not-done", "2025-10-01", "patient refused", "", "", ""}},
                 .must = {"\"status\":\"not-done\"", "patient refused"}});
  all.push_back({.trap = "a vaccine that was given", .vaccinations = {{"Tetanus", "completed", "2020-03-04", "", "left arm", "Nurse Ortiz", ""}},
                 .must = {"Tetanus", "left arm", "Nurse Ortiz", "2020-03-04"}});
  all.push_back({.trap = "a procedure that was not done", .procedures = {{"Appendectomy", "not-done", "2021-01-01", "", "", "", "anaesthetic risk"}},
                 .must = {"\"status\":\"not-done\"", "anaesthetic risk"}});
  all.push_back({.trap = "a procedure entered in error keeps saying so", .procedures = {{"Amputation", "entered-in-error", "2021-01-01", "", "left leg", "", ""}},
                 .must = {"\"status\":\"entered-in-error\"", "left leg"}});
  all.push_back({.trap = "a visit with a time of day", .visits = {{"Follow-up", "finished", "2026-01-05T14:30:00", "cough", "Room 3", "Dr. Vane", ""}},
                 .must = {"2026-01-05T14:30:00", "cough", "Room 3", "Dr. Vane"}});
  all.push_back({.trap = "a cancelled appointment says so", .appointments = {{"Check-up", "cancelled", "2026-12-24T09:00:00", "", "", "Dr. Vane", "called"}},
                 .must = {"\"status\":\"cancelled\"", "called"}});
  all.push_back({.trap = "somebody who did not come", .appointments = {{"Check-up", "noshow", "2026-01-05T09:00:00", "", "Room 1", "", ""}}, .must = {"\"status\":\"noshow\""}});
  all.push_back({.trap = "an appointment in the night the clocks change", .appointments = {{"Sleep study", "booked", "2026-11-01T01:30:00", "", "", "", ""}},
                 .must = {"2026-11-01T01:30:00"}});
  all.push_back({.trap = "a note of many lines and tabs", .notes = {{"Progress note", "2026-01-05", "Line one\n\tindented\n\nLast: <b>not bold</b> & \"quoted\""}},
                 .must = {R"(Line one\n\tindented\n\nLast: <b>not bold</b> & \"quoted\")"}});
  all.push_back({.trap = "a note of Windows lines and stray control letters", .notes = {{"Letter", "2026-01-05", "One\r\nTwo\x07\rThree"}},
                 .must = {R"(One\nTwo\nThree)"}});
  all.push_back({.trap = "a note of two hundred thousand letters is whole", .notes = {{"Long", "2026-01-05", std::string(200'000, 'n') + " END"}}, .must = {"n END"}});
  all.push_back({.trap = "an alert that is over is kept and not current", .alerts = {{"Isolation", "safety", "2020-01-01", "", false}}, .must = {"Isolation", kNotCurrent}, .must_not = {kCurrent}});
  all.push_back({.trap = "do not resuscitate", .directives = {{"Do not resuscitate", "Advance directive", "2025-05-05", ""}}, .must = {"\"directives\":[{", kCurrent}});
  all.push_back({.trap = "what the mother had is not what the patient has", .relatives = {{"Breast cancer", "Mother", "2025-05-05", "45"}},
                 .must = {"\"family_history\":[{\"text\":\"Mother: Breast cancer\"", "\"problems\":[]", "at the age of 45"}});
  all.push_back({.trap = "a goal is a plan and no finding", .plans = {{"Blood pressure below 140/90 mmHg", "Goal", "2025-05-05", "agreed"}},
                 .must = {"\"plan\":[{", "\"vital_signs\":[]"}});
  return all;
}

std::vector<Truth> that_one_form_lacks() {
  std::vector<Truth> all;
  all.push_back({.trap = "SQL's zero date is no date", .born = "0000-00-00", .must_not = {"birth_date"}});
  all.push_back({.trap = "a dose that begins with its point", .drugs = {{"Digoxin", "", ".125 mg", "", "", "", "active", "", "", ""}}, .must = {"\"dose\":\".125 mg\""},
                 .not_in_fhir = "a JSON number cannot begin with its point"});
  all.push_back({.trap = "a blank is no value", .results = {{"Sodium", "2951-2", "", "", "", "", "2026-01-05", ""}}, .must = {"\"value\":\"no value recorded\""},
                 .not_in_sql = "the pack's author decides what an empty column means; FHIR demands a reason for an absent value"});
  return all;
}

}  // namespace

std::vector<Truth> truths_of_medicine() {
  std::vector<Truth> all = of_allergies();
  for (auto& part : {of_drugs(), of_problems_and_findings(), of_events(), that_one_form_lacks()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace tests
