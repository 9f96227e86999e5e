#include "viewer/small_file_posix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "app/descriptor_posix.h"
#include "app/system_fault.h"

namespace viewer {
namespace {

namespace fs = std::filesystem;

app::Error fault(const char* call, const fs::path& file) {
  const int number = errno;
  return {number == ENOENT ? app::Code::not_found : app::code_of_refusal(number), "A small file could not be read or written.",
          file.string() + ": " + call + ": " + std::generic_category().message(number)};
}

app::Result<app::Done> write_whole(const fs::path& file, std::string_view bytes, unsigned mode) {
  app::Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, static_cast<mode_t>(mode)));
  if (!out.is_open()) return fault("open", file);
  while (!bytes.empty()) {
    const ssize_t written = ::write(out.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fault("write", file);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(out.number()) != 0) return fault("fsync", file);
  return out.close() ? app::Result<app::Done>(app::Done{}) : app::Result<app::Done>(fault("close", file));
}

}  // namespace

app::Result<std::string> read_small_file(const fs::path& file, std::size_t most_bytes) {
  const app::Descriptor in(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!in.is_open()) return fault("open", file);
  struct ::stat about {};
  if (::fstat(in.number(), &about) != 0) return fault("fstat", file);
  const app::Error other{app::Code::wrong_kind, "This is no small file.", file.string()};
  if (!S_ISREG(about.st_mode)) return other;
  std::string bytes;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t got = ::read(in.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fault("read", file);
    if (got == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
    if (bytes.size() > most_bytes) return other;
  }
}

app::Result<app::Done> replace_small_file(const fs::path& file, std::string_view bytes, unsigned mode) {
  if (::mkdir(file.parent_path().c_str(), 0755) != 0 && errno != EEXIST) return fault("mkdir", file.parent_path());
  const fs::path fresh = file.string() + ".new";
  ::unlink(fresh.c_str());
  auto written = write_whole(fresh, bytes, mode);
  if (written.ok() && ::rename(fresh.c_str(), file.c_str()) != 0) written = fault("rename", file);
  if (!written.ok()) ::unlink(fresh.c_str());
  return written;
}

std::string read_computer_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "";
  return name.data();
}

}  // namespace viewer
