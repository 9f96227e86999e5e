#include "app/snapshot/volume_files.h"

#include <fstream>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1u << 20;

Error fault_of(const std::string& name, std::string_view is, std::string detail) {
  return Error{Code::damaged, "Volume " + name + std::string(is), std::move(detail)};
}

}  // namespace

Result<ManifestVolume> describe_volume_file(const fs::path& file, const std::string& name) {
  ManifestVolume described;
  described.name = name;
  std::ifstream in(file, std::ios::binary);
  Hasher hasher;
  std::string piece(kPiece, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(in.gcount());
    hasher.add(std::string_view(piece).substr(0, got));
    described.bytes += got;
  }
  if (!in.eof()) return Error{Code::io, "Volume " + name + " cannot be read.", "read failed"};
  described.digest = hasher.finish();
  return described;
}

Result<Done> verify_volume_file(const fs::path& file, const ManifestVolume& volume, bool every_byte) {
  std::error_code failure;
  const fs::file_status status = fs::status(file, failure);
  if (status.type() == fs::file_type::not_found) return fault_of(volume.name, " is missing.", file.string());
  const bool regular = status.type() == fs::file_type::regular;
  const std::uintmax_t bytes = regular ? fs::file_size(file, failure) : 0;
  if (failure) return Error{Code::io, "Volume " + volume.name + " cannot be read.", failure.message()};
  if (!regular) return fault_of(volume.name, " is no file.", file.string());
  if (bytes != volume.bytes) {
    return fault_of(volume.name, bytes == 0 ? " is empty." : bytes < volume.bytes ? " is cut short." : " is longer than it was.",
                    std::to_string(bytes) + " bytes instead of " + std::to_string(volume.bytes));
  }
  if (!every_byte) return Done{};
  TRY_GET(const ManifestVolume described, describe_volume_file(file, volume.name));
  if (described.digest != volume.digest) {
    return fault_of(volume.name, " is damaged.", "its BLAKE2b-256 does not fit");
  }
  return Done{};
}

FoundVolume find_volume(const fs::path& copy, const ManifestVolume& volume, bool every_byte) {
  fs::path folder = fs::absolute(copy).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  FoundVolume found{volume.name, {}, std::nullopt};
  for (const fs::path& place : {folder, folder.parent_path()}) {
    const fs::path file = place / volume_file(volume.name);
    if (std::error_code ignored; !fs::exists(file, ignored)) continue;
    const auto right = verify_volume_file(file, volume, every_byte);
    found.file = file;
    found.fault = right.ok() ? std::nullopt : std::optional(right.error());
    if (right.ok()) return found;
  }
  if (!found.fault) found.fault = fault_of(volume.name, " is missing.", folder.string());
  return found;
}

}  // namespace app
