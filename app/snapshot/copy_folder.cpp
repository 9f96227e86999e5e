// What is known of a copy without any key: the checks from the folder to the hashes.
#include <algorithm>
#include <fstream>

#include "app/snapshot/copy.h"
#include "app/snapshot/copy_files.h"
#include "app/snapshot/fingerprint.h"

namespace app {
namespace {

namespace fs = std::filesystem;

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

Result<CopyInfo> read_one_copy(const fs::path& folder, Check check) {
  const auto bytes = read_manifest_file(folder);
  if (!bytes.ok()) return in_copy(bytes.error(), folder);
  auto manifest = parse_manifest(bytes.value());
  if (!manifest.ok()) return in_copy(manifest.error(), folder);
  CopyInfo info{folder, std::move(manifest).value(), digest_of(bytes.value())};
  for (const ManifestFile& file : info.manifest.files) {
    if (const auto right = check_size(info, file); !right.ok()) return in_copy(right.error(), folder);
  }
  if (check != Check::sizes) {
    for (const ManifestFile& file : info.manifest.files) {
      if (const auto right = check_hash(info, file); !right.ok()) return in_copy(right.error(), folder);
    }
  }
  for (const ManifestVolume& volume : info.manifest.volumes) {
    info.volumes.push_back(find_volume(folder, volume, check == Check::hashes));
  }
  info.strangers = list_strangers(info);
  return info;
}

// Where copies by known signers lie, a copy by anybody else is no candidate, whatever number it claims.
void set_strangers_aside(std::vector<FoundCopy>& copies, const std::vector<PublicKey>& known) {
  const auto is_known = [&](const FoundCopy& copy) {
    return !copy.fault && std::find(known.begin(), known.end(), copy.signer) != known.end();
  };
  if (std::none_of(copies.begin(), copies.end(), is_known)) return;
  for (FoundCopy& copy : copies) {
    if (copy.fault || is_known(copy)) continue;
    copy.fault = Error{Code::forged, "It is signed with a key that this computer does not know.",
                       "signed by " + format_fingerprint(copy.signer) + "; copy " + copy.folder.string()};
  }
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
      copy.signer = info.value().manifest.verifying_key;
      copy.occasion = info.value().manifest.occasion;
      copy.shard = info.value().manifest.shard;
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

Result<CopyInfo> read_copy(const fs::path& folder, Check check, const std::vector<PublicKey>& known) {
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
  set_strangers_aside(copies, known);
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
