// Charts made to trap, each described once, as facts that an EMR may hold in whichever form.
//
// Two writers say them: truths_fhir.cpp as FHIR resources, truths_sql.cpp as rows of the invented practice's
// database. What comes out must be the same, and must say what `must` says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

// "" is a fact that is not recorded.
struct NameFact {
  std::string use{}, prefix{}, given{}, family{}, suffix{}, whole{};
};
struct AllergyFact {
  std::string agent{}, category{}, criticality{}, reaction{}, severity{}, status{}, verification{}, onset{}, recorded{}, note{};
};
struct DrugFact {
  std::string name{}, rxnorm{}, dose{}, route{}, frequency{}, instructions{}, status{}, started{}, reason{}, note{};
  bool as_needed = false;
};
struct ProblemFact {
  std::string name{}, icd10{}, status{}, verification{}, onset{}, resolved{}, note{};
};
// A laboratory result, a vital sign, a habit or a word on pregnancy.
struct FindingFact {
  std::string name{}, loinc{}, value{}, unit{}, range{}, flag{}, when{}, note{};
};
struct EventFact {  // a vaccination, a procedure, a visit or an appointment
  std::string what{}, status{}, start{}, reason{}, place{}, who{}, note{};
};
struct NoteFact {
  std::string title{}, written{}, body{};
};
struct WordFact {  // an alert, a directive, a relative's illness, a plan
  std::string text{}, category{}, since{}, note{};
  bool active = true;
};

struct Truth {
  std::string trap{};  // the test's own words for what may go wrong
  std::vector<NameFact> names = {{"official", "", "Ada", "Quill", "", ""}};
  std::string mrn{}, born = "1980-08-14", sex = "female", died{}, language{};
  bool dead = false;
  std::vector<std::string> phones{};
  std::vector<AllergyFact> allergies{};
  std::vector<std::string> none_known{};  // "allergies", …: asked on 2026-01-05, and there are none
  std::vector<DrugFact> drugs{};
  std::vector<ProblemFact> problems{};
  std::vector<FindingFact> results{}, vitals{}, habits{}, pregnancy{};
  std::vector<EventFact> vaccinations{}, procedures{}, visits{}, appointments{};
  std::vector<NoteFact> notes{};
  std::vector<WordFact> alerts{}, directives{}, relatives{}, plans{};

  std::vector<std::string> must{};      // pieces of the chart's JSON
  std::vector<std::string> must_not{};
  std::string not_in_fhir{}, not_in_sql{};  // why it cannot be said there; "" if it can
};

// The patient's key in both forms is its place here, from 1.
const std::vector<Truth>& truths();
std::vector<Truth> truths_of_people();
std::vector<Truth> truths_of_medicine();

void write_fhir(const std::vector<Truth>& all, const std::filesystem::path& folder);
void write_sql(const std::vector<Truth>& all, const std::filesystem::path& database);

}  // namespace tests
