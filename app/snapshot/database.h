// The one door to SQLCipher: opens an encrypted database for reading, and leaves no trace beside it.
//
// SQLCipher can't tell a wrong key from a ruined file, reports damage only when it reads the page, and
// takes an empty file for an empty database under any key: check the manifest before you come here.
// Errors:  damaged (a page that does not authenticate, a wrong key), no_room, io.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/snapshot/keys.h"

struct sqlite3;
struct sqlite3_blob;
struct sqlite3_stmt;

namespace app {

inline constexpr int kPageSize = 16384;  // not SQLCipher's own: every opening must name it

// One prepared statement. What it is bound to must outlive the step.
class Query {
 public:
  static Result<Query> prepare(sqlite3* connection, std::string_view sql, const std::string& file);
  ~Query();
  Query(Query&& other) noexcept;
  Query& operator=(Query&& other) noexcept;

  // Places count from 1.
  void bind(int place, std::int64_t value);
  void bind(int place, std::string_view text);
  void bind_blob(int place, std::string_view bytes);

  // True when there is a row. After false or an error the statement may be bound and stepped anew.
  Result<bool> step();
  // For statements that return no rows.
  Result<Done> run();
  void reset();

  // Columns of the row, from 0; valid until the next step.
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;
  std::string_view blob(int column) const;

 private:
  Query(sqlite3_stmt* statement, std::string file) : statement_(statement), file_(std::move(file)) {}
  sqlite3_stmt* statement_ = nullptr;
  std::string file_;
};

// One value of a row, read piece by piece.
class BlobReader {
 public:
  ~BlobReader();
  BlobReader(BlobReader&& other) noexcept;
  BlobReader& operator=(BlobReader&& other) noexcept;

  std::size_t size() const;
  // Requires: offset + to.size() <= size().
  Result<Done> read(std::size_t offset, std::span<char> to) const;

 private:
  friend class Database;
  BlobReader(sqlite3* connection, sqlite3_blob* blob, std::string file)
      : connection_(connection), blob_(blob), file_(std::move(file)) {}
  sqlite3* connection_ = nullptr;
  sqlite3_blob* blob_ = nullptr;
  std::string file_;
};

class Database {
 public:
  // Opens as a file that nobody changes: no lock, no journal, nothing written.
  static Result<Database> open(const std::filesystem::path& file, const CopyKey& key);
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;

  Result<Query> prepare(std::string_view sql) const;
  // Of a table that has row numbers; else, and if the value is no blob, an Error.
  Result<BlobReader> open_blob(const char* table, const char* column, std::int64_t row) const;
  // Every page's authentication code, and the file's length.
  Result<Done> verify_pages() const;

 private:
  Database(sqlite3* connection, std::string file) : connection_(connection), file_(std::move(file)) {}
  sqlite3* connection_ = nullptr;
  std::string file_;
};

// For whoever opens connections: gives a fresh one its key and settings, and refuses a library that is
// not SQLCipher (it would ignore the key without a word).
Result<Done> set_key(sqlite3* connection, const CopyKey& key, const std::string& file);
// What a result code of the library means; `call` and the name of `file` are for the operator.
Error database_error(sqlite3* connection, int code, const std::string& call, const std::string& file);

}  // namespace app
