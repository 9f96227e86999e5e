// One FHIR resource on its way into the chart of its patient.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/record/chart.h"
#include "app/record/json.h"
#include "exporter/emr/chart_source.h"
#include "exporter/emr/fhir_attachment.h"
#include "exporter/emr/fhir_tables.h"
#include "exporter/emr/fhir_values.h"

namespace exporter {

// An observation with its place: in a report the values stand in the report's order.
struct PlacedObservation {
  std::string report;
  std::uint32_t place = 0;
  app::Observation entry;
};

// What a report or panel says of one of its observations.
struct PanelPlace {
  std::string report;  // id, which keeps the values of one report together
  std::string panel;   // what the report is called
  std::uint32_t place = 0;
};

// A negation that the EMR keeps as an entry: "No known drug allergy".
struct Negation {
  std::string section;
  bool of_everything = false;  // of the whole section, not of a part of it
  app::Statement statement;
};

// Why a section has no entries, and who says so.
struct SaidEmpty {
  app::Presence state = app::Presence::not_recorded;
  app::Known<app::Date> recorded;
  std::string author;
};

// How often a medication was handed out or given.
struct Supply {
  std::uint32_t times = 0;
  app::Known<app::Date> last;
  std::string quantity;  // the last time
};

struct Supplies {
  Supply dispensed, given;
};

// Which Condition a problem of the chart is; both "" where it is none that was made at a visit.
struct Diagnosis {
  std::string id;
  std::string visit;
};

// One patient's chart while it grows, and what later resources may refer to in earlier ones.
struct PatientRecord {
  std::string id;
  app::Date today;  // the export's, for what has ended
  std::string time_zone;   // the practice's, in which dates are read
  const FhirAttachments* attachments = nullptr;  // who keeps the bytes of documents; may be null
  std::string mrn_system;  // the identifier system whose value is the MRN, if the practice says so
  app::Chart chart;
  std::unordered_map<std::string, std::string> names;  // "Condition/1" → its text
  std::unordered_map<std::string, PanelPlace> panels;  // by the observation's id
  std::unordered_set<std::string> answered;            // orders (ServiceRequest ids) that have a result
  std::unordered_map<std::string, std::size_t> devices;  // by id: the place among the chart's devices
  std::vector<PlacedObservation> results, vital_signs, social_history, pregnancy;
  std::vector<Negation> negations;
  std::unordered_map<std::string, SaidEmpty> said_empty;  // by section, what a List or Composition says of it
  std::set<std::string> spoken_of;                        // sections that a Composition has, with or without entries
  std::map<std::size_t, Supplies> supplies;               // by the place among the chart's medications
  std::set<std::string, std::less<>> withheld;  // "Encounter/5": by the policy, with what belongs to it
  std::vector<Diagnosis> diagnoses;             // beside the chart's problems, as far as they were noted
  PatientFacts facts;
  std::unordered_map<std::string, std::size_t> medications, appointments;  // by id: the place in their section
};

class Reading {
 public:
  Reading(app::Json resource, const ReferenceTables& tables, PatientRecord& record, ReadReport& report)
      : resource_(resource), tables_(tables), record_(record), report_(report) {}

  app::Json operator[](std::string_view member) const { return resource_[member]; }
  app::Json resource() const { return resource_; }
  PatientRecord& record() { return record_; }
  app::Chart& chart() { return record_.chart; }
  // A resource that stands inside this one.
  Reading inside(app::Json inner) const { return {inner, tables_, record_, report_}; }
  const ReferenceTables& tables() const { return tables_; }

  std::string id() const { return std::string(resource_["id"].text()); }
  const std::string& zone() const { return record_.time_zone; }
  std::string text(std::string_view member) const;
  std::string concept_of(std::string_view member) const;

  // What the entry is about, from the first of these that says something. If none does, the entry is
  // marked unreadable and its text says so.
  std::string subject(std::string_view section, std::initializer_list<std::string> candidates);

  // The date `member` of `from` for a chart's field; marked unreadable if it is there and is no date.
  app::Known<app::Date> date(std::string_view section, std::string_view field, app::Json from,
                             std::string_view member);
  // onset[x], effective[x], …: the date or the period it gives, or words where it gives neither.
  struct When {
    app::Known<app::Date> start;
    app::Known<app::Date> end;
    std::string words;
  };
  When when(std::string_view section, std::string_view start_field, std::string_view end_field,
            std::string_view name);

  // What a reference points at in this export: an id of another server is none here.
  Reference refer(app::Json reference) const;
  // What to call who or what is referred to: a person, place, drug, condition, contained or not.
  std::string name_of(app::Json reference) const;
  std::string names_of(app::Json references, std::string_view between = ", ") const;
  // Whether what is referred to is withheld.
  bool is_withheld(const Reference& to) const;
  // reasonCode and reasonReference.
  std::string reason() const;
  // The contained resource that "#id" means; absent if there is none.
  app::Json contained(std::string_view id) const;
  // Whether a period or date lies before the day of the export.
  bool has_ended(const app::Known<app::Date>& end) const;

  // Marks the second of two values where FHIR allows one.
  void mark_second(std::string_view section, std::string_view field, const Choice& given);
  void mark_unreadable(std::string_view section, std::string_view field, std::string as_recorded,
                       std::string reason);
  // Counts what has no place in a chart.
  void pass_by(const std::string& what) { ++report_.passed_by[what]; }

 private:
  app::Json resource_;
  const ReferenceTables& tables_;
  PatientRecord& record_;
  ReadReport& report_;
};

}  // namespace exporter
