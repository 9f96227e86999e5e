#include "exporter/copy/remote_delivery.h"

#include "app/digest.h"
#include "app/snapshot/volume_files.h"
#include "exporter/copy/rclone.h"
#include "exporter/copy/remote_copies.h"
#include "exporter/copy/volume_store.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

Result<Done> read_back(const Rclone& rclone, const std::string& path, std::uint64_t bytes, const app::Digest& digest) {
  app::Hasher hasher;
  std::uint64_t got = 0;
  TRY(rclone.read(path, [&](std::string_view piece) { hasher.add(piece), got += piece.size(); }));
  if (got == bytes && hasher.finish() == digest) return Done{};
  return Error{Code::not_verified, "The copy was sent, but what that place gives back is not what was sent.", path};
}

Result<Done> verify_there(const Rclone& rclone, const std::string& folder, const app::Manifest& manifest) {
  for (const app::ManifestFile& file : manifest.files) TRY(read_back(rclone, folder + "/" + file.name, file.bytes, file.digest));
  std::string text;
  TRY(rclone.read(folder + "/" + std::string(app::kManifestName), [&](std::string_view piece) { text += piece; }));
  const auto signed_there = app::parse_manifest(text);
  if (signed_there.ok() && app::format_manifest(signed_there.value()) == app::format_manifest(manifest)) return Done{};
  return Error{Code::not_verified, "The copy was sent, but what that place gives back is not what was sent.", folder};
}

Result<Done> send_volumes(const KnownCopy& copy, const Rclone& rclone, const std::map<std::string, std::uint64_t>& there) {
  for (const app::ManifestVolume& volume : copy.manifest.volumes) {
    const std::string file = app::volume_file(volume.name).generic_string();
    const auto found = there.find(file);
    const bool whole = found != there.end() && found->second == volume.bytes;
    if (whole && !is_due(volume.name, copy.turn, copy.check_nights)) continue;
    if (whole && read_back(rclone, file, volume.bytes, volume.digest).ok()) continue;
    // One of the right size and other bytes would not be sent again.
    if (whole) TRY(rclone.remove_file(file));
    const auto slash = file.rfind('/');
    TRY(rclone.send(copy.folder.parent_path() / app::volume_file(volume.name).parent_path(), file.substr(0, slash), {file.substr(slash + 1)}));
    TRY(read_back(rclone, file, volume.bytes, volume.digest));
  }
  return Done{};
}

Result<Done> send_copy(const KnownCopy& copy, const Rclone& rclone) {
  const std::string name = copy.folder.filename().string();
  const std::string incoming = incoming_prefix(copy.manifest.verifying_key) + name;
  TRY(rclone.send(copy.folder, incoming));
  TRY_GET(const auto there, rclone.list(""));
  // Of nights before that were cut short.
  std::string last;
  for (const auto& [path, bytes] : there) {
    const std::string top = path.substr(0, path.find('/'));
    if (is_own_leftover(top, copy.manifest.verifying_key) && top != incoming && top != last) TRY(rclone.remove_folder(last = top));
  }
  TRY(verify_there(rclone, incoming, copy.manifest));
  // Charts come before pages: a volume that cannot be brought costs its own pages only.
  const auto volumes = copy.brings_volumes() ? send_volumes(copy, rclone, there) : Result<Done>(Done{});
  TRY(rclone.rename(incoming, name));
  TRY_GET(const auto after, rclone.list(name));
  for (const app::ManifestFile& file : copy.manifest.files) {
    const auto found = after.find(file.name);
    if (found == after.end() || found->second != file.bytes) return Error{Code::not_verified, "The copy was sent, but it is not there under its name.", name};
  }
  if (volumes.ok()) return Done{};
  return Error{volumes.error().code, "The charts were copied, but not all pages of documents: " + volumes.error().what, volumes.error().detail};
}

}  // namespace

Result<Done> send_to_remote(const KnownCopy& copy, const RemotePlace& place) { return send_copy(copy, Rclone(place.remote, place.config)); }

Rotation plan_remote_rotation(const RemotePlace& place, const RotationRules& rules) {
  const RemoteCopies copies = read_remote_copies(Rclone(place.remote, place.config, kRcloneLook_s / 2), rules.signer);
  Rotation plan;
  plan.place = place.name;
  plan.fault = copies.fault;
  plan.left_alone = copies.left_alone;
  std::vector<GoodCopy> good;
  for (const auto& [copy, manifest] : copies.good) good.push_back(copy);
  plan.verdicts = judge_copies(std::move(good), place.keep, rules.time_zone);
  return plan;
}

Rotation rotate_remote(const RemotePlace& place, const RotationRules& rules, const std::string& verified, app::Instant now) {
  Rotation plan = plan_remote_rotation(place, rules);
  if (plan.fault || plan.verdicts.empty()) return plan;
  const Rclone rclone(place.remote, place.config, kRcloneLook_s / 2);
  const RemoteCopies copies = read_remote_copies(rclone, rules.signer);
  std::string anchor = verified;
  for (const auto& [copy, manifest] : copies.good) {
    const bool is_newest = copy.name == plan.verdicts.front().copy.name;
    if (anchor.empty() && is_newest && verify_there(rclone, copy.name, manifest).ok()) anchor = copy.name;
  }
  const auto done = remove_remote(rclone, copies, plan, rules, anchor, now);
  if (!done.ok()) plan.fault = done.error();
  return plan;
}

}  // namespace exporter
