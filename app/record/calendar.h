// Dates as a medical record needs them: as precise as they were recorded, written in full, and
// honest about age.
//
// Units:   Instant counts whole seconds since 1970-01-01T00:00:00Z. Names end in _s, _h, _d.
// Source:  ISO 8601 / FHIR date and dateTime for what is kept; NHS CUI D+Ta and D+Tb for what is
//          shown (14-Aug-1980, 24 h clock, no regional settings).
// Errors:  a text that is no date is Presence::unreadable, with the text; it is never guessed.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/record/known.h"

namespace app {

struct Instant {
  std::int64_t s = 0;
  friend bool operator==(Instant, Instant) = default;
};

Instant now();

enum class Precision : std::uint8_t { year, month, day, minute, second };

// A point in the calendar. `iso` is what the EMR gave: "1980", "1980-08", "1980-08-14",
// "2024-03-05T10:11:12-05:00" (a blank between date and time becomes T). The numbers are what the
// practice's own calendar and clock say; parts beyond the precision are 1 or 0.
struct Date {
  std::string iso;
  int year = 0;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  Precision precision = Precision::day;
};

// Empty text and every form of SQL's zero date ("0000-00-00…") are not recorded; anything else that
// is no ISO 8601 date is unreadable. Never fails otherwise. A time with an offset from UTC is told in
// `time_zone` (as in local_date()); without a zone, and where no offset is given, the numbers are the
// text's own.
Known<Date> read_date(std::string_view text, std::string_view time_zone = {});

// A moment finer than a second, for telling which of two came first.
struct Moment {
  std::int64_t s = 0;
  std::int32_t ns = 0;
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

// The moment a date and time names; one without an offset is taken as UTC. Nothing for what is no date.
std::optional<Moment> read_moment(std::string_view text);

// yyyymmdd, for sorting and comparing; months and days that are not known count as 00.
int format_day_number(const Date& date);

// "14-Aug-1980", "Aug-1980", "1980"; with a time of day "05-Mar-2024 10:11".
std::string format_date(const Date& date);
// The same without the time of day.
std::string format_day(const Date& date);
// "10:11", or "" when the date has no time of day.
std::string format_time_of_day(const Date& date);
// Words for every state: the date, "not recorded", "unreadable (31/02/1975)", "withheld", …
std::string format_known_date(const Known<Date>& date);

// "Tue", for a date known to the day; else "".
std::string_view weekday_of(const Date& date);

// Whole years between birth and `on`, or -1 when that is not known to the year.
int years_between(const Date& birth, const Date& on);
// "61y", under two years "14m", under two months "12d"; "" when the birth date is not known to the
// precision that needs.
std::string format_age(const Date& birth, const Date& on);

// `instant` in the practice's time zone (IANA name such as "America/New_York"; an unknown name is
// read as UTC), known to the second.
Date local_date(Instant instant, std::string_view time_zone);
bool is_time_zone(const std::string& name);
// "Tue 14-Oct-2025 02:10 (America/New_York)".
std::string format_as_of(Instant instant, const std::string& time_zone);
// "2025-10-14T02:10:04Z".
std::string format_utc(Instant instant);
// Errors: Code::damaged when the text is not of that form.
bool parse_utc(std::string_view text, Instant& instant);
// The day `days` after `date`, known to the day.
Date add_days(const Date& date, int days);

enum class Age { fresh, stale, old, clock_wrong };

struct Freshness {
  Age age = Age::fresh;
  std::string text;  // "7 h old", "3 days old"; for screens only: on paper it would be false in an hour
};

inline constexpr std::int64_t kFreshLimit_h = 26;      // one night and two hours of slack
inline constexpr std::int64_t kStaleLimit_h = 7 * 24;  // one week

// How old data taken at `as_of` is at `now`. An `as_of` more than five minutes after `now` is never
// fresh: one of the two clocks is wrong, and the reader must be told so.
Freshness freshness(Instant as_of, Instant now);

}  // namespace app
