// Rows of tables that lie in the order of their patients, read a stretch of patients after the other: while charts are made
// of one stretch, the server sends the next, and nothing needs to be staged on the disk.
//
// Errors:  what the parts' rows say; Code::bad_source naming the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "exporter/emr/sql_streams.h"

namespace exporter {

struct StretchRoom {
  std::filesystem::path staging;  // where what does not fit in memory goes
  std::size_t memory_bytes = 0;   // of all stretches that are held at once
};

// `keys` are the patients'; rows of others come too. The parts, and whoever hears of skipped rows, outlive the stream.
std::unique_ptr<SqlStream> make_stretch_stream(std::vector<SqlPart*> parts, std::vector<std::int64_t> keys,
                                               const StretchRoom& room, SkippedRows& skipped);

}  // namespace exporter
