// An EMR kept in an SQLite file, read without writing a byte of it or beside it.
//
// Promise: everything is read in one read transaction. A file in WAL mode that nobody has open is read
//          without locks, and verify_consistent() fails if it was changed meanwhile.
// Errors:  Code::not_found, Code::io, Code::bad_source when the file is no SQLite database.
// Source:  sqlite.org: wal.html (read-only databases), uri.html (immutable), fileformat2.html §1.3.
#pragma once

#include <filesystem>
#include <memory>

#include "app/error.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

app::Result<std::unique_ptr<SqlDatabase>> open_sqlite(const std::filesystem::path& file);

}  // namespace exporter
