#include "exporter/copy/database_writer.h"

#include <sqlcipher/sqlite3.h>

#include <cassert>
#include <utility>

#include "exporter/copy/durable_file.h"

namespace exporter {

using app::Done;
using app::Result;

BlobWriter::~BlobWriter() { sqlite3_blob_close(blob_); }
BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : connection_(other.connection_), blob_(std::exchange(other.blob_, nullptr)), file_(std::move(other.file_)), at_(other.at_) {}
BlobWriter& BlobWriter::operator=(BlobWriter&& other) noexcept {
  std::swap(connection_, other.connection_);
  std::swap(blob_, other.blob_);
  std::swap(file_, other.file_);
  std::swap(at_, other.at_);
  return *this;
}

Result<Done> BlobWriter::add(std::string_view piece) {
  const int code = sqlite3_blob_write(blob_, piece.data(), static_cast<int>(piece.size()), at_);
  if (code != SQLITE_OK) return app::database_error(connection_, code, "blob_write", file_);
  at_ += static_cast<int>(piece.size());
  return Done{};
}

Result<Done> BlobWriter::finish() {
  assert(at_ == sqlite3_blob_bytes(blob_));
  const int code = sqlite3_blob_close(std::exchange(blob_, nullptr));
  if (code != SQLITE_OK) return app::database_error(connection_, code, "blob_close", file_);
  return Done{};
}

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

Result<BlobWriter> DatabaseWriter::open_last_blob(const char* table, const char* column) {
  const std::string name = file_.filename().string();
  sqlite3_blob* blob = nullptr;
  const int code = sqlite3_blob_open(connection_, "main", table, column, sqlite3_last_insert_rowid(connection_), 1, &blob);
  if (code != SQLITE_OK) return app::database_error(connection_, code, "blob_open", name);
  return BlobWriter(connection_, blob, name);
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
