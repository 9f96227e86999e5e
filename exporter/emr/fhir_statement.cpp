// What is said of the patient: AllergyIntolerance, Condition, Flag, Consent, List.
#include <algorithm>
#include <array>
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

// "No known …" recorded in the place of an entry. `all` says that nothing of the whole section is known;
// the others deny a part of it only. Sources: the IPS's code system of absent and unknown data; SNOMED CT, as
// the IPS's map of that code system, its value sets and the published allergy-negation value sets list it.
struct NoKnown {
  std::string_view code;
  std::string_view section;
  bool all;
};

constexpr auto kNoKnown = std::to_array<NoKnown>({
    {"716186003", "allergies", true},          {"no-known-allergies", "allergies", true},
    {"409137002", "allergies", false},         {"no-known-medication-allergies", "allergies", false},
    {"429625007", "allergies", false},         {"no-known-food-allergies", "allergies", false},
    {"428607008", "allergies", false},         {"no-known-environmental-allergies", "allergies", false},
    {"428197003", "allergies", false},  // insects
    {"716184000", "allergies", false},  // latex
    {"716220001", "allergies", false},  // animals
    {"1003774007", "allergies", false},
    {"160244002", "allergies", true},          {"160245001", "problems", true},
    {"no-known-problems", "problems", true},   {"no-known-medications", "medications", true},
    {"787481004", "medications", true},        {"no-known-immunizations", "immunizations", true},
    {"787480003", "procedures", true},
    {"no-known-procedures", "procedures", true}, {"no-known-devices", "devices", true},
});

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return low;
}

// Not every EMR codes its negations. Only whole texts are believed, so that "No known trigger" stays what it is.
std::optional<bool> says_no_known_allergy(const std::string& text) {
  std::string low = lower(text);
  if (low.ends_with(" (situation)")) low.resize(low.size() - 12);
  // Some EMRs put it before whatever the entry says.
  for (const std::string_view before : {"sensitivity to ", "allergy to "}) {
    if (low.starts_with(before)) low.erase(0, before.size());
  }
  for (const std::string_view all : {"no known allergies", "no known allergy", "nka", "no allergies", "no known active allergies",
                                     "no allergies known", "allergies: none known", "no known allergies or intolerances"}) {
    if (low == all) return true;
  }
  for (const std::string_view part : {"nkda", "no known drug allergies", "no known drug allergy", "no known medication allergies",
                                      "no known food allergies", "no known food allergy", "no known environmental allergies",
                                      "no known environmental allergy", "no known latex allergy", "no known insect allergy"}) {
    if (low == part) return false;
  }
  return std::nullopt;
}

}  // namespace

bool take_negation(Reading& reading, const std::string& section, const app::Statement& statement) {
  std::optional<bool> all;
  for (const NoKnown& known : kNoKnown) {
    if (known.section == section && has_code(reading["code"].exists() ? reading["code"] : reading["medicationCodeableConcept"], known.code)) {
      all = known.all;
    }
  }
  if (!all && section == "allergies") all = says_no_known_allergy(statement.text);
  if (!all) return false;
  reading.record().negations.push_back({section, *all, statement});
  return true;
}

namespace {

bool is_error(const std::string& status) { return status == "entered-in-error"; }

std::string severity_of(Json reaction) { return plain_text(reaction["severity"]); }

app::Reaction read_reaction(Json given) {
  app::Reaction reaction{concept_text(given["manifestation"], " + "), severity_of(given)};
  if (reaction.text.empty()) reaction.text = plain_text(given["description"]);
  return reaction;
}

std::string listed(Json values) {
  std::string text;
  for (const Json value : values.items()) join(text, ", ", plain_text(value));
  return text;
}

// A date that is given in words only goes to the note, so that nothing is lost.
void keep_words(const char* what, const std::string& words, std::string& note) {
  if (!words.empty()) join(note, "\n", std::string(what) + " " + words);
}

app::Statement statement_of(const app::Allergy& allergy) {
  app::Statement statement;
  statement.text = allergy.text;
  statement.codes = allergy.codes;
  statement.category = "allergies";
  statement.current = allergy.current;
  statement.status = is_error(allergy.verification) || allergy.verification == "refuted" ? allergy.verification : allergy.status;
  statement.recorded = allergy.recorded;
  statement.author = allergy.author;
  statement.note = allergy.note;
  return statement;
}

}  // namespace

void read_allergy(Reading& reading) {
  app::Allergy allergy;
  for (const Json reaction : reading["reaction"].items()) {
    if (!reaction.is_object()) {
      // What happened is worth more than its form.
      reading.mark_unreadable("allergies", "reactions", reaction.json(), "is not of the kind that FHIR has there");
      if (std::string said = plain_text(reaction); !said.empty()) allergy.reactions.push_back({std::move(said), ""});
      continue;
    }
    app::Reaction read = read_reaction(reaction);
    if (!read.text.empty() || !read.severity.empty()) allergy.reactions.push_back(std::move(read));
    join(allergy.note, "\n", annotations_text(reaction["note"], reading.zone()));
  }
  const auto reactions = reading["reaction"].items();
  allergy.text = reading.subject("allergies", {reading.concept_of("code"),
                                               reactions.empty() ? "" : concept_text(reactions.front()["substance"])});
  allergy.codes = concept_codes(reading["code"]);
  allergy.kind = concept_text(reading["type"]);
  allergy.category = listed(reading["category"]);
  allergy.criticality = reading.text("criticality");
  allergy.status = first_code(reading["clinicalStatus"]);
  allergy.verification = first_code(reading["verificationStatus"]);
  allergy.current = allergy.status != "inactive" && allergy.status != "resolved" && allergy.verification != "refuted" &&
                    !is_error(allergy.verification);
  const auto onset = reading.when("allergies", "onset", "onset", "onset");
  allergy.onset = onset.start;
  keep_words("Onset", onset.words, allergy.note);
  allergy.recorded = reading.date("allergies", "recorded", reading.resource(), "recordedDate");
  allergy.author = reading.name_of(reading["recorder"]);
  if (allergy.author.empty()) allergy.author = reading.name_of(reading["asserter"]);
  join(allergy.note, "\n", annotations_text(reading["note"], reading.zone()));
  if (has_code(reading["code"], "no-allergy-info")) return reading.pass_by("AllergyIntolerance (no information)");
  if (take_negation(reading, "allergies", statement_of(allergy))) return;
  reading.chart().allergies.add(std::move(allergy));
}

void read_condition(Reading& reading) {
  app::Problem problem;
  problem.text = reading.subject("problems", {reading.concept_of("code")});
  problem.codes = concept_codes(reading["code"]);
  problem.category = reading.concept_of("category");
  problem.severity = reading.concept_of("severity");
  problem.status = first_code(reading["clinicalStatus"]);
  problem.verification = first_code(reading["verificationStatus"]);
  const auto onset = reading.when("problems", "onset", "onset", "onset");
  problem.onset = onset.start;
  keep_words("Onset", onset.words, problem.note);
  const auto abatement = reading.when("problems", "resolved", "resolved", "abatement");
  problem.resolved = abatement.end.is_known() ? abatement.end : abatement.start;
  keep_words("Ended", abatement.words, problem.note);
  problem.recorded = reading.date("problems", "recorded", reading.resource(), "recordedDate");
  const bool abated = choice(reading.resource(), "abatement").value.exists() && reading["abatementBoolean"].boolean() != false;
  const bool over = problem.status.empty()
                        ? abated
                        : problem.status == "inactive" || problem.status == "remission" || problem.status == "resolved";
  problem.current = !over && problem.verification != "refuted" && !is_error(problem.verification);
  problem.author = reading.name_of(reading["recorder"]);
  if (problem.author.empty()) problem.author = reading.name_of(reading["asserter"]);
  const std::string site = reading.concept_of("bodySite");
  if (!site.empty()) join(problem.note, "\n", "Site: " + site);
  for (const Json stage : reading["stage"].items()) {
    const std::string said = concept_text(stage["summary"]);
    if (!said.empty()) join(problem.note, "\n", "Stage: " + said);
  }
  join(problem.note, "\n", annotations_text(reading["note"], reading.zone()));
  reading.record().names["Condition/" + reading.id()] = problem.text;
  if (has_code(reading["code"], "no-problem-info")) return reading.pass_by("Condition (no information)");
  app::Statement negation{problem.text, problem.codes, "problems", problem.current, problem.status, problem.recorded, problem.author, problem.note};
  if (take_negation(reading, "problems", negation)) return;
  reading.chart().problems.add(std::move(problem));
}

void read_flag(Reading& reading) {
  app::Statement alert;
  alert.text = reading.subject("alerts", {reading.concept_of("code")});
  alert.codes = concept_codes(reading["code"]);
  alert.category = reading.concept_of("category");
  alert.status = reading.text("status");
  alert.recorded = reading.date("alerts", "recorded", reading["period"], "start");
  const auto end = reading.date("alerts", "note", reading["period"], "end");
  alert.current = (alert.status.empty() || alert.status == "active") && !reading.has_ended(end);
  if (end.is_known()) alert.note = "Until " + app::format_date(end.value());
  alert.author = reading.name_of(reading["author"]);
  reading.chart().alerts.add(std::move(alert));
}

// Sources: FHIR consent scopes and categories; LOINC advance directive and POLST documents.
bool is_directive(Json consent) {
  if (has_code(consent["scope"], "adr")) return true;
  // Sources: FHIR's consent category codes; LOINC, as the value sets of the PACIO advance directive guide and
  // OpenEMR list it (living will, power of attorney, do not resuscitate, portable orders).
  for (const char* code : {"acd", "dnr", "emrgonly", "hcd", "polst", "42348-3", "64298-3", "75320-2", "78823-2",
                           "81334-5", "84095-9", "86533-7", "92664-2", "104144-1"}) {
    if (has_code(consent["category"], code)) return true;
  }
  return false;
}

void read_consent(Reading& reading) {
  if (!is_directive(reading.resource())) return reading.pass_by("Consent (no advance directive)");
  app::Statement directive;
  directive.text = reading.subject("directives", {reading.concept_of("category"), reading.concept_of("scope")});
  directive.codes = concept_codes(reading["category"]);
  directive.category = reading.concept_of("scope");
  directive.status = reading.text("status");
  directive.recorded = reading.date("directives", "recorded", reading.resource(), "dateTime");
  const Json provision = reading["provision"];
  const auto end = reading.date("directives", "note", provision["period"], "end");
  directive.current = (directive.status.empty() || directive.status == "active") && !reading.has_ended(end);
  directive.author = reading.names_of(reading["performer"]);
  const std::string type = plain_text(provision["type"]), code = concept_text(provision["code"]);
  if (!type.empty() || !code.empty()) directive.note = type + (type.empty() || code.empty() ? "" : ": ") + code;
  join(directive.note, "\n", plain_text(reading["sourceAttachment"]["title"]));
  if (end.is_known()) join(directive.note, "\n", "Until " + app::format_date(end.value()));
  reading.chart().directives.add(std::move(directive));
}

std::string_view section_of_code(Json code) {
  static constexpr auto kLists = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"52472-8", "allergies"}, {"allergies", "allergies"}, {"medications", "medications"}, {"problems", "problems"},
       {"11348-0", "problems"}, {"8670-2", "medications"}, {"29549-3", "medications"}, {"18776-5", "plan"},
       {"10157-6", "family_history"}, {"46240-8", "visits"}, {"48768-6", "coverage"}, {"85847-2", "care_team"}});
  for (const auto& [known, section] : kLists) {
    if (has_code(code, known)) return section;
  }
  for (const app::SectionInfo& info : app::kSections) {
    if (!info.loinc.empty() && has_code(code, info.loinc)) return info.id;
  }
  return {};
}

app::Presence presence_of_empty(Json reason) {
  if (has_code(reason, "nilknown")) return app::Presence::known_none;
  if (has_code(reason, "withheld")) return app::Presence::withheld;
  return has_code(reason, "unavailable") ? app::Presence::not_in_copy : app::Presence::not_recorded;
}

// A List is read for what it says about an empty section only; its entries are resources of their own.
void read_list(Reading& reading) {
  reading.pass_by("List");
  if (reading.text("status") != "current" || !reading["emptyReason"].exists()) return;
  const std::string_view section = section_of_code(reading["code"]);
  if (section.empty()) return;
  auto& said = reading.record().said_empty[std::string(section)];
  said = {presence_of_empty(reading["emptyReason"]), reading.date(section, "recorded", reading.resource(), "date"),
          reading.name_of(reading["source"])};
}

}  // namespace exporter
