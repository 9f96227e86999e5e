#include "viewer/power_posix.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>

namespace viewer {
namespace {

namespace fs = std::filesystem;

constexpr int kLowPercent = 15;
constexpr int kLowMinutes = 30;
constexpr int kMostMinutes = 48 * 60;  // what is said beyond is a battery that has just begun to measure

std::string read_word(const fs::path& file) {
  std::ifstream in(file);
  std::string word;
  std::getline(in, word);
  return word;
}

std::optional<double> read_number(const fs::path& file) {
  std::ifstream in(file);
  double number = 0;
  if (!(in >> number)) return std::nullopt;
  return number;
}

// Charge or energy, whichever the battery counts: what is left, what fits, and what is used an hour.
struct Amounts {
  double left = 0, full = 0, used = 0;
};

std::optional<Amounts> read_amounts(const fs::path& battery) {
  for (const auto& [what, rate] : {std::pair{"energy", "power_now"}, std::pair{"charge", "current_now"}}) {
    const auto left = read_number(battery / (std::string(what) + "_now"));
    const auto full = read_number(battery / (std::string(what) + "_full"));
    if (!left || !full || *full <= 0) continue;
    return Amounts{*left, *full, std::max(0.0, read_number(battery / rate).value_or(0))};
  }
  // Some say nothing but a percentage.
  const auto percent = read_number(battery / "capacity");
  if (!percent) return std::nullopt;
  return Amounts{*percent, 100, 0};
}

// A mouse has a battery too.
bool is_of_this_computer(const fs::path& supply) {
  return read_word(supply / "type") == "Battery" && read_word(supply / "scope") != "Device" &&
         read_word(supply / "present") != "0";
}

}  // namespace

std::optional<Power> read_power(const fs::path& folder) {
  Amounts all;
  bool charging = false, discharging = false;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    if (!is_of_this_computer(entry->path())) continue;
    const auto amounts = read_amounts(entry->path());
    if (!amounts) continue;
    all.left += amounts->left, all.full += amounts->full, all.used += amounts->used;
    const std::string status = read_word(entry->path() / "status");
    discharging = discharging || status == "Discharging";
    charging = charging || status == "Charging" || status == "Full" || status == "Not charging";
  }
  if (all.full <= 0) return std::nullopt;
  Power power;
  power.percent = static_cast<int>(std::clamp(all.left * 100 / all.full + 0.5, 0.0, 100.0));
  power.charging = charging && !discharging;
  if (!power.charging && all.used > 0) {
    const double minutes = all.left / all.used * 60;
    if (minutes <= kMostMinutes) power.minutes_left = static_cast<int>(minutes);
  }
  return power;
}

bool is_low(const Power& power) {
  if (power.charging) return false;
  return power.percent <= kLowPercent || power.minutes_left.value_or(kLowMinutes + 1) <= kLowMinutes;
}

}  // namespace viewer
