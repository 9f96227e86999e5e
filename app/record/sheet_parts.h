// The rooms of make_sheet(): each says one section of a chart; sheet.cpp puts them together.
//
// For the files sheet*.cpp alone; everybody else includes sheet.h.
// Errors:  none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/sheet.h"
#include "app/record/sheet_words.h"

namespace app {

// What every room may look at.
struct SheetSource {
  const Chart& chart;
  const Date& as_of;
  bool visits_carry_notes = true;  // notes stand under their visits, not in a section of their own
};

// One fact and what stands under it: a template's limit counts facts and never parts one.
struct Fact {
  std::vector<Row> rows;
};

struct Draft {
  std::vector<Fact> facts;  // as they are to be said
  std::string count;        // for the title; empty: the number of facts
  std::string statement;    // what the room itself has to say
  Weight statement_weight = Weight::plain;
  std::string_view order = "newest first";
};

Draft draft_identity(const SheetSource& source);
Draft draft_contacts(const SheetSource& source);
Draft draft_coverage(const SheetSource& source);
Draft draft_care_team(const SheetSource& source);
Draft draft_alerts(const SheetSource& source);
Draft draft_directives(const SheetSource& source);
Draft draft_allergies(const SheetSource& source);
Draft draft_medications(const SheetSource& source);
Draft draft_past_medications(const SheetSource& source);
Draft draft_problems(const SheetSource& source);
Draft draft_immunizations(const SheetSource& source);
Draft draft_results(const SheetSource& source);
Draft draft_vital_signs(const SheetSource& source);
Draft draft_procedures(const SheetSource& source);
Draft draft_devices(const SheetSource& source);
Draft draft_social_history(const SheetSource& source);
Draft draft_pregnancy(const SheetSource& source);
Draft draft_family_history(const SheetSource& source);
Draft draft_plan(const SheetSource& source);
Draft draft_visits(const SheetSource& source);
Draft draft_notes(const SheetSource& source);
Draft draft_appointments(const SheetSource& source);
Draft draft_documents(const SheetSource& source);

Banner make_banner(const SheetSource& source);
void say_allergies_line(const SheetSource& source, Banner& banner);

// How a section stands, whatever it holds.
struct SectionState {
  std::string_view id;
  Presence state = Presence::not_recorded;  // what must be said when there are no entries
  std::size_t entries = 0;
  std::size_t withheld = 0;
  std::size_t unreadable = 0;
  Known<Date> since;  // when withheld ones are older than this day
  std::string recorded;  // when and by whom "none" was recorded, in words; "" if that is not known
};
std::vector<SectionState> states_of(const Chart& chart);
SectionState state_of(const Chart& chart, std::string_view id);

// "No known allergies", "NOT IN THIS COPY: …": what a section without entries says. Different for
// every state and never empty.
std::string words_of_state(std::string_view id, Presence state);
Weight weight_of_state(Presence state);
// "2 visits withheld by the practice's policy."
// "12 visits are not in this copy: older than 01-Jan-2023, or withheld by the practice's policy."
std::string words_of_withheld(const SectionState& state);
// The section's own title; also of "identity" and "medications.past".
std::string_view title_of_section(std::string_view id);
bool is_required_section(std::string_view id);

Row row_of(const Unreadable& unreadable);

// Where an entry stands in time, from what the EMR said and the dates beside it.
enum class Standing : std::uint8_t {
  current,
  doubtful,   // said among the current ones, with its doubt
  past,
  in_error,   // entered in error or refuted: kept, and marked
};
Standing standing_of(const std::optional<bool>& current, std::string_view status,
                     std::string_view verification, const Known<Date>& end, const Date& as_of);
// "check whether current: …" for a doubtful one; otherwise "".
std::string words_of_doubt(Standing standing, std::string_view status, const Known<Date>& end);
bool is_on_hold(std::string_view status);
bool is_entered_in_error(std::string_view status);

// Greater is newer; a date that is not known counts as oldest.
std::int64_t sort_key(const Known<Date>& date);
// "03-Jan-2024", "date not recorded", "unreadable (…)".
std::string when_of(const Known<Date>& date);
// "since 03-Jan-2024", "03-Jan-2024 to 05-Feb-2024", "until …"; "" when neither is recorded.
std::string when_of(const Known<Date>& start, const Known<Date>& end);
bool is_after(const Date& date, const Date& as_of);  // a later day

// The numbers of one test over time, from its values, newest first: at least three, of one unit, on
// different days. Nothing for anything else.
Plot make_plot(const std::vector<const Observation*>& values);

}  // namespace app
