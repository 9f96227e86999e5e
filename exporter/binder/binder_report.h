// What a night's report says of the paper: counts only.
//
// Errors:  none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "app/error.h"

namespace exporter {

// What became of the chosen scans; one document each.
struct ScanCounts {
  std::size_t clean = 0;
  std::size_t pictures = 0;  // that were pictures
  std::size_t drawn = 0;     // that could only be printed as pictures
  std::size_t pages = 0;
  std::size_t damaged = 0;  // printed, but parts of them may be missing, which their pages say
  // In whose place a page says why they are not printed.
  std::size_t unreadable = 0;
  std::size_t too_large = 0;
  std::size_t of_other_kind = 0;  // neither PDF nor a picture
  std::size_t not_there = 0;      // no bytes could be had
  std::size_t left_over = 0;      // when the time for scans was over, or for this one
  std::size_t another_night = 0;  // of these: may well be printed then

  void add(const ScanCounts& other);
  std::size_t printed() const { return clean + pictures + drawn; }
  std::size_t missing() const { return unreadable + too_large + of_other_kind + not_there + left_over; }
};

struct PacketCounts {
  std::size_t pages = 0;  // with the blank backs
  std::size_t appointments = 0;
  std::size_t sheets = 0;
  std::size_t missing = 0;    // sheets that could not be made
  std::size_t uncovered = 0;  // characters that no font has, printed as [U+XXXX]
  std::size_t files = 0;
  ScanCounts scans;
};

struct BinderReport {
  PacketCounts counts;
  std::size_t indexed = 0;    // patients on the index
  std::size_t put_in = 0;     // sheets that the list says to put in
  std::size_t forms = 0;      // and blank forms
  std::size_t taken_out = 0;  // patients of whom it says to take a sheet out
  std::size_t kept = 0;       // sheets that stay where they are
  bool start_over = false;    // the list says to empty the binder first
  bool sheets_elsewhere = false;    // too many sheets for a packet
  std::uint64_t confirmed = 0;      // the packet that was confirmed last; 0: none
  std::size_t unconfirmed = 0;      // packets since, without tonight's
  std::optional<app::Error> lost;   // the memory of the binder
};

}  // namespace exporter
