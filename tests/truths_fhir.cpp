// The truths as FHIR R4 bulk data. The last patient has one entry of every kind, so that for all others
// "nothing exported" is not the reason why a section is empty.
#include <fstream>

#include "app/record/json.h"
#include "tests/truths.h"

namespace tests {
namespace {

using app::JsonWriter;

// A resource, member by member.
class Resource {
 public:
  Resource(const std::string& type, const std::string& id) : json_(text_) {
    json_.open_object();
    set("resourceType", type), set("id", id);
  }
  void set(const char* name, const std::string& value) {
    if (!value.empty()) json_.member(name, std::string_view(value));
  }
  void raw(const char* name, const std::string& json) {
    if (!json.empty()) json_.key(name), json_.raw(json);
  }
  void truth(const char* name, bool value) { json_.member(name, value); }
  std::string end() {
    json_.close_object();
    return text_;
  }

 private:
  std::string text_;
  JsonWriter json_;
};

std::string quote(const std::string& text) {
  std::string json;
  JsonWriter(json).text(text);
  return json;
}

std::string in(const std::string& name, const std::string& value_json) {
  return value_json.empty() ? "" : "{\"" + name + "\":" + value_json + "}";
}
std::string list(const std::string& json) { return json.empty() ? "" : "[" + json + "]"; }

std::string concept_of(const std::string& text, const std::string& system = "", const std::string& code = "",
                       const std::string& display = "") {
  if (text.empty()) return {};
  std::string json = "{\"text\":" + quote(text);
  if (!code.empty()) {
    json += ",\"coding\":[{\"system\":" + quote(system) + ",\"code\":" + quote(code);
    json += (display.empty() ? "" : ",\"display\":" + quote(display)) + "}]";
  }
  return json + "}";
}
std::string code_of(const std::string& code) { return code.empty() ? "" : "{\"coding\":[{\"code\":" + quote(code) + "}]}"; }
std::string note_of(const std::string& text) { return text.empty() ? "" : "[{\"text\":" + quote(text) + "}]"; }
std::string display_of(const std::string& who) { return who.empty() ? "" : "{\"display\":" + quote(who) + "}"; }

std::string base64(const std::string& bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned held = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      held = held << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) text += at + i <= bytes.size() ? kDigits[held >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

class FhirWriter {
 public:
  explicit FhirWriter(const std::filesystem::path& folder) : out_(folder / "all.ndjson", std::ios::binary) {}

  void write(const Truth& truth, const std::string& id) {
    id_ = id, number_ = 0;
    patient(truth);
    for (const AllergyFact& one : truth.allergies) allergy(one);
    for (const std::string& section : truth.none_known) none_known(section);
    for (const DrugFact& one : truth.drugs) drug(one);
    for (const ProblemFact& one : truth.problems) problem(one);
    for (const FindingFact& one : truth.results) finding(one, "laboratory");
    for (const FindingFact& one : truth.vitals) finding(one, "vital-signs");
    for (const FindingFact& one : truth.habits) finding(one, "social-history");
    for (const FindingFact& one : truth.pregnancy) finding(one, "");
    for (const EventFact& one : truth.vaccinations) vaccination(one);
    for (const EventFact& one : truth.procedures) procedure(one);
    for (const EventFact& one : truth.visits) visit(one);
    for (const EventFact& one : truth.appointments) appointment(one);
    for (const NoteFact& one : truth.notes) note(one);
    for (const WordFact& one : truth.alerts) alert(one);
    for (const WordFact& one : truth.directives) directive(one);
    for (const WordFact& one : truth.relatives) relative(one);
    for (const WordFact& one : truth.plans) plan(one);
  }

 private:
  Resource begin(const char* type, const char* patient = "subject") {
    Resource resource(type, id_ + "-" + std::to_string(++number_));
    resource.raw(patient, "{\"reference\":\"Patient/" + id_ + "\"}");
    return resource;
  }
  void end(Resource& resource) { out_ << resource.end() << '\n'; }

  void patient(const Truth& truth) {
    Resource resource("Patient", id_);
    std::string names, phones;
    for (const NameFact& name : truth.names) {
      Resource one("", "");
      one.set("use", name.use), one.set("family", name.family), one.set("text", name.whole);
      if (!name.prefix.empty()) one.raw("prefix", list(quote(name.prefix)));
      if (!name.given.empty()) one.raw("given", list(quote(name.given)));
      if (!name.suffix.empty()) one.raw("suffix", list(quote(name.suffix)));
      names += (names.empty() ? "" : ",") + one.end();
    }
    for (const std::string& phone : truth.phones) {
      phones += (phones.empty() ? "" : ",") + ("{\"system\":\"phone\",\"value\":" + quote(phone) + "}");
    }
    resource.raw("name", list(names));
    if (!truth.mrn.empty()) resource.raw("identifier", R"([{"type":{"coding":[{"code":"MR"}]},"value":)" + quote(truth.mrn) + "}]");
    resource.set("birthDate", truth.born), resource.set("gender", truth.sex), resource.set("deceasedDateTime", truth.died);
    if (truth.died.empty() && truth.dead) resource.truth("deceasedBoolean", true);
    if (!truth.language.empty()) resource.raw("communication", list(in("language", concept_of(truth.language))));
    resource.raw("telecom", list(phones));
    end(resource);
  }

  void allergy(const AllergyFact& fact) {
    Resource resource = begin("AllergyIntolerance", "patient");
    resource.raw("code", concept_of(fact.agent));
    resource.raw("category", list(fact.category.empty() ? "" : quote(fact.category)));
    resource.set("criticality", fact.criticality);
    resource.raw("clinicalStatus", code_of(fact.status)), resource.raw("verificationStatus", code_of(fact.verification));
    resource.set("onsetDateTime", fact.onset), resource.set("recordedDate", fact.recorded);
    if (!fact.reaction.empty()) {
      const std::string severity = fact.severity.empty() ? "" : ",\"severity\":" + quote(fact.severity);
      resource.raw("reaction", "[{\"manifestation\":[" + concept_of(fact.reaction) + "]" + severity + "}]");
    }
    resource.raw("note", note_of(fact.note));
    end(resource);
  }

  void none_known(const std::string& section) {
    const bool allergies = section == "allergies", problems = section == "problems";
    Resource resource = begin(allergies ? "AllergyIntolerance" : problems ? "Condition" : "MedicationStatement", allergies ? "patient" : "subject");
    const std::string code = R"({"coding":[{"system":"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips","code":"no-known-)" + section + "\"}]}";
    resource.raw(allergies || problems ? "code" : "medicationCodeableConcept", code);
    resource.set(allergies || problems ? "recordedDate" : "dateAsserted", "2026-01-05");
    if (!allergies && !problems) resource.set("status", "active");
    end(resource);
  }

  void drug(const DrugFact& fact) {
    Resource resource = begin("MedicationRequest");
    resource.raw("medicationCodeableConcept", concept_of(fact.name, "http://www.nlm.nih.gov/research/umls/rxnorm", fact.rxnorm));
    resource.set("status", fact.status), resource.set("authoredOn", fact.started);
    std::string dosage = in("text", fact.instructions.empty() ? "" : quote(fact.instructions));
    dosage = dosage.empty() ? "{\"sequence\":1" : dosage.substr(0, dosage.size() - 1);
    if (!fact.route.empty()) dosage += ",\"route\":" + concept_of(fact.route);
    if (!fact.frequency.empty()) dosage += ",\"timing\":{\"code\":" + concept_of(fact.frequency) + "}";
    if (fact.as_needed) dosage += ",\"asNeededBoolean\":true";
    if (const std::size_t gap = fact.dose.find(' '); gap != std::string::npos) {
      dosage += ",\"doseAndRate\":[{\"doseQuantity\":{\"value\":" + fact.dose.substr(0, gap) + ",\"unit\":" + quote(fact.dose.substr(gap + 1)) + "}}]";
    }
    resource.raw("dosageInstruction", list(dosage + "}"));
    resource.raw("reasonCode", list(concept_of(fact.reason)));
    resource.raw("note", note_of(fact.note));
    end(resource);
  }

  void problem(const ProblemFact& fact) {
    Resource resource = begin("Condition");
    resource.raw("code", concept_of(fact.name, "http://hl7.org/fhir/sid/icd-10-cm", fact.icd10, fact.name));
    resource.raw("clinicalStatus", code_of(fact.status)), resource.raw("verificationStatus", code_of(fact.verification));
    resource.set("onsetDateTime", fact.onset), resource.set("abatementDateTime", fact.resolved);
    resource.raw("note", note_of(fact.note));
    end(resource);
  }

  void finding(const FindingFact& fact, const std::string& category) {
    Resource resource = begin("Observation");
    resource.raw("category", list(code_of(category)));
    resource.raw("code", concept_of(fact.name, "http://loinc.org", fact.loinc));
    const bool number = !fact.value.empty() && fact.value.find_first_not_of("-0123456789.") == std::string::npos;
    if (!fact.unit.empty() && number) {
      resource.raw("valueQuantity", "{\"value\":" + fact.value + ",\"unit\":" + quote(fact.unit) + "}");
    } else if (!fact.unit.empty() && fact.value.find_first_of("<>") == 0) {
      resource.raw("valueQuantity", "{\"comparator\":" + quote(fact.value.substr(0, 1)) + ",\"value\":" + fact.value.substr(1) +
                                        ",\"unit\":" + quote(fact.unit) + "}");
    } else {
      resource.set("valueString", fact.value);
    }
    if (!fact.range.empty()) resource.raw("referenceRange", list(in("text", quote(fact.range))));
    resource.raw("interpretation", list(code_of(fact.flag)));
    resource.set("effectiveDateTime", fact.when);
    if (category == "laboratory") resource.set("status", "final");
    resource.raw("note", note_of(fact.note));
    end(resource);
  }

  void vaccination(const EventFact& fact) {
    Resource resource = begin("Immunization", "patient");
    resource.raw("vaccineCode", concept_of(fact.what, "http://hl7.org/fhir/sid/cvx", "999"));
    resource.set("status", fact.status), resource.set("occurrenceDateTime", fact.start);
    resource.raw("statusReason", concept_of(fact.reason)), resource.raw("site", concept_of(fact.place));
    resource.raw("performer", list(in("actor", display_of(fact.who))));
    end(resource);
  }
  void procedure(const EventFact& fact) {
    Resource resource = begin("Procedure");
    resource.raw("code", concept_of(fact.what));
    resource.set("status", fact.status), resource.set("performedDateTime", fact.start);
    resource.raw("reasonCode", list(concept_of(fact.reason))), resource.raw("bodySite", list(concept_of(fact.place)));
    resource.raw("performer", list(in("actor", display_of(fact.who)))), resource.raw("note", note_of(fact.note));
    end(resource);
  }
  void visit(const EventFact& fact) {
    Resource resource = begin("Encounter");
    resource.raw("class", R"({"code":"AMB"})"), resource.raw("type", list(concept_of(fact.what)));
    resource.set("status", fact.status);
    if (!fact.start.empty()) resource.raw("period", in("start", quote(fact.start)));
    resource.raw("reasonCode", list(concept_of(fact.reason)));
    resource.raw("location", list(in("location", display_of(fact.place))));
    resource.raw("participant", list(in("individual", display_of(fact.who))));
    end(resource);
  }
  void appointment(const EventFact& fact) {
    Resource resource("Appointment", id_ + "-" + std::to_string(++number_));
    std::string participants = R"({"actor":{"reference":"Patient/)" + id_ + "\"}}";
    if (!fact.who.empty()) participants += ",{\"actor\":{\"reference\":\"Practitioner/x\",\"display\":" + quote(fact.who) + "}}";
    if (!fact.place.empty()) participants += ",{\"actor\":{\"reference\":\"Location/x\",\"display\":" + quote(fact.place) + "}}";
    resource.raw("participant", list(participants)), resource.raw("appointmentType", concept_of(fact.what));
    resource.set("status", fact.status), resource.set("start", fact.start);
    resource.raw("reasonCode", list(concept_of(fact.reason))), resource.set("comment", fact.note);
    end(resource);
  }
  void note(const NoteFact& fact) {
    Resource resource = begin("DocumentReference");
    resource.set("status", "current"), resource.raw("type", concept_of(fact.title)), resource.set("date", fact.written);
    resource.raw("content", R"([{"attachment":{"contentType":"text/plain","data":")" + base64(fact.body) + "\"}}]");
    end(resource);
  }
  void alert(const WordFact& fact) {
    Resource resource = begin("Flag");
    resource.raw("code", concept_of(fact.text)), resource.raw("category", list(concept_of(fact.category)));
    resource.set("status", fact.active ? "active" : "inactive");
    if (!fact.since.empty()) resource.raw("period", in("start", quote(fact.since)));
    end(resource);
  }
  void directive(const WordFact& fact) {
    Resource resource = begin("Consent", "patient");
    resource.raw("scope", concept_of(fact.category, "http://terminology.hl7.org/CodeSystem/consentscope", "adr"));
    resource.raw("category", list(concept_of(fact.text)));
    resource.set("status", fact.active ? "active" : "inactive"), resource.set("dateTime", fact.since);
    end(resource);
  }
  void relative(const WordFact& fact) {
    Resource resource = begin("FamilyMemberHistory", "patient");
    resource.raw("relationship", concept_of(fact.category)), resource.set("date", fact.since);
    resource.raw("condition", "[{\"code\":" + concept_of(fact.text) + ",\"onsetString\":" + quote("at the age of " + fact.note) + "}]");
    end(resource);
  }
  void plan(const WordFact& fact) {
    Resource resource = begin("Goal");
    resource.raw("description", concept_of(fact.text)), resource.set("startDate", fact.since);
    resource.set("lifecycleStatus", fact.active ? "active" : "completed"), resource.raw("note", note_of(fact.note));
    end(resource);
  }

  std::ofstream out_;
  std::string id_;
  int number_ = 0;
};

}  // namespace

void write_fhir(const std::vector<Truth>& all, const std::filesystem::path& folder) {
  FhirWriter writer(folder);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].not_in_fhir.empty()) writer.write(all[i], std::to_string(i + 1));
  }
}

}  // namespace tests
