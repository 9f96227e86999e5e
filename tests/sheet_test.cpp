#include "app/record/sheet.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/invented_charts.h"

namespace {

using app::Presence;

const app::SheetContext kContext{tests::day("2026-11-22T02:10:00")};

app::Sheet sheet_of(const app::Chart& chart) {
  return app::make_sheet(chart, app::default_sheet_template(), kContext);
}

// Everything a chart holds that a person would want said: invented words and the days of dates.
class Collector {
 public:
  void operator()(std::string_view name, const std::string& value) {
    static const std::set<std::string_view> kNotSaid = {"system", "code", "key", "visit", "script", "emr_key"};
    if (!kNotSaid.count(name) && value.starts_with(tests::kInventedPrefix)) words.push_back(value);
  }
  void operator()(std::string_view, const std::optional<bool>&) {}
  void operator()(std::string_view name, const app::Known<app::Date>& value) {
    if (value.is_known() && name != "reported") words.push_back(app::format_day(value.value()));
    if (value.presence() == Presence::unreadable && name != "reported") words.push_back(value.as_recorded());
  }
  template <typename T>
  void operator()(std::string_view, const std::vector<T>& values) {
    for (const T& value : values) T::fields(value, *this);
  }
  template <typename T>
  void operator()(std::string_view name, const app::Section<T>& section) {
    (*this)(name, section.entries);
  }
  std::vector<std::string> words;
};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

TEST(Sheet, LosesNothingOfAChartWhenTheTemplateLimitsNothing) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const app::Chart chart = tests::invented_chart(seed);
    Collector collector;
    app::Chart::identity_fields(chart, collector);
    app::Chart::sections(chart, collector);
    collector("unreadable", chart.unreadable);
    const std::string said = lower(tests::words_of(sheet_of(chart)));
    for (const std::string& word : collector.words) {
      ASSERT_NE(said.find(lower(word)), std::string::npos) << "seed " << seed << " lost " << word << "\n" << said;
    }
  }
}

}  // namespace
