#include "exporter/split.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "app/snapshot/copy_parts.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/report/night_memory.h"
#include "exporter/shard.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

std::set<std::uint32_t> splits_made(const Options& whole) {
  std::set<std::uint32_t> splits;
  std::error_code fault;
  for (fs::directory_iterator entry(whole.practice_folder() / kPartsFolder, fault), end; !fault && entry != end; entry.increment(fault)) {
    app::Shard shard;
    if (app::parse_part_folder(entry->path().filename().string(), shard) && !shard.is_whole()) splits.insert(shard.of);
  }
  return splits;
}

std::vector<Options> parts_of(const Options& whole, std::uint32_t of) {
  std::vector<Options> parts;
  for (std::uint32_t number = 1; number <= of; ++number) parts.push_back(options_of_part(whole, {number, of}));
  return parts;
}

// When the last night began that is remembered there; 0: none.
std::int64_t last_night(const fs::path& state) {
  std::error_code ignored;
  if (!fs::exists(state / kNightMemoryName, ignored)) return 0;
  const auto memory = NightMemory::open(state);
  return memory.ok() && !memory.value().nights().empty() ? memory.value().nights().back().began.s : 0;
}

std::int64_t last_night(const std::vector<Options>& parts) {
  std::int64_t last = 0;
  for (const Options& part : parts) last = std::max(last, last_night(part.state_folder()));
  return last;
}

// Of copies whose exporter's memory is not here.
std::vector<Options> find_by_copies(const Options& whole) {
  std::vector<app::PublicKey> own;
  if (const auto key = read_signing_key(whole.practice_folder()); key.ok()) own.push_back(key.value().verifying_key());
  if (!app::holds_parts(whole.copies, own)) return {};
  const auto parts = app::find_parts(whole.copies, app::Check::sizes, own);
  return parts.empty() ? std::vector<Options>{} : parts_of(whole, parts.front().shard.of);
}

}  // namespace

std::vector<Options> find_split(const Options& whole) {
  if (!whole.run.shard.is_whole()) return {};
  const std::set<std::uint32_t> splits = splits_made(whole);
  if (splits.empty()) return find_by_copies(whole);
  std::vector<Options> newest;
  std::int64_t last = -1;
  for (const std::uint32_t of : splits) {
    std::vector<Options> parts = parts_of(whole, of);
    if (const std::int64_t night = last_night(parts); night > last) last = night, newest = std::move(parts);
  }
  return last_night(whole.practice_folder()) > last ? std::vector<Options>{} : newest;
}

std::vector<fs::path> list_states(const Options& whole) {
  std::vector<fs::path> states{whole.practice_folder()};
  std::error_code fault;
  for (fs::directory_iterator entry(whole.practice_folder() / kPartsFolder, fault), end; !fault && entry != end; entry.increment(fault)) {
    app::Shard shard;
    if (app::parse_part_folder(entry->path().filename().string(), shard)) states.push_back(entry->path());
  }
  return states;
}

std::string name_of_part(const Options& part) { return app::name_of(part.run.shard); }

bool was_made(const Options& part) {
  std::error_code ignored;
  return fs::is_directory(part.state_folder(), ignored);
}

Result<Done> verify_made(const Options& part) {
  if (was_made(part)) return Done{};
  return Error{Code::not_found, name_of_part(part) + " of this practice was never made here.", part.state_folder().string()};
}

Result<Done> refuse_split(const Options& whole, const std::string& command) {
  const std::vector<Options> parts = find_split(whole);
  if (parts.empty()) return Done{};
  const std::string of = std::to_string(parts.size());
  return Error{Code::bad_config, "This practice is made in " + of + " parts, and this is done for one part at a time.",
               "name the part: " + command + " --shard 1/" + of + ", to --shard " + of + "/" + of};
}

}  // namespace exporter
