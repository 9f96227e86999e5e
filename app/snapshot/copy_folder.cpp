// What is known of a copy without any key: the checks from the folder to the hashes.
#include <algorithm>
#include <fstream>
#include <set>

#include "app/snapshot/copy.h"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1u << 20;
constexpr std::size_t kStrangersMost = 100;

std::string name_of(const fs::path& folder) {
  const fs::path path = folder.lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

// Names the copy in an Error that speaks of "this copy".
Error in_copy(Error error, const fs::path& folder) {
  if (!error.detail.empty()) error.detail += "; ";
  error.detail += "copy " + folder.string();
  return error;
}

Result<std::string> read_manifest_file(const fs::path& folder) {
  std::error_code failure;
  if (!fs::is_regular_file(folder / kManifestName, failure)) {
    return Error{failure ? Code::io : Code::not_a_copy, "manifest.json of this copy is no file that can be read.",
                 failure ? failure.message() : ""};
  }
  std::ifstream in(folder / kManifestName, std::ios::binary);
  if (!in) {
    return Error{Code::io, "manifest.json of this copy cannot be opened.", "no permission, or a bad disk"};
  }
  std::string bytes(kManifestMost + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) return Error{Code::io, "manifest.json of this copy cannot be read.", "read failed"};
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

Result<Done> check_size(const fs::path& folder, const ManifestFile& file) {
  std::error_code failure;
  const fs::file_status status = fs::status(folder / file.name, failure);
  if (status.type() == fs::file_type::not_found) {
    return Error{Code::damaged, file.name + " is missing from this copy.", ""};
  }
  const bool regular = status.type() == fs::file_type::regular;
  const std::uintmax_t bytes = regular ? fs::file_size(folder / file.name, failure) : 0;
  if (failure) return Error{Code::io, file.name + " of this copy cannot be read.", failure.message()};
  if (!regular) return Error{Code::damaged, file.name + " of this copy is no file.", ""};
  if (bytes != file.bytes) {
    return Error{Code::damaged, file.name + " of this copy is not as long as it was.",
                 std::to_string(bytes) + " bytes instead of " + std::to_string(file.bytes)};
  }
  return Done{};
}

Result<Done> check_hash(const fs::path& folder, const ManifestFile& file) {
  std::ifstream in(folder / file.name, std::ios::binary);
  Hasher hasher;
  std::string piece(kPiece, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    hasher.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
  }
  if (!in.eof()) return Error{Code::io, file.name + " of this copy cannot be read.", "read failed"};
  if (hasher.finish() != file.digest) {
    return Error{Code::damaged, file.name + " of this copy is damaged.", "its BLAKE2b-256 does not fit"};
  }
  return Done{};
}

std::vector<std::string> list_strangers(const fs::path& folder, const Manifest& manifest) {
  std::set<std::string> known{std::string(kManifestName)};
  for (const ManifestFile& file : manifest.files) {
    for (fs::path path = file.name; !path.empty(); path = path.parent_path()) {
      known.insert(path.generic_string());
    }
  }
  std::vector<std::string> strangers;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const std::string name = entry->path().lexically_relative(folder).generic_string();
    if (known.count(name) == 0 && strangers.size() < kStrangersMost) strangers.push_back(name);
  }
  std::sort(strangers.begin(), strangers.end());
  return strangers;
}

Result<CopyInfo> read_one_copy(const fs::path& folder, Check check) {
  const auto bytes = read_manifest_file(folder);
  if (!bytes.ok()) return in_copy(bytes.error(), folder);
  auto manifest = parse_manifest(bytes.value());
  if (!manifest.ok()) return in_copy(manifest.error(), folder);
  CopyInfo info{folder, std::move(manifest).value(), {}};
  for (const ManifestFile& file : info.manifest.files) {
    if (const auto right = check_size(folder, file); !right.ok()) return in_copy(right.error(), folder);
  }
  if (check == Check::hashes) {
    for (const ManifestFile& file : info.manifest.files) {
      if (const auto right = check_hash(folder, file); !right.ok()) return in_copy(right.error(), folder);
    }
  }
  info.strangers = list_strangers(folder, info.manifest);
  return info;
}

bool has_manifest(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / kManifestName, ignored);
}

}  // namespace

std::vector<FoundCopy> list_copies(const fs::path& folder) {
  std::vector<FoundCopy> found;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code ignored;
    const std::string name = entry->path().filename().string();
    if (name.starts_with(".") || !entry->is_directory(ignored)) continue;
    FoundCopy copy{entry->path(), 0, std::nullopt};
    const bool named_so = parse_copy_name(name, copy.sequence);
    if (!has_manifest(copy.folder)) {
      if (!named_so) continue;
      copy.fault = Error{Code::not_a_copy, name + " is no complete copy: it has no manifest.json.",
                         copy.folder.string()};
    } else if (const auto info = read_one_copy(copy.folder, Check::sizes); info.ok()) {
      copy.sequence = info.value().manifest.sequence;
    } else {
      copy.fault = info.error();
    }
    found.push_back(std::move(copy));
  }
  std::sort(found.begin(), found.end(), [](const FoundCopy& a, const FoundCopy& b) {
    return a.sequence != b.sequence ? a.sequence > b.sequence : a.folder.filename() > b.folder.filename();
  });
  return found;
}

Result<CopyInfo> read_copy(const fs::path& folder, Check check) {
  std::error_code failure;
  const fs::file_status status = fs::status(folder, failure);
  if (status.type() == fs::file_type::not_found) {
    return Error{Code::not_found, "There is no folder " + folder.string() + ".", ""};
  }
  if (!fs::is_directory(status)) {
    return Error{Code::not_a_copy, folder.string() + " is no folder, so it is no Nightchart copy.", ""};
  }
  if (has_manifest(folder)) return read_one_copy(folder, check);

  std::vector<FoundCopy> copies = list_copies(folder);
  for (std::size_t i = 0; i < copies.size(); ++i) {
    if (copies[i].fault) continue;
    auto info = read_one_copy(copies[i].folder, check);
    if (info.ok()) {
      info.value().passed_over.assign(copies.begin(), copies.begin() + static_cast<std::ptrdiff_t>(i));
      return info;
    }
    copies[i].fault = info.error();
  }
  if (copies.empty()) {
    return Error{Code::not_a_copy, folder.string() + " holds no Nightchart copy.",
                 "neither manifest.json nor a folder that holds one"};
  }
  Error newest = *copies.front().fault;
  newest.what = "No copy in " + folder.string() + " can be used; of the newest, " +
                name_of(copies.front().folder) + ": " + newest.what;
  return newest;
}

}  // namespace app
