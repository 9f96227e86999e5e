#include "exporter/copy/volume_store.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "app/digest.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/volume_files.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::string_view kEnding = ".db";

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    files.push_back(entry->path());
  }
  return files;
}

// "" for a file that is no volume.
std::string volume_of(const fs::path& file) {
  const std::string name = file.filename().string();
  if (!name.ends_with(kEnding)) return {};
  std::string volume = name.substr(0, name.size() - kEnding.size());
  return app::is_volume_name(volume) ? volume : std::string();
}

// Another exporter, whose copy is not to be seen yet; or this one's last run, and then the next removes what it left.
bool somebody_brings_to(const fs::path& copies) {
  return std::ranges::any_of(files_in(copies), [](const fs::path& entry) { return entry.filename().string().starts_with(kIncomingVolume); });
}

void remove_left(const fs::path& copies, const std::vector<std::string>& prefixes) {
  for (const fs::path& file : files_in(copies / app::kVolumesFolder)) {
    const std::string name = file.filename().string();
    std::error_code ignored;
    if (std::ranges::any_of(prefixes, [&](const std::string& prefix) { return name.starts_with(prefix); })) fs::remove(file, ignored);
  }
}

// Nothing when the copies' own words are not to be had.
std::optional<std::set<std::string>> named_by_copies(const fs::path& copies) {
  std::set<std::string> named;
  for (const app::FoundCopy& copy : app::list_copies(copies)) {
    const auto text = read_file(copy.folder / app::kManifestName, app::kManifestMost);
    if (!text.ok() && text.error().code == Code::not_found) continue;
    if (!text.ok()) return std::nullopt;
    const auto manifest = app::parse_manifest(text.value());
    if (!manifest.ok()) return std::nullopt;
    for (const app::ManifestVolume& volume : manifest.value().volumes) named.insert(volume.name);
  }
  return named;
}

Result<Done> bring(const fs::path& from, const fs::path& to, const app::ManifestVolume& volume, const std::string& prefix) {
  const fs::path file = to / app::volume_file(volume.name);
  const fs::path incoming = file.parent_path() / (prefix + file.filename().string());
  std::error_code fault;
  fs::create_directories(file.parent_path(), fault);
  if (fault) return system_error("mkdir", file.parent_path(), fault);
  fs::remove(incoming, fault);
  if (const auto copied = exporter::copy_file(from / app::volume_file(volume.name), incoming); !copied.ok()) {
    fs::remove(incoming, fault);
    return copied.error();
  }
  drop_cached(incoming);
  if (const auto right = app::verify_volume_file(incoming, volume, true); !right.ok()) {
    fs::remove(incoming, fault);
    return right.error();
  }
  if (std::rename(incoming.c_str(), file.c_str()) != 0) return system_error("rename", file);
  return sync_folder(file.parent_path());
}

}  // namespace

void remove_volume_leftovers(const fs::path& copies) {
  remove_left(copies, {std::string(kMakingVolume), std::string(kIncomingVolume)});
}

bool is_due(std::string_view volume, std::uint64_t turn, int every_nights) {
  const std::uint64_t nights = static_cast<std::uint64_t>(every_nights < 1 ? 1 : every_nights);
  return (turn + app::digest_of(volume)[0]) % nights == 0;
}

Result<std::uint64_t> remove_unneeded_volumes(const fs::path& copies, const std::set<std::string>& needed) {
  // In this order: what somebody brings meanwhile is no candidate, or is named, or its bringer is seen at work.
  const std::vector<fs::path> candidates = files_in(copies / app::kVolumesFolder);
  if (somebody_brings_to(copies)) return std::uint64_t{0};
  const auto named = named_by_copies(copies);
  if (!named) return std::uint64_t{0};
  std::uint64_t removed = 0;
  std::error_code fault;
  for (const fs::path& file : candidates) {
    const std::string volume = volume_of(file);
    if (volume.empty() || named->count(volume) != 0 || needed.count(volume) != 0) continue;
    if (fs::remove(file, fault)) ++removed;
    if (fault) return Error{Code::io, "A volume that is needed no longer cannot be removed.", file.string() + ": " + fault.message()};
  }
  return removed;
}

Result<std::uint64_t> bring_volumes(const VolumeMove& move, const std::vector<app::ManifestVolume>& volumes) {
  remove_left(move.to, {move.incoming});
  std::optional<Error> fault;
  std::uint64_t brought = 0;
  for (const app::ManifestVolume& volume : volumes) {
    const fs::path there = move.to / app::volume_file(volume.name);
    const bool due = is_due(volume.name, move.turn, move.every_nights);
    if (due) drop_cached(there);
    if (app::verify_volume_file(there, volume, due).ok()) continue;
    const auto moved = bring(move.from, move.to, volume, move.incoming);
    if (moved.ok()) ++brought;
    else if (!fault) fault = moved.error();
  }
  if (fault) return *fault;
  return brought;
}

}  // namespace exporter
