#include "exporter/emr/fhir_withheld.h"

#include <string>
#include <string_view>
#include <vector>

#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

// Source: HL7 v3 Confidentiality and ActCode, whose codes all say how confidential something is when they stand among labels.
bool is_of_confidentiality(std::string_view system) {
  return system.ends_with("v3-ActCode") || system.ends_with("v3-Confidentiality") || system.ends_with("2.16.840.1.113883.5.4") ||
         system.ends_with("2.16.840.1.113883.5.25");
}

std::vector<EntryLabel> labels_of(Json resource) {
  std::vector<EntryLabel> labels;
  const auto add = [&labels](Json coding) {
    const std::string_view code = coding["code"].text();
    if (!code.empty()) labels.push_back({std::string(code), is_of_confidentiality(coding["system"].text())});
  };
  for (const Json coding : resource["meta"]["security"].items()) add(coding);
  for (const Json label : resource["securityLabel"].items()) {
    for (const Json coding : label["coding"].items()) add(coding);
  }
  if (const Json word = resource["confidentiality"]; word.is_text()) labels.push_back({std::string(word.text()), true});
  return labels;
}

std::string own_reference(Reading& reading) {
  return std::string(reading["resourceType"].text()) + "/" + reading.id();
}

std::string_view section_of(Reading& reading, const ResourceType& type) {
  if (type.name == "Observation") return section_of_observation(reading);
  if (type.name == "DocumentReference") {
    for (const Json content : reading["content"].items()) {
      if (content["attachment"]["contentType"].text().starts_with("text/plain")) return "notes";
    }
  }
  if (type.name == "ServiceRequest" || type.name == "ImagingStudy") return "results";
  // They add to an entry, and are none of their own.
  for (const std::string_view addition : {"MedicationDispense", "MedicationAdministration", "DeviceUseStatement"}) {
    if (type.name == addition) return "";
  }
  return type.sections[0];
}

// What is kept in lists of the patient and not of the visit: whoever treats the patient must know it.
bool is_in_force(Reading& reading) {
  const std::string_view type = reading["resourceType"].text();
  for (const std::string_view one : {"AllergyIntolerance", "MedicationRequest", "MedicationStatement", "MedicationDispense",
                                     "MedicationAdministration", "Immunization", "Flag", "Consent"}) {
    if (type == one) return true;
  }
  if (type != "Condition") return false;
  for (const Json category : reading["category"].items()) {
    if (has_code(category, "encounter-diagnosis")) return false;
  }
  return true;
}

// Of a prescription or device that is withheld it would tell the name, and of a drug too.
bool is_of_withheld_order(Reading& reading) {
  const std::string_view type = reading["resourceType"].text();
  const auto names_withheld = [&reading](std::string_view member) {
    for (const Json reference : reading[member].items()) {
      if (reading.is_withheld(reading.refer(reference))) return true;
    }
    return false;
  };
  if (type.starts_with("Medication") && names_withheld("medicationReference")) return true;
  if (type == "MedicationDispense") return names_withheld("authorizingPrescription");
  if (type == "MedicationAdministration") return names_withheld("request");
  if (type == "MedicationStatement") return names_withheld("basedOn");
  return type == "DeviceUseStatement" && names_withheld("device");
}

// An order whose result is withheld is not one that is open.
void mark_orders(Reading& reading) {
  for (const Json reference : reading["basedOn"].items()) {
    const Reference to = reading.refer(reference);
    if (to.id.empty() || (!to.type.empty() && to.type != "ServiceRequest")) continue;
    reading.record().withheld.insert("ServiceRequest/" + to.id);
    reading.record().answered.insert(to.id);
  }
}

void mark_members(Reading& reading, std::string_view member) {
  for (const Json reference : reading[member].items()) {
    const Reference to = reading.refer(reference);
    if (!to.id.empty()) reading.record().withheld.insert("Observation/" + to.id);
  }
}

void count(Reading& reading, std::string_view section) {
  const auto add = [section](std::string_view name, auto& of) {
    if (name == section) ++of.withheld;
  };
  app::Chart::sections(reading.chart(), add);
}

}  // namespace

bool is_withheld(const EntryRule& rule, Json resource) {
  const std::string_view type = resource["resourceType"].text();
  if (type == "Patient") return false;
  if (withholds(rule, labels_of(resource))) return true;
  if (rule.codes.empty() || type == "AllergyIntolerance") return false;
  for (const char* member : {"code", "type", "vaccineCode", "medicationCodeableConcept"}) {
    for (const Json what : resource[member].items()) {
      if (withholds_code(rule, concept_codes(what))) return true;
    }
  }
  return false;
}

bool belongs_to_withheld(Reading& reading) {
  const auto& withheld = reading.record().withheld;
  if (reading["resourceType"].text() == "Patient") return false;
  if (is_of_withheld_order(reading)) return true;
  if (withheld.empty()) return false;
  if (withheld.contains(own_reference(reading))) return true;
  if (is_in_force(reading)) return false;
  const auto is_of_withheld = [&reading](Json reference) {
    Reference to = reading.refer(reference);
    return (to.type.empty() || to.type == "Encounter") && reading.is_withheld(to);
  };
  for (const Json visit : reading["context"]["encounter"].items()) {
    if (is_of_withheld(visit)) return true;
  }
  return is_of_withheld(reading["encounter"]) || is_of_withheld(reading["context"]);
}

void withhold(Reading& reading, const ResourceType& type) {
  // Of several versions of one resource one is counted.
  const bool is_new = reading.id().empty() || reading.record().withheld.insert(own_reference(reading)).second;
  const bool was_marked = !is_new && type.name == "Observation";
  mark_members(reading, "result");
  mark_members(reading, "hasMember");
  mark_orders(reading);
  if (is_new || was_marked) count(reading, section_of(reading, type));
  if (type.name == "Condition") reading.record().facts.withheld_problems.push_back(reading.concept_of("code"));
}

void note_diagnosis(Reading& reading) {
  auto& diagnoses = reading.record().diagnoses;
  const std::size_t count = reading.chart().problems.entries.size();
  if (diagnoses.size() >= count) return;
  diagnoses.resize(count);
  if (!is_in_force(reading)) diagnoses.back() = {reading.id(), reading.refer(reading["encounter"]).id};
}

namespace {

// They were read before their visit, which names them.
void withhold_diagnoses_of(Reading& reading, const std::string& visit) {
  PatientRecord& record = reading.record();
  auto& problems = record.chart.problems;
  for (std::size_t i = record.diagnoses.size(); i-- > 0;) {
    if (visit.empty() || record.diagnoses[i].visit != visit) continue;
    const auto at = static_cast<std::ptrdiff_t>(i);
    if (!record.diagnoses[i].id.empty()) record.withheld.insert("Condition/" + record.diagnoses[i].id);
    record.facts.withheld_problems.push_back(problems.entries[i].text);
    problems.entries.erase(problems.entries.begin() + at);
    record.diagnoses.erase(record.diagnoses.begin() + at);
    ++problems.withheld;
    for (app::Unreadable& one : record.chart.unreadable) {
      if (one.section == "problems") one.as_recorded.clear();
    }
  }
  if (problems.entries.empty() && problems.state == app::Presence::known) problems.state = app::Presence::not_recorded;
}

}  // namespace

void withhold_visit_by_place(Reading& reading, const EntryRule& rule, std::size_t unreadable_before) {
  auto& visits = reading.chart().visits;
  if (visits.entries.empty()) return;
  const app::Visit& visit = visits.entries.back();
  if (!withholds_place(rule, visit.place) && !withholds_title(rule, visit.text) && !withholds_title(rule, visit.reason)) return;
  visits.entries.pop_back();
  if (visits.entries.empty()) visits.state = app::Presence::not_recorded;
  ++visits.withheld;
  reading.record().withheld.insert(own_reference(reading));
  auto& unreadable = reading.chart().unreadable;
  for (std::size_t i = unreadable_before; i < unreadable.size(); ++i) unreadable[i].as_recorded.clear();
  withhold_diagnoses_of(reading, reading.id());
}

void note_facts(Reading& reading) {
  PatientFacts& facts = reading.record().facts;
  const Json organization = reading["managingOrganization"];
  if (const std::string name = reading.name_of(organization); !name.empty()) facts.sites.push_back(name);
  if (const Reference to = reading.refer(organization); !to.id.empty()) facts.sites.push_back("Organization/" + to.id);
  const std::string provider = reading.names_of(reading["generalPractitioner"]);
  if (!facts.provider || facts.provider->empty()) facts.provider = provider;
  for (EntryLabel& label : labels_of(reading.resource())) facts.labels.push_back(std::move(label));
}

}  // namespace exporter
