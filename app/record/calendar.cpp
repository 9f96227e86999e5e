#include "app/record/calendar.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <charconv>
#include <chrono>
#include <memory>

namespace app {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::int64_t kDay_s = 86'400;
constexpr std::int64_t kClockSlack_s = 300;

std::chrono::year_month_day calendar_day(const Date& date) {
  return std::chrono::year{date.year} / std::chrono::month{static_cast<unsigned>(date.month)} /
         std::chrono::day{static_cast<unsigned>(date.day)};
}

// Reads fixed-width numbers off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool number(std::size_t digits, int low, int high, int& value) {
    if (rest_.size() < digits) return false;
    const auto end = rest_.data() + digits;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
    }
    if (std::from_chars(rest_.data(), end, value).ptr != end) return false;
    rest_.remove_prefix(digits);
    return value >= low && value <= high;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // The digits behind a decimal point, as billionths.
  std::int32_t fraction() {
    std::int32_t value = 0;
    for (std::int32_t digit_worth = 100'000'000; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
         digit_worth /= 10) {
      value += (rest_.front() - '0') * digit_worth;
      rest_.remove_prefix(1);
    }
    return value;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// What a text says beyond a Date.
struct Beyond {
  std::optional<std::int64_t> offset_s;  // east of UTC
  std::int32_t ns = 0;
};

bool scan_zone(Scanner& scan, std::optional<std::int64_t>& offset_s) {
  if (scan.at_end()) return true;
  if (scan.take('Z')) {
    offset_s = 0;
    return scan.at_end();
  }
  int hours = 0, minutes = 0;
  const bool west = scan.take('-');
  if (!west && !scan.take('+')) return false;
  if (!scan.number(2, 0, 14, hours)) return false;
  scan.take(':');
  if (!scan.number(2, 0, 59, minutes)) return false;
  const std::int64_t offset = hours * 3600 + minutes * 60;
  offset_s = west ? -offset : offset;
  return scan.at_end();
}

bool scan_time(Scanner& scan, Date& date, Beyond& beyond) {
  if (!scan.number(2, 0, 24, date.hour) || !scan.take(':')) return false;
  if (!scan.number(2, 0, 59, date.minute)) return false;
  date.precision = Precision::minute;
  if (scan.take(':')) {
    if (!scan.number(2, 0, 60, date.second)) return false;
    date.precision = Precision::second;
    if (scan.take('.')) beyond.ns = scan.fraction();
  }
  return (date.hour < 24 || date.minute + date.second == 0) && scan_zone(scan, beyond.offset_s);
}

bool scan_date(std::string_view text, Date& date, Beyond& beyond) {
  Scanner scan(text);
  if (!scan.number(4, 1, 9999, date.year)) return false;
  date.precision = Precision::year;
  if (scan.at_end()) return true;
  if (!scan.take('-') || !scan.number(2, 1, 12, date.month)) return false;
  date.precision = Precision::month;
  if (scan.at_end()) return true;
  if (!scan.take('-') || !scan.number(2, 1, 31, date.day) || !calendar_day(date).ok()) return false;
  date.precision = Precision::day;
  if (scan.at_end()) return true;
  return (scan.take('T') || scan.take(' ')) && scan_time(scan, date, beyond);
}

void append_padded(std::string& text, int value, int width) {
  const std::string digits = std::to_string(value);
  text.append(static_cast<std::size_t>(width) - std::min<std::size_t>(digits.size(), static_cast<std::size_t>(width)), '0');
  text += digits;
}

std::string iso_day(const std::chrono::year_month_day& day) {
  std::string text;
  append_padded(text, static_cast<int>(day.year()), 4);
  text += '-';
  append_padded(text, static_cast<int>(static_cast<unsigned>(day.month())), 2);
  text += '-';
  append_padded(text, static_cast<int>(static_cast<unsigned>(day.day())), 2);
  return text;
}

// Seconds from 1970 to the date's numbers, as if they stood in UTC.
std::int64_t seconds_of(const Date& date) {
  const std::chrono::sys_days day{calendar_day(date)};
  return day.time_since_epoch().count() * kDay_s + date.hour * 3600 + date.minute * 60 + date.second;
}

void set_numbers(Date& date, std::int64_t local_s) {
  const std::int64_t days = local_s >= 0 ? local_s / kDay_s : -((-local_s + kDay_s - 1) / kDay_s);
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{days}}};
  const auto rest = static_cast<int>(local_s - days * kDay_s);
  date.year = static_cast<int>(day.year());
  date.month = static_cast<int>(static_cast<unsigned>(day.month()));
  date.day = static_cast<int>(static_cast<unsigned>(day.day()));
  date.hour = rest / 3600, date.minute = rest / 60 % 60, date.second = rest % 60;
}

Date date_at(std::int64_t local_s) {
  Date date;
  set_numbers(date, local_s);
  date.precision = Precision::second;
  date.iso = iso_day(calendar_day(date)) + 'T';
  append_padded(date.iso, date.hour, 2), date.iso += ':';
  append_padded(date.iso, date.minute, 2), date.iso += ':';
  append_padded(date.iso, date.second, 2);
  return date;
}

// How far the zone's clocks are ahead of UTC at that moment. A night asks for one zone again and again,
// and making one takes far longer than asking it.
std::int64_t offset_at(std::int64_t utc_s, std::string_view time_zone) {
  thread_local std::string name;
  thread_local std::unique_ptr<icu::TimeZone> zone;
  if (!zone || name != time_zone) {
    name = time_zone;
    zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  }
  std::int32_t raw_ms = 0, summer_ms = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(utc_s) * 1000, false, raw_ms, summer_ms, status);
  return U_SUCCESS(status) ? (raw_ms + summer_ms) / 1000 : 0;
}

// Tells a date whose text names an offset in the practice's time.
void move_to_zone(Date& date, std::int64_t offset_s, std::string_view time_zone) {
  const std::int64_t utc_s = seconds_of(date) - offset_s;
  Date moved;
  set_numbers(moved, utc_s + offset_at(utc_s, time_zone));
  if (moved.year < 1 || moved.year > 9999) return;
  if (date.precision < Precision::second) moved.second = 0;
  moved.iso = std::move(date.iso), moved.precision = date.precision;
  date = std::move(moved);
}

}  // namespace

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

Known<Date> read_date(std::string_view text, std::string_view time_zone) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty() || text.starts_with("0000")) return {};
  Date date;
  Beyond beyond;
  if (!scan_date(text, date, beyond)) return Known<Date>::unreadable(std::string(text));
  date.iso = text;
  if (date.iso.size() > 10 && date.iso[10] == ' ') date.iso[10] = 'T';
  if (beyond.offset_s && !time_zone.empty()) move_to_zone(date, *beyond.offset_s, time_zone);
  return date;
}

std::optional<Moment> read_moment(std::string_view text) {
  Date date;
  Beyond beyond;
  if (!scan_date(text, date, beyond)) return std::nullopt;
  return Moment{seconds_of(date) - beyond.offset_s.value_or(0), beyond.ns};
}

int format_day_number(const Date& date) {
  const int month = date.precision >= Precision::month ? date.month : 0;
  const int day = date.precision >= Precision::day ? date.day : 0;
  return date.year * 10'000 + month * 100 + day;
}

std::string format_day(const Date& date) {
  std::string text;
  if (date.precision >= Precision::day) append_padded(text, date.day, 2), text += '-';
  if (date.precision >= Precision::month) {
    text += kMonths[static_cast<std::size_t>(date.month - 1)];
    text += '-';
  }
  append_padded(text, date.year, 4);
  return text;
}

std::string format_time_of_day(const Date& date) {
  std::string text;
  if (date.precision < Precision::minute) return text;
  append_padded(text, date.hour, 2), text += ':';
  append_padded(text, date.minute, 2);
  return text;
}

std::string format_date(const Date& date) {
  const std::string time = format_time_of_day(date);
  return time.empty() ? format_day(date) : format_day(date) + ' ' + time;
}

std::string format_known_date(const Known<Date>& date) {
  switch (date.presence()) {
    case Presence::known: return format_date(date.value());
    case Presence::not_recorded: return "not recorded";
    case Presence::known_none: return "none";
    case Presence::not_in_copy: return "not in this copy";
    case Presence::withheld: return "withheld";
    case Presence::unreadable: break;
  }
  return date.as_recorded().empty() ? "unreadable" : "unreadable (" + date.as_recorded() + ")";
}

std::string_view weekday_of(const Date& date) {
  if (date.precision < Precision::day || !calendar_day(date).ok()) return "";
  const std::chrono::weekday weekday{std::chrono::sys_days{calendar_day(date)}};
  return kDays[weekday.c_encoding()];
}

int years_between(const Date& birth, const Date& on) {
  if (birth.year == 0 || on.year == 0 || birth.year > on.year) return -1;
  const int years = on.year - birth.year;
  const bool before = format_day_number(on) % 10'000 < format_day_number(birth) % 10'000;
  return birth.precision >= Precision::day && before ? years - 1 : years;
}

std::string format_age(const Date& birth, const Date& on) {
  if (birth.precision < Precision::day) {
    const int years = years_between(birth, on);
    return years < 2 ? "" : "about " + std::to_string(years) + "y";
  }
  if (!calendar_day(birth).ok() || !calendar_day(on).ok()) return "";
  const auto days = std::chrono::sys_days{calendar_day(on)} - std::chrono::sys_days{calendar_day(birth)};
  if (days.count() < 0) return "";
  const int months = (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day ? 1 : 0);
  if (months < 2) return std::to_string(days.count()) + "d";
  if (months < 24) return std::to_string(months) + "m";
  return std::to_string(months / 12) + "y";
}

bool is_time_zone(const std::string& name) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  return *zone != icu::TimeZone::getUnknown();
}

Date local_date(Instant instant, std::string_view time_zone) {
  return date_at(instant.s + offset_at(instant.s, time_zone));
}

std::string format_as_of(Instant instant, const std::string& time_zone) {
  const Date date = local_date(instant, time_zone);
  return std::string(weekday_of(date)) + ' ' + format_date(date) + " (" +
         (is_time_zone(time_zone) ? time_zone : "UTC") + ")";
}

std::string format_utc(Instant instant) { return date_at(instant.s).iso + 'Z'; }

bool parse_utc(std::string_view text, Instant& instant) {
  const Known<Date> date = read_date(text);
  if (!date.is_known() || date.value().precision != Precision::second || !text.ends_with('Z')) return false;
  instant.s = seconds_of(date.value());
  return true;
}

Date add_days(const Date& date, int days) {
  const std::chrono::sys_days day{calendar_day(date)};
  const std::string iso = iso_day(std::chrono::year_month_day{day + std::chrono::days{days}});
  const Known<Date> moved = read_date(iso);
  return moved.is_known() ? moved.value() : date;
}

Freshness freshness(Instant as_of, Instant now) {
  if (as_of.s > now.s + kClockSlack_s) {
    return {Age::clock_wrong, "dated in the future: check this computer's clock"};
  }
  const std::int64_t age_s = std::max<std::int64_t>(0, now.s - as_of.s);
  const std::int64_t age_h = age_s / 3600;
  if (age_h < 1) return {Age::fresh, std::to_string(age_s / 60) + " min old"};
  if (age_h <= kFreshLimit_h) return {Age::fresh, std::to_string(age_h) + " h old"};
  if (age_h < 48) return {Age::stale, std::to_string(age_h) + " h old"};
  const std::string days = std::to_string(age_h / 24) + " days old";
  return {age_h <= kStaleLimit_h ? Age::stale : Age::old, days};
}

}  // namespace app
