// Results, vital signs and whatever else was observed: the latest value of each, the earlier beside it.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "app/record/clinical_numbers.h"
#include "app/record/sheet_parts.h"

namespace app {
namespace {

struct FlagWords {
  std::string_view recorded;
  std::string_view said;
  Weight weight;
};

constexpr FlagWords kFlags[] = {
    {"h", "HIGH", Weight::strong},          {"high", "HIGH", Weight::strong},
    {"l", "LOW", Weight::strong},           {"low", "LOW", Weight::strong},
    {"hh", "CRITICAL HIGH", Weight::alarm}, {"vhigh", "CRITICAL HIGH", Weight::alarm},
    {"ll", "CRITICAL LOW", Weight::alarm},  {"vlow", "CRITICAL LOW", Weight::alarm},
    {"hu", "CRITICAL HIGH", Weight::alarm}, {"lu", "CRITICAL LOW", Weight::alarm},
    {"a", "ABNORMAL", Weight::strong},      {"abnormal", "ABNORMAL", Weight::strong},
    {"yes", "ABNORMAL", Weight::strong},    {"aa", "CRITICAL ABNORMAL", Weight::alarm},
    {"n", "normal", Weight::plain},         {"normal", "normal", Weight::plain},
    {"r", "resistant", Weight::plain},      {"s", "susceptible", Weight::plain},
    {"i", "intermediate", Weight::plain},   {"pos", "POSITIVE", Weight::strong},
    {"neg", "negative", Weight::plain},
};

Span span_of_flag(std::string_view flag) {
  for (const FlagWords& words : kFlags) {
    if (same_ignoring_case(words.recorded, flag)) return {std::string(words.said), words.weight};
  }
  return {"flag as recorded: " + std::string(flag), Weight::strong};
}

const Known<Date>& date_of(const Observation& o) {
  return o.date.presence() == Presence::not_recorded ? o.reported : o.date;
}

std::string name_of(const Observation& o) {
  if (!o.text.empty()) return o.text;
  for (const Coding& coding : o.codes) {
    if (!coding.display.empty()) return coding.display;
  }
  return "Not named";
}

std::string measured(const Observation& o) { return o.value.empty() ? "no value recorded" : format_measured(o.value); }

std::string value_of(const Observation& o) {
  std::string text = measured(o);
  const std::string unit = format_unit(o.unit);
  if (!unit.empty()) text += unit == "%" ? unit : ' ' + unit;
  return text;
}

bool is_final(std::string_view status) { return status.empty() || same_ignoring_case(status, "final"); }

Particulars particulars_of(const Observation& o) {
  Particulars small;
  small.add("reference range", o.range);
  if (format_measured(o.value) != o.value) small.add("recorded as", o.value);
  const bool same_day = o.date.is_known() && o.reported.is_known() && o.date.value().iso == o.reported.value().iso;
  if (o.date.presence() != Presence::not_recorded && !same_day) small.add("reported", o.reported);
  small.add("by", o.author).add("note:", o.note);
  for (const Coding& coding : o.codes) {
    if (!same_ignoring_case(coding.display, name_of(o))) small.add(coding.display);
  }
  return small;
}

struct Test {
  std::vector<const Observation*> values;  // newest first
};

struct Panel {
  std::string_view name;
  std::vector<Test> tests;
  std::int64_t newest = 0;
};

// "7.2 mmol/L HIGH on 03-Jan-2024"
std::string words_of_earlier(const Observation& o, std::string_view unit_before) {
  std::string text = o.unit == unit_before ? measured(o) : value_of(o);
  if (!o.flag.empty()) text += ' ' + span_of_flag(o.flag).text;
  if (!is_final(o.status)) text += " (" + words_of_code(o.status) + ')';
  const Known<Date>& date = date_of(o);
  return text + (date.is_known() ? " on " + format_day(date.value()) : ", " + when_of(date));
}

Row row_of(const Test& test) {
  const Observation& o = *test.values.front();
  Row row;
  row.label = name_of(o);
  const bool error = is_entered_in_error(o.status);
  row.weight = error ? Weight::muted : Weight::plain;
  if (error) row.value.push_back({"ENTERED IN ERROR:", Weight::strong});
  row.value.push_back({value_of(o), error ? Weight::muted : Weight::strong});
  if (!o.flag.empty()) {
    Span flag = span_of_flag(o.flag);
    if (!error && flag.weight == Weight::alarm) row.weight = Weight::alarm;
    row.value.push_back(std::move(flag));
  }
  if (!error && !is_final(o.status)) row.value.push_back({"(" + words_of_code(o.status) + ")", Weight::strong});
  row.when = when_of(date_of(o));

  Particulars small = particulars_of(o);
  const std::vector<std::string> latest = small.pieces();
  std::vector<std::string> earlier;
  for (std::size_t i = 1; i < test.values.size(); ++i) {
    const Observation& before = *test.values[i];
    earlier.push_back(words_of_earlier(before, o.unit));
    const std::string day = before.date.is_known() ? format_day(before.date.value()) + ": " : "earlier: ";
    const Particulars particulars = particulars_of(before);
    for (const std::string& piece : particulars.pieces()) {
      const bool said = std::find(latest.begin(), latest.end(), piece) != latest.end();
      if (!said && !piece.starts_with("reported ")) small.add(day + piece);
    }
  }
  if (!earlier.empty()) row.value.push_back({"— previously " + join(earlier, ", "), Weight::muted});
  row.detail = small.text();
  row.plot = make_plot(test.values);
  return row;
}

bool comes_before(const Observation* a, const Observation* b) {
  const bool error_a = is_entered_in_error(a->status), error_b = is_entered_in_error(b->status);
  if (error_a != error_b) return error_b;
  const std::int64_t true_a = sort_key(date_of(*a)), true_b = sort_key(date_of(*b));
  // A corrected report is of the same moment, and was told later.
  return true_a != true_b ? true_a > true_b : sort_key(a->reported) > sort_key(b->reported);
}

// As sources name the panel of what was ordered and has no result yet.
constexpr std::string_view kOpenOrders = "Open orders";

// What is still to come first, however old; then the panels by their newest value, and in each the tests likewise; what is
// equally new keeps the order it was recorded in.
std::vector<Panel> panels_of(const std::vector<Observation>& entries) {
  std::vector<Panel> panels;
  std::unordered_map<std::string_view, std::size_t> panel_at;
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> test_at;
  std::string key;
  for (const Observation& o : entries) {
    const auto [panel, is_new] = panel_at.emplace(o.panel, panels.size());
    if (is_new) panels.push_back({o.panel, {}, 0});
    Panel& found = panels[panel->second];
    key = o.panel, key += '\n', key += lower_ascii(name_of(o));
    const auto [test, is_new_test] = test_at.emplace(key, std::pair{panel->second, found.tests.size()});
    if (is_new_test) found.tests.emplace_back();
    found.tests[test->second.second].values.push_back(&o);
    found.newest = std::max(found.newest, sort_key(date_of(o)));
  }
  for (Panel& panel : panels) {
    for (Test& test : panel.tests) std::stable_sort(test.values.begin(), test.values.end(), comes_before);
    std::stable_sort(panel.tests.begin(), panel.tests.end(), [](const Test& a, const Test& b) {
      return comes_before(a.values.front(), b.values.front());
    });
  }
  std::stable_sort(panels.begin(), panels.end(), [](const Panel& a, const Panel& b) {
    const bool open_a = a.name == kOpenOrders, open_b = b.name == kOpenOrders;
    return open_a != open_b ? open_a : a.newest > b.newest;
  });
  return panels;
}

Draft draft_observations(const Section<Observation>& section, std::string_view singles) {
  Draft draft;
  const std::vector<Panel> panels = panels_of(section.entries);
  const bool headed = panels.size() > 1 || (panels.size() == 1 && !panels[0].name.empty());
  for (const Panel& panel : panels) {
    bool first = headed;
    for (const Test& test : panel.tests) {
      Fact fact;
      if (std::exchange(first, false)) {
        Row heading;
        heading.label = panel.name.empty() ? singles : panel.name;
        const bool open = panel.name == kOpenOrders;
        heading.value = {{count_of(panel.tests.size(), open ? "order" : "test", open ? "orders" : "tests"), Weight::muted}};
        heading.weight = Weight::strong;
        heading.heads = true;
        fact.rows.push_back(std::move(heading));
      }
      fact.rows.push_back(row_of(test));
      draft.facts.push_back(std::move(fact));
    }
  }
  if (section.entries.size() > draft.facts.size()) {
    draft.statement = "The latest of each, earlier values beside it: " + std::to_string(section.entries.size()) + " values in all.";
  }
  return draft;
}

}  // namespace

Draft draft_results(const SheetSource& source) { return draft_observations(source.chart.results, "Single tests"); }

Draft draft_vital_signs(const SheetSource& source) {
  return draft_observations(source.chart.vital_signs, "Other vital signs");
}

Draft draft_social_history(const SheetSource& source) {
  return draft_observations(source.chart.social_history, "Other statements");
}

Draft draft_pregnancy(const SheetSource& source) {
  return draft_observations(source.chart.pregnancy, "Other statements");
}

}  // namespace app
