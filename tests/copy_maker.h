// Makes small copies for tests, the way the night does, of invented patients.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "app/snapshot/keys.h"
#include "app/snapshot/manifest.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/copy/snapshot_writer.h"

namespace tests {

inline constexpr const char* kPassphrase = "correct horse battery";
inline constexpr const char* kCanary = "Xylocanary";  // a family name that must stand nowhere in the clear

app::Chart invented_chart(int number);
std::vector<app::Chart> invented_charts(int count);

// A practice with one keyholder, Anna, whose key is locked cheaply.
struct Practice {
  std::filesystem::path folder;
  std::filesystem::path copies;
  app::SigningKey signing_key;
  std::vector<exporter::Keyholder> keyholders;
};
app::Result<Practice> make_practice(const std::filesystem::path& folder);

// Writes the manifest of a staged copy whose charts are written.
app::Result<app::Manifest> seal_copy(const std::filesystem::path& staging, const Practice& practice,
                                     std::uint64_t sequence, const exporter::SnapshotSummary& summary,
                                     const app::CopyKey& key);

// One night's staged copy, verified, not yet published.
app::Result<app::Manifest> write_copy(const std::filesystem::path& staging, const Practice& practice,
                                      std::uint64_t sequence, const std::vector<app::Chart>& charts);

// One whole night; returns the copy's folder.
app::Result<std::filesystem::path> run_small_night(const Practice& practice,
                                                   const std::vector<app::Chart>& charts);

}  // namespace tests
