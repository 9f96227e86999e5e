#include "exporter/file_facts_posix.h"

#include <sys/stat.h>

#include <cerrno>

#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

}  // namespace

app::Result<FileFacts> read_file_facts(const std::filesystem::path& file) {
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0) {
    if (errno == ENOENT) return app::Error{app::Code::not_found, file.string() + " is not there.", ""};
    return system_error("stat", file);
  }
  return FileFacts{static_cast<std::uint64_t>(found.st_size), found.st_ino, nanoseconds(found.st_mtim), nanoseconds(found.st_ctim)};
}

}  // namespace exporter
