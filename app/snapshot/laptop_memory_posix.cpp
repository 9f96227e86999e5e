#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "app/descriptor_posix.h"
#include "app/record/json.h"
#include "app/record/text.h"
#include "app/snapshot/fingerprint.h"
#include "app/snapshot/laptop_memory.h"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPractices = "known-practices.json";
constexpr const char* kDamaged = "known-practices.damaged.json";
constexpr const char* kDecisions = "decisions.log";
constexpr const char* kLock = ".lock";
constexpr std::size_t kFileMost = 1u << 20;
constexpr std::size_t kInitialsMost = 60;
constexpr int kLockTries = 40;
constexpr useconds_t kLockPause_us = 50'000;

constexpr const char* kCannotRemember =
    "This computer cannot remember which copies were opened on it. They open all the same.";

Error cannot_remember(const std::string& call, const fs::path& file) {
  const int number = errno;
  return Error{number == ENOSPC || number == EDQUOT ? Code::no_room : Code::io,
               kCannotRemember, call + " " + file.string() + ": " + std::strerror(number)};
}

fs::path usual_folder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && state[0] == '/') return fs::path(state) / "nightchart";
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') {
    const passwd* user = ::getpwuid(::getuid());
    home = user == nullptr ? nullptr : user->pw_dir;
  }
  if (home == nullptr || home[0] != '/') return {};
  return fs::path(home) / ".local" / "state" / "nightchart";
}

// The whole file; Code::not_found if there is none, wrong_kind if it is longer than it can be.
Result<std::string> read_whole(const fs::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about {};
  if (!in.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) return Error{Code::not_found, "", ""};
    return cannot_remember("open", file);
  }
  if (::fstat(in.number(), &about) != 0 || !S_ISREG(about.st_mode)) return Error{Code::wrong_kind, "", ""};
  std::string bytes;
  char piece[4096];
  for (;;) {
    const ssize_t got = ::read(in.number(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_remember("read", file);
    if (got == 0) return bytes;
    bytes.append(piece, static_cast<std::size_t>(got));
    if (bytes.size() > kFileMost) return Error{Code::wrong_kind, "", ""};
  }
}

Result<Pairings> read_pairings(const fs::path& folder) {
  const auto text = read_whole(folder / kPractices);
  if (!text.ok() && text.error().code == Code::not_found) return Pairings{};
  if (!text.ok()) return text.error();
  return parse_pairings(text.value());
}

Result<Done> write_and_sync(int descriptor, std::string_view bytes, const fs::path& file) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return cannot_remember("write", file);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return cannot_remember("fsync", file);
  return Done{};
}

void sync_folder(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.is_open()) (void)::fsync(descriptor.number());  // some file systems cannot: nothing more can be done
}

Result<Done> replace_file(const fs::path& file, std::string_view bytes) {
  const fs::path fresh = file.string() + ".new";
  ::unlink(fresh.c_str());
  auto written = [&]() -> Result<Done> {
    const Descriptor out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!out.is_open()) return cannot_remember("open", fresh);
    return write_and_sync(out.number(), bytes, fresh);
  }();
  if (written.ok() && ::rename(fresh.c_str(), file.c_str()) != 0) written = cannot_remember("rename", file);
  if (!written.ok()) {
    ::unlink(fresh.c_str());
    return written;
  }
  sync_folder(file.parent_path());
  return Done{};
}

// As far as can be told without trying: the folder, or the nearest one above it that is there.
bool can_be_written(const fs::path& folder) {
  for (fs::path place = folder; !place.empty(); place = place.parent_path()) {
    std::error_code failure;
    const fs::file_type type = fs::status(place, failure).type();
    if (type == fs::file_type::directory) return ::access(place.c_str(), W_OK | X_OK) == 0;
    if (type != fs::file_type::not_found || place == place.root_path()) return false;
  }
  return false;
}

Result<Done> make_folder(const fs::path& folder) {
  if (folder.empty()) {
    errno = ENOENT;
    return cannot_remember("getenv", "HOME");
  }
  std::error_code failure;
  if (fs::is_directory(folder, failure)) return Done{};
  fs::create_directories(folder.parent_path(), failure);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return cannot_remember("mkdir", folder);
  sync_folder(folder.parent_path());
  return Done{};
}

// Held until it goes out of scope. Two programs may be open at once; neither waits for long.
Result<int> lock(const fs::path& folder) {
  const fs::path file = folder / kLock;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return cannot_remember("open", file);
  for (int i = 0; i < kLockTries; ++i) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
    if (errno != EWOULDBLOCK && errno != EINTR) return descriptor;  // no locks here: the rename is one step all the same
    ::usleep(kLockPause_us);
  }
  const Error error = cannot_remember("flock", file);
  ::close(descriptor);
  return Error{Code::busy, error.what, error.detail};
}

std::string clean_line(std::string_view typed, std::size_t most) {
  std::string line;
  const std::string clean = clean_text(typed).text;
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t length = character_length(clean, at);
    if (line.size() + length > most) break;
    line += clean.substr(at, length);
    at += length;
  }
  return line;
}

std::string format_decision(const Decision& decision) {
  const Manifest& manifest = decision.copy.manifest;
  std::string text;
  JsonWriter json(text);
  json.open_object();
  json.member("time", std::string_view(format_utc(decision.time)));
  json.member("decision", std::string_view(decision.kind));
  json.member("copy", std::string_view(clean_line(decision.copy.folder.lexically_normal().string(), kReasonMost)));
  json.member("practice", std::string_view(clean_line(manifest.practice, kReasonMost)));
  json.member("sequence", static_cast<std::int64_t>(manifest.sequence));
  json.member("fingerprint", std::string_view(format_fingerprint(manifest.verifying_key)));
  json.member("manifest", std::string_view(format_hex(decision.copy.manifest_digest)));
  json.member("reason", std::string_view(clean_line(decision.reason, kReasonMost)));
  json.member("initials", std::string_view(clean_line(decision.initials, kInitialsMost)));
  json.close_object();
  return text + "\n";
}

}  // namespace

LaptopMemory LaptopMemory::read(fs::path folder) {
  LaptopMemory memory;
  memory.folder_ = folder.empty() ? usual_folder() : std::move(folder);
  if (!can_be_written(memory.folder_)) memory.trouble_ = kCannotRemember;
  if (memory.folder_.empty()) return memory;
  auto pairings = read_pairings(memory.folder_);
  if (pairings.ok()) {
    memory.pairings_ = std::move(pairings).value();
  } else if (pairings.error().code == Code::wrong_kind) {
    memory.trouble_ = "What this computer remembered of copies was damaged. It begins anew: copies open as if for the "
                      "first time. The damaged file will be kept as " + (memory.folder_ / kDamaged).string() + ".";
  } else {
    memory.trouble_ = pairings.error().what;
  }
  return memory;
}

Result<Done> LaptopMemory::remember(const Pairing& opened) {
  const bool fits = merge_pairing(pairings_, opened);
  TRY(make_folder(folder_));
  TRY_GET(const int locked, lock(folder_));
  const Descriptor held(locked);
  const fs::path file = folder_ / kPractices;
  auto there = read_pairings(folder_);
  if (!there.ok() && there.error().code == Code::wrong_kind) {
    if (::rename(file.c_str(), (folder_ / kDamaged).c_str()) != 0) return cannot_remember("rename", file);
    there = Pairings{};
  }
  if (!there.ok()) return there.error();
  const std::string before = format_pairings(there.value());
  if (!merge_pairing(there.value(), opened) || !fits) {
    return Error{Code::no_room, "This computer knows as many practices as it can. This one is not remembered; it opens all the same.",
                 file.string()};
  }
  pairings_ = there.value();
  const std::string after = format_pairings(pairings_);
  return after == before ? Result<Done>(Done{}) : replace_file(file, after);
}

Result<Done> LaptopMemory::record(const Decision& decision) {
  TRY(make_folder(folder_));
  // Without waiting: a pipe that somebody put in its place is refused like a disk that cannot be written.
  const fs::path file = folder_ / kDecisions;
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
  if (!out.is_open()) return cannot_remember("open", file);
  // In one write: lines of two programs don't mix.
  return write_and_sync(out.number(), format_decision(decision), file);
}

}  // namespace app
