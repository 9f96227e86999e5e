#include "exporter/copy/database_writer.h"

#include <sqlcipher/sqlite3.h>

#include <utility>

#include "exporter/copy/durable_file.h"

namespace exporter {

using app::Done;
using app::Result;

Result<DatabaseWriter> DatabaseWriter::create(const std::filesystem::path& file, const app::CopyKey& key) {
  const std::string name = file.filename().string();
  // Made here and not by SQLite, which tries twice and forgets why the first time failed.
  TRY(create_file(file));
  sqlite3* connection = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &connection,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  DatabaseWriter writer(connection, file);
  if (code != SQLITE_OK) return app::database_error(connection, code, "open", file.string());
  TRY(app::set_key(connection, key, name));
  for (const char* setting : {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
                              "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA cache_size = -16000", "BEGIN"}) {
    TRY(writer.run(setting));
  }
  return writer;
}

DatabaseWriter::~DatabaseWriter() { sqlite3_close_v2(connection_); }
DatabaseWriter::DatabaseWriter(DatabaseWriter&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), file_(std::move(other.file_)) {}
DatabaseWriter& DatabaseWriter::operator=(DatabaseWriter&& other) noexcept {
  std::swap(connection_, other.connection_);
  std::swap(file_, other.file_);
  return *this;
}

Result<Done> DatabaseWriter::run(std::string_view sql) {
  TRY_GET(app::Query statement, prepare(sql));
  return statement.run();
}

Result<app::Query> DatabaseWriter::prepare(std::string_view sql) {
  return app::Query::prepare(connection_, sql, file_.filename().string());
}

Result<Done> DatabaseWriter::finish() {
  TRY(run("COMMIT"));
  if (const int code = sqlite3_close(connection_); code != SQLITE_OK) {
    return app::database_error(connection_, code, "close", file_.filename().string());
  }
  connection_ = nullptr;
  return sync_file(file_);
}

}  // namespace exporter
