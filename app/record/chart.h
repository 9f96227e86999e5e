// Everything that Nightchart knows of one patient.
//
// A Chart is a plain value: the exporter makes it from the EMR, it is kept as JSON (chart_json.h),
// and screen and paper are made from it by make_sheet() and by nothing else.
// Source: the sections are those of the International Patient Summary (IPS STU 2) where it has one; family
//         history is C-CDA's.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/entries.h"
#include "app/record/section.h"

namespace app {

// An entry, or part of one, that the EMR holds and that could not be read: said, never dropped.
struct Unreadable {
  std::string section;      // "allergies"; "identity" for the patient's own particulars
  std::string field;        // "" when the whole entry is unreadable
  std::string as_recorded;  // what could be saved of it
  std::string reason;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("section", s.section), v("field", s.field), v("as_recorded", s.as_recorded);
    v("reason", s.reason);
  }
};

struct Chart {
  std::string emr_key;  // the EMR's own key: OpenEMR's pid, FHIR's Patient.id
  std::string mrn;      // the number that staff know; also among the identifiers
  std::vector<Identifier> identifiers;
  std::vector<HumanName> names;  // the one to show first
  Known<Date> birth_date;
  std::string sex;     // as recorded, in words
  std::string gender;  // gender identity as recorded, in words
  std::optional<bool> deceased;
  Known<Date> deceased_date;
  std::string language;
  std::optional<bool> interpreter_needed;
  std::string interpreter;
  std::vector<ContactPoint> telecom;
  std::vector<Address> addresses;

  Section<Contact> contacts;
  Section<Coverage> coverage;
  Section<CareTeamMember> care_team;
  Section<Statement> alerts;
  Section<Statement> directives;
  Section<Allergy> allergies;
  Section<Medication> medications;
  Section<Problem> problems;
  Section<Immunization> immunizations;
  Section<Observation> results;
  Section<Observation> vital_signs;
  Section<Procedure> procedures;
  Section<Device> devices;
  Section<Observation> social_history;
  Section<Observation> pregnancy;
  Section<Statement> family_history;
  Section<Statement> plan;  // care plans, goals, diets, vaccines that are due
  Section<Visit> visits;
  Section<Note> notes;
  Section<Appointment> appointments;
  Section<Document> documents;

  std::vector<Unreadable> unreadable;

  template <typename Self, typename V>
  static void identity_fields(Self& s, V& v) {
    v("emr_key", s.emr_key), v("mrn", s.mrn), v("identifiers", s.identifiers), v("names", s.names);
    v("birth_date", s.birth_date), v("sex", s.sex), v("gender", s.gender);
    v("deceased", s.deceased), v("deceased_date", s.deceased_date), v("language", s.language);
    v("interpreter_needed", s.interpreter_needed), v("interpreter", s.interpreter);
    v("telecom", s.telecom), v("addresses", s.addresses);
  }
  // v(name, section) for every section, in the order of kSections.
  template <typename Self, typename V>
  static void sections(Self& s, V& v) {
    v("contacts", s.contacts), v("coverage", s.coverage), v("care_team", s.care_team);
    v("alerts", s.alerts), v("directives", s.directives), v("allergies", s.allergies);
    v("medications", s.medications), v("problems", s.problems);
    v("immunizations", s.immunizations), v("results", s.results), v("vital_signs", s.vital_signs);
    v("procedures", s.procedures), v("devices", s.devices), v("social_history", s.social_history);
    v("pregnancy", s.pregnancy), v("family_history", s.family_history), v("plan", s.plan);
    v("visits", s.visits), v("notes", s.notes);
    v("appointments", s.appointments), v("documents", s.documents);
  }
};

struct SectionInfo {
  std::string_view id;     // its name in JSON and in mapping packs
  std::string_view title;  // the IPS's name, where it has one
  std::string_view loinc;  // the IPS's section code; empty where it has none
};

inline constexpr std::array<SectionInfo, 21> kSections = {{
    {"contacts", "Contacts", ""},
    {"coverage", "Insurance coverage", ""},
    {"care_team", "Care team", ""},
    {"alerts", "Alerts", "104605-1"},
    {"directives", "Advance directives", "42348-3"},
    {"allergies", "Allergies and intolerances", "48765-2"},
    {"medications", "Medications", "10160-0"},
    {"problems", "Problems", "11450-4"},
    {"immunizations", "Immunizations", "11369-6"},
    {"results", "Results", "30954-2"},
    {"vital_signs", "Vital signs", "8716-3"},
    {"procedures", "Procedures", "47519-4"},
    {"devices", "Medical devices", "46264-8"},
    {"social_history", "Social history", "29762-2"},
    {"pregnancy", "Pregnancy", "10162-6"},
    {"family_history", "Family history", "10157-6"},
    {"plan", "Plan of care", "18776-5"},
    {"visits", "Visits", ""},
    {"notes", "Notes", ""},
    {"appointments", "Appointments", ""},
    {"documents", "Documents", ""},
}};

// The chart's name to show first; an empty name if it has none.
const HumanName& shown_name(const Chart& chart);

}  // namespace app
