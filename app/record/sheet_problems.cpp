// Problems: the current ones first, newest onset first; the past ones after them, marked.
#include <algorithm>

#include "app/record/sheet_parts.h"

namespace app {
namespace {

struct Placed {
  const Problem* problem;
  Standing standing;
  bool current() const { return standing == Standing::current || standing == Standing::doubtful; }
};

std::int64_t key(const Problem& p) { return std::max(sort_key(p.onset), p.onset.is_known() ? 0 : sort_key(p.recorded)); }

Row row_of(const Placed& placed) {
  const Problem& p = *placed.problem;
  Row row;
  row.label = p.text;
  for (std::size_t i = 0; row.label.empty() && i < p.codes.size(); ++i) row.label = p.codes[i].display;
  if (row.label.empty()) row.label = "Problem not named";
  row.weight = placed.current() ? Weight::plain : Weight::muted;

  const bool error = placed.standing == Standing::in_error;
  Particulars said;
  if (error) said.add(capitalized(words_of_code(is_entered_in_error(p.verification) ? p.verification : p.status)));
  else if (placed.standing == Standing::past) said.add(p.status.empty() ? "past" : words_of_code(p.status));
  else if (placed.standing == Standing::current && !same_ignoring_case(p.status, "active")) said.add(words_of_code(p.status));
  if (!error && !same_ignoring_case(p.verification, "confirmed")) said.add(words_of_code(p.verification));
  said.add(words_of_code(p.severity)).add(words_of_doubt(placed.standing, p.status, p.resolved));
  const std::string text = said.text();
  const bool marked = error || placed.standing == Standing::doubtful;
  row.value.push_back({text.empty() ? "current" : text, marked ? Weight::strong : row.weight});

  row.when = when_of(p.onset, p.resolved);
  if (row.when.empty() && p.recorded.is_known()) row.when = "recorded " + format_date(p.recorded.value());
  Particulars small;
  small.add(words_of_code(p.category));
  if (!p.recorded.is_known() || !row.when.starts_with("recorded")) small.add("recorded", p.recorded);
  if (error) small.add(words_of_code(p.status)).add(words_of_code(p.verification));
  small.add("by", p.author).add("note:", p.note).add_codes(p.codes, p.text);
  row.detail = small.text();
  return row;
}

}  // namespace

Draft draft_problems(const SheetSource& source) {
  std::vector<Placed> placed;
  for (const Problem& p : source.chart.problems.entries) {
    placed.push_back({&p, standing_of(p.current, p.status, p.verification, p.resolved, source.as_of)});
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    if (a.current() != b.current()) return a.current();
    return key(*a.problem) > key(*b.problem);
  });
  Draft draft;
  std::size_t current = 0;
  for (const Placed& one : placed) {
    draft.facts.push_back({{row_of(one)}});
    current += one.current() ? 1 : 0;
  }
  const std::size_t past = placed.size() - current;
  draft.count = std::to_string(current) + " current" + (past == 0 ? "" : ", " + std::to_string(past) + " past");
  if (current == 0 && past > 0) {
    draft.statement = "None recorded as current.";
    draft.statement_weight = Weight::strong;
  }
  return draft;
}

}  // namespace app
