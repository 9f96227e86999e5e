#include "exporter/copy/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "app/descriptor_posix.h"
#include "app/system_fault.h"

namespace exporter {
namespace {

using app::Code;
using app::Descriptor;
using app::Done;
using app::Error;
using app::Result;
namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1u << 20;

Result<Done> sync(const fs::path& path, int flags) {
  Descriptor descriptor(::open(path.c_str(), flags | O_CLOEXEC));
  if (descriptor.number() < 0) return system_error("open", path);
  // Some file systems cannot sync a folder and say so: nothing more can be done there.
  if (::fsync(descriptor.number()) != 0 && !((flags & O_DIRECTORY) && (errno == EINVAL || errno == EROFS))) {
    return system_error("fsync", path);
  }
  return Done{};
}

Result<Done> write_bytes(const Descriptor& descriptor, const fs::path& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error("write", file);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return Done{};
}

Result<Done> finish_file(Descriptor& descriptor, const fs::path& file) {
  if (::fsync(descriptor.number()) != 0) return system_error("fsync", file);
  if (!descriptor.close()) return system_error("close", file);
  return Done{};
}

// Errors speak of the file that people know, `file`.
Result<Done> write_all(const fs::path& fresh, const fs::path& file, std::string_view bytes, mode_t mode) {
  // What lies there is somebody else's: a left-over with another mode, or a link that was planted.
  ::unlink(fresh.c_str());
  Descriptor descriptor(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (descriptor.number() < 0) return system_error("open", file);
  TRY(write_bytes(descriptor, file, bytes));
  return finish_file(descriptor, file);
}

}  // namespace

Error system_error(const std::string& call, const fs::path& file) {
  return system_error(call, file, std::error_code(errno, std::generic_category()));
}

Error system_error(const std::string& call, const fs::path& file, const std::error_code& failure) {
  const std::string detail = call + " " + file.string() + ": " + failure.message();
  if (failure == std::errc::no_such_file_or_directory && call == "open") {
    return {Code::not_found, "The folder " + file.parent_path().string() + " is not there.", detail};
  }
  if (app::code_of_refusal(failure) == Code::no_room) {
    return {Code::no_room, "There is no room left for " + file.filename().string() + ".", detail};
  }
  return {Code::io, "The system refused while working on " + file.filename().string() + ".", detail};
}

Result<Done> write_file(const fs::path& file, std::string_view bytes, bool owner_only) {
  const fs::path fresh = file.parent_path() / ("." + file.filename().string() + ".new");
  const auto written = write_all(fresh, file, bytes, owner_only ? 0600 : 0644);
  if (written.ok() && ::rename(fresh.c_str(), file.c_str()) == 0) {
    return sync_folder(file.has_parent_path() ? file.parent_path() : fs::path("."));
  }
  Error error = written.ok() ? system_error("rename", file) : written.error();
  ::unlink(fresh.c_str());
  return error;
}

Result<Done> create_file(const fs::path& file) {
  const Descriptor made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (made.number() >= 0) return Done{};
  if (errno == EEXIST) return Error{Code::io, file.filename().string() + " exists already.", file.string()};
  return system_error("create", file);
}

Result<Done> append_line(const fs::path& file, std::string_view line) {
  Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (descriptor.number() < 0) return system_error("open", file);
  // In one call: of two writers neither gets into the other's line.
  TRY(write_bytes(descriptor, file, std::string(line) + "\n"));
  return finish_file(descriptor, file);
}

Result<std::string> read_file(const fs::path& file, std::size_t most_bytes) {
  // Without waiting: somebody may have put a pipe in the place of a file.
  Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.number() < 0) {
    if (errno == ENOENT) return Error{Code::not_found, "There is no file " + file.string() + ".", ""};
    return system_error("open", file);
  }
  if (struct stat found{}; ::fstat(descriptor.number(), &found) == 0 && !S_ISREG(found.st_mode)) {
    return Error{Code::wrong_kind, file.string() + " is no file that can be read.", ""};
  }
  std::string bytes;
  char piece[16384];
  for (;;) {
    const ssize_t got = ::read(descriptor.number(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", file);
    if (got == 0) return bytes;
    bytes.append(piece, static_cast<std::size_t>(got));
    if (bytes.size() > most_bytes) {
      return Error{Code::wrong_kind, file.string() + " is too long for what it should be.", ""};
    }
  }
}

Result<Done> copy_file(const fs::path& from, const fs::path& to) {
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.number() < 0) return system_error("open", from);
  Descriptor target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (target.number() < 0) return system_error("open", to);
  std::string piece(kPiece, '\0');
  for (;;) {
    const ssize_t got = ::read(source.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", from);
    if (got == 0) return finish_file(target, to);
    TRY(write_bytes(target, to, std::string_view(piece).substr(0, static_cast<std::size_t>(got))));
  }
}

Result<Done> copy_tree(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  if (!fs::create_directory(to, failure)) return system_error("mkdir", to, failure);
  for (fs::directory_iterator entry(from, failure), end; !failure && entry != end; entry.increment(failure)) {
    const fs::file_status status = entry->symlink_status(failure);
    if (failure) break;
    const fs::path there = to / entry->path().filename();
    if (fs::is_directory(status)) TRY(copy_tree(entry->path(), there));
    if (fs::is_regular_file(status)) TRY(exporter::copy_file(entry->path(), there));
  }
  if (failure) return system_error("read", from, failure);
  return Done{};
}

Result<Done> sync_file(const fs::path& file) { return sync(file, O_RDONLY); }
Result<Done> sync_folder(const fs::path& folder) { return sync(folder, O_RDONLY | O_DIRECTORY); }

Result<Done> sync_tree(const fs::path& folder) {
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const fs::file_status status = entry->symlink_status(failure);
    if (failure) break;
    if (fs::is_directory(status)) TRY(sync_folder(entry->path()));
    if (fs::is_regular_file(status)) TRY(sync_file(entry->path()));
  }
  if (failure) return system_error("read", folder, failure);
  return sync_folder(folder);
}

bool lie_on_one_disk(const fs::path& one, const fs::path& other) {
  struct stat first {}, second {};
  return ::stat(one.c_str(), &first) == 0 && ::stat(other.c_str(), &second) == 0 && first.st_dev == second.st_dev;
}

Result<Done> remove_folder(const fs::path& folder) {
  std::error_code failure;
  fs::remove_all(folder, failure);
  if (failure) return system_error("remove", folder, failure);
  return Done{};
}

void drop_cached(const fs::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.number() >= 0) ::posix_fadvise(descriptor.number(), 0, 0, POSIX_FADV_DONTNEED);
}

}  // namespace exporter
