// What a night's report says of the paper: counts only.
//
// Errors:  none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "app/error.h"

namespace exporter {

struct PacketCounts {
  std::size_t pages = 0;  // with the blank backs
  std::size_t appointments = 0;
  std::size_t sheets = 0;
  std::size_t missing = 0;    // sheets that could not be made
  std::size_t uncovered = 0;  // characters that no font has, printed as [U+XXXX]
  std::size_t files = 0;
};

struct BinderReport {
  PacketCounts counts;
  std::size_t indexed = 0;    // patients on the index
  std::size_t put_in = 0;     // sheets that the list says to put in
  std::size_t taken_out = 0;  // patients of whom it says to take a sheet out
  std::size_t kept = 0;       // sheets that stay where they are
  bool start_over = false;    // the list says to empty the binder first
  bool sheets_elsewhere = false;    // too many sheets for a packet
  std::uint64_t confirmed = 0;      // the packet that was confirmed last; 0: none
  std::size_t unconfirmed = 0;      // packets since, without tonight's
  std::optional<app::Error> lost;   // the memory of the binder
};

}  // namespace exporter
