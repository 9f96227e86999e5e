// What the patient takes: MedicationRequest and MedicationStatement, with the Medication they refer to.
#include <algorithm>
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

void read_drug(Json drug, app::Medication& medication) {
  medication.text = concept_text(drug["code"]);
  medication.codes = concept_codes(drug["code"]);
  medication.form = concept_text(drug["form"]);
  const auto ingredients = drug["ingredient"].items();
  if (medication.text.empty()) {
    for (const Json ingredient : ingredients) {
      join(medication.text, " + ", concept_text(choice(ingredient, "item").value));
    }
  }
  // Most drug names hold their strength already.
  const bool named = std::any_of(medication.text.begin(), medication.text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!named && ingredients.size() == 1) medication.strength = ratio_text(ingredients.front()["strength"]);
}

}  // namespace

void read_which_medication(Reading& reading, app::Medication& medication) {
  const Json reference = reading["medicationReference"];
  if (!reference.exists()) {
    medication.text = reading.subject("medications", {reading.concept_of("medicationCodeableConcept")});
    medication.codes = concept_codes(reading["medicationCodeableConcept"]);
    return;
  }
  const Reference to = reading.refer(reference);
  app::JsonDocument document;
  if (const Json inner = reading.contained(to.contained); inner.exists()) {
    read_drug(inner, medication);
  } else if (const Named* named = reading.tables().find(to); named != nullptr && !named->medication.empty()) {
    const auto parsed = document.parse(named->medication);
    if (parsed.ok()) read_drug(parsed.value(), medication);
  }
  if (medication.text.empty()) medication.text = plain_text(reference["display"]);
  if (medication.text.empty()) {
    medication.text = "(not in the export)";
    reading.mark_unreadable("medications", "text", plain_text(reference["reference"]),
                            "the export does not hold the medication that this entry refers to");
  }
}

namespace {

std::string dose_of(Json dosage) {
  const auto rates = dosage["doseAndRate"].items();
  const Json given = rates.empty() ? dosage : rates.front();
  const Choice dose = choice(given, "dose");
  return dose.type == "Range" ? range_text(dose.value) : quantity_text(dose.value);
}

std::string rate_of(Json dosage) {
  const auto rates = dosage["doseAndRate"].items();
  const Choice rate = choice(rates.empty() ? dosage : rates.front(), "rate");
  if (rate.type == "Ratio") return ratio_text(rate.value);
  return rate.type == "Range" ? range_text(rate.value) : quantity_text(rate.value);
}

std::string duration_of(Json dosage, const std::string& zone) {
  const Choice bounds = choice(dosage["timing"]["repeat"], "bounds");
  if (bounds.type == "Duration") return quantity_text(bounds.value);
  return bounds.type == "Range" ? range_text(bounds.value) : period_text(bounds.value, zone);
}

// "" when it is not said, else "as needed" or "as needed for pain".
std::string as_needed_of(Json dosage) {
  const Choice needed = choice(dosage, "asNeeded");
  if (needed.type == "Boolean") return needed.value.boolean().value_or(false) ? "as needed" : "";
  const std::string what = concept_text(needed.value.exists() ? needed.value : dosage["asNeededFor"]);
  return what.empty() ? what : "as needed for " + what;
}

// What stands beside dose, route and rhythm.
std::string remarks_of(Json dosage) {
  std::string text = concept_text(dosage["additionalInstruction"], "; ");
  join(text, "; ", plain_text(dosage["patientInstruction"]));
  if (const std::string site = concept_text(dosage["site"]); !site.empty()) join(text, "; ", "site: " + site);
  if (const std::string method = concept_text(dosage["method"]); !method.empty()) join(text, "; ", "method: " + method);
  std::string most = ratio_text(dosage["maxDosePerPeriod"]);
  if (most.empty()) most = quantity_text(dosage["maxDosePerAdministration"]);
  if (!most.empty()) join(text, "; ", "at most " + most);
  return text;
}

// One of several dosages in one line, because a chart's fields hold one only.
std::string whole_dosage(Json dosage, const std::string& zone) {
  std::string text = plain_text(dosage["text"]);
  if (text.empty()) {
    text = dose_of(dosage);
    for (const std::string& part : {rate_of(dosage), concept_text(dosage["route"]), timing_text(dosage["timing"], zone),
                                    duration_of(dosage, zone), as_needed_of(dosage)}) {
      join(text, ", ", part);
    }
  }
  join(text, "; ", remarks_of(dosage));
  return text;
}

void read_dosage(Reading& reading, app::Medication& medication) {
  auto dosages = reading[reading["dosageInstruction"].exists() ? "dosageInstruction" : "dosage"].items();
  std::stable_sort(dosages.begin(), dosages.end(), [](Json a, Json b) {
    return a["sequence"].integer().value_or(0) < b["sequence"].integer().value_or(0);
  });
  if (dosages.size() != 1) {
    for (const Json dosage : dosages) join(medication.instructions, "\n", whole_dosage(dosage, reading.zone()));
    return;
  }
  const Json dosage = dosages.front();
  medication.dose = dose_of(dosage);
  medication.rate = rate_of(dosage);
  medication.duration = duration_of(dosage, reading.zone());
  medication.route = concept_text(dosage["route"]);
  medication.frequency = timing_text(dosage["timing"], reading.zone());
  const std::string needed = as_needed_of(dosage);
  medication.as_needed = dosage["asNeededBoolean"].boolean();
  if (!needed.empty()) medication.as_needed = true;
  medication.instructions = plain_text(dosage["text"]);
  if (medication.instructions.empty() && needed != "as needed") medication.instructions = needed;
  join(medication.instructions, "; ", remarks_of(dosage));
}

std::optional<bool> is_current(const std::string& status, bool ended) {
  // What is on hold still is the patient's medication; what is only intended is not yet.
  if (status == "active" || status == "on-hold") return !ended;
  if (status.empty() || status == "unknown") return std::nullopt;
  return false;
}

void read_supply(Reading& reading, app::Medication& medication) {
  const Json supply = reading["dispenseRequest"];
  medication.quantity = quantity_text(supply["quantity"]);
  medication.refills = plain_text(supply["numberOfRepeatsAllowed"]);
  const std::string lasts = quantity_text(supply["expectedSupplyDuration"]);
  if (!lasts.empty()) join(medication.note, "\n", "Supply for " + lasts);
}

void forbid(Reading& reading, const app::Medication& medication) {
  app::Statement alert;
  alert.text = "Do not give: " + medication.text;
  alert.codes = medication.codes;
  alert.category = "medications";
  alert.current = medication.current;
  alert.status = medication.status;
  alert.recorded = medication.start;
  alert.author = medication.author;
  alert.note = medication.reason;
  join(alert.note, "\n", medication.note);
  reading.chart().alerts.add(std::move(alert));
}

}  // namespace

void read_medication(Reading& reading) {
  app::Medication medication;
  read_which_medication(reading, medication);
  read_dosage(reading, medication);
  read_supply(reading, medication);
  medication.reason = reading.reason();
  medication.status = reading.text("status");
  const auto taken = reading.when("medications", "start", "end", "effective");
  medication.start = taken.start;
  medication.end = taken.end;
  if (!taken.words.empty()) join(medication.note, "\n", "Taken " + taken.words);
  for (const char* recorded : {"authoredOn", "dateAsserted"}) {
    if (medication.start.presence() != app::Presence::not_recorded) break;
    medication.start = reading.date("medications", "start", reading.resource(), recorded);
  }
  // The validity of a prescription says until when it may be dispensed, not until when the drug is taken:
  // so it ends nothing.
  medication.current = is_current(medication.status, reading.has_ended(medication.end));
  for (const char* author : {"requester", "informationSource", "recorder"}) {
    if (medication.author.empty()) medication.author = reading.name_of(reading[author]);
  }
  const std::string intent = reading.text("intent");
  if (intent == "proposal" || intent == "option") join(medication.note, "\n", "Only a " + intent);
  if (reading["reportedBoolean"].boolean().value_or(false)) join(medication.note, "\n", "As reported, not prescribed here");
  const std::string why = reading.concept_of("statusReason");
  if (!why.empty()) join(medication.note, "\n", "Reason for the status: " + why);
  join(medication.note, "\n", annotations_text(reading["note"], reading.zone()));
  if (reading["doNotPerform"].boolean().value_or(false)) return forbid(reading, medication);
  app::Statement negation{medication.text, medication.codes, "medications", medication.current.value_or(true), medication.status,
                          medication.start, medication.author, medication.note};
  if (has_code(reading["medicationCodeableConcept"], "no-medication-info")) {
    return reading.pass_by("MedicationStatement (no information)");
  }
  if (take_negation(reading, "medications", negation)) return;
  reading.record().medications[std::string(reading["resourceType"].text()) + '/' + reading.id()] =
      reading.chart().medications.entries.size();
  reading.chart().medications.add(std::move(medication));
}

}  // namespace exporter
