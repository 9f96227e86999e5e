#include "app/paper/print_spool.h"

#include <algorithm>
#include <charconv>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace app {
namespace {

constexpr const char* kSettings = "/etc/cups/cupsd.conf";
constexpr std::int64_t kDay_s = 86'400;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

// "no", "yes", or a time: a number of seconds, or of what the letter behind it says.
std::optional<std::int64_t> parse_keeping(const std::string& value) {
  if (value == "no" || value == "off" || value == "false") return 0;
  if (value == "yes" || value == "on" || value == "true") return kKeptForEver;
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (fault != std::errc() || number < 0) return std::nullopt;
  const std::string unit(end, value.data() + value.size());
  const std::int64_t seconds = unit == "w" ? 7 * kDay_s : unit == "d" ? kDay_s : unit == "h" ? 3600 : unit == "m" ? 60 : 1;
  return number > 1'000'000'000 ? kKeptForEver : number * seconds;
}

std::string for_how_long(std::int64_t seconds) {
  const auto some = [](std::int64_t number, const char* unit) { return "for " + std::to_string(number) + " " + unit + (number == 1 ? "" : "s"); };
  if (seconds == kKeptForEver) return "for good";
  if (seconds >= kDay_s) return some(seconds / kDay_s, "day");
  if (seconds >= 3600) return some(seconds / 3600, "hour");
  return some(std::max<std::int64_t>(seconds / 60, 1), "minute");
}

}  // namespace

std::int64_t parse_spool_keeps_s(std::string_view settings) {
  std::int64_t files = kDay_s, history = kKeptForEver;
  std::istringstream lines{std::string(settings)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string key, value;
    words >> key >> value;
    const auto keeping = parse_keeping(lower(value));
    if (!keeping) continue;
    if (lower(key) == "preservejobfiles") files = *keeping;
    if (lower(key) == "preservejobhistory") history = *keeping;
  }
  // A job that is forgotten leaves no files.
  if (history == kKeptForEver || files == 0) return files;
  return files == kKeptForEver ? history : std::min(files, history);
}

std::string say_what_spool_keeps() {
  std::error_code ignored;
  if (!std::filesystem::exists(kSettings, ignored)) return "";
  std::ifstream file(kSettings);
  const std::string advice = " unencrypted; PreserveJobFiles No in its settings (" + std::string(kSettings) + ") ends that.";
  if (!file) return "This computer's print queue may keep printed pages," + advice;
  const std::string settings{std::istreambuf_iterator<char>(file), {}};
  const std::int64_t seconds = parse_spool_keeps_s(settings);
  if (seconds == 0) return "";
  return "This computer's print queue keeps printed pages " + for_how_long(seconds) + "," + advice;
}

}  // namespace app
