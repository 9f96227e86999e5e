// Medications: what is taken now apart from what was, and nothing doubtful hidden.
#include <algorithm>

#include "app/record/clinical_numbers.h"
#include "app/record/medication_line.h"
#include "app/record/sheet_parts.h"
#include "app/record/text.h"

namespace app {
namespace {

constexpr int kRecently_d = 30;

Standing standing(const Medication& m, const Date& as_of) {
  return standing_of(m.current, m.status, "", m.end, as_of);
}

bool is_shown_as_current(Standing standing) { return standing == Standing::current || standing == Standing::doubtful; }

bool is_plain_status(std::string_view status) {
  return status.empty() || same_ignoring_case(status, "active") || same_ignoring_case(status, "current");
}

std::string name_of(const Medication& m) {
  if (!m.text.empty()) return tall_man(m.text);
  for (const Coding& coding : m.codes) {
    if (!coding.display.empty()) return tall_man(coding.display);
  }
  return "Medication not named";
}

Row row_of(const Medication& m, const Date& as_of) {
  const Standing stands = standing(m, as_of);
  Row row;
  row.label = name_of(m);
  row.value = make_medication_line(m);
  row.when = when_of(m.start, m.end);
  if (is_on_hold(m.status)) {
    row.value.insert(row.value.begin(), {capitalized(words_of_code(m.status)) + ", still current:", Weight::strong});
  } else if (stands == Standing::in_error) {
    row.value.insert(row.value.begin(), {"ENTERED IN ERROR:", Weight::strong});
  } else if (stands == Standing::past && !m.status.empty()) {
    row.value.insert(row.value.begin(), {capitalized(words_of_code(m.status)) + ':', Weight::strong});
  }
  const std::string doubt = words_of_doubt(stands, m.status, m.end);
  if (!doubt.empty()) row.value.push_back({"(" + doubt + ")", Weight::strong});
  if (row.value.empty()) row.value.push_back({"dose and frequency not recorded", Weight::plain});

  Particulars small;
  const std::string line = format_medication(m);
  if (!contains_ignoring_case(line, m.instructions)) small.add("as recorded: \"" + m.instructions + '"');
  small.add("for", m.reason).add("quantity", format_amount(m.quantity)).add("refills", m.refills);
  if (!is_plain_status(m.status) && stands == Standing::current && !is_on_hold(m.status)) {
    small.add("status", words_of_code(m.status));
  }
  small.add("prescribed by", m.author).add("note:", m.note).add_codes(m.codes, m.text);
  row.detail = small.text();
  row.weight = is_shown_as_current(stands) ? Weight::strong : Weight::muted;
  return row;
}

std::vector<const Medication*> medications_of(const SheetSource& source, bool current) {
  std::vector<const Medication*> chosen;
  for (const Medication& m : source.chart.medications.entries) {
    if (is_shown_as_current(standing(m, source.as_of)) == current) chosen.push_back(&m);
  }
  return chosen;
}

bool stopped_lately(const Medication& m, const Date& as_of) {
  if (!m.end.is_known() || m.end.value().precision < Precision::day || is_entered_in_error(m.status)) return false;
  return !is_after(m.end.value(), as_of) && !is_after(add_days(as_of, -kRecently_d), m.end.value());
}

std::string words_of_recently_stopped(const std::vector<const Medication*>& past, const Date& as_of) {
  const auto count = std::count_if(past.begin(), past.end(), [&](auto* m) { return stopped_lately(*m, as_of); });
  return count == 0 ? std::string() : "Stopped in the last 30 days: " + std::to_string(count) + '.';
}

}  // namespace

Draft draft_medications(const SheetSource& source) {
  std::vector<const Medication*> current = medications_of(source, true);
  std::vector<std::pair<std::string, const Medication*>> keyed;
  for (const Medication* m : current) keyed.emplace_back(collation_key(name_of(*m)), m);
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Draft draft;
  draft.order = "in alphabetical order";
  for (const auto& [key, m] : keyed) draft.facts.push_back({{row_of(*m, source.as_of)}});

  const std::vector<const Medication*> past = medications_of(source, false);
  if (current.empty() && !past.empty()) {
    draft.statement = "None recorded as current; past ones are listed apart (" + std::to_string(past.size()) + ").";
    draft.statement_weight = Weight::strong;
  }
  const std::string stopped = words_of_recently_stopped(past, source.as_of);
  if (!stopped.empty()) {
    if (!draft.statement.empty()) draft.statement += ' ';
    draft.statement += stopped;
    draft.statement_weight = Weight::strong;
  }
  return draft;
}

Draft draft_past_medications(const SheetSource& source) {
  std::vector<const Medication*> past = medications_of(source, false);
  const auto key = [](const Medication* m) { return std::max(sort_key(m->end), sort_key(m->start)); };
  std::stable_sort(past.begin(), past.end(), [&](auto* a, auto* b) { return key(a) > key(b); });
  Draft draft;
  for (const Medication* m : past) draft.facts.push_back({{row_of(*m, source.as_of)}});
  return draft;
}

}  // namespace app
