// What happened and what is planned: Immunization, Procedure, Device, Encounter, Appointment.
#include <array>
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

std::string performers(Reading& reading) {
  std::string names;
  for (const Json performer : reading["performer"].items()) {
    const Json actor = performer["actor"];
    join(names, ", ", reading.name_of(actor.exists() ? actor : performer));
  }
  return names;
}

void keep(std::string& note, const char* label, const std::string& said) {
  if (!said.empty()) join(note, "\n", label + said);
}

app::Statement negation_of(const std::string& text, const std::vector<app::Coding>& codes, const char* section,
                           const std::string& status, const app::Known<app::Date>& recorded) {
  return {text, codes, section, status != "entered-in-error", status, recorded, "", ""};
}

}  // namespace

void read_immunization(Reading& reading) {
  app::Immunization entry;
  entry.text = reading.subject("immunizations", {reading.concept_of("vaccineCode")});
  entry.codes = concept_codes(reading["vaccineCode"]);
  const auto occurred = reading.when("immunizations", "date", "date", "occurrence");
  entry.date = occurred.start;
  keep(entry.note, "When: ", occurred.words);
  entry.status = reading.text("status");
  entry.reason = reading.concept_of("statusReason");
  const std::string why = reading.reason();
  if (entry.reason.empty()) entry.reason = why;
  entry.dose = quantity_text(reading["doseQuantity"]);
  for (const Json protocol : reading["protocolApplied"].items()) {
    const std::string number = plain_text(choice(protocol, "doseNumber").value);
    const std::string series = plain_text(choice(protocol, "seriesDoses").value);
    if (!number.empty()) keep(entry.note, "Dose ", number + (series.empty() ? "" : " of " + series));
  }
  entry.lot = reading.text("lotNumber");
  entry.manufacturer = reading.name_of(reading["manufacturer"]);
  entry.site = reading.concept_of("site");
  entry.route = reading.concept_of("route");
  entry.author = performers(reading);
  if (const auto primary = reading["primarySource"].boolean()) entry.historical = !*primary;
  keep(entry.note, "Told by: ", reading.concept_of("reportOrigin"));
  for (const Json reaction : reading["reaction"].items()) {
    const auto date = reading.date("immunizations", "note", reaction, "date");
    keep(entry.note, "Reaction: ", reading.name_of(reaction["detail"]) + (date.is_known() ? " (" + app::format_day(date.value()) + ")" : ""));
  }
  join(entry.note, "\n", annotations_text(reading["note"], reading.zone()));
  if (has_code(reading["vaccineCode"], "no-immunization-info")) return reading.pass_by("Immunization (no information)");
  if (has_code(reading["vaccineCode"], "no-known-immunizations")) {
    reading.record().negations.push_back(
        {"immunizations", true, negation_of(entry.text, entry.codes, "immunizations", entry.status, entry.date)});
    return;
  }
  reading.chart().immunizations.add(std::move(entry));
}

void read_procedure(Reading& reading) {
  app::Procedure entry;
  entry.text = reading.subject("procedures", {reading.concept_of("code")});
  entry.codes = concept_codes(reading["code"]);
  entry.status = reading.text("status");
  const auto performed = reading.when("procedures", "date", "end", "performed");
  entry.date = performed.start;
  entry.end = performed.end;
  keep(entry.note, "When: ", performed.words);
  entry.site = reading.concept_of("bodySite");
  entry.reason = reading.concept_of("statusReason");
  const std::string why = reading.reason();
  join(entry.reason, ", ", why);
  entry.author = performers(reading);
  keep(entry.note, "Outcome: ", reading.concept_of("outcome"));
  keep(entry.note, "Complication: ", reading.concept_of("complication"));
  keep(entry.note, "Follow-up: ", reading.concept_of("followUp"));
  join(entry.note, "\n", annotations_text(reading["note"], reading.zone()));
  for (const Json order : reading["basedOn"].items()) reading.record().answered.insert(reading.refer(order).id);
  if (has_code(reading["code"], "no-procedure-info")) return reading.pass_by("Procedure (no information)");
  if (take_negation(reading, "procedures", negation_of(entry.text, entry.codes, "procedures", entry.status, entry.date))) return;
  reading.chart().procedures.add(std::move(entry));
}

void read_device(Reading& reading) {
  app::Device entry;
  const auto names = reading["deviceName"].items();
  entry.text = reading.subject("devices", {reading.concept_of("type"), names.empty() ? "" : plain_text(names.front()["name"]),
                                           reading.text("modelNumber")});
  entry.codes = concept_codes(reading["type"]);
  for (const Json carrier : reading["udiCarrier"].items()) {
    std::string udi = plain_text(carrier["carrierHRF"]);
    join(entry.udi, "; ", udi.empty() ? plain_text(carrier["deviceIdentifier"]) : udi);
  }
  entry.status = reading.text("status");
  if (entry.status != "unknown") entry.current = entry.status.empty() || entry.status == "active";
  keep(entry.note, "Made by ", reading.text("manufacturer"));
  keep(entry.note, "Model ", reading.text("modelNumber"));
  keep(entry.note, "Serial number ", reading.text("serialNumber"));
  keep(entry.note, "Lot ", reading.text("lotNumber"));
  const auto expires = reading.date("devices", "note", reading.resource(), "expirationDate");
  if (expires.is_known()) keep(entry.note, "Expires ", app::format_day(expires.value()));
  keep(entry.note, "Status because: ", reading.concept_of("statusReason"));
  keep(entry.note, "Safety: ", reading.concept_of("safety"));
  join(entry.note, "\n", annotations_text(reading["note"], reading.zone()));
  if (has_code(reading["type"], "no-device-info")) return reading.pass_by("Device (no information)");
  if (has_code(reading["type"], "no-known-devices")) {
    reading.record().negations.push_back({"devices", true, negation_of(entry.text, entry.codes, "devices", entry.status, {})});
    return;
  }
  reading.record().devices[reading.id()] = reading.chart().devices.entries.size();
  reading.record().names["Device/" + reading.id()] = entry.text;
  reading.chart().devices.add(std::move(entry));
}

// Adds when and whether it is used to the device it names, or stands for itself.
void read_device_use(Reading& reading) {
  const Reference to = reading.refer(reading["device"]);
  const auto known = reading.record().devices.find(to.id);
  app::Device own;
  app::Device& entry = known == reading.record().devices.end() ? own : reading.chart().devices.entries[known->second];
  if (entry.text.empty()) {
    const app::Json inner = reading.contained(to.contained);
    entry.text = reading.subject("devices", {concept_text(inner["type"]), reading.name_of(reading["device"])});
    entry.codes = concept_codes(inner["type"]);
  }
  entry.status = reading.text("status");
  const auto used = reading.when("devices", "start", "end", "timing");
  entry.start = used.start;
  entry.end = used.end;
  keep(entry.note, "Used ", used.words);
  entry.current = (entry.status == "active" || entry.status == "on-hold" || entry.status == "intended") &&
                  !reading.has_ended(entry.end) && entry.current.value_or(true);
  keep(entry.note, "Site: ", reading.concept_of("bodySite"));
  const std::string why = reading.reason();
  keep(entry.note, "Reason: ", why);
  join(entry.note, "\n", annotations_text(reading["note"], reading.zone()));
  if (&entry == &own) reading.chart().devices.add(std::move(own));
}

namespace {

// Source: HL7 v3 ActEncounterCode.
std::string class_in_words(Json class_) {
  static constexpr auto kClasses = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"AMB", "ambulatory"}, {"EMER", "emergency"}, {"FLD", "in the field"}, {"HH", "home visit"}, {"IMP", "inpatient"},
       {"ACUTE", "inpatient, acute"}, {"NONAC", "inpatient, not acute"}, {"OBSENC", "observation"},
       {"PRENC", "before admission"}, {"SS", "short stay"}, {"VR", "virtual"}});
  const std::string code = first_code(class_);
  for (const auto& [known, words] : kClasses) {
    if (known == code) return std::string(words);
  }
  return concept_text(class_);
}

// Whether `word` stands in `text`, in either case of its first letter.
bool says(const std::string& text, const std::string& word) {
  return text.find(word.substr(1)) != std::string::npos;
}

std::string clinicians_of(Reading& reading) {
  std::string names;
  for (const Json participant : reading["participant"].items()) {
    const std::string name = reading.name_of(participant["individual"]);
    if (names.find(name) == std::string::npos) join(names, ", ", name);
  }
  return names;
}

}  // namespace

void read_encounter(Reading& reading) {
  app::Visit visit;
  visit.key = reading.id();
  const std::string kind = class_in_words(reading["class"]), type = reading.concept_of("type");
  visit.text = type.empty() ? kind : type;
  // An emergency or a stay must be seen as one even where the type says "Encounter for problem".
  if (!type.empty() && !kind.empty() && kind != "ambulatory" && !says(type, kind)) visit.text += " (" + kind + ")";
  if (visit.text.empty()) visit.text = reading.concept_of("serviceType");
  if (visit.text.empty()) visit.text = "(kind not stated)";
  visit.codes = concept_codes(reading["type"]);
  visit.status = reading.text("status");
  visit.start = reading.date("visits", "start", reading["period"], "start");
  visit.end = reading.date("visits", "end", reading["period"], "end");
  visit.reason = reading.reason();
  visit.clinician = clinicians_of(reading);
  for (const Json location : reading["location"].items()) join(visit.place, ", ", reading.name_of(location["location"]));
  if (visit.place.empty()) visit.place = reading.name_of(reading["serviceProvider"]);
  reading.chart().visits.add(std::move(visit));
}

namespace {

// Minutes between two times of one appointment; "" unless both are known to the minute on one day.
std::string minutes_between(const app::Known<app::Date>& start, const app::Known<app::Date>& end) {
  if (!start.is_known() || !end.is_known()) return {};
  const app::Date& a = start.value();
  const app::Date& b = end.value();
  if (a.precision < app::Precision::minute || b.precision < app::Precision::minute) return {};
  if (app::format_day_number(a) != app::format_day_number(b)) return {};
  const int minutes = (b.hour - a.hour) * 60 + b.minute - a.minute;
  return minutes > 0 ? std::to_string(minutes) : "";
}

}  // namespace

void read_appointment(Reading& reading) {
  app::Appointment entry;
  entry.reason = reading.reason();
  const std::string description = reading.text("description");
  for (const char* what : {"appointmentType", "serviceType", "serviceCategory"}) {
    if (entry.text.empty()) entry.text = reading.concept_of(what);
  }
  if (entry.text.empty()) entry.text = description.empty() ? "Appointment" : description;
  else if (entry.reason.empty()) entry.reason = description;
  entry.status = reading.text("status");
  entry.start = reading.date("appointments", "start", reading.resource(), "start");
  entry.minutes = reading.text("minutesDuration");
  const auto end = reading.date("appointments", "minutes", reading.resource(), "end");
  if (entry.minutes.empty()) entry.minutes = minutes_between(entry.start, end);
  for (const Json participant : reading["participant"].items()) {
    const Reference to = reading.refer(participant["actor"]);
    const std::string name = reading.name_of(participant["actor"]);
    const std::string answer = plain_text(participant["status"]);
    if (to.type == "Patient") {
      if (to.id == reading.record().id && (answer == "declined" || answer == "tentative")) {
        keep(entry.note, "The patient's answer: ", answer);
      }
    } else if (to.type == "Location") {
      join(entry.place, ", ", name);
    } else {
      join(entry.clinician, ", ", name.empty() ? concept_text(participant["type"]) : name);
    }
  }
  join(entry.note, "\n", reading.text("comment"));
  join(entry.note, "\n", reading.text("patientInstruction"));
  keep(entry.note, "Cancelled because: ", reading.concept_of("cancelationReason"));
  if (description != entry.text && description != entry.reason) join(entry.note, "\n", description);
  reading.record().appointments[reading.id()] = reading.chart().appointments.entries.size();
  reading.chart().appointments.add(std::move(entry));
}

// The answer to an appointment, kept beside it.
void read_appointment_response(Reading& reading) {
  const auto known = reading.record().appointments.find(reading.refer(reading["appointment"]).id);
  if (known == reading.record().appointments.end()) return reading.pass_by("AppointmentResponse (of no appointment in the export)");
  std::string& note = reading.chart().appointments.entries[known->second].note;
  const std::string answer = reading.text("participantStatus");
  if (answer != "accepted") keep(note, "The patient's answer: ", answer);
  join(note, "\n", reading.text("comment"));
}

// Named by the observations that were made with it.
void read_specimen(Reading& reading) {
  reading.record().names["Specimen/" + reading.id()] = reading.concept_of("type");
  reading.pass_by("Specimen (named by its results)");
}

}  // namespace exporter
