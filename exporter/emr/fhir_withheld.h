// What of an export the practice's policy withholds: it is not read into the chart, only counted there.
//
// A resource is withheld for its own security labels or codes, or because it belongs to one that is: to an Encounter that is
// withheld belongs all that names it but what is in force (allergies, medications, immunizations, alerts, directives, the
// problem list), to a report or panel its results. Whoever refers to it says "(withheld)".
// Source:  FHIR R4, meta.security; DocumentReference.securityLabel; Composition.confidentiality.
// Errors:  none.
#pragma once

#include <cstddef>

#include "app/record/json.h"
#include "exporter/emr/fhir_reading.h"
#include "exporter/emr/fhir_types.h"
#include "exporter/policy/entry_rule.h"

namespace exporter {

// For the resource's own labels and codes. A Patient never is: its labels are for the policy to judge.
bool is_withheld(const EntryRule& rule, app::Json resource);
// Because of what was withheld before it.
bool belongs_to_withheld(Reading& reading);
// Counts it in its section, and marks what belongs to it.
void withhold(Reading& reading, const ResourceType& type);
// Remembers of a Condition that was just read at which visit it was made.
void note_diagnosis(Reading& reading);
// Takes the visit that was just read out again, if its place or title is withheld, with the diagnoses made at it and what
// was recorded of it among what is unreadable, which was `unreadable_before` long.
void withhold_visit_by_place(Reading& reading, const EntryRule& rule, std::size_t unreadable_before);
// What the Patient just read says besides the chart.
void note_facts(Reading& reading);

}  // namespace exporter
