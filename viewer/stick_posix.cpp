// Writing on a medium that somebody may pull out at any moment: first under a name of its own, then, when every byte is on it,
// under the name that people see.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include "app/descriptor_posix.h"
#include "app/system_fault.h"
#include "viewer/stick.h"

namespace viewer {
namespace {

namespace fs = std::filesystem;

std::string explain(int number) {
  switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "The stick is full: make room on it, or take another one.";
    case EROFS:
      return "The stick is read-only: move the little switch on it if it has one, or take another one.";
    case EACCES:
    case EPERM:
      return "This computer may not write on the stick: take another one.";
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case EIO:
    case ENOTCONN:
      return "The stick was pulled out, or does not answer: put it in again, or take another one.";
    case EEXIST:
      return "There is a file of this name on the stick already: try again.";
    default:
      return "The stick refuses the file: take another one.";
  }
}

app::Error fault(const char* call) {
  const int number = errno;
  return {app::code_of_refusal(number), explain(number), std::string(call) + ": " + std::generic_category().message(number)};
}

app::Result<app::Done> write_all(const fs::path& file, std::string_view bytes) {
  constexpr ::mode_t kForAll = 0644;
  app::Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kForAll));
  if (!out.is_open()) return fault("open");
  while (!bytes.empty()) {
    const ssize_t written = ::write(out.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fault("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(out.number()) != 0) return fault("fsync");
  return out.close() ? app::Result<app::Done>(app::Done{}) : app::Result<app::Done>(fault("close"));
}

// Over no other file. Old kernels' FAT knows only the renaming that would replace one.
bool rename_to_free(const fs::path& from, const fs::path& to) {
  constexpr unsigned kNoReplace = 1;
  if (::syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), kNoReplace) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(to, ignored))) return errno = EEXIST, false;
  return ::rename(from.c_str(), to.c_str()) == 0;
}

bool sync_folder(const fs::path& folder) {
  const app::Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems sync no folder; what they say of it is not about the stick.
  return opened.is_open() && (::fsync(opened.number()) == 0 || errno == EINVAL);
}

}  // namespace

app::Result<app::Done> write_on_stick(const fs::path& file, std::string_view locked) {
  const fs::path fresh = file.parent_path() / ("." + file.filename().string() + "." + std::to_string(::getpid()) + ".part");
  auto written = write_all(fresh, locked);
  if (written.ok() && !rename_to_free(fresh, file)) written = fault("rename");
  if (!written.ok()) {
    ::unlink(fresh.c_str());
    return written;
  }
  if (sync_folder(file.parent_path())) return written;
  const app::Error error = fault("fsync");
  ::unlink(file.c_str());
  return error;
}

}  // namespace viewer
