#include "exporter/night_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "exporter/settings_table.h"

namespace exporter {
namespace {

using app::Result;

constexpr int kHour_min = 60;
constexpr int kDay_min = 24 * kHour_min;
constexpr int kEveryLeast_min = 10;
constexpr int kWorkersMost = 64;
constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::optional<int> parse_number(std::string_view digits) {
  int number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return fault == std::errc() && end == digits.data() + digits.size() && !digits.empty() && number >= 0 ? std::optional(number) : std::nullopt;
}

// "1h", "30min"; 0 for "".
std::optional<int> parse_every(std::string_view text) {
  if (text.empty()) return 0;
  const bool hours = text.ends_with("h"), minutes = text.ends_with("min");
  if (!hours && !minutes) return std::nullopt;
  const auto number = parse_number(text.substr(0, text.size() - (hours ? 1 : 3)));
  if (!number || *number > kDay_min) return std::nullopt;
  const int every = hours ? *number * kHour_min : *number;
  return every >= kEveryLeast_min && every <= kDay_min ? std::optional(every) : std::nullopt;
}

std::optional<int> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = parse_number(text.substr(0, 2)), minute = parse_number(text.substr(3));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return *hour * kHour_min + *minute;
}

std::string format_every(int every_min) {
  if (every_min == 0) return "";
  return every_min % kHour_min == 0 ? std::to_string(every_min / kHour_min) + "h" : std::to_string(every_min) + "min";
}

}  // namespace

Result<NightSettings> read_night_settings(const std::filesystem::path& file, app::Json json) {
  SettingsTable table(file, "night", json);
  NightSettings settings;
  TRY_GET(const std::string every, table.text("every", ""));
  const auto every_min = parse_every(every);
  if (!every_min) return table.error("every", "must be a time such as \"1h\" or \"30min\", at least \"10min\"; \"\" for none.");
  settings.every_min = *every_min;
  TRY_GET(const std::string from, table.text("from", "07:00"));
  TRY_GET(const std::string to, table.text("to", "19:00"));
  const auto from_min = parse_time(from), to_min = parse_time(to);
  if (!from_min) return table.error("from", "must be a time of day such as \"07:00\".");
  if (!to_min || *to_min < *from_min) return table.error("to", "must be a time of day such as \"19:00\", not before \"from\".");
  settings.from_min = *from_min;
  settings.to_min = *to_min;
  TRY_GET(settings.days, table.words("days", settings.days));
  for (const std::string& day : settings.days) {
    if (std::ranges::find(kDays, day) == kDays.end()) return table.error("days", "must be a list of \"Mon\", \"Tue\", \"Wed\", \"Thu\", \"Fri\", \"Sat\", \"Sun\".");
  }
  if (settings.days.empty()) return table.error("days", "must name a day.");
  TRY_GET(settings.rows_per_second, table.number("rows_per_second", settings.rows_per_second, 0, 1'000'000'000));
  TRY_GET(settings.workers, table.number("workers", settings.workers, 0, kWorkersMost));
  TRY(table.finish());
  return settings;
}

std::string format_night_settings(const NightSettings& settings) {
  std::string days;
  for (const std::string& day : settings.days) days += (days.empty() ? "\"" : ", \"") + day + "\"";
  return "[night]                     # copies between the nights: charts and schedule, without paper and new scans\n"
         "every = \"" + format_every(settings.every_min) + "\"                  # \"1h\": each hour of the working day; \"\": none. Then run `nightchart schedule`\n"
         "from = \"" + format_minutes(settings.from_min) + "\"\nto = \"" + format_minutes(settings.to_min) + "\"\ndays = [" + days + "]\n"
         "rows_per_second = " + std::to_string(settings.rows_per_second) + "         # of the EMR's database, while staff work with it; 0: as [emr] says\n"
         "workers = " + std::to_string(settings.workers) + "                 # cores that a run may use at once, by night too; 0: all that the computer has\n\n";
}

std::vector<int> times_of_day(const NightSettings& settings) {
  std::vector<int> times;
  if (settings.every_min == 0) return times;
  for (int time = settings.from_min; time <= settings.to_min; time += settings.every_min) times.push_back(time);
  return times;
}

std::string format_minutes(int minutes) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / kHour_min) + ":" + two(minutes % kHour_min);
}

}  // namespace exporter
