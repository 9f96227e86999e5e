#include "tests/invented_charts.h"

namespace tests {
namespace {

using app::read_date;

app::Allergy allergy(std::string agent, std::vector<app::Reaction> reactions, std::string verification = "confirmed") {
  app::Allergy a;
  a.text = std::move(agent);
  a.reactions = std::move(reactions);
  a.status = "active";
  a.verification = std::move(verification);
  a.current = true;
  a.recorded = read_date("2019-05-02");
  return a;
}

app::Medication medication(std::string drug, std::string strength, std::string dose, std::string frequency) {
  app::Medication m;
  m.text = std::move(drug);
  m.strength = std::move(strength);
  m.dose = std::move(dose);
  m.frequency = std::move(frequency);
  m.route = "PO";
  m.form = "tablet";
  m.current = true;
  m.status = "active";
  m.start = read_date("2020-01-03");
  m.author = "Dr Amara Okafor";
  return m;
}

app::Observation observation(std::string panel, std::string name, std::string value, std::string unit, std::string flag, const char* date) {
  app::Observation o;
  o.panel = std::move(panel), o.text = std::move(name), o.value = std::move(value);
  o.unit = std::move(unit), o.flag = std::move(flag), o.status = "final";
  o.date = read_date(date);
  return o;
}

void add_medications(app::Chart& chart) {
  app::Medication warfarin = medication("warfarin", "5.0 mg", "5.0mg", "QD");
  warfarin.brand = "Coumadin", warfarin.reason = "atrial fibrillation";
  warfarin.codes = {{"http://www.nlm.nih.gov/research/umls/rxnorm", "855332", "warfarin sodium 5 MG Oral Tablet"}};
  chart.medications.add(warfarin);
  chart.medications.add(medication("hydroxyzine", "25 mg", "25 mg", "q4-6h prn"));
  app::Medication insulin = medication("insulin glargine", "100 U/mL", "18 U", "QHS");
  insulin.route = "subq", insulin.form = "solution";
  chart.medications.add(insulin);
  app::Medication held = medication("metformin", "1000 mg", "1000 mg", "BID");
  held.status = "on-hold";
  chart.medications.add(held);
  app::Medication cream;
  cream.text = "hydrocortisone 1 % cream", cream.instructions = "apply thinly to the rash, not on the face";
  chart.medications.add(cream);
  app::Medication past = medication("amoxicillin", "500 mg", "500 mg", "TID");
  past.current = false, past.status = "completed", past.end = read_date("2026-11-01");
  chart.medications.add(past);
}

void add_observations(app::Chart& chart) {
  chart.results.add(observation("Lipid panel", "LDL cholesterol", "162", "mg/dL", "H", "2026-09-14"));
  chart.results.entries.back().range = "below 130";
  chart.results.add(observation("Lipid panel", "HDL cholesterol", "48", "mg/dL", "", "2026-09-14"));
  chart.results.add(observation("Lipid panel", "LDL cholesterol", "171", "mg/dL", "H", "2025-08-02"));
  chart.results.add(observation("", "Potassium", "6.9", "mmol/L", "HH", "2026-11-20T17:40:00"));
  chart.results.add(observation("", "Potassium", "4.10", "mmol/L", "N", "2026-05-11"));
  chart.vital_signs.add(observation("Blood pressure", "Systolic blood pressure", "148", "mm[Hg]", "", "2026-11-20"));
  chart.vital_signs.add(observation("Blood pressure", "Diastolic blood pressure", "88", "mm[Hg]", "", "2026-11-20"));
  chart.vital_signs.add(observation("", "Body weight", "71.4", "kg", "", "2026-11-20"));
  chart.vital_signs.add(observation("", "Body weight", "73.0", "kg", "", "2026-03-02"));
  chart.social_history.add(observation("", "Tobacco smoking status", "former smoker", "", "", "2026-03-02"));
}

void add_history(app::Chart& chart) {
  app::Problem fibrillation;
  fibrillation.text = "Atrial fibrillation", fibrillation.current = true, fibrillation.status = "active";
  fibrillation.codes = {{"ICD10", "I48.91", "Unspecified atrial fibrillation"}};
  fibrillation.onset = read_date("2020-01");
  chart.problems.add(fibrillation);
  app::Problem fracture;
  fracture.text = "Fracture of left wrist", fracture.current = false, fracture.status = "resolved";
  fracture.onset = read_date("2011-02-09"), fracture.resolved = read_date("2011-05");
  chart.problems.add(fracture);
  app::Immunization flu;
  flu.text = "Influenza, seasonal", flu.status = "not-done", flu.reason = "patient declined", flu.date = read_date("2026-10-01");
  chart.immunizations.add(flu);
  app::Immunization tetanus;
  tetanus.text = "Tdap", tetanus.status = "completed", tetanus.lot = "AC52B", tetanus.date = read_date("2019-04-30");
  chart.immunizations.add(tetanus);
  app::Visit visit;
  visit.key = "v1", visit.text = "Office visit", visit.status = "finished", visit.start = read_date("2026-11-20T16:30:00");
  visit.reason = "palpitations", visit.clinician = "Dr Amara Okafor";
  chart.visits.add(visit);
  chart.visits.withheld = 2;
  chart.notes.add({"v1", "Progress note", "", read_date("2026-11-20T17:05:00"), "Dr Amara Okafor",
                   "Palpitations since Tuesday.\nPotassium sent; call her with the result."});
  chart.appointments.add({"Follow-up", "booked", read_date("2026-11-24T09:20:00"), "20", "Dr Amara Okafor", "Room 2", "potassium", ""});
}

}  // namespace

app::Chart plausible_chart() {
  app::Chart chart;
  chart.emr_key = "p-1", chart.mrn = "10442";
  chart.identifiers = {{"MRN", "", "10442"}};
  chart.names = {{"official", "Latn", "Mrs", "María José", "García-Møller", "", ""},
                 {"maiden", "Latn", "", "María José", "Ruiz", "", ""}};
  chart.birth_date = read_date("1965-07-14");
  chart.sex = "female";
  chart.language = "Spanish", chart.interpreter_needed = true;
  chart.telecom = {{"email", "home", "mj@example.org"}, {"phone", "mobile", "555-0142"}};
  chart.addresses = {{"home", "12 Elm Street", "Springfield", "IL", "62704", ""}};
  chart.contacts.add({"Lars Møller", "spouse", true, {}, {{"phone", "mobile", "555-0143"}}, "", ""});
  chart.coverage.add({"Blue Mutual", "PPO Silver", "primary", "XJ-88213", "4471", "Lars Møller", "spouse", "$25", "", true, "active", read_date("2024-01-01"), {}});
  chart.alerts.add({"Fall risk", {}, "safety", true, "active", read_date("2026-01-09"), "RN Tran", ""});
  chart.directives.add({"Do not resuscitate", {}, "", true, "active", read_date("2025-06-30"), "", ""});
  chart.allergies.add(allergy("Penicillin", {{"anaphylaxis", "severe"}}));
  chart.allergies.add(allergy("latex", {{"hives + itching", "moderate"}, {"wheezing", ""}}, "unconfirmed"));
  chart.allergies.add(allergy("NKDA", {}, "refuted"));
  chart.unreadable = {{"medications", "", "dig\xEF\xBF\xBDxin 0.125", "the text is no UTF-8"}};
  add_medications(chart);
  add_history(chart);
  add_observations(chart);
  return chart;
}

app::Chart nearly_empty_chart() {
  app::Chart chart;
  chart.emr_key = "p-2", chart.mrn = "10443";
  chart.names = {{"", "", "", "Sukarno", "", "", ""}};
  chart.medications.state = app::Presence::known_none;
  chart.results.state = app::Presence::not_in_copy;
  return chart;
}

}  // namespace tests
