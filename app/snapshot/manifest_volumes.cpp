#include "app/snapshot/manifest_volumes.h"

#include <algorithm>
#include <set>

#include "app/snapshot/keys.h"

namespace app {
namespace {

constexpr std::size_t kNameDigits = 32;
constexpr std::size_t kSlotsMost = 256;
constexpr std::size_t kSealedBytes = CopyKey::kBytes + 48;

std::string parse_slots(Json json, std::vector<VolumeSlot>& slots) {
  const std::vector<Json> items = json.items();
  if (!json.is_array() || items.size() > kSlotsMost) return "a volume's key slots are wrong";
  for (const Json item : items) {
    VolumeSlot slot;
    if (!parse_hex(item["public_key"].text(), slot.public_key) ||
        !parse_hex(item["sealed_key"].text(), kSealedBytes, slot.sealed_key)) {
      return "a volume's key slot is wrong";
    }
    slots.push_back(std::move(slot));
  }
  return {};
}

bool read_count(Json json, std::uint64_t& count) {
  const auto value = json.integer();
  if (!value || *value < 0) return false;
  count = static_cast<std::uint64_t>(*value);
  return true;
}

}  // namespace

bool is_volume_name(std::string_view name) {
  return name.size() == kNameDigits &&
         std::ranges::all_of(name, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::filesystem::path volume_file(std::string_view name) {
  return std::filesystem::path(kVolumesFolder) / (std::string(name) + ".db");
}

std::string parse_volumes(Json json, std::vector<ManifestVolume>& volumes) {
  if (!json.exists()) return {};
  const std::vector<Json> items = json.items();
  if (!json.is_array() || items.size() > kVolumesMost) return "its volumes are wrong";
  std::set<std::string> seen;
  for (const Json item : items) {
    ManifestVolume volume;
    volume.name = item["name"].text();
    if (!is_volume_name(volume.name)) return "a volume's name is none";
    if (!seen.insert(volume.name).second) return "it names a volume twice";
    if (!read_count(item["bytes"], volume.bytes) || !read_count(item["documents"], volume.documents)) {
      return "the size is missing of a volume";
    }
    if (!parse_hex(item["blake2b"].text(), volume.digest)) return "the hash is missing of a volume";
    if (std::string fault = parse_slots(item["slots"], volume.slots); !fault.empty()) return fault;
    volumes.push_back(std::move(volume));
  }
  return {};
}

void format_volumes(const std::vector<ManifestVolume>& volumes, JsonWriter& json) {
  json.open_array();
  for (const ManifestVolume& volume : volumes) {
    json.open_object();
    json.member("name", std::string_view(volume.name));
    json.member("bytes", static_cast<std::int64_t>(volume.bytes));
    json.member("blake2b", std::string_view(format_hex(volume.digest)));
    json.member("documents", static_cast<std::int64_t>(volume.documents));
    json.key("slots");
    json.open_array();
    for (const VolumeSlot& slot : volume.slots) {
      json.open_object();
      json.member("public_key", std::string_view(format_hex(slot.public_key)));
      json.member("sealed_key", std::string_view(format_hex(slot.sealed_key)));
      json.close_object();
    }
    json.close_array();
    json.close_object();
  }
  json.close_array();
}

}  // namespace app
