#include "tests/split_maker.h"

#include "app/snapshot/access_log.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/receipt.h"
#include "exporter/copy/sealing.h"
#include "exporter/emr/shard_source.h"

namespace tests {

namespace fs = std::filesystem;

app::Result<fs::path> publish_part(const Practice& practice, const fs::path& around, const app::Shard& shard, std::uint64_t sequence,
                                   app::Instant as_of, const std::vector<app::Chart>& charts, const app::PublicKey* officer) {
  const fs::path copies = shard.is_whole() ? around : around / app::format_part_folder(shard);
  const fs::path copy = copies / app::format_copy_name(as_of, sequence);
  fs::create_directories(copy);
  const app::CopyKey key = app::CopyKey::make();
  TRY_GET(exporter::SnapshotWriter writer, exporter::SnapshotWriter::create(copy, {sequence, as_of, app::default_sheet_template()}, key));
  for (const app::Chart& chart : charts) {
    if (exporter::part_of(chart.emr_key, shard.of) == shard.number) TRY(writer.add(chart));
  }
  TRY(writer.keep(app::kReceiptKeyName, std::string(64, 'a')));
  if (officer != nullptr) TRY(writer.keep(app::kPrivacyOfficer, app::format_hex(*officer)));
  TRY_GET(const exporter::SnapshotSummary summary, writer.finish("{}"));
  app::Manifest plan;
  plan.practice = "Elm Street Family Practice";
  plan.time_zone = "America/New_York";
  plan.sequence = sequence;
  plan.as_of = plan.taken = as_of;
  plan.shard = shard;
  plan.counts = summary.counts.by_name();
  plan.unreadable = summary.counts.unreadable();
  TRY(exporter::write_manifest(copy, std::move(plan), key, practice.keyholders, practice.signing_key));
  return copy;
}

app::Result<app::Done> publish_split(const Practice& practice, const fs::path& around, std::uint32_t of, std::uint64_t sequence,
                                     app::Instant as_of, const std::vector<app::Chart>& charts) {
  for (std::uint32_t number = 1; number <= of; ++number) {
    TRY(publish_part(practice, around, {number, of}, sequence, as_of, charts));
  }
  return app::Done{};
}

}  // namespace tests
