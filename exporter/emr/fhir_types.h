// Which FHIR resource types belong in a chart, whose they are, and in which order a patient's are read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "exporter/emr/fhir_reading.h"
#include "exporter/emr/fhir_reference.h"

namespace exporter {

struct ResourceType {
  std::string_view name;
  std::string_view patient;  // the member that names the patient
  char rank;                 // what others refer to is read before them
  // The sections that an export with this type is taken to hold. An order or an image alone is no sign
  // that results were exported.
  std::array<std::string_view, 4> sections;
  void (*read)(Reading&);
};

// In the place that is its number for the Sorter.
const std::vector<ResourceType>& resource_types();
std::optional<std::uint16_t> find_resource_type(std::string_view name);

inline constexpr char kRankPatient = '/';
inline constexpr char kRankReplacedPatient = '0';
inline constexpr char kRankWithheld = '1';  // before what refers to it, of whatever type it is
inline constexpr char kRankPanel = '5';

// The section that a LOINC code of a list or of a document's section means; "" if none.
std::string_view section_of_code(app::Json code);
// What an emptyReason says: nothing for one that says no more than that there is nothing.
app::Presence presence_of_empty(app::Json reason);

// Whether a Consent is an advance directive; others are about privacy or research.
bool is_directive(app::Json consent);

// One function a type, each in the file of its field.
void read_patient(Reading& reading);
void read_related_person(Reading& reading);
void read_coverage(Reading& reading);
void read_care_team(Reading& reading);
void read_flag(Reading& reading);
void read_consent(Reading& reading);
void read_list(Reading& reading);
void read_allergy(Reading& reading);
void read_condition(Reading& reading);
void read_medication(Reading& reading);
void read_immunization(Reading& reading);
void read_observation(Reading& reading);
void read_diagnostic_report(Reading& reading);
void read_service_request(Reading& reading);
void read_imaging_study(Reading& reading);
void read_procedure(Reading& reading);
void read_device(Reading& reading);
void read_device_use(Reading& reading);
void read_encounter(Reading& reading);
void read_appointment(Reading& reading);
void read_document(Reading& reading);
void read_composition(Reading& reading);
void read_communication(Reading& reading);
void read_family_member(Reading& reading);
void read_care_plan(Reading& reading);
void read_goal(Reading& reading);
void read_nutrition_order(Reading& reading);
void read_immunization_recommendation(Reading& reading);
void read_dispense(Reading& reading);
void read_administration(Reading& reading);
void read_appointment_response(Reading& reading);
void read_specimen(Reading& reading);

// What a medication is, of whatever type of resource.
void read_which_medication(Reading& reading, app::Medication& medication);

// Tells the observations that `member` refers to which panel they are part of, and the orders that are
// answered so.
void place_panel(Reading& reading, std::string_view member, const std::string& panel);

// The section that an Observation belongs to.
std::string_view section_of_observation(Reading& reading);

// Takes an entry that says "no known …" out of its section; false if it says something else.
bool take_negation(Reading& reading, const std::string& section, const app::Statement& statement);

}  // namespace exporter
