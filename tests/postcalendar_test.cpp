#include "exporter/emr/postcalendar.h"

#include <gtest/gtest.h>

#include <string>

#include "exporter/emr/sql_repeats.h"

namespace {

using namespace std::chrono;
using exporter::days_of_series;
using exporter::parse_postcalendar_rule;

std::string field(const std::string& name, const std::string& value) {
  return "s:" + std::to_string(name.size()) + ":\"" + name + "\";s:" + std::to_string(value.size()) + ":\"" +
         value + "\";";
}

std::string every(const std::string& freq, const std::string& type, const std::string& left_out = "") {
  return "a:6:{" + field("event_repeat_freq", freq) + field("event_repeat_freq_type", type) +
         field("event_repeat_on_num", "1") + field("event_repeat_on_day", "0") +
         field("event_repeat_on_freq", "0") + field("exdate", left_out) + "}";
}

std::string on(const std::string& nth, const std::string& day, const std::string& months) {
  return "a:5:{" + field("event_repeat_freq", "0") + field("event_repeat_freq_type", "0") +
         field("event_repeat_on_num", nth) + field("event_repeat_on_day", day) +
         field("event_repeat_on_freq", months) + "}";
}

sys_days day(int y, unsigned m, unsigned d) { return sys_days(year(y) / month(m) / d); }

std::string series(int kind, const std::string& spec, sys_days first, sys_days last, sys_days from = day(2000, 1, 1)) {
  const auto rule = parse_postcalendar_rule(kind, spec);
  if (!rule) return "not understood";
  std::string text;
  for (const sys_days found : days_of_series(*rule, first, last, from, day(2030, 1, 1))) {
    const year_month_day date(found);
    text += (text.empty() ? "" : " ") + std::to_string(static_cast<unsigned>(date.month())) + "/" +
            std::to_string(static_cast<unsigned>(date.day()));
  }
  return text;
}

TEST(Postcalendar, RepeatsEverySoManyDaysWeeksMonthsAndYears) {
  EXPECT_EQ(series(1, every("3", "0"), day(2026, 3, 1), day(2026, 3, 10)), "3/1 3/4 3/7 3/10");
  EXPECT_EQ(series(1, every("2", "1"), day(2026, 3, 2), day(2026, 4, 1)), "3/2 3/16 3/30");
  EXPECT_EQ(series(1, every("1", "2"), day(2026, 1, 15), day(2026, 4, 15)), "1/15 2/15 3/15 4/15");
  EXPECT_EQ(series(1, every("1", "3"), day(2026, 1, 15), day(2028, 1, 15)), "1/15 1/15 1/15");
}

TEST(Postcalendar, PassesOverWeekendsWhenItRepeatsOnWorkDays) {
  EXPECT_EQ(series(1, every("1", "4"), day(2026, 3, 5), day(2026, 3, 10)), "3/5 3/6 3/9 3/10");
}

TEST(Postcalendar, RepeatsOnTheWeekdaysOfItsListCountedFromSunday) {
  EXPECT_EQ(series(3, every("2,4", "6"), day(2026, 3, 2), day(2026, 3, 12)), "3/2 3/4 3/9 3/11");
}

TEST(Postcalendar, RepeatsOnTheNthAndTheLastWeekdayOfAMonth) {
  EXPECT_EQ(series(2, on("2", "2", "1"), day(2026, 1, 1), day(2026, 3, 31)), "1/13 2/10 3/10");
  EXPECT_EQ(series(2, on("5", "5", "2"), day(2026, 1, 1), day(2026, 5, 31)), "1/30 3/27 5/29");
}

TEST(Postcalendar, LeavesOutTheDaysThatWereTakenOut) {
  EXPECT_EQ(series(1, every("1", "1", "20260309, 20260323"), day(2026, 3, 2), day(2026, 3, 30)), "3/2 3/16 3/30");
}

TEST(Postcalendar, TellsOnlyTheDaysAskedFor) {
  EXPECT_EQ(series(1, every("1", "1"), day(2019, 1, 7), day(2026, 3, 30), day(2026, 3, 10)), "3/16 3/23 3/30");
}

TEST(Postcalendar, UnderstandsNothingInABrokenRuleAndDoesNotGuess) {
  for (const std::string& broken :
       {std::string(""), std::string("a:1:{"), every("0", "1"), every("x", "1"), every("1", "9"), every("8", "6"),
        on("6", "1", "1"), every("1", "1").substr(0, 60), every("1", "1", "2026-03-09"),
        std::string("a:99999999:{}"), std::string("s:3:\"abc\";")}) {
    EXPECT_EQ(series(1, broken, day(2026, 3, 2), day(2026, 3, 30)), "not understood") << broken;
  }
  EXPECT_FALSE(parse_postcalendar_rule(2, on("6", "1", "1")));
  EXPECT_FALSE(parse_postcalendar_rule(4, every("1", "1")));
}

TEST(Postcalendar, GivesTheFirstDayOfASeriesThatItDoesNotUnderstand) {
  const app::Date today = app::read_date("2026-03-10").value();
  std::string starts;
  const auto add = [&starts](std::string_view start) { starts.append(start).append("; "); };
  EXPECT_FALSE(exporter::for_each_repetition({"2026-03-02 10:15:00", "1", "a:1:{", "2026-12-31"}, today, add));
  EXPECT_EQ(starts, "2026-03-02 10:15:00; ");
}

TEST(Postcalendar, ASeriesWithoutAnEndGoesOnForAYearAndKeepsItsTimeOfDay) {
  const app::Date today = app::read_date("2026-03-10").value();
  int count = 0;
  std::string last;
  const auto add = [&](std::string_view start) { ++count, last = start; };
  EXPECT_TRUE(exporter::for_each_repetition({"2020-03-02 10:15:00", "1", every("1", "1"), "0000-00-00"}, today, add));
  EXPECT_EQ(count, 57);  // four before today, and those of 366 days
  EXPECT_EQ(last, "2027-03-08 10:15:00");
}

}  // namespace
