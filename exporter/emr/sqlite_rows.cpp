#include "exporter/emr/sqlite_rows.h"

#include <sqlcipher/sqlite3.h>

#include <array>
#include <fstream>
#include <system_error>

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr int kWaitForOthers_ms = 60'000;

using Handle = std::shared_ptr<sqlite3>;

Error failure(Code code, const std::string& what, sqlite3* handle) {
  return {code, what, handle != nullptr ? sqlite3_errmsg(handle) : "out of memory"};
}

Code code_of(int rc) {
  switch (rc & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return Code::bad_source;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Code::busy;
    default: return Code::io;
  }
}

class SqliteRows final : public SqlRows {
 public:
  SqliteRows(Handle handle, sqlite3_stmt* statement) : handle_(std::move(handle)), statement_(statement) {
    const int count = sqlite3_column_count(statement);
    for (int i = 0; i < count; ++i) columns_.emplace_back(sqlite3_column_name(statement, i));
    row_.resize(columns_.size());
  }
  ~SqliteRows() override { sqlite3_finalize(statement_); }
  SqliteRows(const SqliteRows&) = delete;
  SqliteRows& operator=(const SqliteRows&) = delete;

  const std::vector<std::string>& columns() const override { return columns_; }

  Result<const SqlValue*> next() override {
    const int rc = sqlite3_step(statement_);
    if (rc == SQLITE_DONE) return nullptr;
    if (rc != SQLITE_ROW) return failure(code_of(rc), "The EMR's database could not give all its rows.", handle_.get());
    for (int i = 0; i < static_cast<int>(row_.size()); ++i) read(i, row_[static_cast<std::size_t>(i)]);
    return row_.data();
  }

 private:
  void read(int column, SqlValue& value) const {
    // One look at the column, then its parts. The connection is this thread's alone (NOMUTEX), so the
    // value needs no protection.
    sqlite3_value* cell = sqlite3_column_value(statement_, column);
    switch (sqlite3_value_type(cell)) {
      case SQLITE_NULL:
        value.kind = SqlValue::Kind::null;
        value.text = {};
        return;
      case SQLITE_INTEGER:
        value.kind = SqlValue::Kind::integer;
        value.integer = sqlite3_value_int64(cell);
        return;
      default: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(cell));
        value.kind = SqlValue::Kind::text;
        value.text = {text != nullptr ? text : "",
                      static_cast<std::size_t>(text != nullptr ? sqlite3_value_bytes(cell) : 0)};
      }
    }
  }

  Handle handle_;
  sqlite3_stmt* statement_;
  std::vector<std::string> columns_;
  std::vector<SqlValue> row_;
};

// How a file must be opened so that nothing is left beside it.
enum class Access {
  shared,     // as its users do: with locks, and the -wal and -shm files that they made
  immutable,  // WAL mode, and nobody has it open: locks would make files
  recovered,  // WAL mode, ended badly: what stands in -wal counts, and the index over it is kept in memory
};

Access access_of(const fs::path& file) {
  std::array<char, 20> header{};
  std::ifstream(file, std::ios::binary).read(header.data(), header.size());
  const bool wal_mode = header[18] == 2 || header[19] == 2;
  std::error_code none;
  const fs::path wal = file.string() + "-wal";
  const bool has_wal = fs::exists(wal, none) && fs::file_size(wal, none) > 0;
  if (!wal_mode) return Access::shared;
  if (fs::exists(file.string() + "-shm", none)) return Access::shared;
  return has_wal ? Access::recovered : Access::immutable;
}

// A path in the form that SQLite's file: names want.
std::string uri_of(const fs::path& file) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#') {
      uri += '%', uri += kDigits[c >> 4], uri += kDigits[c & 15];
    } else {
      uri += c;
    }
  }
  return uri;
}

// What changes when anybody writes into the file.
struct FileState {
  fs::file_time_type written;
  std::uintmax_t size = 0;
  friend bool operator==(const FileState&, const FileState&) = default;
};

FileState state_of(const fs::path& file) {
  std::error_code none;
  return {fs::last_write_time(file, none), fs::file_size(file, none)};
}

class SqliteDatabase final : public SqlDatabase {
 public:
  SqliteDatabase(Handle handle, fs::path file, Access access, FileState state)
      : handle_(std::move(handle)), file_(std::move(file)), access_(access), state_(state), as_of_(app::now()) {}

  std::string dialect() const override { return "sqlite"; }
  std::string product() const override { return std::string("SQLite ") + sqlite3_libversion(); }
  app::Instant as_of() const override { return as_of_; }
  bool reads_side_by_side() const override { return true; }
  std::string caution() const override { return ""; }
  Result<SqlCatalogue> read_catalogue() override;

  Result<std::unique_ptr<SqlRows>> select(const std::string& sql) override {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int rc = sqlite3_prepare_v2(handle_.get(), sql.c_str(), static_cast<int>(sql.size() + 1), &statement, &rest);
    if (rc != SQLITE_OK) return not_understood(rc);
    auto rows = std::make_unique<SqliteRows>(handle_, statement);
    sqlite3_stmt* second = nullptr;
    const int after = sqlite3_prepare_v2(handle_.get(), rest, -1, &second, nullptr);
    sqlite3_finalize(second);
    if (statement == nullptr || rows->columns().empty() || sqlite3_stmt_readonly(statement) == 0) {
      return Error{Code::bad_config, "This is not a SELECT.", ""};
    }
    if (after != SQLITE_OK || second != nullptr) {
      return Error{Code::bad_config, "More than one statement stands here.", ""};
    }
    return std::unique_ptr<SqlRows>(std::move(rows));
  }

  Result<Done> verify_consistent() override {
    if (access_ != Access::immutable || state_of(file_) == state_) return Done{};
    return Error{Code::bad_source, "The EMR's database was changed while it was being read.",
                 file_.string() + " was opened by another program meanwhile; the next try will share it with that program"};
  }

 private:
  Error not_understood(int rc) const {
    const std::string message = sqlite3_errmsg(handle_.get());
    if (message.starts_with("no such table") || (rc & 0xff) == SQLITE_AUTH || (rc & 0xff) == SQLITE_PERM) {
      return {Code::not_found, "A table is not there or may not be read.", message};
    }
    if ((rc & 0xff) != SQLITE_ERROR) return {code_of(rc), "The EMR's database cannot be read.", message};
    return {Code::bad_config, "The EMR's database does not understand this SELECT.", message};
  }

  Handle handle_;
  fs::path file_;
  Access access_;
  FileState state_;
  app::Instant as_of_;
};

Result<SqlCatalogue> SqliteDatabase::read_catalogue() {
  SqlCatalogue catalogue;
  std::vector<std::string> names;
  {
    TRY_GET(const auto tables, select("SELECT name, type = 'view' FROM sqlite_schema WHERE type IN ('table', 'view')"));
    while (true) {
      TRY_GET(const SqlValue* row, tables->next());
      if (row == nullptr) break;
      names.emplace_back(row[0].text);
      catalogue.tables[lower_case(row[0].text)].is_view = row[1].integer != 0;
    }
  }
  for (const std::string& name : names) {
    std::string literal;
    for (const char c : name) literal += c == '\'' ? std::string("''") : std::string(1, c);
    const auto columns = select("SELECT name FROM pragma_table_xinfo('" + literal + "')");
    while (columns.ok()) {  // a view of what is no longer there has none
      const auto row = columns.value()->next();
      if (!row.ok() || row.value() == nullptr) break;
      catalogue.tables[lower_case(name)].columns.insert(lower_case(row.value()[0].text));
    }
  }
  return catalogue;
}

Result<Done> run(sqlite3* handle, const char* sql, const fs::path& file) {
  const int rc = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
  if (rc == SQLITE_OK) return Done{};
  const bool foreign = (rc & 0xff) == SQLITE_NOTADB;
  if (foreign) return Error{Code::bad_source, file.string() + " is not an SQLite database.", ""};
  return failure(code_of(rc), file.string() + " cannot be read.", handle);
}

}  // namespace

Result<std::unique_ptr<SqlDatabase>> open_sqlite(const fs::path& file) {
  std::error_code none;
  if (!fs::is_regular_file(file, none)) {
    const bool there = fs::exists(file, none);
    return Error{Code::not_found, there ? file.string() + " is no file." : "There is no database " + file.string() + ".",
                 none ? none.message() : "[emr] url names it"};
  }
  const Access access = access_of(file);
  const FileState state = state_of(file);
  const int way = access == Access::recovered ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  const std::string uri = uri_of(file) + (access == Access::immutable ? "?immutable=1" : "");
  sqlite3* opened = nullptr;
  const int rc = sqlite3_open_v2(uri.c_str(), &opened, way | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  const Handle handle(opened, sqlite3_close_v2);
  if (rc != SQLITE_OK) return failure(code_of(rc), file.string() + " cannot be opened.", opened);

  sqlite3_busy_timeout(opened, kWaitForOthers_ms);
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (access == Access::recovered) TRY(run(opened, "PRAGMA locking_mode=EXCLUSIVE", file));
  TRY(run(opened, "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192", file));
  // The transaction begins with the first thing read.
  TRY(run(opened, "BEGIN; SELECT count(*) FROM sqlite_schema", file));
  return std::unique_ptr<SqlDatabase>(std::make_unique<SqliteDatabase>(handle, file, access, state));
}

}  // namespace exporter
