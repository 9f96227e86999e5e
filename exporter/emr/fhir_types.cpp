#include "exporter/emr/fhir_types.h"

namespace exporter {

const std::vector<ResourceType>& resource_types() {
  static const std::vector<ResourceType> types = {
      {"Patient", "", kRankPatient, {"contacts"}, read_patient},
      {"RelatedPerson", "patient", '2', {"contacts"}, read_related_person},
      {"Coverage", "beneficiary", '7', {"coverage"}, read_coverage},
      {"CareTeam", "subject", '7', {"care_team"}, read_care_team},
      {"Flag", "subject", '7', {"alerts"}, read_flag},
      {"Consent", "patient", '7', {"directives"}, read_consent},
      {"List", "subject", '7', {}, read_list},
      {"AllergyIntolerance", "patient", '7', {"allergies"}, read_allergy},
      {"Condition", "subject", '2', {"problems"}, read_condition},
      {"MedicationRequest", "subject", '7', {"medications"}, read_medication},
      {"MedicationStatement", "subject", '7', {"medications"}, read_medication},
      {"Immunization", "patient", '7', {"immunizations"}, read_immunization},
      {"Observation", "subject", '6', {"results", "vital_signs", "social_history", "pregnancy"}, read_observation},
      {"DiagnosticReport", "subject", '4', {"results"}, read_diagnostic_report},
      {"ServiceRequest", "subject", '8', {}, read_service_request},
      {"ImagingStudy", "subject", '7', {}, read_imaging_study},
      {"Procedure", "subject", '7', {"procedures"}, read_procedure},
      {"Device", "patient", '2', {"devices"}, read_device},
      {"DeviceUseStatement", "subject", '7', {"devices"}, read_device_use},
      {"Encounter", "subject", '3', {"visits"}, read_encounter},
      {"Appointment", "participant", '7', {"appointments"}, read_appointment},
      {"DocumentReference", "subject", '7', {"documents", "notes"}, read_document},
      {"Composition", "subject", '9', {"notes"}, read_composition},
      {"Communication", "subject", '7', {"notes"}, read_communication},
      {"FamilyMemberHistory", "patient", '7', {"family_history"}, read_family_member},
      {"CarePlan", "subject", '7', {"plan"}, read_care_plan},
      {"Goal", "subject", '6', {"plan"}, read_goal},
      {"NutritionOrder", "patient", '7', {"plan"}, read_nutrition_order},
      {"ImmunizationRecommendation", "patient", '7', {"plan"}, read_immunization_recommendation},
      {"MedicationDispense", "subject", '8', {"medications"}, read_dispense},
      {"MedicationAdministration", "subject", '8', {"medications"}, read_administration},
      {"AppointmentResponse", "actor", '8', {}, read_appointment_response},
      {"Specimen", "subject", '2', {}, read_specimen},
  };
  return types;
}

std::optional<std::uint16_t> find_resource_type(std::string_view name) {
  const auto& types = resource_types();
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i].name == name) return static_cast<std::uint16_t>(i);
  }
  return std::nullopt;
}

}  // namespace exporter
