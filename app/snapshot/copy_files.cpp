#include "app/snapshot/copy_files.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

namespace app {
namespace {

namespace fs = std::filesystem;

// What is read for no more than a better name of what is wrong: a hostile folder may hold files without end.
constexpr std::uint64_t kNamedMost = 64u << 20;
constexpr std::size_t kPiece = 1u << 20;
constexpr std::size_t kStrangersMost = 100;
// How far to look for the copy that a file belongs to.
constexpr std::size_t kNeighboursMost = 16;
constexpr std::size_t kNeighbourFoldersMost = 1000;
constexpr std::uintmax_t kNeighbourManifestMost = 1u << 20;

Error damaged(std::string what, std::string detail = "") {
  return Error{Code::damaged, std::move(what), std::move(detail)};
}

// "1.2 MB"; small files in bytes.
std::string format_size(std::uint64_t bytes) {
  if (bytes < 100'000) return std::to_string(bytes) + " bytes";
  const std::uint64_t tenths = (bytes + 50'000) / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}
// "1.2 of 3.4 MB", or in bytes where that would say the same twice.
std::string format_part(std::uint64_t part, std::uint64_t whole) {
  const std::string a = format_size(part), b = format_size(whole);
  const auto unit = [](const std::string& text) { return text.substr(text.find(' ')); };
  if (a == b) return std::to_string(part) + " of " + std::to_string(whole) + " bytes";
  return (unit(a) == unit(b) ? a.substr(0, a.find(' ')) : a) + " of " + b;
}

Result<Digest> hash_file(const fs::path& path, const std::function<bool()>& goes_on = {}) {
  std::ifstream in(path, std::ios::binary);
  Hasher hasher;
  std::string piece(kPiece, '\0');
  while (in) {
    if (goes_on && !goes_on()) return Error{Code::busy, "The check of this copy was stopped.", ""};
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    hasher.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
  }
  if (!in.eof()) return Error{Code::io, path.filename().string() + " of this copy cannot be read.", "read failed"};
  return hasher.finish();
}

std::uintmax_t size_of(const fs::path& path) {
  std::error_code failure;
  const std::uintmax_t bytes = fs::is_regular_file(path, failure) ? fs::file_size(path, failure) : 0;
  return failure ? 0 : bytes;
}

// The file of this manifest whose bytes these are.
const ManifestFile* find_owner(const Manifest& manifest, std::uint64_t bytes, const fs::path& path,
                               std::optional<Digest>& digest) {
  for (const ManifestFile& file : manifest.files) {
    if (file.bytes != bytes || bytes > kNamedMost) continue;
    if (!digest) {
      const auto hashed = hash_file(path);
      if (!hashed.ok()) return nullptr;
      digest = hashed.value();
    }
    if (file.digest == *digest) return &file;
  }
  return nullptr;
}

std::optional<Manifest> read_neighbour(const fs::path& folder) {
  const fs::path file = folder / kManifestName;
  const std::uintmax_t bytes = size_of(file);
  if (bytes == 0 || bytes > kNeighbourManifestMost) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::string text(static_cast<std::size_t>(bytes), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  auto manifest = parse_manifest(std::string_view(text).substr(0, static_cast<std::size_t>(in.gcount())));
  if (!manifest.ok()) return std::nullopt;
  return std::move(manifest).value();
}

// "…belongs to the copy 2026-11-21T020004Z-000122", if one of the copies beside this one says so.
std::optional<std::string> find_other_copy(const CopyInfo& info, std::uint64_t bytes, const fs::path& path,
                                           std::optional<Digest>& digest) {
  std::error_code failure;
  const fs::path folder = fs::absolute(info.folder, failure).lexically_normal();
  const fs::path own = folder.has_filename() ? folder : folder.parent_path();
  std::size_t tried = 0, seen = 0;
  for (fs::directory_iterator entry(own.parent_path(), failure), end;
       !failure && entry != end && tried < kNeighboursMost && seen < kNeighbourFoldersMost; entry.increment(failure), ++seen) {
    if (entry->path() == own || entry->path().filename().string().starts_with(".")) continue;
    const auto neighbour = read_neighbour(entry->path());
    if (!neighbour) continue;
    ++tried;
    if (neighbour->sequence == info.manifest.sequence && neighbour->verifying_key == info.manifest.verifying_key) continue;
    if (find_owner(*neighbour, bytes, path, digest) != nullptr) {
      return format_copy_name(neighbour->taken, neighbour->sequence);
    }
  }
  return std::nullopt;
}

// Whose bytes lie under this file's name, if they are somebody's.
std::optional<Error> name_owner(const CopyInfo& info, const ManifestFile& file) {
  const fs::path path = info.folder / file.name;
  const std::uintmax_t bytes = size_of(path);
  if (bytes == 0) return std::nullopt;
  std::optional<Digest> digest;
  const ManifestFile* owner = find_owner(info.manifest, bytes, path, digest);
  if (owner != nullptr && owner->name != file.name) {
    return damaged(file.name + " of this copy holds what belongs in " + owner->name + ": files were swapped.");
  }
  if (const auto other = find_other_copy(info, bytes, path, digest)) {
    return damaged(file.name + " belongs to another copy, " + *other + ": the files of two copies are mixed.");
  }
  return std::nullopt;
}

Error describe_missing(const CopyInfo& info, const ManifestFile& file) {
  std::uint64_t hashed = 0;
  for (const std::string& stranger : list_strangers(info)) {
    const fs::path path = info.folder / stranger;
    if (size_of(path) != file.bytes || file.bytes == 0) continue;
    if ((hashed += file.bytes) > kNamedMost) break;
    const auto digest = hash_file(path);
    if (digest.ok() && digest.value() == file.digest) {
      return damaged(file.name + " is missing from this copy: it was renamed to " + stranger + ".");
    }
  }
  return damaged(file.name + " is missing from this copy.");
}

}  // namespace

Result<Done> check_size(const CopyInfo& info, const ManifestFile& file) {
  std::error_code failure;
  const fs::path path = info.folder / file.name;
  const fs::file_status status = fs::status(path, failure);
  if (status.type() == fs::file_type::not_found) return describe_missing(info, file);
  const bool regular = status.type() == fs::file_type::regular;
  const std::uintmax_t bytes = regular ? fs::file_size(path, failure) : 0;
  if (failure) return Error{Code::io, file.name + " of this copy cannot be read.", failure.message()};
  if (!regular) return damaged(file.name + " of this copy is no file.");
  if (bytes == file.bytes) return Done{};
  const std::string detail = std::to_string(bytes) + " bytes instead of " + std::to_string(file.bytes);
  if (bytes == 0) return damaged(file.name + " of this copy is empty.", detail);
  if (auto owner = name_owner(info, file)) return *owner;
  if (bytes < file.bytes) {
    return damaged(file.name + " of this copy is cut short: " + format_part(bytes, file.bytes) + ".", detail);
  }
  return damaged(file.name + " of this copy is longer than it was: " + format_size(bytes) + " instead of " +
                     format_size(file.bytes) + ".", detail);
}

Result<Done> check_hash(const CopyInfo& info, const ManifestFile& file, const std::function<bool()>& goes_on) {
  TRY_GET(const Digest digest, hash_file(info.folder / file.name, goes_on));
  if (digest == file.digest) return Done{};
  if (auto owner = name_owner(info, file)) return *owner;
  return damaged(file.name + " of this copy is damaged.", "its BLAKE2b-256 does not fit");
}

Result<Done> check_every_byte(const CopyInfo& info, const std::function<bool()>& goes_on) {
  for (const ManifestFile& file : info.manifest.files) {
    TRY(check_size(info, file));
    TRY(check_hash(info, file, goes_on));
  }
  return Done{};
}

std::vector<std::string> list_strangers(const CopyInfo& info) {
  std::set<std::string> known{std::string(kManifestName)};
  for (const ManifestFile& file : info.manifest.files) {
    for (fs::path path = file.name; !path.empty(); path = path.parent_path()) known.insert(path.generic_string());
  }
  for (const ManifestVolume& volume : info.manifest.volumes) {
    known.insert(std::string(kVolumesFolder));
    known.insert(volume_file(volume.name).generic_string());
  }
  std::vector<std::string> strangers;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(info.folder, failure), end;
       !failure && entry != end && strangers.size() < kStrangersMost; entry.increment(failure)) {
    const std::string name = entry->path().lexically_relative(info.folder).generic_string();
    if (known.count(name) == 0) strangers.push_back(name);
  }
  std::sort(strangers.begin(), strangers.end());
  return strangers;
}

Error explain_damage(const CopyInfo& info, const Error& error) {
  if (error.code != Code::damaged) return error;
  for (const ManifestFile& file : info.manifest.files) {
    if (file.name != kChartsName) continue;
    const auto right = check_hash(info, file);
    if (right.ok()) break;
    return Error{right.error().code, right.error().what,
                 right.error().detail + (right.error().detail.empty() ? "" : "; ") + "copy " + info.folder.string()};
  }
  return error;
}

}  // namespace app
