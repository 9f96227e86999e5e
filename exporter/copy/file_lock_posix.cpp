#include "exporter/copy/file_lock_posix.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "app/record/calendar.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;
namespace fs = std::filesystem;

constexpr std::string_view kProcess = "process ";

// For whoever wonders who holds it; nothing depends on it.
void sign(int descriptor, const std::string& work) {
  const std::string text = std::string(kProcess) + std::to_string(::getpid()) + " since " + app::format_utc(app::now()) + ", " + work + "\n";
  if (::ftruncate(descriptor, 0) == 0) (void)!::write(descriptor, text.data(), text.size());
}

// What a program that is dead wrote says nothing of who holds it now and has not signed yet.
bool is_alive(const std::string& holder) {
  const int process = std::atoi(holder.c_str() + kProcess.size());
  return process > 0 && (::kill(process, 0) == 0 || errno == EPERM);
}

// "process 412 since 2026-11-22T02:00:04Z, a pull", or "".
std::string holder_of(int descriptor) {
  char text[100];
  const ssize_t got = ::pread(descriptor, text, sizeof text, 0);
  std::string holder(text, got > 0 ? static_cast<std::size_t>(got) : 0);
  for (char& c : holder) c = c >= ' ' && c < 127 ? c : ' ';
  return holder.starts_with(kProcess) && is_alive(holder) ? holder.substr(0, holder.find_last_not_of(' ') + 1) : "";
}

Error held_by(const std::string& holder, const fs::path& file) {
  const auto comma = holder.find(", ");
  std::string work = comma == std::string::npos ? "another run of Nightchart" : holder.substr(comma + 2);
  work[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(work[0])));
  return {Code::busy, work + " is at work on " + file.parent_path().string() + ".",
          file.string() + (holder.empty() ? "" : ": " + holder.substr(0, comma))};
}

Result<int> lock(const fs::path& file, int how, const std::string& work) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_error("open", file);
  if (::flock(descriptor, how) == 0) {
    if ((how & LOCK_NB) != 0) sign(descriptor, work);
    return descriptor;
  }
  const Error error = errno == EWOULDBLOCK ? held_by(holder_of(descriptor), file) : system_error("flock", file);
  ::close(descriptor);
  return error;
}

}  // namespace

Result<FileLock> FileLock::take(const fs::path& file, const std::string& work) {
  TRY_GET(const int descriptor, lock(file, LOCK_EX | LOCK_NB, work));
  return FileLock(descriptor);
}

Result<FileLock> FileLock::wait(const fs::path& file) {
  TRY_GET(const int descriptor, lock(file, LOCK_EX, ""));
  return FileLock(descriptor);
}

bool FileLock::is_signed_by_the_living(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool lives = !holder_of(descriptor).empty();
  ::close(descriptor);
  return lives;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}
FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace exporter
