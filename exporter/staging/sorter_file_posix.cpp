#include "exporter/staging/sorter_file_posix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "app/system_fault.h"

namespace exporter {
namespace {

app::Error refused(const char* call, int number, const std::filesystem::path& folder) {
  const std::string detail = folder.string() + ": " + call + ": " + std::generic_category().message(number);
  if (app::code_of_refusal(number) == app::Code::no_room) {
    return {app::Code::no_room, "There is not enough room for what the night sorts on its way.", detail};
  }
  return {app::Code::io, "What the night sorts on its way could not be written.", detail};
}

int open_nameless(const std::filesystem::path& folder) {
#ifdef O_TMPFILE
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (descriptor >= 0) return descriptor;
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) return -1;
#endif
  // Not every file system knows nameless files. This one is unlinked before a byte is in it.
  std::string name = (folder / "staging-XXXXXX").string();
  const int named = ::mkstemp(name.data());
  if (named < 0) return -1;
  if (::unlink(name.c_str()) != 0 || ::fcntl(named, F_SETFD, FD_CLOEXEC) != 0) {
    const int why = errno;
    ::close(named);
    errno = why;
    return -1;
  }
  return named;
}

}  // namespace

NamelessFile::NamelessFile(int descriptor, std::filesystem::path folder)
    : descriptor_(descriptor), folder_(std::move(folder)) {}

NamelessFile::~NamelessFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

NamelessFile::NamelessFile(NamelessFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), folder_(std::move(other.folder_)) {}

NamelessFile& NamelessFile::operator=(NamelessFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(folder_, other.folder_);
  return *this;
}

app::Result<NamelessFile> NamelessFile::open(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return refused("mkdir", failed.value(), folder);
  const int descriptor = open_nameless(folder);
  if (descriptor < 0) return refused("open", errno, folder);
  return NamelessFile(descriptor, folder);
}

app::Result<app::Done> NamelessFile::write_at(std::uint64_t offset, std::span<const unsigned char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return refused("pwrite", count < 0 ? errno : EIO, folder_);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return app::Done{};
}

app::Result<app::Done> NamelessFile::read_at(std::uint64_t offset, std::span<unsigned char> bytes) const {
  while (!bytes.empty()) {
    const ssize_t count = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return refused("pread", count < 0 ? errno : EIO, folder_);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return app::Done{};
}

}  // namespace exporter
