// What a file's entry says of it, for who wants to know whether it was written to: also what whoever writes cannot set back.
//
// Units:   nanoseconds since 1970, by the clock of whoever keeps the file.
// Errors:  not_found, io.
#pragma once

#include <cstdint>
#include <filesystem>

#include "app/error.h"

namespace exporter {

struct FileFacts {
  std::uint64_t bytes = 0;
  std::uint64_t inode = 0;      // another one bears the name now
  std::int64_t written_ns = 0;  // as the writer likes: rsync and tar give it the time of the original
  std::int64_t changed_ns = 0;  // the system's own
};

// Of what a link names, where it is one.
app::Result<FileFacts> read_file_facts(const std::filesystem::path& file);

}  // namespace exporter
