// What is said about one patient, in which words and which order, before anyone decides how it looks.
//
// The exporter lays a Sheet out on paper and the viewer draws it on screen. Because both start from the
// same Sheet, made by the same pure function with the template that is kept inside the copy, binder and
// screen cannot disagree about a dose or leave out an allergy.
//
// Errors:  none in make_sheet. What could not be read arrives as a row of weight `missing`; it is never
//          dropped and never an empty cell. Clinical text is never shortened.
// Source:  NHS CUI and ISMP for names, dates, numbers and lines; IPS for the sections.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"

namespace app {

// How hard a piece must catch the eye. Surfaces choose colour and rule; they never choose the weight,
// and never show a weight by colour alone.
enum class Weight : std::uint8_t {
  plain,
  strong,   // the word that the eye looks for: the agent, the drug, the dose
  alarm,    // must not be overlooked: a severe allergy, a critical result
  muted,    // no longer current, or small print
  missing,  // something that could not be read, is withheld or is not in the copy
};

struct Span {
  std::string text;
  Weight weight = Weight::plain;
};

// Numbers over time. What is drawn of them is an aid for the eye: every one of them is said in words too.
struct PlotPoint {
  int day = 0;  // counted from 01-Jan-1970
  double value = 0;
};
struct Plot {
  std::vector<std::vector<PlotPoint>> lines;  // each from old to new; two for a blood pressure; none: no plot
  std::optional<std::pair<double, double>> range;  // the reference range, where it is two numbers
};

// One fact. The parts stand in this order, on screen in columns, on paper likewise or below each other.
struct Row {
  std::string label;          // what it is about; never empty
  std::vector<Span> value;    // what is said of it, pieces to be set with a blank between them
  std::string when;           // its date in words, may be empty
  std::string detail;         // small print under it: source, codes, note; may be empty
  Weight weight = Weight::plain;
  bool heads = false;         // a heading of the rows that follow: never parted from the first of them
  Plot plot = {};
};

// `statement` stands under the title before any row: always there when there are no rows ("No known
// allergies", "Not recorded: ask the patient"), and whenever the rows are not all there is.
struct SheetSection {
  std::string id;     // as in kSections; a template may split one in two ("medications.past")
  std::string title;  // with the count of rows: "Medications (3)"
  std::string statement;
  Weight statement_weight = Weight::plain;
  std::vector<Row> rows;
};

// Who it is: on every page and above every chart, never covered.
struct Banner {
  std::string name;        // "SMITH, John (Mr)"
  std::string other_names; // "also: 王小明 · maiden name JONES"; may be empty
  std::string born;        // "14-Jul-1945 (61y)", "not recorded", …
  std::string sex;
  std::string mrn;         // the value; surfaces write the label "MRN" before it
  std::string phone;
  std::string address;
  std::string language;    // "Spanish, interpreter needed"; may be empty
  std::string deceased;    // "Died 03-Mar-2021"; empty for the living
  std::string allergies;   // one line: "Allergies: penicillin (anaphylaxis), latex" or the state in words
  Weight allergies_weight = Weight::strong;
  std::string alerts;      // one line; empty if there are none
};

struct Sheet {
  Banner banner;
  std::vector<SheetSection> sections;
  std::string id;  // a short code of what it says, not of when: "7KD2-M4QX"; equal sheets, equal ids
};

// Whom a sheet is for. Paper can't hold what a screen can: everybody's sheet in the binder is brief, that of
// a patient who is booked has the last visits with their notes.
enum class SheetForm : std::uint8_t { whole, booked, brief };

// What a practice may choose of a sheet: which sections, in which order, how far back.
struct SheetTemplateSection {
  std::string id;
  std::string title;  // empty: the section's own
  int most = 0;       // at most so many rows, newest first, and the statement says how many there are; 0: all
  // The same for a booked patient's sheet on paper and for a brief one. 0: left out and named as such.
  std::optional<int> booked = std::nullopt;
  std::optional<int> brief = std::nullopt;
};

struct SheetTemplate {
  std::vector<SheetTemplateSection> sections;
};

// What a sheet takes from around the chart: the moment the data was read decides ages and "current".
struct SheetContext {
  Date as_of;  // in the practice's time zone
  SheetForm form = SheetForm::whole;
};

// The template that is used when a practice has none of its own.
const SheetTemplate& default_sheet_template();

std::string format_sheet_template(const SheetTemplate& sheet_template);  // as JSON
Result<SheetTemplate> parse_sheet_template(std::string_view json);

Sheet make_sheet(const Chart& chart, const SheetTemplate& sheet_template, const SheetContext& context);

// "SMITH, John (Mr)": family name first and in capitals; for letters that have no capitals the name as
// it is. Never shortened.
std::string format_name(const HumanName& name);

}  // namespace app
