// What is said when there is nothing to list, and why there is nothing.
#include <algorithm>
#include <array>

#include "app/record/sheet_parts.h"

namespace app {
namespace {

struct SectionWords {
  std::string_view id;
  std::string_view none;  // when somebody recorded that there is none
  std::string_view one;
  std::string_view many;
};

constexpr std::array<SectionWords, 21> kWords = {{
    {"contacts", "No contacts (recorded as none)", "contact", "contacts"},
    {"coverage", "No insurance coverage (recorded as none)", "coverage", "coverages"},
    {"care_team", "No care team (recorded as none)", "care team member", "care team members"},
    {"alerts", "No alerts (recorded as none)", "alert", "alerts"},
    {"directives", "No advance directives (recorded as none)", "advance directive", "advance directives"},
    {"allergies", "No known allergies", "allergy", "allergies"},
    {"medications", "No medications (recorded as none)", "medication", "medications"},
    {"problems", "No known problems", "problem", "problems"},
    {"immunizations", "No immunizations (recorded as none)", "immunization", "immunizations"},
    {"results", "No results (recorded as none)", "result", "results"},
    {"vital_signs", "No vital signs (recorded as none)", "vital sign", "vital signs"},
    {"procedures", "No procedures (recorded as none)", "procedure", "procedures"},
    {"devices", "No medical devices (recorded as none)", "medical device", "medical devices"},
    {"social_history", "No social history (recorded as none)", "social history entry", "social history entries"},
    {"pregnancy", "Not pregnant, no pregnancies (recorded as none)", "pregnancy entry", "pregnancy entries"},
    {"family_history", "No family history (recorded as none)", "family history entry", "family history entries"},
    {"plan", "No plan of care (recorded as none)", "planned item", "planned items"},
    {"visits", "No visits (recorded as none)", "visit", "visits"},
    {"notes", "No notes (recorded as none)", "note", "notes"},
    {"appointments", "No appointments (recorded as none)", "appointment", "appointments"},
    {"documents", "No documents (recorded as none)", "document", "documents"},
}};

const SectionWords& words_for(std::string_view id) {
  static constexpr SectionWords kOther = {"", "None (recorded as none)", "entry", "entries"};
  const auto found = std::find_if(kWords.begin(), kWords.end(), [id](const auto& w) { return w.id == id; });
  return found == kWords.end() ? kOther : *found;
}

constexpr std::array kActive = std::to_array<std::string_view>(
    {"active", "current", "intended", "recurrence", "relapse", "in-progress", "draft"});
constexpr std::array kPast = std::to_array<std::string_view>(
    {"inactive", "completed", "stopped", "cancelled", "canceled", "ended", "resolved", "remission", "discontinued",
     "not-taken", "abated", "expired", "past", "explanted", "removed"});

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view status) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return same_ignoring_case(word, status); });
}

// Whether the whole of `date` lies before the day `as_of`, as far as its precision tells.
bool is_before(const Date& date, const Date& as_of) {
  if (date.year != as_of.year || date.precision == Precision::year) return date.year < as_of.year;
  if (date.month != as_of.month || date.precision == Precision::month) return date.month < as_of.month;
  return date.day < as_of.day;
}

// "recorded 03-Jan-2024 by Dr. Vane"; "" where neither is known.
std::string words_of_record(const Known<Date>& recorded, const std::string& author) {
  std::string words;
  if (recorded.presence() != Presence::not_recorded) words = "recorded " + format_known_date(recorded);
  if (author.empty()) return words;
  return (words.empty() ? "recorded" : words) + " by " + author;
}

}  // namespace

std::vector<SectionState> states_of(const Chart& chart) {
  std::vector<SectionState> states;
  states.reserve(kSections.size());
  auto collect = [&](std::string_view id, const auto& section) {
    SectionState state{id, section.state, section.entries.size(), section.withheld, 0, {}, ""};
    if (section.withheld > 0 && section.state != Presence::known_none) state.since = section.recorded;
    for (const Unreadable& unreadable : chart.unreadable) {
      if (unreadable.section == id) ++state.unreadable;
    }
    const bool says_nothing = state.state == Presence::known || state.state == Presence::not_recorded;
    if (state.entries > 0) {
      state.state = Presence::known;
    } else if (state.unreadable > 0) {
      state.state = Presence::unreadable;
    } else if (state.withheld > 0 && (says_nothing || state.state == Presence::known_none)) {
      state.state = Presence::withheld;
    } else if (state.state == Presence::known) {
      state.state = Presence::not_recorded;
    }
    if (state.state == Presence::known_none) state.recorded = words_of_record(section.recorded, section.author);
    states.push_back(state);
  };
  Chart::sections(chart, collect);
  return states;
}

SectionState state_of(const Chart& chart, std::string_view id) {
  for (const SectionState& state : states_of(chart)) {
    if (state.id == id) return state;
  }
  return {};
}

std::string words_of_state(std::string_view id, Presence state) {
  const SectionWords& words = words_for(id);
  const std::string many(words.many);
  switch (state) {
    case Presence::known: return capitalized(many) + " are recorded.";
    case Presence::known_none: return std::string(words.none) + '.';
    case Presence::not_recorded:
      return "NOT RECORDED. That does not mean none" + std::string(is_required_section(id) ? ": ask." : ".");
    case Presence::not_in_copy: return "NOT IN THIS COPY. The EMR may hold " + many + ".";
    case Presence::withheld: return "WITHHELD by the practice's policy. The EMR may hold " + many + ".";
    case Presence::unreadable: break;
  }
  return "UNREADABLE. The EMR holds " + many + " that could not be read.";
}

Weight weight_of_state(Presence state) {
  return state == Presence::known || state == Presence::known_none ? Weight::strong : Weight::missing;
}

std::string words_of_withheld(const SectionState& state) {
  const SectionWords& words = words_for(state.id);
  const std::string counted = count_of(state.withheld, words.one, words.many);
  if (!state.since.is_known()) return counted + " withheld by the practice's policy.";
  // Which of the two it is would tell that somebody has something to be withheld.
  return counted + (state.withheld == 1 ? " is" : " are") + " not in this copy: older than " + format_day(state.since.value()) +
         ", or withheld by the practice's policy.";
}

std::string_view title_of_section(std::string_view id) {
  if (id == "identity") return "Names, numbers and addresses";
  if (id == "medications.past") return "Past medications";
  if (id == "medications") return "Current medications";
  for (const SectionInfo& info : kSections) {
    if (info.id == id) return info.title;
  }
  return id;
}

bool is_required_section(std::string_view id) {
  return id == "allergies" || id == "medications" || id == "problems";
}

Row row_of(const Unreadable& unreadable) {
  Row row;
  row.label = unreadable.field.empty() ? "Unreadable entry" : "Unreadable " + unreadable.field;
  row.value = {{unreadable.as_recorded.empty() ? "nothing could be saved of it"
                                               : "as recorded: \"" + unreadable.as_recorded + '"',
                Weight::missing}};
  row.detail = unreadable.reason;
  row.weight = Weight::missing;
  return row;
}

bool is_on_hold(std::string_view status) {
  return is_among(std::to_array<std::string_view>({"on-hold", "on hold", "suspended", "paused", "held"}), status);
}

bool is_entered_in_error(std::string_view status) {
  return is_among(std::to_array<std::string_view>({"entered-in-error", "entered in error", "refuted"}), status);
}

Standing standing_of(const std::optional<bool>& current, std::string_view status, std::string_view verification,
                     const Known<Date>& end, const Date& as_of) {
  if (is_entered_in_error(status) || is_entered_in_error(verification)) return Standing::in_error;
  const bool ended = end.is_known() && is_before(end.value(), as_of);
  if (is_on_hold(status)) return ended ? Standing::doubtful : Standing::current;
  const bool active = is_among(kActive, status);
  const bool past = is_among(kPast, status);
  if (!current) {
    if (past) return Standing::past;
    if (active) return ended ? Standing::doubtful : Standing::current;
    return ended ? Standing::past : Standing::doubtful;
  }
  if (*current) return past || ended ? Standing::doubtful : Standing::current;
  return active && !ended ? Standing::doubtful : Standing::past;
}

std::string words_of_doubt(Standing standing, std::string_view status, const Known<Date>& end) {
  if (standing != Standing::doubtful) return {};
  if (status.empty() && !end.is_known()) return "not recorded whether current";
  std::string words = "check whether current:";
  if (!status.empty()) words += " status is \"" + words_of_code(status) + '"';
  if (end.is_known()) words += (status.empty() ? " ended " : ", ended ") + format_day(end.value());
  return words;
}

std::int64_t sort_key(const Known<Date>& date) {
  if (!date.is_known()) return 0;
  const Date& d = date.value();
  return std::int64_t{format_day_number(d)} * 86'400 + d.hour * 3600 + d.minute * 60 + d.second;
}

std::string when_of(const Known<Date>& date) {
  if (date.presence() == Presence::known) return format_date(date.value());
  return "date " + format_known_date(date);
}

std::string when_of(const Known<Date>& start, const Known<Date>& end) {
  const bool starts = start.presence() != Presence::not_recorded;
  const bool ends = end.presence() != Presence::not_recorded;
  if (!starts && !ends) return {};
  if (!ends) return "since " + format_known_date(start);
  if (!starts) return "until " + format_known_date(end);
  return format_known_date(start) + " to " + format_known_date(end);
}

bool is_after(const Date& date, const Date& as_of) { return format_day_number(date) > format_day_number(as_of); }

}  // namespace app
