// FHIR's data types as text and as the chart's own types. What is absent or of another kind reads as empty.
//
// Source:  FHIR R4, Datatypes. Numbers keep the digits that they were recorded with. Times are told in the
//          practice's own zone.
// Errors:  none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/record/entries.h"
#include "app/record/json.h"

namespace exporter {

// Adds `part` to `text`, with `between` if both say something.
void join(std::string& text, std::string_view between, std::string_view part);

// Text, number or boolean, without stray control characters.
std::string plain_text(app::Json value);
// A CodeableConcept (or Coding, or CodeableReference, or plain text): its own text, else the first display
// (a coding that the user chose before others), else the first code. Of several, all, joined by `between`.
std::string concept_text(app::Json concept_, std::string_view between = ", ");
std::vector<app::Coding> concept_codes(app::Json concept_);
// Whether one of its codings has this code; of a system that ends so, if one is given.
bool has_code(app::Json concept_, std::string_view code, std::string_view system_end = "");
// Its first code that is one of a few.
std::string first_code(app::Json concept_);

std::string quantity_value(app::Json quantity);  // "<5.40"
std::string quantity_unit(app::Json quantity);   // "mg/dL"
std::string quantity_text(app::Json quantity);   // "<5.40 mg/dL"
std::string range_text(app::Json range);         // "3.5 to 5.1 mmol/L", "at least 3.5 mmol/L"
std::string ratio_text(app::Json ratio);         // "250 mg per 5 mL", "1:128"
// A date or time as a chart says it, "05-Mar-2024 10:11"; as recorded where it is none.
std::string moment_text(app::Json moment, std::string_view time_zone);
std::string period_text(app::Json period, std::string_view time_zone);  // "Jan-2020 to Mar-2020", "since Jan-2020"
// Timing.repeat and code in words: "2 times a day", "every 6 hours, before meals".
std::string timing_text(app::Json timing, std::string_view time_zone);

// Annotations, "text (author, time)", a line each.
std::string annotations_text(app::Json notes, std::string_view time_zone);

app::HumanName read_name(app::Json name);
// "Dr. Ada Quill", or the text it was given whole.
std::string whole_name(const app::HumanName& name);
app::ContactPoint read_contact_point(app::Json telecom);
std::string first_phone(app::Json telecoms);
app::Address read_address(app::Json address);
std::string address_text(app::Json address);

// The extension whose URL ends so; absent if there is none.
app::Json extension(app::Json element, std::string_view url_end);
// The element `name` that has one of several types: value[x] for "value", whichever it is. Gives the type too.
struct Choice {
  std::string type;  // "Quantity"
  app::Json value;
  app::Json second;  // a value of another type beside it, which FHIR forbids
};
Choice choice(app::Json object, std::string_view name);

}  // namespace exporter
