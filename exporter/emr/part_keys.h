// Which patients' rows a part of the practice reads: told by the EMR's key alone, as soon as a row is seen, and from any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "app/snapshot/manifest.h"

namespace exporter {

// Which part holds the patient of this key: 1 … of. Source: FORMAT.md, "Parts".
std::uint32_t part_of(std::string_view emr_key, std::uint32_t of);

class PartKeys {
 public:
  explicit PartKeys(const app::Shard& shard) : shard_(shard), answers_(shard.is_whole() ? 0 : kRemembered) {}

  bool is_whole() const { return shard_.is_whole(); }
  // `emr_key` as it stands in the chart.
  bool holds(std::string_view emr_key) const { return is_whole() || part_of(emr_key, shard_.of) == shard_.number; }
  // The same of a number's letters.
  bool holds(std::int64_t emr_key);

 private:
  // Most EMRs count their patients from 1, and ask for each of them once a table.
  static constexpr std::size_t kRemembered = 1u << 20;
  enum Answer : std::uint8_t { not_asked, ours, others };

  app::Shard shard_;
  std::vector<std::atomic<std::uint8_t>> answers_;
};

}  // namespace exporter
