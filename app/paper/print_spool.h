// How long this computer's print queue keeps what was printed: CUPS keeps it for a day unless its settings say otherwise,
// unencrypted, for whoever takes the disk.
//
// Errors:  none; where the settings cannot be read it says that pages may be kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace app {

inline constexpr std::int64_t kKeptForEver = -1;

// Seconds; 0 when nothing is kept. Source: cupsd.conf(5), PreserveJobFiles and PreserveJobHistory.
std::int64_t parse_spool_keeps_s(std::string_view settings);

// "This computer's print queue keeps printed pages for a day, …"; "" when it keeps none, or there is no queue.
std::string say_what_spool_keeps();

}  // namespace app
