#include "exporter/copy/destinations.h"

#include "app/snapshot/copy.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr char kIncoming[] = ".incoming-";

Error failed(const std::error_code& fault, const fs::path& where) {
  const bool full = fault == std::errc::no_space_on_device;
  return Error{full ? Code::no_room : Code::io,
               (full ? "There is no room left at " : "Copying failed at ") + where.string() + ".", fault.message()};
}

// What a run that was cut short left behind.
void remove_leftovers(const fs::path& destination) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(destination, ignored)) {
    if (entry.path().filename().string().starts_with(kIncoming)) fs::remove_all(entry.path(), ignored);
  }
}

Result<Done> check_from_disk(const fs::path& copy) {
  std::error_code fault;
  for (const auto& entry : fs::recursive_directory_iterator(copy, fault)) {
    if (entry.is_regular_file()) drop_cached(entry.path());
  }
  const auto info = app::read_copy(copy, app::Check::hashes);
  if (!info.ok()) return info.error();
  return Done{};
}

Result<Done> copy_and_check(const fs::path& copy, const fs::path& incoming) {
  std::error_code fault;
  fs::copy(copy, incoming, fs::copy_options::recursive, fault);
  if (fault) return failed(fault, incoming.parent_path());
  TRY(sync_tree(incoming));
  return check_from_disk(incoming);
}

}  // namespace

Result<Done> copy_to_destination(const fs::path& copy, const fs::path& destination) {
  std::error_code fault;
  if (!fs::is_directory(destination, fault)) {
    return Error{Code::not_found, "The folder " + destination.string() + " is not there.",
                 "Is the stick or laptop plugged in and mounted?"};
  }
  remove_leftovers(destination);
  const fs::path final_name = destination / copy.filename();
  if (fs::exists(final_name, fault)) return check_from_disk(final_name);
  const fs::path incoming = destination / (kIncoming + copy.filename().string());
  const auto copied = copy_and_check(copy, incoming);
  if (copied.ok()) fs::rename(incoming, final_name, fault);
  if (!copied.ok() || fault) {
    const Error error = copied.ok() ? failed(fault, destination) : copied.error();
    fs::remove_all(incoming, fault);
    return error;
  }
  return sync_folder(destination);
}

}  // namespace exporter
