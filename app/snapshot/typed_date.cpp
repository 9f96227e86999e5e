#include "app/snapshot/typed_date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "app/record/name_folding.h"
#include "app/record/text.h"

namespace app {
namespace {

constexpr int kFirstYear = 1850;
constexpr int kBuddhistOffset = 543;
constexpr int kFirstBuddhistYear = 2400;
constexpr std::size_t kLongestTyped = 60;

// English, Spanish, French, German, Portuguese, Italian, Dutch, Polish; without accents.
constexpr std::array<std::string_view, 12> kMonthNames = {
    "january enero janvier januar jaenner janeiro gennaio januari styczen",
    "february febrero fevrier februar fevereiro febbraio februari luty",
    "march marzo mars maerz marz mrz marco maart mrt marzec",
    "april abril avril aprile kwiecien",
    "may mayo mai maio maggio mei maj",
    "june junio juin juni junho giugno czerwiec",
    "july julio juillet juli julho luglio lipiec",
    "august agosto aout augustus sierpien",
    "september septiembre setiembre septembre setembro settembre wrzesien",
    "october octubre octobre oktober outubro ottobre pazdziernik",
    "november noviembre novembre novembro listopad",
    "december diciembre decembre dezember dezembro dicembre grudzien",
};

// 1 … 12, or 0. Three letters are enough.
int month_of(std::string_view folded) {
  if (folded.size() < 3) return 0;
  for (std::size_t month = 0; month < kMonthNames.size(); ++month) {
    std::string_view rest = kMonthNames[month];
    while (!rest.empty()) {
      const std::string_view name = rest.substr(0, rest.find(' '));
      if (name.starts_with(folded)) return static_cast<int>(month) + 1;
      rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
  }
  return 0;
}

bool means_nothing(std::string_view folded) {
  static constexpr std::string_view kFillers[] = {"st", "nd", "rd", "th", "of", "de", "del", "di", "born", "dob", "le"};
  return std::find(std::begin(kFillers), std::end(kFillers), folded) != std::end(kFillers);
}

bool is_east_asian_unit(std::uint32_t c) {
  return c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0xB144 || c == 0xC6D4 || c == 0xC77C;
}

// What was typed, taken apart: up to three numbers and where a month in letters stood.
struct Parts {
  std::vector<std::string> numbers;  // digits
  int month = 0;
  bool joined = true;  // nothing but blanks stood between the numbers
  bool readable = true;
};

class PartReader {
 public:
  Parts read(std::string_view typed) {
    for (std::size_t at = 0; at < typed.size(); at += character_length(typed, at)) {
      const std::uint32_t c = code_point_at(typed, at);
      const int digit = digit_value(c);
      if (digit >= 0) take_digit(digit);
      else if (is_east_asian_unit(c)) end_word(), end_number(), parts_.joined = false;
      else if (ends_the_day(c)) break;
      else if (c >= 0x80 || (c | 0x20) - 'a' < 26u) take_letter(typed.substr(at, character_length(typed, at)));
      else take_separator(c);
    }
    end_word(), end_number();
    return std::move(parts_);
  }

 private:
  // "1975-03-04T00:00:00": the time of birth is no part of it.
  bool ends_the_day(std::uint32_t c) const {
    return (c == 'T' || c == 't') && parts_.numbers.size() == 2 && parts_.numbers[0].size() == 4 && !number_.empty();
  }
  void take_digit(int digit) {
    end_word();
    number_ += static_cast<char>('0' + digit);
  }
  void take_letter(std::string_view letter) {
    end_number();
    word_ += letter;
  }
  void take_separator(std::uint32_t c) {
    end_word(), end_number();
    static constexpr std::string_view kSeparators = " ./-,'()";
    if (c >= 0x80 || kSeparators.find(static_cast<char>(c)) == std::string_view::npos) parts_.readable = false;
    if (c == '/' || c == '.' || c == '-') parts_.joined = false;
  }
  void end_number() {
    if (!number_.empty()) parts_.numbers.push_back(std::move(number_));
    number_.clear();
  }
  void end_word() {
    if (word_.empty()) return;
    std::string folded;
    for (const std::string& token : fold_query(word_)) folded += token;
    word_.clear();
    const int month = month_of(folded);
    if (month != 0 && parts_.month == 0) parts_.month = month;
    else if (!means_nothing(folded)) parts_.readable = false;
  }

  Parts parts_;
  std::string number_;
  std::string word_;
};

class Readings {
 public:
  explicit Readings(const Date& today) : today_(static_cast<std::uint32_t>(format_day_number(today))) {}

  // Year, month and day as they were typed.
  void add_day(const std::string& year, int month, int day) {
    for (const Years& years : years_of(year)) {
      for (int y = years.first; y <= years.last; ++y) add_one_day(y, month, day, years.finished);
    }
  }
  // "4/3/19": of 1919 and 2019, or the 75 is still to come.
  void add_day_as_typed(const std::string& year, int month, int day) {
    add_day(year, month, day);
    const bool century = year == "19" || year == "20";
    if (century) for (int y = 0; y < 100; ++y) add_one_day(std::stoi(year) * 100 + y, month, day, false);
  }
  void add_month(const std::string& year, int month) {
    if (month < 1 || month > 12) return;
    for (const Years& years : years_of(year)) {
      for (int y = years.first; y <= years.last; ++y) add({number(y, month, 0), number(y, month + 1, 0), years.finished});
    }
  }
  void add_year(const std::string& year) {
    for (const Years& years : years_of(year)) add({number(years.first, 0, 0), number(years.last + 1, 0, 0), years.finished});
  }
  // The same day of every year.
  void add_anniversary(int month, int day) {
    for (int y = kFirstYear; number(y, 0, 0) <= today_; ++y) add_one_day(y, month, day, false);
  }

  std::vector<DayRange> take() {
    std::sort(ranges_.begin(), ranges_.end(), [](DayRange a, DayRange b) {
      if (a.begin != b.begin) return a.begin < b.begin;
      return a.end != b.end ? a.end < b.end : a.finished > b.finished;
    });
    const auto same = [](DayRange a, DayRange b) { return a.begin == b.begin && a.end == b.end; };
    ranges_.erase(std::unique(ranges_.begin(), ranges_.end(), same), ranges_.end());
    return std::move(ranges_);
  }

 private:
  struct Years {
    int first = 0;
    int last = 0;
    bool finished = true;
  };

  static std::vector<Years> years_of(const std::string& digits) {
    const int value = std::stoi(digits);
    switch (digits.size()) {
      case 1: {
        const int century = value == 1 ? 1900 : 2000;
        if (value == 1 || value == 2) return {{century, century + 99, false}};
        return {{1900 + value * 10, 1909 + value * 10, false}, {2000 + value, 2000 + value, false}};
      }
      case 2: return {{1900 + value, 1900 + value}, {2000 + value, 2000 + value}};
      case 3: return {{value * 10, value * 10 + 9, false}};
      case 4: {
        const int year = value >= kFirstBuddhistYear ? value - kBuddhistOffset : value;
        return {{year, year}};
      }
      default: return {};
    }
  }
  static std::uint32_t number(int year, int month, int day) {
    return static_cast<std::uint32_t>(year * 10'000 + month * 100 + day);
  }
  void add_one_day(int year, int month, int day, bool finished) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (month > 12 || day > 31 || !date.ok()) return;
    add({number(year, month, day), number(year, month, day) + 1, finished});
  }
  void add(DayRange range) {
    if (range.end > number(kFirstYear, 0, 0) && range.begin <= today_) ranges_.push_back(range);
  }

  std::uint32_t today_;
  std::vector<DayRange> ranges_;
};

int value_of(const std::string& digits) { return digits.size() <= 2 ? std::stoi(digits) : 0; }

void read_digits(const std::string& digits, Readings& readings) {
  const auto part = [&digits](std::size_t at, std::size_t length) { return digits.substr(at, length); };
  const auto pair = [&digits](std::size_t at) { return std::stoi(digits.substr(at, 2)); };
  switch (digits.size()) {
    case 2:
    case 3:
    case 4: return readings.add_year(digits);
    case 6:
      readings.add_day(part(4, 2), pair(2), pair(0));
      readings.add_day(part(4, 2), pair(0), pair(2));
      readings.add_day(part(0, 2), pair(2), pair(4));
      if (part(0, 2) >= "18") readings.add_month(part(0, 4), pair(4));
      return;
    case 7:
      readings.add_day(part(3, 4), std::stoi(part(1, 2)), std::stoi(part(0, 1)));
      readings.add_day(part(3, 4), std::stoi(part(0, 1)), std::stoi(part(1, 2)));
      return;
    case 8:
      readings.add_day(part(0, 4), pair(4), pair(6));
      readings.add_day(part(4, 4), pair(2), pair(0));
      readings.add_day(part(4, 4), pair(0), pair(2));
      return;
    default: return;
  }
}

void read_two_numbers(const Parts& parts, Readings& readings) {
  const std::string &first = parts.numbers[0], &second = parts.numbers[1];
  if (first.size() >= 3 && second.size() <= 2) return readings.add_month(first, value_of(second));
  if (second.size() >= 3 && first.size() <= 2) return readings.add_month(second, value_of(first));
  if (parts.joined || first.size() > 2 || second.size() > 2) return;
  readings.add_anniversary(value_of(second), value_of(first));
  readings.add_anniversary(value_of(first), value_of(second));
}

void read_three_numbers(const Parts& parts, Readings& readings) {
  const std::string &first = parts.numbers[0], &second = parts.numbers[1], &third = parts.numbers[2];
  if (first.size() == 4) return readings.add_day(first, value_of(second), value_of(third));
  if (first.size() > 2 || second.size() > 2) return;
  readings.add_day_as_typed(third, value_of(second), value_of(first));
  readings.add_day_as_typed(third, value_of(first), value_of(second));
  // No day is beyond 31: then the year came first.
  if (value_of(first) > 31 && third.size() <= 2) readings.add_day(first, value_of(second), value_of(third));
}

void read_with_month(const Parts& parts, Readings& readings) {
  const std::string& first = parts.numbers[0];
  if (parts.numbers.size() == 1) {
    if (first.size() >= 3) return readings.add_month(first, parts.month);
    readings.add_anniversary(parts.month, value_of(first));
    if (first.size() == 2) readings.add_month(first, parts.month);
    return;
  }
  const std::string& second = parts.numbers[1];
  if (first.size() <= 2) readings.add_day_as_typed(second, parts.month, value_of(first));
  if (second.size() <= 2 && first.size() != 1) readings.add_day(first, parts.month, value_of(second));
}

}  // namespace

std::vector<DayRange> parse_typed_date(std::string_view typed, const Date& today) {
  if (typed.size() > kLongestTyped) return {};
  const Parts parts = PartReader().read(typed);
  if (!parts.readable || parts.numbers.empty()) return {};
  for (const std::string& number : parts.numbers) {
    if (number.size() > 8) return {};
  }
  Readings readings(today);
  const std::size_t count = parts.numbers.size();
  if (parts.month != 0 && count <= 2) read_with_month(parts, readings);
  else if (parts.month != 0 || count > 3) return {};
  else if (count == 3) read_three_numbers(parts, readings);
  else if (count == 2) read_two_numbers(parts, readings);
  else read_digits(parts.numbers[0], readings);
  return readings.take();
}

bool is_month_word(std::string_view word) {
  std::string folded;
  for (const std::string& token : fold_query(word)) folded += token;
  return month_of(folded) != 0;
}

}  // namespace app
