// Numbers over time for the eye: taken from what was recorded only where it certainly is a number.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "app/record/sheet_parts.h"

namespace app {
namespace {

constexpr std::size_t kPointsLeast = 3;

// The whole text as one number.
std::optional<double> read_number(std::string_view text) {
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// "5.4" is one number, "148/86" two; anything else none.
std::vector<double> read_numbers(std::string_view text) {
  std::vector<double> numbers;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t slash = std::min(text.find('/', at), text.size());
    const auto number = read_number(trim(text.substr(at, slash - at)));
    if (!number || numbers.size() == 2) return {};
    numbers.push_back(*number);
    at = slash + 1;
  }
  return numbers;
}

// "3.5-5.1", "3.5 – 5.1".
std::optional<std::pair<double, double>> read_range(std::string_view text) {
  for (const std::string_view dash : {std::string_view("–"), std::string_view("-")}) {
    const std::size_t at = text.find(dash, 1);
    if (at == std::string_view::npos) continue;
    const auto low = read_number(trim(text.substr(0, at)));
    const auto high = read_number(trim(text.substr(at + dash.size())));
    if (low && high && *low < *high) return std::pair(*low, *high);
  }
  return std::nullopt;
}

int day_number(const Date& date) {
  const std::chrono::year_month_day day{std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  return static_cast<int>(std::chrono::sys_days(day).time_since_epoch().count());
}

}  // namespace

Plot make_plot(const std::vector<const Observation*>& values) {
  Plot plot;
  const Observation& latest = *values.front();
  if (values.size() < kPointsLeast) return plot;
  const std::size_t lines = read_numbers(latest.value).size();
  plot.lines.resize(lines);
  for (auto value = values.rbegin(); value != values.rend() && lines > 0; ++value) {
    const Observation& o = **value;
    const Known<Date>& date = o.date.presence() == Presence::not_recorded ? o.reported : o.date;
    const bool counts = !is_entered_in_error(o.status) && o.unit == latest.unit && date.is_known() &&
                        date.value().precision >= Precision::day;
    const std::vector<double> numbers = counts ? read_numbers(o.value) : std::vector<double>();
    for (std::size_t line = 0; line < lines && numbers.size() == lines; ++line) {
      plot.lines[line].push_back({day_number(date.value()), numbers[line]});
    }
  }
  const bool enough = lines > 0 && plot.lines[0].size() >= kPointsLeast &&
                      plot.lines[0].front().day != plot.lines[0].back().day;
  if (!enough) return {};
  if (lines == 1) plot.range = read_range(latest.range);
  return plot;
}

}  // namespace app
