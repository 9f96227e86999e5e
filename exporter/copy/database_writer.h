// Writes a new encrypted database in one go: it is whole and on the disk when finish() has returned, and
// worthless before.
//
// There is no journal: whoever writes it into its final place would be wrong. Rename it there when done.
// Errors:  no_room, io; io too when the file exists already.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/snapshot/database.h"
#include "app/snapshot/keys.h"

struct sqlite3_blob;

namespace exporter {

// One value of a row, written piece by piece into the room that was made for it.
class BlobWriter {
 public:
  ~BlobWriter();
  BlobWriter(BlobWriter&& other) noexcept;
  BlobWriter& operator=(BlobWriter&& other) noexcept;

  app::Result<app::Done> add(std::string_view piece);
  // Requires: all of it was written.
  app::Result<app::Done> finish();

 private:
  friend class DatabaseWriter;
  BlobWriter(sqlite3* connection, sqlite3_blob* blob, std::string file)
      : connection_(connection), blob_(blob), file_(std::move(file)) {}
  sqlite3* connection_ = nullptr;
  sqlite3_blob* blob_ = nullptr;
  std::string file_;
  int at_ = 0;
};

class DatabaseWriter {
 public:
  static app::Result<DatabaseWriter> create(const std::filesystem::path& file, const app::CopyKey& key);
  ~DatabaseWriter();
  DatabaseWriter(DatabaseWriter&& other) noexcept;
  DatabaseWriter& operator=(DatabaseWriter&& other) noexcept;

  app::Result<app::Done> run(std::string_view sql);
  app::Result<app::Query> prepare(std::string_view sql);
  // For the column's value of the row that came last, for which "zeroblob(bytes)" was inserted: no memory holds it whole.
  app::Result<BlobWriter> open_last_blob(const char* table, const char* column);
  // Commits and closes. Statements must be gone.
  app::Result<app::Done> finish();

 private:
  DatabaseWriter(sqlite3* connection, std::filesystem::path file)
      : connection_(connection), file_(std::move(file)) {}
  sqlite3* connection_ = nullptr;
  std::filesystem::path file_;
};

}  // namespace exporter
