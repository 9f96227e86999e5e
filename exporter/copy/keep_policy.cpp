#include "exporter/copy/keep_policy.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "app/snapshot/manifest.h"

namespace exporter {
namespace {

// A number for each day, week, month and year, in the practice's calendar.
struct Periods {
  int day, week, month, year;
};

Periods periods_of(app::Instant taken, const std::string& time_zone) {
  const app::Date date = app::local_date(taken, time_zone);
  const std::chrono::sys_days day = std::chrono::year(date.year) / date.month / date.day;
  const int number = static_cast<int>(day.time_since_epoch().count());
  // 1970 began on a Thursday; weeks begin on Monday.
  const int since_monday = number + 3;
  const int week = (since_monday >= 0 ? since_monday : since_monday - 6) / 7;
  return {number, week, date.year * 12 + date.month, date.year};
}

// The first so many different periods, each with the first copy that falls into it.
class Slots {
 public:
  explicit Slots(int most) : free_(most) {}
  bool takes(int period) {
    if (free_ == 0 || !seen_.insert(period).second) return false;
    --free_;
    return true;
  }

 private:
  int free_;
  std::set<int> seen_;
};

}  // namespace

std::optional<GoodCopy> parse_name(const std::string& name) {
  GoodCopy copy{name, 0, {}, false};
  if (!app::parse_copy_name(name, copy.sequence)) return std::nullopt;
  std::string time = name.substr(0, name.find('Z') + 1);
  if (time.size() != std::string_view("2026-11-22T020004Z").size()) return std::nullopt;
  time.insert(15, 1, ':').insert(13, 1, ':');
  if (!app::parse_utc(time, copy.taken)) return std::nullopt;
  return copy;
}

std::vector<KeepVerdict> judge_copies(std::vector<GoodCopy> copies, const KeepPolicy& policy, const std::string& time_zone) {
  std::ranges::sort(copies, [](const GoodCopy& a, const GoodCopy& b) {
    return a.sequence != b.sequence ? a.sequence > b.sequence : a.name > b.name;
  });
  Slots nights(policy.nights), weeks(policy.weeks), months(policy.months), years(policy.years);
  int left_of_floor = policy.floor, left_of_hours = policy.hours;
  std::set<int> days_with_a_night, days_stood_for;
  for (const GoodCopy& copy : copies) {
    if (!copy.between_nights) days_with_a_night.insert(periods_of(copy.taken, time_zone).day);
  }
  const int newest_day = copies.empty() ? 0 : periods_of(copies.front().taken, time_zone).day;
  std::vector<KeepVerdict> verdicts;
  for (GoodCopy& copy : copies) {
    const Periods periods = periods_of(copy.taken, time_zone);
    KeepVerdict verdict{std::move(copy), {}};
    if (verdicts.empty()) verdict.reasons.push_back(KeptAs::newest);
    // Of a day without a night its newest copy stands for it.
    const bool counts = !verdict.copy.between_nights || (days_with_a_night.count(periods.day) == 0 && days_stood_for.insert(periods.day).second);
    if (verdict.copy.between_nights && periods.day == newest_day && left_of_hours-- > 0) verdict.reasons.push_back(KeptAs::of_hour);
    if (counts && nights.takes(periods.day)) verdict.reasons.push_back(KeptAs::of_night);
    if (counts && weeks.takes(periods.week)) verdict.reasons.push_back(KeptAs::of_week);
    if (counts && months.takes(periods.month)) verdict.reasons.push_back(KeptAs::of_month);
    if (counts && years.takes(periods.year)) verdict.reasons.push_back(KeptAs::of_year);
    if (counts && left_of_floor-- > 0 && !verdict.stays()) verdict.reasons.push_back(KeptAs::of_floor);
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

std::string describe(const KeepVerdict& verdict) {
  if (!verdict.stays()) return "no longer kept";
  static constexpr const char* kWords[] = {"the newest", "of its night", "of its week", "of its month", "of its year",
                                           "one of the fewest that must stay", "of its hour"};
  std::string text;
  for (const KeptAs reason : verdict.reasons) {
    text += (text.empty() ? "" : ", ") + std::string(kWords[static_cast<std::size_t>(reason)]);
  }
  return text;
}

}  // namespace exporter
