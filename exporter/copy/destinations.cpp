#include "exporter/copy/destinations.h"

#include <vector>

#include "app/system_fault.h"
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

Error failed(const std::error_code& fault, const fs::path& where) {
  const Code code = app::code_of_refusal(fault);
  return Error{code,
               (code == Code::no_room ? "There is no room left at " : "Copying failed at ") + where.string() + ".", fault.message()};
}

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
  std::error_code fault;
  fs::copy(copy.folder, incoming, fs::copy_options::recursive, fault);
  if (fault) return failed(fault, incoming.parent_path());
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
  const auto copied = copy_and_verify(copy, incoming);
  // Before the copy that names them is to be seen.
  Result<std::uint64_t> brought = std::uint64_t{0};
  if (copied.ok()) {
    brought = bring_volumes({copy.folder.parent_path(), destination, copy.manifest.sequence, copy.check_nights}, copy.manifest.volumes);
  }
  if (copied.ok()) fs::rename(incoming, destination / copy.folder.filename(), fault);
  if (!copied.ok() || fault) {
    const Error error = copied.ok() ? failed(fault, destination) : copied.error();
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
