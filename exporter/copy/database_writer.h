// Writes a new encrypted database in one go: it is whole and on the disk when finish() has returned, and
// worthless before.
//
// There is no journal: whoever writes it into its final place would be wrong. Rename it there when done.
// Errors:  no_room, io; io too when the file exists already.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/snapshot/database.h"
#include "app/snapshot/keys.h"

namespace exporter {

class DatabaseWriter {
 public:
  static app::Result<DatabaseWriter> create(const std::filesystem::path& file, const app::CopyKey& key);
  ~DatabaseWriter();
  DatabaseWriter(DatabaseWriter&& other) noexcept;
  DatabaseWriter& operator=(DatabaseWriter&& other) noexcept;

  app::Result<app::Done> run(std::string_view sql);
  app::Result<app::Query> prepare(std::string_view sql);
  // Commits and closes. Statements must be gone.
  app::Result<app::Done> finish();

 private:
  DatabaseWriter(sqlite3* connection, std::filesystem::path file)
      : connection_(connection), file_(std::move(file)) {}
  sqlite3* connection_ = nullptr;
  std::filesystem::path file_;
};

}  // namespace exporter
