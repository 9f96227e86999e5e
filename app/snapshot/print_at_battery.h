// At how many per cent of its battery a laptop offers to print the day's list: what a copy keeps the practice's choice under.
#pragma once

#include <string_view>

namespace app {

inline constexpr std::string_view kPrintAtBattery = "print_at_battery";  // in decimal; 0: never

}  // namespace app
