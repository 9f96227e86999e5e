// Visits with their notes, and appointments.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "app/record/sheet_parts.h"

namespace app {
namespace {

void put(Row& row, std::string text, Weight weight = Weight::plain) {
  if (!text.empty()) row.value.push_back({std::move(text), weight});
}

bool is_cancelled(std::string_view status) {
  return contains_ignoring_case(status, "cancel") || is_entered_in_error(status);
}

std::string or_else(const std::string& text, std::string_view otherwise) {
  return text.empty() ? std::string(otherwise) : text;
}

bool is_usual(std::string_view status) {
  for (const std::string_view usual : {"", "finished", "completed", "final", "current", "booked", "signed"}) {
    if (same_ignoring_case(status, usual)) return true;
  }
  return false;
}

void put_status(Row& row, std::string_view status) {
  if (is_entered_in_error(status)) row.weight = Weight::muted;
  if (!is_usual(status)) put(row, "(" + words_of_code(status) + ")", Weight::strong);
}

Row row_of(const Note& note, std::string_view before) {
  Row row;
  row.label = std::string(before) + or_else(note.text, before.empty() ? "Note" : "untitled");
  put_status(row, note.status);
  put(row, or_else(note.body, "(the note has no text)"), note.body.empty() ? Weight::muted : Weight::plain);
  row.when = before.empty() || note.date.presence() != Presence::not_recorded ? when_of(note.date) : "";
  Particulars small;
  row.detail = small.add("by", note.author).text();
  return row;
}

Row row_of(const Visit& visit) {
  Row row;
  row.label = visit.text;
  for (std::size_t i = 0; row.label.empty() && i < visit.codes.size(); ++i) row.label = visit.codes[i].display;
  if (row.label.empty()) row.label = "Visit";
  Particulars said;
  said.add(visit.reason).add("with", visit.clinician).add("at", visit.place);
  put(row, said.pieces().empty() ? "no reason recorded" : said.text());
  put_status(row, visit.status);
  row.when = when_of(visit.start);
  const bool one_day = visit.start.is_known() && visit.end.is_known() &&
                       format_day_number(visit.start.value()) == format_day_number(visit.end.value());
  if (visit.end.presence() != Presence::not_recorded && !one_day) row.when = when_of(visit.start, visit.end);
  Particulars small;
  for (const Coding& coding : visit.codes) {
    if (!same_ignoring_case(coding.display, row.label)) small.add(coding.display);
  }
  row.detail = small.text();
  return row;
}

Row row_of(const Appointment& a, bool past) {
  Row row;
  row.label = or_else(a.text, "Appointment");
  Particulars said;
  said.add("with", a.clinician).add(a.reason).add("at", a.place);
  put(row, said.pieces().empty() ? "no particulars recorded" : said.text());
  put_status(row, a.status);
  row.when = when_of(a.start);
  if (a.start.is_known() && !weekday_of(a.start.value()).empty()) {
    row.when = std::string(weekday_of(a.start.value())) + ' ' + row.when;
  }
  Particulars small;
  if (!a.minutes.empty()) small.add(a.minutes + " minutes");
  row.detail = small.add("note:", a.note).text();
  if (past) row.weight = Weight::muted;
  return row;
}

template <typename Entry, typename DateOf>
std::vector<const Entry*> newest_first(const std::vector<Entry>& entries, DateOf date_of) {
  std::vector<const Entry*> sorted;
  for (const Entry& entry : entries) sorted.push_back(&entry);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Entry* a, const Entry* b) { return sort_key(date_of(*a)) > sort_key(date_of(*b)); });
  return sorted;
}

std::vector<const Note*> notes_newest_first(const Chart& chart) {
  return newest_first(chart.notes.entries, [](const Note& note) { return note.date; });
}

}  // namespace

Draft draft_visits(const SheetSource& source) {
  Draft draft;
  std::unordered_map<std::string_view, std::vector<const Note*>> notes;
  if (source.visits_carry_notes) {
    for (const Note* note : notes_newest_first(source.chart)) {
      if (!note->visit.empty()) notes[note->visit].push_back(note);
    }
  }
  for (const Visit* visit : newest_first(source.chart.visits.entries, [](const Visit& v) { return v.start; })) {
    Fact fact{{row_of(*visit)}};
    if (const auto found = notes.find(visit->key); found != notes.end()) {
      for (const Note* note : found->second) fact.rows.push_back(row_of(*note, "Note: "));
      notes.erase(found);
    }
    draft.facts.push_back(std::move(fact));
  }
  return draft;
}

Draft draft_notes(const SheetSource& source) {
  std::unordered_set<std::string_view> carried;
  if (source.visits_carry_notes) {
    for (const Visit& visit : source.chart.visits.entries) carried.insert(visit.key);
    carried.erase("");
  }
  Draft draft;
  for (const Note* note : notes_newest_first(source.chart)) {
    if (!carried.count(note->visit)) draft.facts.push_back({{row_of(*note, "")}});
  }
  if (!draft.facts.empty() && draft.facts.size() < source.chart.notes.entries.size()) {
    draft.statement = "Notes of visits stand under their visits.";
  }
  return draft;
}

Draft draft_appointments(const SheetSource& source) {
  std::vector<const Appointment*> coming, cancelled, past;
  for (const Appointment& a : source.chart.appointments.entries) {
    const bool is_past = a.start.is_known() && is_after(source.as_of, a.start.value());
    (is_past ? past : is_cancelled(a.status) ? cancelled : coming).push_back(&a);
  }
  const auto earlier = [](auto* a, auto* b) { return sort_key(a->start) < sort_key(b->start); };
  std::stable_sort(coming.begin(), coming.end(), earlier);
  std::stable_sort(cancelled.begin(), cancelled.end(), earlier);
  std::stable_sort(past.begin(), past.end(), [&](auto* a, auto* b) { return earlier(b, a); });
  Draft draft;
  for (const Appointment* a : coming) draft.facts.push_back({{row_of(*a, false)}});
  for (const Appointment* a : cancelled) draft.facts.push_back({{row_of(*a, true)}});
  for (const Appointment* a : past) draft.facts.push_back({{row_of(*a, true)}});
  draft.count = std::to_string(coming.size()) + " to come";
  if (!cancelled.empty()) draft.count += ", " + std::to_string(cancelled.size()) + " cancelled";
  if (!past.empty()) draft.count += ", " + std::to_string(past.size()) + " past";
  draft.order = "the next ones first";
  return draft;
}

}  // namespace app
