// That a medication was handed out or given: MedicationDispense and MedicationAdministration.
//
// A hundred administrations are one line beside their medication, not a hundred entries.
#include <utility>

#include "exporter/emr/fhir_types.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {
namespace {

using app::Json;

// The place of the medication that the resource is about: the one that was ordered, else one that stands for
// the drug itself.
std::size_t place_of(Reading& reading, Json order, const std::string& kind) {
  PatientRecord& record = reading.record();
  const Reference to = reading.refer(order);
  if (const auto known = record.medications.find("MedicationRequest/" + to.id); known != record.medications.end()) {
    return known->second;
  }
  app::Medication medication;
  read_which_medication(reading, medication);
  const std::string key = kind + '/' + medication.text;
  if (const auto known = record.medications.find(key); known != record.medications.end()) return known->second;
  const std::size_t place = record.chart.medications.entries.size();
  record.medications[key] = place;
  medication.status = kind;
  record.chart.medications.add(std::move(medication));
  return place;
}

void count(Supply& supply, const app::Known<app::Date>& when, const std::string& quantity) {
  ++supply.times;
  const bool newer = !supply.last.is_known() ||
                     (when.is_known() && app::format_day_number(when.value()) >= app::format_day_number(supply.last.value()));
  if (!newer) return;
  supply.last = when;
  supply.quantity = quantity;
}

}  // namespace

void read_dispense(Reading& reading) {
  const std::string status = reading.text("status");
  if (status == "entered-in-error" || status == "cancelled" || status == "declined") {
    return reading.pass_by("MedicationDispense (" + status + ")");
  }
  auto when = reading.date("medications", "note", reading.resource(), "whenHandedOver");
  const bool handed_over = when.presence() != app::Presence::not_recorded;
  if (!handed_over) when = reading.date("medications", "note", reading.resource(), "whenPrepared");
  const auto orders = reading["authorizingPrescription"].items();
  const std::size_t place = place_of(reading, orders.empty() ? Json() : orders.front(), "dispensed");
  count(reading.record().supplies[place].dispensed, when, quantity_text(reading["quantity"]));
}

void read_administration(Reading& reading) {
  const std::string status = reading.text("status");
  if (status == "entered-in-error" || status == "not-done") return reading.pass_by("MedicationAdministration (" + status + ")");
  const auto given = reading.when("medications", "note", "note", "effective");
  const std::size_t place = place_of(reading, reading["request"], "given");
  app::Medication& medication = reading.chart().medications.entries[place];
  // What is running now is a current medication, whatever was ordered.
  if (medication.status == "given") medication.current = status == "in-progress";
  count(reading.record().supplies[place].given, given.start, quantity_text(reading["dosage"]["dose"]));
}

}  // namespace exporter
