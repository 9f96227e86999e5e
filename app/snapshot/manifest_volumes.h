// What a manifest says of the volumes of documents that its copy needs.
//
// A volume is written once and shared by the copies of many nights; each of their manifests names it.
// Source:  FORMAT.md, "Volumes".
// Errors:  parse_volumes: the reason in words; empty when all is well.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/digest.h"
#include "app/record/json.h"

namespace app {

// The volume's key, sealed to a keyholder; the private key that opens it lies in the copy's own slot
// with the same public key.
struct VolumeSlot {
  std::array<std::uint8_t, 32> public_key{};
  std::string sealed_key;  // bytes: libsodium sealed box
};

struct ManifestVolume {
  std::string name;  // 32 hexadecimal digits, made up at random
  std::uint64_t bytes = 0;
  Digest digest{};
  std::uint64_t documents = 0;
  std::vector<VolumeSlot> slots;
};

inline constexpr std::string_view kVolumesFolder = "volumes";
inline constexpr std::size_t kVolumesMost = 100'000;  // that one manifest may name

bool is_volume_name(std::string_view name);
// "volumes/3f….db"
std::filesystem::path volume_file(std::string_view name);

// `json` is the manifest's member "volumes", or absent.
std::string parse_volumes(Json json, std::vector<ManifestVolume>& volumes);
void format_volumes(const std::vector<ManifestVolume>& volumes, JsonWriter& json);

}  // namespace app
