#include "app/snapshot/counts.h"

namespace app {

void ChartCounts::add(const Chart& chart) {
  ++patients_;
  unreadable_ += chart.unreadable.size();
  std::size_t at = 0;
  auto count = [this, &at](std::string_view, const auto& section) {
    entries_[at++] += section.entries.size();
  };
  Chart::sections(chart, count);
}

std::map<std::string, std::uint64_t> ChartCounts::by_name() const {
  std::map<std::string, std::uint64_t> counts{{"patients", patients_}};
  for (std::size_t i = 0; i < kSections.size(); ++i) counts[std::string(kSections[i].id)] = entries_[i];
  return counts;
}

}  // namespace app
