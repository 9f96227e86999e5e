#include "exporter/emr/postcalendar.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <string>

namespace exporter {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int kMostFields = 32;
constexpr int kMostEvery = 1000;
// A series is walked day by day from its beginning; nobody's began two centuries ago.
constexpr int kMostSteps = 80'000;

// Just enough of PHP's serialize(): one array of names to texts, numbers, truths and nothings.
class Serialized {
 public:
  explicit Serialized(std::string_view text) : rest_(text) {}

  std::optional<std::map<std::string, std::string>> read_array() {
    std::size_t count = 0;
    if (!take("a:") || !take_number(count) || count > kMostFields || !take(":{")) return std::nullopt;
    std::map<std::string, std::string> fields;
    for (std::size_t i = 0; i < count; ++i) {
      std::string name, value;
      if (!take_scalar(name) || !take_scalar(value)) return std::nullopt;
      fields[name] = value;
    }
    if (!take("}")) return std::nullopt;
    return fields;
  }

 private:
  bool take(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool take_number(std::size_t& number) {
    const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (read.ec != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
    return true;
  }
  bool take_scalar(std::string& value) {
    if (take("N;")) return true;
    if (take("s:")) {
      std::size_t size = 0;
      if (!take_number(size) || !take(":\"") || size > rest_.size()) return false;
      value = rest_.substr(0, size);
      rest_.remove_prefix(size);
      return take("\";");
    }
    if (!take("i:") && !take("b:") && !take("d:")) return false;
    const std::size_t end = rest_.find(';');
    if (end == std::string_view::npos) return false;
    value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }

  std::string_view rest_;
};

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view part = list.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

std::optional<sys_days> day_of(std::string_view yyyymmdd) {
  const auto number = yyyymmdd.size() == 8 ? number_of(yyyymmdd) : std::nullopt;
  if (!number || *number < 0) return std::nullopt;
  const year_month_day day{std::chrono::year{*number / 10'000},
                           std::chrono::month{static_cast<unsigned>(*number / 100 % 100)},
                           std::chrono::day{static_cast<unsigned>(*number % 100)}};
  if (!day.ok()) return std::nullopt;
  return sys_days(day);
}

int weekday_of(sys_days day) { return static_cast<int>(std::chrono::weekday(day).c_encoding()); }

bool is_weekend(sys_days day) { return weekday_of(day) == 0 || weekday_of(day) == 6; }

// As PHP does it: the 31st of a month that has none is a day of the next one.
sys_days plus_months(sys_days from, int months) {
  const year_month_day day(from);
  return sys_days((day.year() / day.month() + std::chrono::months(months)) / 1) +
         (days(static_cast<unsigned>(day.day())) - days(1));
}

sys_days next_day(const PostcalendarRule& rule, sys_days from) {
  using Step = PostcalendarRule::Step;
  switch (rule.step) {
    case Step::week: return from + days(7 * rule.every);
    case Step::month: return plus_months(from, rule.every);
    case Step::year: return plus_months(from, 12 * rule.every);
    case Step::work_day: {
      sys_days day = from;
      for (int left = rule.every; left > 0; --left) {
        do day += days(1);
        while (is_weekend(day));
      }
      return day;
    }
    case Step::weekdays: {
      sys_days day = from + days(1);
      while (std::find(rule.weekdays.begin(), rule.weekdays.end(), weekday_of(day)) == rule.weekdays.end())
        day += days(1);
      return day;
    }
    case Step::day:
    case Step::weekday_of_month: break;
  }
  return from + days(rule.every);
}

sys_days nth_weekday(const PostcalendarRule& rule, std::chrono::year_month month) {
  const std::chrono::weekday weekday(static_cast<unsigned>(rule.weekdays.front()));
  if (rule.nth == 5) return sys_days(month / weekday[std::chrono::last]);
  return sys_days(month / weekday[static_cast<unsigned>(rule.nth)]);
}

bool fill_steps(PostcalendarRule& rule, const std::map<std::string, std::string>& fields) {
  const auto text = [&fields](const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
  };
  using Step = PostcalendarRule::Step;
  if (rule.step == Step::weekday_of_month) {
    const auto every = number_of(text("event_repeat_on_freq")), nth = number_of(text("event_repeat_on_num"));
    const auto day = number_of(text("event_repeat_on_day"));
    if (!every || !nth || !day || *every < 1 || *every > kMostEvery || *nth < 1 || *nth > 5 || *day < 0 || *day > 6)
      return false;
    rule.every = *every, rule.nth = *nth, rule.weekdays = {*day};
    return true;
  }
  const auto type = number_of(text("event_repeat_freq_type"));
  if (!type) return false;
  static constexpr Step kSteps[] = {Step::day, Step::week, Step::month, Step::year, Step::work_day};
  if (*type == 6) {
    rule.step = Step::weekdays;
    for (const std::string_view part : parts_of(text("event_repeat_freq"))) {
      const auto day = number_of(part);
      if (!day || *day < 1 || *day > 7) return false;
      rule.weekdays.push_back(*day - 1);
    }
    return !rule.weekdays.empty();
  }
  const auto every = number_of(text("event_repeat_freq"));
  if (*type < 0 || *type > 4 || !every || *every < 1 || *every > kMostEvery) return false;
  rule.step = kSteps[*type], rule.every = *every;
  return true;
}

}  // namespace

std::optional<PostcalendarRule> parse_postcalendar_rule(int kind, std::string_view serialized) {
  const auto fields = Serialized(serialized).read_array();
  if (!fields || kind < 1 || kind > 3) return std::nullopt;
  PostcalendarRule rule;
  if (kind == 2) rule.step = PostcalendarRule::Step::weekday_of_month;
  if (!fill_steps(rule, *fields)) return std::nullopt;
  const auto left_out = fields->find("exdate");
  if (left_out == fields->end()) return rule;
  for (const std::string_view part : parts_of(left_out->second)) {
    const auto day = day_of(part);
    if (!day) return std::nullopt;
    rule.left_out.push_back(*day);
  }
  return rule;
}

std::vector<sys_days> days_of_series(const PostcalendarRule& rule, sys_days first, std::optional<sys_days> last,
                                     sys_days from, sys_days to) {
  const sys_days end = last ? std::min(*last, to) : to;
  std::vector<sys_days> found;
  const auto consider = [&](sys_days day) {
    const bool out = std::find(rule.left_out.begin(), rule.left_out.end(), day) != rule.left_out.end();
    if (!out && day >= first && day >= from && day <= end) found.push_back(day);
  };
  if (rule.step == PostcalendarRule::Step::weekday_of_month) {
    const year_month_day begin(first);
    auto month = begin.year() / begin.month();
    for (int i = 0; i < kMostSteps && sys_days(month / 1) <= end; ++i, month += std::chrono::months(rule.every)) {
      consider(nth_weekday(rule, month));
    }
    return found;
  }
  sys_days day = first;
  for (int i = 0; i < kMostSteps && day <= end; ++i, day = next_day(rule, day)) consider(day);
  return found;
}

}  // namespace exporter
