#include "exporter/copy/destinations.h"

#include <vector>

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

// What a run that was cut short left behind.
void remove_leftovers(const fs::path& destination) {
  std::error_code ignored;
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(destination, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
    if (entry->path().filename().string().starts_with(kIncoming)) left.push_back(entry->path());
  }
  for (const fs::path& folder : left) fs::remove_all(folder, ignored);
}

Result<Done> copy_and_verify(const KnownCopy& copy, const fs::path& incoming) {
  TRY(copy_tree(copy.folder, incoming));
  TRY(sync_tree(incoming));
  return verify_copy(incoming, copy.manifest, copy.key, copy.summary);
}

}  // namespace

Result<Done> copy_to_destination(const KnownCopy& copy, const fs::path& destination) {
  std::error_code fault;
  if (!fs::is_directory(destination, fault)) {
    return Error{Code::not_found, "The folder " + destination.string() + " is not there.",
                 "Is the stick or laptop plugged in and mounted?"};
  }
  remove_leftovers(destination);
  const fs::path incoming = destination / (kIncoming + copy.folder.filename().string());
  const fs::path there = destination / copy.folder.filename();
  // Its charts came already, when it was the documents' turn to find no room.
  const bool came = fs::exists(there, fault) && verify_copy(there, copy.manifest, copy.key, copy.summary).ok();
  const auto copied = came ? Result<Done>(Done{}) : copy_and_verify(copy, incoming);
  // Before the copy that names them is to be seen.
  Result<std::uint64_t> brought = std::uint64_t{0};
  if (copied.ok()) {
    brought = bring_volumes({copy.folder.parent_path(), destination, copy.manifest.sequence, copy.check_nights}, copy.manifest.volumes);
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
  TRY(remove_unneeded_volumes(destination, {}));
  return Done{};
}

}  // namespace exporter
