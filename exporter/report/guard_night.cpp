#include "exporter/report/guard_night.h"

#include "app/snapshot/copy.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/report/night_memory.h"

namespace exporter {
namespace {

std::vector<NightCounts> counts_of_newest(const Options& options) {
  const auto key = read_signing_key(options.practice_folder());
  if (!key.ok()) return {};
  const auto info = app::read_copy(options.copies, app::Check::sizes, {key.value().verifying_key()});
  if (!info.ok() || info.value().manifest.verifying_key != key.value().verifying_key()) return {};
  NightCounts counts;
  counts.entries = info.value().manifest.counts;
  if (const auto patients = counts.entries.extract("patients")) counts.patients = patients.mapped();
  return {counts};
}

}  // namespace

app::Result<std::string> guard_night(const Options& options, const NightCounts& tonight) {
  const auto memory = NightMemory::open(options.state_folder());
  std::vector<NightCounts> before = memory.ok() ? memory.value().comparable_counts() : std::vector<NightCounts>{};
  if (before.empty()) before = counts_of_newest(options);
  const std::vector<Shrinkage> shrunk = find_shrinkage(tonight, before, options.guard);
  if (shrunk.empty()) return std::string();
  if (options.accept_shrink.empty()) return make_shrunk_error(shrunk);
  return options.accept_shrink;
}

}  // namespace exporter
