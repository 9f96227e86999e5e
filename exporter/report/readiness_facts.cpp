// What readiness is judged by, read where it lies.
#include <filesystem>

#include "app/snapshot/copy.h"
#include "app/snapshot/copy_parts.h"
#include "exporter/binder/binder_memory.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/report/readiness.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;

void read_newest(const Options& options, ReadinessFacts& facts) {
  std::vector<app::PublicKey> own;
  if (const auto key = read_signing_key(options.practice_folder()); key.ok()) own.push_back(key.value().verifying_key());
  else facts.trouble = key.error().what;
  const auto info = app::read_copy(options.copies, app::Check::sizes, own);
  if (!info.ok()) {
    facts.copy_fault = info.error().what;
    return;
  }
  const app::Manifest& manifest = info.value().manifest;
  const auto patients = manifest.counts.find("patients");
  facts.newest = NewestCopy{manifest.sequence, manifest.as_of, manifest.taken, patients == manifest.counts.end() ? 0 : patients->second,
                            manifest.occasion};
  for (const app::ManifestFile& file : manifest.files) facts.copy_bytes += file.bytes;
  if (!info.value().passed_over.empty()) {
    const app::FoundCopy& bad = info.value().passed_over.front();
    facts.copy_fault = "A newer one, " + bad.folder.filename().string() + ", cannot be used" + (bad.fault ? ": " + bad.fault->what : ".");
  }
}

// Of a part that was never made nothing is remembered, and nothing is begun.
void read_nights(const Options& options, ReadinessFacts& facts) {
  std::error_code unknown;
  if (!fs::is_directory(options.state_folder(), unknown)) return;
  const auto memory = NightMemory::open(options.state_folder());
  if (!memory.ok()) {
    facts.trouble = memory.error().what;
    return;
  }
  for (const NightRecord& night : memory.value().nights()) {
    (night.occasion == app::Occasion::night ? facts.nights : facts.between).push_back(night);
  }
  facts.drills = memory.value().drills();
  if (memory.value().lost()) facts.trouble = "What was remembered of the nights before is lost: " + memory.value().lost()->what;
}

// A drill opens all parts.
void read_drills_of_whole(const Options& options, ReadinessFacts& facts) {
  std::error_code unknown;
  if (!fs::exists(options.practice_folder() / kNightMemoryName, unknown)) return;
  if (const auto memory = NightMemory::open(options.practice_folder()); memory.ok()) facts.drills = memory.value().drills();
}

void read_binder(const Options& options, ReadinessFacts& facts) {
  std::error_code unknown;
  if (!fs::exists(options.state_folder() / kBinderMemoryName, unknown)) return;
  const auto memory = BinderMemory::open(options.state_folder());
  if (!memory.ok()) return;
  const BinderBook& book = memory.value().book();
  facts.binder = BinderFact{book.confirmed_sequence(), {book.confirmed_when_s()}, book.pending().size(),
                            book.pending().empty() ? 0 : book.pending().front().sequence, memory.value().lost().has_value()};
}

}  // namespace

ReadinessFacts read_facts(const Options& options) {
  ReadinessFacts facts;
  const bool is_part = !options.run.shard.is_whole();
  facts.practice = options.practice + (is_part ? ", " + app::name_of(options.run.shard) : "");
  facts.time_zone = options.time_zone;
  for (const DestinationOptions& destination : options.destinations) facts.destinations.push_back(destination.name);
  facts.drill_days = options.drill.every_days;
  read_newest(options, facts);
  read_nights(options, facts);
  if (is_part) read_drills_of_whole(options, facts);
  if (const auto holders = read_keyholders(options.practice_folder()); holders.ok()) {
    for (const Keyholder& holder : holders.value()) facts.holders.push_back({holder.name, holder.is_envelope(), holder.made});
  } else {
    facts.trouble = holders.error().what;
  }
  if (std::error_code none; fs::is_directory(options.state_folder(), none)) facts.laptops = read_receipts(options, facts.receipts_unread);
  read_binder(options, facts);
  std::error_code unknown;
  if (const auto room = fs::space(options.copies, unknown); !unknown) facts.free_bytes = room.available;
  else facts.copy_bytes = 0;
  return facts;
}

}  // namespace exporter
