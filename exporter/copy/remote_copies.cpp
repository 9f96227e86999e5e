#include "exporter/copy/remote_copies.h"

#include <algorithm>
#include <set>

#include "app/snapshot/volume_files.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::string_view kRemoving = ".removing-";
constexpr std::size_t kManifestsMost = 256u << 20;

bool has_its_files(const app::Manifest& manifest, const std::string& name, const std::map<std::string, std::uint64_t>& files) {
  // The manifests came without their folders' names: the one that was filed under this name may lie in another folder.
  if (files.count(name + "/" + std::string(app::kManifestName)) == 0) return false;
  return std::ranges::all_of(manifest.files, [&](const app::ManifestFile& file) {
    const auto found = files.find(name + "/" + file.name);
    return found != files.end() && found->second == file.bytes;
  });
}

// One line each, in whatever order they came.
std::map<std::string, app::Manifest> parse_manifests(const std::string& text, const app::PublicKey& signer) {
  std::map<std::string, app::Manifest> manifests;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
    auto manifest = app::parse_manifest(std::string_view(text).substr(at, end - at + 1));
    at = end + 1;
    if (!manifest.ok() || manifest.value().verifying_key != signer) continue;
    std::string name = app::format_copy_name(manifest.value().taken, manifest.value().sequence);
    manifests.insert_or_assign(std::move(name), std::move(manifest).value());
  }
  return manifests;
}

Result<Done> read(const Rclone& rclone, const app::PublicKey& signer, RemoteCopies& copies) {
  TRY_GET(const auto files, rclone.list(""));
  TRY_GET(const std::string text, rclone.read_all(std::string(app::kManifestName), kManifestsMost));
  std::map<std::string, app::Manifest> manifests = parse_manifests(text, signer);
  std::set<std::string> folders;
  for (const auto& [path, bytes] : files) {
    const auto slash = path.find('/');
    if (slash == std::string::npos) continue;
    const std::string folder = path.substr(0, slash);
    copies.somebody_brings = copies.somebody_brings || folder.starts_with(".incoming-");
    if (folder == app::kVolumesFolder) copies.volumes.push_back(path);
    else folders.insert(folder);
  }
  for (const std::string& folder : folders) {
    auto named = parse_name(folder);
    if (folder.starts_with(kRemoving)) copies.half_removed.push_back(folder);
    if (!named) continue;
    const auto manifest = manifests.find(folder);
    if (manifest == manifests.end()) copies.left_alone.push_back({folder, "It has no manifest that this practice signed."});
    else if (!has_its_files(manifest->second, folder, files)) copies.left_alone.push_back({folder, "Files of it are missing, or not of their size."});
    else named->between_nights = manifest->second.occasion != app::Occasion::night, copies.good.emplace_back(*named, manifest->second);
  }
  return Done{};
}

Result<std::uint64_t> remove_volumes(const Rclone& rclone, const RemoteCopies& copies, const std::vector<std::string>& removed) {
  // What a copy that cannot be read needs, nobody can say; nor what one needs that another exporter is bringing.
  if (!copies.left_alone.empty() || copies.somebody_brings) return std::uint64_t{0};
  std::set<std::string> needed;
  for (const auto& [copy, manifest] : copies.good) {
    if (std::ranges::find(removed, copy.name) != removed.end()) continue;
    for (const app::ManifestVolume& volume : manifest.volumes) needed.insert(app::volume_file(volume.name).generic_string());
  }
  std::uint64_t count = 0;
  for (const std::string& file : copies.volumes) {
    if (needed.count(file) != 0) continue;
    TRY(rclone.remove_file(file));
    ++count;
  }
  return count;
}

}  // namespace

RemoteCopies read_remote_copies(const Rclone& rclone, const app::PublicKey& signer) {
  RemoteCopies copies;
  if (const auto done = read(rclone, signer, copies); !done.ok()) copies.fault = done.error();
  return copies;
}

Result<Done> remove_remote(const Rclone& rclone, const RemoteCopies& copies, Rotation& plan, const RotationRules& rules,
                           const std::string& verified, app::Instant now) {
  const bool reliable = std::ranges::any_of(plan.verdicts, [&](const KeepVerdict& verdict) { return verdict.copy.name == verified; });
  if (!reliable) return Error{Code::not_verified, "Nothing was removed: no copy there could be relied on instead.", plan.place};
  for (const std::string& half : copies.half_removed) TRY(rclone.remove_folder(half));
  for (auto verdict = plan.verdicts.rbegin(); verdict != plan.verdicts.rend(); ++verdict) {
    if (verdict->stays() || verdict->copy.name == verified) continue;
    const std::string& name = verdict->copy.name;
    TRY(append_line(rules.practice / kRemovalsLog, app::format_utc(now) + " " + name + " removed from " + plan.place + ": no longer kept by [keep]"));
    TRY(rclone.rename(name, std::string(kRemoving) + name));
    TRY(rclone.remove_folder(std::string(kRemoving) + name));
    plan.removed.push_back(name);
  }
  if (plan.removed.empty() && copies.half_removed.empty()) return Done{};
  TRY_GET(plan.removed_volumes, remove_volumes(rclone, copies, plan.removed));
  return Done{};
}

}  // namespace exporter
