#include "exporter/copy/sealing.h"

#include <algorithm>
#include <fstream>

#include "app/digest.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;
namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1u << 20;

Result<app::ManifestFile> describe_file(const fs::path& folder, const fs::path& file) {
  app::ManifestFile described{file.lexically_relative(folder).generic_string(), 0, {}};
  std::ifstream in(file, std::ios::binary);
  app::Hasher hasher;
  std::string piece(kPiece, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(in.gcount());
    hasher.add(std::string_view(piece).substr(0, got));
    described.bytes += got;
  }
  if (!in.eof()) return Error{Code::io, file.string() + " cannot be read.", "read failed"};
  described.digest = hasher.finish();
  return described;
}

Result<std::vector<app::ManifestFile>> describe_files(const fs::path& folder) {
  std::vector<app::ManifestFile> files;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    // What cannot be told to be a file or not must not be left out without a word.
    const bool is_file = entry->is_regular_file(failure);
    if (failure) break;
    if (!is_file || entry->path() == folder / app::kManifestName) continue;
    TRY_GET(app::ManifestFile file, describe_file(folder, entry->path()));
    files.push_back(std::move(file));
  }
  if (failure) return system_error("read", folder, failure);
  std::sort(files.begin(), files.end(),
            [](const app::ManifestFile& a, const app::ManifestFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace

Result<app::Manifest> write_manifest(const fs::path& folder, app::Manifest manifest, const app::CopyKey& key,
                                     const std::vector<Keyholder>& keyholders,
                                     const app::SigningKey& signing_key) {
  if (keyholders.empty()) {
    return Error{Code::bad_config, "Nobody could open this copy: the practice has no keyholder.",
                 "nightchart keyholder add NAME"};
  }
  TRY_GET(manifest.files, describe_files(folder));
  manifest.slots.clear();
  for (const Keyholder& keyholder : keyholders) {
    manifest.slots.push_back({keyholder.name, keyholder.public_key,
                              app::seal(key.bytes().view(), keyholder.public_key), keyholder.locked_key});
  }
  manifest.verifying_key = signing_key.verifying_key();
  const std::string text = app::format_manifest(manifest);
  TRY(write_file(folder / app::kManifestName, app::join_signature(text, signing_key.sign(text))));
  return manifest;
}

}  // namespace exporter
