#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "app/descriptor_posix.h"
#include "app/snapshot/access_log.h"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "access.log";
constexpr off_t kTail = 16384;  // more than any line
constexpr int kLockTries = 20;
constexpr useconds_t kLockPause_us = 25'000;

Error not_recorded(const std::string& call, const fs::path& file) {
  const int number = errno;
  return Error{number == ENOSPC || number == EDQUOT ? Code::no_room : Code::io,
               "This computer cannot keep the record of who looked at what.",
               call + " " + file.string() + ": " + std::strerror(number)};
}

Result<Done> lock(int descriptor, const fs::path& file) {
  for (int i = 0; i < kLockTries; ++i) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return Done{};
    if (errno != EWOULDBLOCK && errno != EINTR)
      return Done{};  // no locks here: one program alone keeps its lines whole
    ::usleep(kLockPause_us);
  }
  return Error{Code::busy, not_recorded("flock", file).what, "another program holds " + file.string()};
}

// The last line, with its end of line if it has one.
Result<std::string> read_last_line(int descriptor, const fs::path& file) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) return not_recorded("fstat", file);
  if (!S_ISREG(about.st_mode)) return Error{Code::io, not_recorded("open", file).what, file.string() + " is no file"};
  std::string tail(static_cast<std::size_t>(std::min(about.st_size, kTail)), '\0');
  std::size_t got = 0;
  while (got < tail.size()) {
    const ssize_t read = ::pread(descriptor, tail.data() + got, tail.size() - got,
                                 about.st_size - static_cast<off_t>(tail.size()) + static_cast<off_t>(got));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) return not_recorded("read", file);
    got += static_cast<std::size_t>(read);
  }
  const bool ended = tail.ends_with('\n');
  const std::size_t begin = tail.substr(0, tail.size() - (ended ? 1 : 0)).rfind('\n');
  return begin == std::string::npos ? tail : tail.substr(begin + 1);
}

}  // namespace

Result<Done> append_look(const fs::path& folder, const Look& look, const PublicKey& officer) {
  const fs::path file = folder / kFile;
  if (folder.empty()) return Error{Code::io, not_recorded("open", file).what, "there is no home folder"};
  std::error_code ignored;
  fs::create_directories(folder.parent_path(), ignored);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return not_recorded("mkdir", folder);
  const Descriptor out(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
  if (!out.is_open()) return not_recorded("open", file);
  TRY(lock(out.number(), file));
  TRY_GET(std::string last, read_last_line(out.number(), file));
  std::uint64_t number = 1;
  Digest previous{};
  std::string line;
  if (!last.empty()) {
    // A line that a power cut left half stays as it is, and the chain goes on behind it.
    if (last.back() == '\n') last.pop_back();
    else line = "\n";
    previous = digest_of(last);
    const auto link = parse_log_line(last);
    number = link.ok() ? link.value().number + 1 : 1;
  }
  line += make_log_line(look, number, previous, officer) + "\n";
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t written = ::write(out.number(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return not_recorded("write", file);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(out.number()) != 0) return not_recorded("fsync", file);
  return Done{};
}

}  // namespace app
