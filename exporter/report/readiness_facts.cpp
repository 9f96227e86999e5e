// What readiness is judged by, read where it lies.
#include <filesystem>

#include "app/snapshot/copy.h"
#include "app/snapshot/copy_parts.h"
#include "exporter/binder/binder_memory.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/copy/publish.h"
#include "exporter/report/drill_result.h"
#include "exporter/report/readiness.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;

// No older one stands for a newer one that cannot be used.
std::string words_of(const app::FoundCopy& bad) {
  return "A newer one, " + bad.folder.filename().string() + ", cannot be used" + (bad.fault ? ": " + bad.fault->what : ".");
}

void read_newest(const Options& options, const std::vector<app::PublicKey>& own, ReadinessFacts& facts) {
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
    facts.copy_fault = words_of(info.value().passed_over.front());
  }
}

// As the night would find it: a folder that is there is the place, whether a stick is mounted on it or not, unless
// must_be_mounted says more. Of a part it is the folder that holds all parts: the part's own may be what was lost.
PlaceFact read_place(const Options& options, const DestinationOptions& destination, const std::vector<app::PublicKey>& own) {
  if (destination.kind != DestinationKind::folder) return {destination.name, PlaceFact::Now::not_asked};
  const fs::path root = options.run.shard.is_whole() ? destination.path : destination.path.parent_path();
  std::error_code unknown;
  const bool is_there = fs::is_directory(root, unknown) && !(destination.must_be_mounted && lie_on_one_disk(options.copies, root));
  if (!is_there) return {destination.name, PlaceFact::Now::away};
  PlaceFact place{destination.name, PlaceFact::Now::there};
  const auto info = app::read_copy(destination.path, app::Check::sizes, own);
  if (!info.ok()) return place;
  const bool is_strangers = !own.empty() && info.value().manifest.verifying_key != own.front();
  place.sequence = is_strangers ? 0 : info.value().manifest.sequence;
  if (!info.value().passed_over.empty()) place.fault = words_of(info.value().passed_over.front());
  return place;
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
  std::uint64_t turn = 0;
  for (const NightRecord& night : memory.value().nights()) {
    auto& list = night.occasion == app::Occasion::night ? facts.nights : facts.between;
    list.push_back(night);
    list.back().turn = ++turn;
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
  std::vector<app::PublicKey> own;
  if (const auto key = read_signing_key(options.practice_folder()); key.ok()) own.push_back(key.value().verifying_key());
  else facts.trouble = key.error().what;
  for (const DestinationOptions& destination : options.destinations) {
    facts.destinations.push_back(destination.name);
    facts.places.push_back(read_place(options, destination, own));
  }
  facts.drill_days = options.drill.every_days;
  read_newest(options, own, facts);
  facts.cut_short = was_cut_short(options.copies);
  read_nights(options, facts);
  if (is_part) read_drills_of_whole(options, facts);
  facts.drills_missing = missing_results(options.practice_folder(), facts.drills);
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
