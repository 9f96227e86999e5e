#include "exporter/copy/destinations.h"

#include <chrono>
#include <vector>

#include "app/snapshot/fingerprint.h"

#include "exporter/copy/durable_file.h"
#include "exporter/copy/verify_copy.h"
#include "exporter/copy/volume_store.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr char kIncoming[] = ".incoming-";

// What nobody touched for so long, nobody works on.
constexpr auto kAbandoned = std::chrono::hours(7 * 24);

bool is_abandoned(const fs::path& folder) {
  std::error_code fault;
  const auto touched = fs::last_write_time(folder, fault);
  return !fault && fs::file_time_type::clock::now() - touched > kAbandoned;
}

// What a run that was cut short left behind; of other exporters only what is old.
void remove_leftovers(const fs::path& destination, const app::PublicKey& signer) {
  std::error_code ignored;
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(destination, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
    const std::string name = entry->path().filename().string();
    if (is_own_leftover(name, signer) || (name.starts_with(kIncoming) && is_abandoned(entry->path()))) left.push_back(entry->path());
  }
  for (const fs::path& folder : left) fs::remove_all(folder, ignored);
}

Result<Done> copy_and_verify(const KnownCopy& copy, const fs::path& incoming) {
  TRY(copy_tree(copy.folder, incoming));
  TRY(sync_tree(incoming));
  return verify_copy(incoming, copy.manifest, copy.key, copy.summary);
}

}  // namespace

std::string incoming_prefix(const app::PublicKey& signer) {
  std::string owner = app::format_fingerprint(signer);
  std::erase(owner, '-');
  return kIncoming + owner + "-";
}

bool is_own_leftover(const std::string& name, const app::PublicKey& signer) {
  std::uint64_t sequence = 0;
  // Earlier releases put nobody's sign on it.
  const bool unsigned_one = name.starts_with(kIncoming) && app::parse_copy_name(std::string_view(name).substr(std::size(kIncoming) - 1), sequence);
  return unsigned_one || name.starts_with(incoming_prefix(signer));
}

Result<Done> copy_to_destination(const KnownCopy& copy, const fs::path& destination) {
  std::error_code fault;
  if (!fs::is_directory(destination, fault)) {
    return Error{Code::not_found, "The folder " + destination.string() + " is not there.",
                 "Is the stick or laptop plugged in and mounted?"};
  }
  const app::PublicKey& signer = copy.manifest.verifying_key;
  remove_leftovers(destination, signer);
  const std::string prefix = incoming_prefix(signer);
  const fs::path incoming = destination / (prefix + copy.folder.filename().string());
  const fs::path there = destination / copy.folder.filename();
  // Its charts came already, when it was the documents' turn to find no room.
  const bool came = fs::exists(there, fault) && verify_copy(there, copy.manifest, copy.key, copy.summary).ok();
  if (!came && fs::exists(there, fault)) {
    return Error{Code::busy, "There is another copy named " + there.filename().string() + ", so this one was not copied.",
                 "another practice's night began in the same second; give each practice a folder of its own: " + destination.string()};
  }
  const auto copied = came ? Result<Done>(Done{}) : copy_and_verify(copy, incoming);
  // Before the copy that names them is to be seen.
  Result<std::uint64_t> brought = std::uint64_t{0};
  if (copied.ok() && copy.brings_volumes()) {
    brought = bring_volumes({copy.folder.parent_path(), destination, copy.turn, copy.check_nights, prefix}, copy.manifest.volumes);
  }
  fault.clear();
  if (copied.ok() && !came) fs::rename(incoming, there, fault);
  if (!copied.ok() || fault) {
    const Error error = copied.ok() ? system_error("rename", there, fault) : copied.error();
    fs::remove_all(incoming, fault);
    return error;
  }
  TRY(sync_folder(destination));
  if (!brought.ok()) {
    return Error{brought.error().code, "The charts were copied, but not all pages of documents: " + brought.error().what,
                 brought.error().detail};
  }
  if (copy.brings_volumes()) TRY(remove_unneeded_volumes(destination, {}));
  return Done{};
}

}  // namespace exporter
