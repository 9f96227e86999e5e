// Reports, orders and pictures: DiagnosticReport, ServiceRequest, ImagingStudy.
#include <utility>

#include "exporter/emr/fhir_documents.h"
#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

void add_result(Reading& reading, app::Observation entry) {
  reading.record().results.push_back({reading.id(), 0, std::move(entry)});
}

// Results that stand inside the report itself.
void read_contained_results(Reading& reading, const std::string& panel) {
  std::uint32_t place = 0;
  for (const Json reference : reading["result"].items()) {
    const Json inner = reading.contained(reading.refer(reference).contained);
    if (inner["resourceType"].text() != "Observation") continue;
    // Their ids are unique in this report only.
    const std::string id(inner["id"].text());
    auto& panels = reading.record().panels;
    auto other = panels.extract(id);
    panels[id] = {reading.id(), panel, place++};
    Reading result = reading.inside(inner);
    read_observation(result);
    panels.erase(id);
    if (other) panels.insert(std::move(other));
  }
}

}  // namespace

void read_diagnostic_report(Reading& reading) {
  const std::string panel = reading.subject("results", {reading.concept_of("code")});
  place_panel(reading, "result", panel);
  read_contained_results(reading, panel);
  const auto effective = reading.when("results", "date", "date", "effective");
  app::Note note;
  const auto visit = reading.refer(reading["encounter"]);
  note.visit = visit.id;
  note.text = panel;
  note.status = reading.text("status");
  note.date = effective.start.presence() == app::Presence::not_recorded
                  ? reading.date("results", "date", reading.resource(), "issued")
                  : effective.start;
  note.author = reading.names_of(reading["performer"]);
  if (note.author.empty()) note.author = reading.names_of(reading["resultsInterpreter"]);
  note.body = reading.text("conclusion");
  join(note.body, "\n", reading.concept_of("conclusionCode"));
  const bool concluded = !note.body.empty();
  const bool attached = read_attachments(reading, reading["presentedForm"], note, concept_codes(reading["code"]));
  if (concluded) reading.chart().notes.add(note);
  if (concluded || attached || reading["result"].exists()) return;
  app::Observation entry;
  entry.text = panel;
  entry.codes = concept_codes(reading["code"]);
  entry.value = "report without values";
  entry.status = note.status;
  entry.date = note.date;
  entry.author = note.author;
  add_result(reading, std::move(entry));
}

// An order that is still open is what a receptionist is asked for; one that has its result, or was
// cancelled, is passed by, because the result speaks for itself.
void read_service_request(Reading& reading) {
  const std::string status = reading.text("status");
  const bool open = status == "active" || status == "on-hold" || status == "draft";
  const bool answered = reading.record().answered.contains(reading.id());
  if (!open) return reading.pass_by("ServiceRequest (" + (status.empty() ? "no status" : status) + ")");
  if (answered) return reading.pass_by("ServiceRequest (has its result)");
  if (reading["doNotPerform"].boolean().value_or(false)) return reading.pass_by("ServiceRequest (not to be done)");
  app::Observation entry;
  entry.text = reading.subject("results", {reading.concept_of("code"), reading.concept_of("category")});
  entry.codes = concept_codes(reading["code"]);
  entry.panel = "Open orders";
  entry.value = status == "active" ? "ordered, no result yet" : "order " + status + ", no result yet";
  entry.status = status;
  const auto due = reading.when("results", "date", "date", "occurrence");
  entry.date = reading.date("results", "date", reading.resource(), "authoredOn");
  entry.author = reading.name_of(reading["requester"]);
  if (due.start.is_known()) entry.note = "Due " + app::format_date(due.start.value());
  if (!due.words.empty()) join(entry.note, "\n", "Due " + due.words);
  const std::string priority = reading.text("priority"), reason = reading.reason();
  if (!priority.empty() && priority != "routine") join(entry.note, "\n", "Priority: " + priority);
  if (!reason.empty()) join(entry.note, "\n", "Reason: " + reason);
  join(entry.note, "\n", reading.text("patientInstruction"));
  join(entry.note, "\n", annotations_text(reading["note"], reading.zone()));
  add_result(reading, std::move(entry));
}

void read_imaging_study(Reading& reading) {
  std::string kind, sites;
  for (const Json series : reading["series"].items()) {
    const std::string modality = concept_text(series["modality"]), site = concept_text(series["bodySite"]);
    if (kind.find(modality) == std::string::npos) join(kind, " + ", modality);
    if (sites.find(site) == std::string::npos) join(sites, ", ", site);
  }
  if (kind.empty()) kind = concept_text(reading["modality"], " + ");
  join(kind, ": ", sites);
  app::Observation entry;
  entry.text = reading.subject("results", {reading.concept_of("procedureCode"), kind, reading.text("description"), "Imaging study"});
  if (entry.text != kind) entry.note = kind;
  if (entry.text != reading.text("description")) join(entry.note, "\n", reading.text("description"));
  entry.codes = concept_codes(reading["procedureCode"]);
  entry.status = reading.text("status");
  entry.date = reading.date("results", "date", reading.resource(), "started");
  entry.author = reading.names_of(reading["interpreter"]);
  if (entry.author.empty()) entry.author = reading.name_of(reading["referrer"]);
  const std::string images = reading.text("numberOfInstances");
  entry.value = "imaging study" + (images.empty() ? "" : " of " + images + (images == "1" ? " image" : " images"));
  entry.value += ", not in this copy";
  const std::string reason = reading.reason();
  if (!reason.empty()) join(entry.note, "\n", "Reason: " + reason);
  join(entry.note, "\n", annotations_text(reading["note"], reading.zone()));
  for (const Json order : reading["basedOn"].items()) reading.record().answered.insert(reading.refer(order).id);
  add_result(reading, std::move(entry));
}

}  // namespace exporter
