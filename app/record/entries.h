// What one entry of a chart says: an allergy, a medication, a result, …
//
// The words are FHIR's and the IPS's. Every text is as recorded. Each type names its fields once, in
// fields(): that list is what is kept as JSON, what is read back, and which columns a mapping pack may
// give, so the three cannot disagree.
#pragma once

#include "app/record/entries_clinical.h"
#include "app/record/entries_person.h"
#include "app/record/entries_visits.h"
