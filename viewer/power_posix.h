// How long the laptop will go on: what the system says of its battery.
//
// Source:  Linux, Documentation/ABI/testing/sysfs-class-power.
// Errors:  none; what is not said is not known.
#pragma once

#include <filesystem>
#include <optional>

namespace viewer {

struct Power {
  int percent = 0;
  bool charging = false;             // or kept full: it is plugged in
  std::optional<int> minutes_left;   // at what it uses now; only while it is not plugged in
};

// Of all batteries together; nothing on a computer without one.
std::optional<Power> read_power(const std::filesystem::path& folder = "/sys/class/power_supply");

// So little that somebody must hear of it.
bool is_low(const Power& power);

}  // namespace viewer
