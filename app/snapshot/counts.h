// How much a copy holds: patients and entries by section, counted the same way by writer and verifier.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "app/record/chart.h"

namespace app {

class ChartCounts {
 public:
  void add(const Chart& chart);
  // "patients", then every section's id.
  std::map<std::string, std::uint64_t> by_name() const;
  std::uint64_t patients() const { return patients_; }
  // Entries that are marked unreadable in their charts.
  std::uint64_t unreadable() const { return unreadable_; }

 private:
  std::uint64_t patients_ = 0;
  std::uint64_t unreadable_ = 0;
  std::array<std::uint64_t, kSections.size()> entries_{};
};

}  // namespace app
