#include "app/record/calendar.h"

#include <gtest/gtest.h>

namespace {

using app::Presence;

constexpr std::int64_t kHour_s = 3600;
constexpr app::Instant kNow{1'700'000'000};

app::Instant hours_ago(std::int64_t h) { return {kNow.s - h * kHour_s}; }

app::Date day(const char* iso) { return app::read_date(iso).value(); }

TEST(Calendar, WritesADateAsPreciselyAsItWasRecorded) {
  EXPECT_EQ(app::format_date(day("1980-08-14")), "14-Aug-1980");
  EXPECT_EQ(app::format_date(day("1980-08")), "Aug-1980");
  EXPECT_EQ(app::format_date(day("1980")), "1980");
  EXPECT_EQ(app::format_date(day("2024-03-05T10:11:12.345-05:00")), "05-Mar-2024 10:11");
  EXPECT_EQ(app::format_date(day("2024-03-05 10:11")), "05-Mar-2024 10:11");
}

TEST(Calendar, KeepsTheTextOfTheSource) {
  EXPECT_EQ(day("2024-03-05T10:11:12-05:00").iso, "2024-03-05T10:11:12-05:00");
  EXPECT_EQ(day("2024-03-05 10:11:12").iso, "2024-03-05T10:11:12");
}

TEST(Calendar, ZeroDatesAreNotRecorded) {
  for (const char* text : {"", "   ", "0000-00-00", "0000-00-00 00:00:00"}) {
    EXPECT_EQ(app::read_date(text).presence(), Presence::not_recorded) << text;
  }
}

TEST(Calendar, WhatIsNoDateIsUnreadableAndKeepsItsText) {
  for (const char* text : {"1975-02-31", "31/02/1975", "1975-13", "75-03-04", "2024-03-05T25:00",
                           "2024-03-05T10:11:12+99:00", "soon", "2023-02-29"}) {
    const auto date = app::read_date(text);
    EXPECT_EQ(date.presence(), Presence::unreadable) << text;
    EXPECT_EQ(date.as_recorded(), text);
  }
  EXPECT_EQ(app::format_known_date(app::read_date("31/02/1975")), "unreadable (31/02/1975)");
}

TEST(Calendar, AgesAreCountedAsPeopleCountThem) {
  EXPECT_EQ(app::format_age(day("1945-07-14"), day("2007-07-13")), "61y");
  EXPECT_EQ(app::format_age(day("1945-07-14"), day("2007-07-14")), "62y");
  EXPECT_EQ(app::format_age(day("2024-01-31"), day("2025-03-01")), "13m");
  EXPECT_EQ(app::format_age(day("2025-02-20"), day("2025-03-01")), "9d");
  EXPECT_EQ(app::format_age(day("1945"), day("2007-07-14")), "about 62y");
  EXPECT_EQ(app::format_age(day("2026-01-01"), day("2025-03-01")), "");
}

TEST(Calendar, SaysTheMomentInThePracticesOwnTime) {
  EXPECT_EQ(app::format_as_of({1'760'422'200}, "America/New_York"),
            "Tue 14-Oct-2025 02:10 (America/New_York)");
  EXPECT_EQ(app::format_as_of({1'760'422'200}, "No/Where"), "Tue 14-Oct-2025 06:10 (UTC)");
  app::Instant back;
  ASSERT_TRUE(app::parse_utc(app::format_utc({1'760'422'200}), back));
  EXPECT_EQ(back.s, 1'760'422'200);
  EXPECT_FALSE(app::parse_utc("2025-10-14", back));
}

TEST(Calendar, ATimeWithAnOffsetIsToldInThePracticesOwnTime) {
  const auto told = [](const char* text, const char* zone) {
    return app::format_date(app::read_date(text, zone).value());
  };
  EXPECT_EQ(told("2026-11-23T00:30:00Z", "America/New_York"), "22-Nov-2026 19:30");
  EXPECT_EQ(told("2026-07-23T00:30:00Z", "America/New_York"), "22-Jul-2026 20:30");  // summer time
  EXPECT_EQ(told("2026-11-23T00:30:00Z", "Asia/Kathmandu"), "23-Nov-2026 06:15");
  EXPECT_EQ(told("2027-01-01T04:59+05:30", "America/New_York"), "31-Dec-2026 18:29");
  EXPECT_EQ(told("2026-11-22T20:30:00-0800", "America/New_York"), "22-Nov-2026 23:30");
  EXPECT_EQ(told("2026-11-22T24:00:00Z", "Europe/Berlin"), "23-Nov-2026 01:00");
  EXPECT_EQ(told("2026-11-23T00:30:00Z", ""), "23-Nov-2026 00:30");
  EXPECT_EQ(told("2026-11-23T00:30:00-05:00", "No/Where"), "23-Nov-2026 05:30");
}

TEST(Calendar, OnlyAnOffsetMovesADateAndItsTextAndPrecisionStay) {
  for (const char* text : {"1980", "1980-08", "1980-08-14", "2026-11-23T00:30", "2026-11-23T00:30:15.5"}) {
    const app::Date same = app::read_date(text, "America/New_York").value();
    EXPECT_EQ(app::format_date(same), app::format_date(day(text))) << text;
  }
  const app::Date moved = app::read_date("2026-11-23 00:30Z", "America/New_York").value();
  EXPECT_EQ(moved.iso, "2026-11-23T00:30Z");
  EXPECT_EQ(moved.precision, app::Precision::minute);
  EXPECT_EQ(app::format_day_number(moved), 20'261'122);
  EXPECT_EQ(app::read_date("0001-01-01T00:00:00+14:00", "America/New_York").value().year, 1);
}

TEST(Calendar, OfTwoZonesAskedInTurnEachIsItself) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(app::local_date({1'760'422'200}, "America/New_York").hour, 2);
    EXPECT_EQ(app::local_date({1'760'422'200}, "Europe/Berlin").hour, 8);
    EXPECT_EQ(app::local_date({1'760'422'200}, "").hour, 6);
  }
}

TEST(Calendar, MomentsAreComparedAcrossOffsetsAndFractions) {
  const auto moment = [](const char* text) { return app::read_moment(text).value(); };
  EXPECT_EQ(moment("2024-01-01T05:00:00Z"), moment("2024-01-01T00:00:00-05:00"));
  EXPECT_LT(moment("2024-01-01T23:00:00+14:00"), moment("2024-01-01T10:00:00Z"));
  EXPECT_LT(moment("2024-01-01T00:00:00.5Z"), moment("2024-01-01T00:00:00.50001Z"));
  EXPECT_LT(moment("2024-01-01T00:00:00Z"), moment("2024-01-01T00:00:00.1Z"));
  EXPECT_EQ(moment("2024-01-01T00:00:00.123456789012Z"), moment("2024-01-01T00:00:00.123456789Z"));
  EXPECT_FALSE(app::read_moment("soon"));
}

TEST(Calendar, DaysAreAddedAcrossMonths) {
  EXPECT_EQ(app::add_days(day("2024-02-28"), 2).iso, "2024-03-01");
  EXPECT_EQ(app::add_days(day("2024-01-01"), -1).iso, "2023-12-31");
}

TEST(Freshness, LastNightsExportIsFresh) {
  const auto f = app::freshness(hours_ago(9), kNow);
  EXPECT_EQ(f.age, app::Age::fresh);
  EXPECT_EQ(f.text, "9 h old");
}

TEST(Freshness, OneMissedNightIsStaleAndAWeekIsOld) {
  EXPECT_EQ(app::freshness(hours_ago(26), kNow).age, app::Age::fresh);
  EXPECT_EQ(app::freshness(hours_ago(27), kNow).age, app::Age::stale);
  EXPECT_EQ(app::freshness(hours_ago(8 * 24), kNow).age, app::Age::old);
  EXPECT_EQ(app::freshness(hours_ago(8 * 24), kNow).text, "8 days old");
}

TEST(Freshness, ACopyFromTheFutureIsNeverFresh) {
  EXPECT_EQ(app::freshness(hours_ago(-1), kNow).age, app::Age::clock_wrong);
}

}  // namespace
