// Immunizations, procedures and devices: what was done, newest first.
#include <algorithm>

#include "app/record/clinical_numbers.h"
#include "app/record/sheet_parts.h"

namespace app {
namespace {

template <typename Entry>
std::string name_of(const Entry& entry, std::string_view unnamed) {
  if (!entry.text.empty()) return entry.text;
  for (const Coding& coding : entry.codes) {
    if (!coding.display.empty()) return coding.display;
  }
  return std::string(unnamed);
}

template <typename Entry, typename DateOf>
std::vector<const Entry*> newest_first(const std::vector<Entry>& entries, DateOf date_of) {
  std::vector<const Entry*> sorted;
  for (const Entry& entry : entries) sorted.push_back(&entry);
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Entry* a, const Entry* b) {
    const bool error_a = is_entered_in_error(a->status), error_b = is_entered_in_error(b->status);
    if (error_a != error_b) return error_b;
    return sort_key(date_of(*a)) > sort_key(date_of(*b));
  });
  return sorted;
}

void put(Row& row, std::string text, Weight weight = Weight::plain) {
  if (!text.empty()) row.value.push_back({std::move(text), weight});
}

// What the status means for the reader; nothing for one that goes without saying.
void put_status(Row& row, std::string_view status) {
  if (is_entered_in_error(status)) {
    put(row, "ENTERED IN ERROR", Weight::strong);
    row.weight = Weight::muted;
  } else if (!status.empty() && !same_ignoring_case(status, "completed")) {
    put(row, "(" + words_of_code(status) + ")", Weight::strong);
  }
}

Row row_of(const Immunization& i) {
  Row row;
  row.label = name_of(i, "Vaccine not named");
  row.when = when_of(i.date);
  Particulars small;
  if (same_ignoring_case(i.status, "not-done") || same_ignoring_case(i.status, "refused")) {
    put(row, "NOT DONE", Weight::strong);
    put(row, "— reason: " + (i.reason.empty() ? "not recorded" : i.reason));
  } else {
    put_status(row, i.status);
    small.add("reason", i.reason);
    if (row.value.empty()) put(row, i.status.empty() ? "recorded" : "given");
  }
  put(row, format_amount(i.dose));
  put(row, format_route(i.route));
  put(row, i.site);
  if (i.historical.value_or(false)) put(row, "(reported, not given here)");
  small.add("lot", i.lot).add("made by", i.manufacturer).add("by", i.author).add("note:", i.note);
  row.detail = small.add_codes(i.codes, i.text).text();
  return row;
}

Row row_of(const Procedure& p) {
  Row row;
  row.label = name_of(p, "Procedure not named");
  row.when = p.end.presence() == Presence::not_recorded ? when_of(p.date) : when_of(p.date, p.end);
  put_status(row, p.status);
  if (row.value.empty()) put(row, p.status.empty() ? "recorded" : "done");
  put(row, p.site);
  put(row, p.reason.empty() ? "" : "for " + p.reason);
  Particulars small;
  row.detail = small.add("by", p.author).add("note:", p.note).add_codes(p.codes, p.text).text();
  return row;
}

Row row_of(const Device& d, const Date& as_of) {
  Row row;
  row.label = name_of(d, "Device not named");
  row.when = when_of(d.start, d.end);
  const Standing stands = standing_of(d.current, d.status, "", d.end, as_of);
  if (stands == Standing::in_error) put_status(row, d.status);
  else if (stands == Standing::past) put(row, "no longer in use" + (d.status.empty() ? "" : " (" + words_of_code(d.status) + ')'));
  else if (!d.status.empty() && !same_ignoring_case(d.status, "active")) put(row, "(" + words_of_code(d.status) + ")");
  put(row, words_of_doubt(stands, d.status, d.end), Weight::strong);
  if (stands == Standing::past) row.weight = Weight::muted;
  if (row.value.empty()) put(row, "in use");
  Particulars small;
  row.detail = small.add("UDI", d.udi).add("note:", d.note).add_codes(d.codes, d.text).text();
  return row;
}

}  // namespace

Draft draft_immunizations(const SheetSource& source) {
  Draft draft;
  const auto& entries = source.chart.immunizations.entries;
  for (const auto* entry : newest_first(entries, [](const Immunization& i) { return i.date; })) {
    draft.facts.push_back({{row_of(*entry)}});
  }
  return draft;
}

Draft draft_procedures(const SheetSource& source) {
  Draft draft;
  const auto& entries = source.chart.procedures.entries;
  for (const auto* entry : newest_first(entries, [](const Procedure& p) { return p.date; })) {
    draft.facts.push_back({{row_of(*entry)}});
  }
  return draft;
}

Draft draft_devices(const SheetSource& source) {
  Draft draft;
  const auto& entries = source.chart.devices.entries;
  for (const auto* entry : newest_first(entries, [](const Device& d) { return d.start; })) {
    draft.facts.push_back({{row_of(*entry, source.as_of)}});
  }
  return draft;
}

}  // namespace app
