// What each panel shows, as plain values in final words.
//
// Shape:   no ImGui and no library here: equal sessions give equal views, so all words are tested without
//          a window.
// Errors:  none. A failure becomes a view too, in words that a person can act on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/sheet.h"
#include "viewer/session.h"

namespace viewer {

// Around every page, and never removed.
struct FrameView {
  std::string words;     // "EMERGENCY COPY · READ ONLY"
  std::vector<std::string> notes;  // the practice, who is signed in, what is known of the copy's bytes
  std::vector<std::string> passing;  // those of the notes that a small window may do without, the first first
  std::string as_of;     // "data as of Tue 14-Oct-2025 02:10 (7 h old)"
  std::vector<std::string> alerts;  // what must not be forgotten while it is open, a paragraph each
  std::string warning;   // a line more when the data is not fresh
  app::Age age = app::Age::fresh;
  bool verified = true;  // false: everything shown may be false, and the frame says so before anything else
};
FrameView make_frame_view(const Session& session);

struct Fact {
  std::string label;
  std::string value;
};

struct UnlockView {
  std::string title;
  std::string purpose;
  std::vector<Fact> facts;
  std::size_t typed = 0;  // characters of the passphrase, shown as dots
  std::string line;       // in place of the dots: the line of a sealed envelope that is being typed
  std::string hint;
  std::string problem;  // empty unless something went wrong
  std::string advice;
  std::string who;      // whose passphrase it is going to be, where there is a choice
  std::string insist;   // the words of the way on where the copy is forged; else empty
  std::vector<std::string> notices;  // about this copy on this computer; calm
  std::vector<Fact> spare;          // other good copies: the key that chooses it, and what it is
  std::vector<std::string> others;  // what else lies there, a line each
  bool working = false;
  std::vector<Fact> keys;  // what each key does here: {"Enter", "open"}
};
UnlockView make_unlock_view(const Session& session);

// Where somebody takes it upon themselves to open a forged copy.
struct InsistView {
  bool is_calm = false;  // a question that everybody is asked
  std::string title;
  std::vector<std::string> paragraphs;
  std::string label;
  std::string typed;
  std::size_t caret = 0;
  std::string hint;
  std::string button;
  std::vector<Fact> keys;
};
InsistView make_insist_view(const Session& session);

struct Column {
  std::string title;
  float share;           // of the width
  bool is_name = false;  // who it is: the row's tag stands with it
};

struct ListRow {
  std::vector<std::string> cells;  // one a column
  std::string tag;                 // "Died", "similar name", …; may be empty
  bool deceased = false;
  std::string below;  // a line under the others: the next appointment
  std::string group;  // what it is listed under, said above the first of them; may be empty
};

struct SearchView {
  std::string typed;
  std::size_t caret = 0;
  bool is_selected = false;  // what was typed: the next letter takes its place
  std::string hint;     // in the box while nothing is typed
  std::string heading;  // "12 found, all shown"
  std::string warning;  // "3 patients with similar names: check the birth date"
  std::string empty;    // in place of rows
  std::string problem;
  std::vector<Column> columns;
  std::vector<ListRow> rows;
  std::size_t selected = 0;  // kNoRow: none
  std::vector<Fact> keys;
};
inline constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);
SearchView make_search_view(const Session& session);

struct SectionLink {
  std::string key;  // pressed with Alt: "1" … "9", "A" …
  std::string title;
};

struct ChartView {
  const app::Sheet* sheet = nullptr;
  std::vector<SectionLink> links;
  std::vector<Fact> keys;
};
ChartView make_chart_view(const Session& session);
// The key of a section, whatever else the chart has; "" for one that has none.
std::string key_of_section(std::string_view id);
// Where the section is that Alt and this key jump to, or -1.
int section_of_key(const app::Sheet& sheet, char key);

// A page of words alone: looking for a copy, none found, something broken.
struct FaultView {
  std::string title;
  std::vector<std::string> paragraphs;
  std::vector<Fact> spare;           // copies that may be opened instead: the key that chooses it, and what it is
  std::vector<std::string> details;  // small print for whoever looks after the exporter
  std::string button = "Look again";  // what Enter does
  std::vector<Fact> keys;
};
FaultView make_fault_view(const Session& session);

// "Tue 14-Oct-2025 02:10".
std::string format_moment(app::Instant instant, const std::string& time_zone);
// The copies that may be opened instead of this one, or of none.
std::vector<Fact> describe_spare(const Session& session);
// "Press Ctrl 1 for another copy: …", or "" if there is none.
std::string offer_spare(const Session& session);

// With the keys that every page has.
std::vector<Fact> common_keys(std::vector<Fact> keys);

// "2,000".
std::string format_count(std::uint64_t count);

}  // namespace viewer
