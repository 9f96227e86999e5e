#include "exporter/copy/verify_copy.h"

#include "app/snapshot/copy.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

Result<Done> compare(const std::filesystem::path& folder, const app::Manifest& manifest,
                     const app::CopyKey& key, const SnapshotSummary& summary) {
  TRY_GET(const app::CopyInfo info, app::read_copy(folder, app::Check::files));
  if (app::format_manifest(info.manifest) != app::format_manifest(manifest)) {
    return Error{Code::damaged, "manifest.json is not the one that was written.", ""};
  }
  for (const auto& [name, count] : summary.counts.by_name()) {
    const auto said = info.manifest.counts.find(name);
    if (said == info.manifest.counts.end() || said->second != count) {
      return Error{Code::damaged, "The manifest's counts are not what was read.", name};
    }
  }
  TRY_GET(const app::Copy copy, app::Copy::open_to_verify(info, key));
  if (copy.charts_digest() != summary.charts_digest) {
    return Error{Code::damaged, "The charts are not those that were read.", "their digest differs"};
  }
  TRY_GET(const auto search_digests, copy.search_digests());
  if (search_digests != summary.search_digests) {
    return Error{Code::damaged, "The search index is not the one that was made.", "the digest of a part differs"};
  }
  return copy.verify(app::Depth::bytes);
}

}  // namespace

Result<Done> verify_copy(const std::filesystem::path& folder, const app::Manifest& manifest,
                         const app::CopyKey& key, const SnapshotSummary& summary) {
  drop_cached(folder / app::kManifestName);
  for (const app::ManifestFile& file : manifest.files) drop_cached(folder / file.name);
  const auto same = compare(folder, manifest, key, summary);
  if (same.ok()) return Done{};
  return Error{Code::not_verified, "The copy was written, but reading it again failed.",
               same.error().what + " " + same.error().detail};
}

}  // namespace exporter
