#include "app/snapshot/database.h"

#include <sqlcipher/sqlite3.h>

#include <cassert>
#include <cstring>
#include <utility>

#include "app/digest.h"
#include "app/system_fault.h"

namespace app {
namespace {

// A file's name as SQLite reads it in a URI.
std::string uri_of(const std::filesystem::path& file) {
  const std::string path = std::filesystem::absolute(file).generic_string();
  std::string uri = path.starts_with('/') ? "file:" : "file:/";  // a drive's letter follows a slash
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '-' || c == '_' || c == '.';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += format_hex(std::string_view(&c, 1));
    }
  }
  return uri + "?mode=ro&immutable=1";
}

// The first column of the first row; "" when there is none.
Result<std::string> ask(sqlite3* connection, std::string_view sql, const std::string& file) {
  TRY_GET(Query statement, Query::prepare(connection, sql, file));
  TRY_GET(const bool row, statement.step());
  return std::string(row ? statement.text(0) : "");
}

}  // namespace

Error database_error(sqlite3* connection, int code, const std::string& call, const std::string& file) {
  // The library's own message may quote what was being stored; its words for the code never do.
  const std::string detail = call + ": " + sqlite3_errstr(code) + " (" + std::to_string(code) + ")";
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      return {Code::damaged, file + " is damaged, or this is not its key.", detail};
    case SQLITE_CORRUPT:
      return {Code::damaged, file + " is damaged.", detail};
    case SQLITE_ERROR:
      // Our own statements are right: a table or column of theirs is not there.
      if (call == "prepare") return {Code::damaged, file + " does not hold what it should.", detail};
      break;
    case SQLITE_FULL:
      return {Code::no_room, "There is no room left for " + file + ".", detail};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (code_of_refusal(sqlite3_system_errno(connection)) == Code::no_room) {
        return {Code::no_room, "There is no room left for " + file + ".", detail};
      }
      break;
    default:
      break;
  }
  return {Code::io, "The system refused while working on " + file + ".", detail};
}

Result<Done> set_key(sqlite3* connection, const CopyKey& key, const std::string& file) {
  constexpr std::string_view kHead = "PRAGMA key = \"x'", kFoot = "'\"";
  const SecretBytes hex = key.hex();
  SecretBytes pragma(kHead.size() + hex.size() + kFoot.size());
  std::memcpy(pragma.data(), kHead.data(), kHead.size());
  std::memcpy(pragma.data() + kHead.size(), hex.data(), hex.size());
  std::memcpy(pragma.data() + kHead.size() + hex.size(), kFoot.data(), kFoot.size());

  TRY_GET(const std::string answer, ask(connection, pragma.view(), file));
  // Only now: the first key of a process sets the library up, and its log with it.
  TRY_GET(const std::string level, ask(connection, "PRAGMA cipher_log_level = NONE", file));
  TRY_GET(const std::string version, ask(connection, "PRAGMA cipher_version", file));
  if (answer != "ok" || version.empty()) {
    return Error{Code::io, "This program was linked with a SQLite that cannot encrypt: it must not go on.",
                 "PRAGMA key or cipher_version did not answer"};
  }
  for (const std::string& setting :
       {"PRAGMA cipher_page_size = " + std::to_string(kPageSize), std::string("PRAGMA temp_store = MEMORY"),
        std::string("PRAGMA trusted_schema = OFF")}) {
    TRY_GET(const std::string ignored, ask(connection, setting, file));
  }
  return Done{};
}

Result<Query> Query::prepare(sqlite3* connection, std::string_view sql, const std::string& file) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) return database_error(connection, code, "prepare", file);
  return Query(statement, file);
}
Query::~Query() { sqlite3_finalize(statement_); }
Query::Query(Query&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), file_(std::move(other.file_)) {}
Query& Query::operator=(Query&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(file_, other.file_);
  return *this;
}

void Query::bind(int place, std::int64_t value) {
  [[maybe_unused]] const int code = sqlite3_bind_int64(statement_, place, value);
  assert(code == SQLITE_OK);
}
void Query::bind(int place, std::string_view text) {
  [[maybe_unused]] const int code =
      sqlite3_bind_text64(statement_, place, text.data() == nullptr ? "" : text.data(), text.size(),
                          SQLITE_STATIC, SQLITE_UTF8);
  assert(code == SQLITE_OK);
}
void Query::bind_blob(int place, std::string_view bytes) {
  [[maybe_unused]] const int code = sqlite3_bind_blob64(
      statement_, place, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
  assert(code == SQLITE_OK);
}

Result<bool> Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  Error error = database_error(sqlite3_db_handle(statement_), code, "step", file_);
  sqlite3_reset(statement_);
  return error;
}
Result<Done> Query::run() {
  TRY_GET(const bool row, step());
  if (row) reset();
  return Done{};
}
void Query::reset() { sqlite3_reset(statement_); }

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }
std::string_view Query::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text == nullptr ? std::string_view()
                         : std::string_view(text, static_cast<std::size_t>(
                                                      sqlite3_column_bytes(statement_, column)));
}
std::string_view Query::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, static_cast<std::size_t>(
                                                        sqlite3_column_bytes(statement_, column)));
}

BlobReader::~BlobReader() { sqlite3_blob_close(blob_); }
BlobReader::BlobReader(BlobReader&& other) noexcept
    : connection_(other.connection_), blob_(std::exchange(other.blob_, nullptr)), file_(std::move(other.file_)) {}
BlobReader& BlobReader::operator=(BlobReader&& other) noexcept {
  std::swap(connection_, other.connection_);
  std::swap(blob_, other.blob_);
  std::swap(file_, other.file_);
  return *this;
}
std::size_t BlobReader::size() const { return static_cast<std::size_t>(sqlite3_blob_bytes(blob_)); }
Result<Done> BlobReader::read(std::size_t offset, std::span<char> to) const {
  assert(offset + to.size() <= size());
  const int code = sqlite3_blob_read(blob_, to.data(), static_cast<int>(to.size()), static_cast<int>(offset));
  if (code != SQLITE_OK) return database_error(connection_, code, "blob_read", file_);
  return Done{};
}

Result<Database> Database::open(const std::filesystem::path& file, const CopyKey& key) {
  const std::string name = file.filename().string();
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(uri_of(file).c_str(), &connection,
                                   SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(connection, name);
  if (code != SQLITE_OK) return database_error(connection, code, "open", name);
  TRY(set_key(connection, key, name));
  // An empty file is a valid database under any key: only a table proves that there is one.
  TRY_GET(const std::string tables, ask(connection, "SELECT count(*) FROM sqlite_schema", name));
  if (tables == "0") return Error{Code::damaged, name + " is damaged.", "it holds no table"};
  return database;
}
Database::~Database() { sqlite3_close_v2(connection_); }
Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), file_(std::move(other.file_)) {}
Database& Database::operator=(Database&& other) noexcept {
  std::swap(connection_, other.connection_);
  std::swap(file_, other.file_);
  return *this;
}

Result<Query> Database::prepare(std::string_view sql) const {
  return Query::prepare(connection_, sql, file_);
}

Result<BlobReader> Database::open_blob(const char* table, const char* column, std::int64_t row) const {
  sqlite3_blob* blob = nullptr;
  const int code = sqlite3_blob_open(connection_, "main", table, column, row, 0, &blob);
  if (code != SQLITE_OK) return database_error(connection_, code, "blob_open", file_);
  return BlobReader(connection_, blob, file_);
}

Result<Done> Database::verify_pages() const {
  TRY_GET(Query check, prepare("PRAGMA cipher_integrity_check"));
  TRY_GET(const bool fault, check.step());
  if (fault) return Error{Code::damaged, file_ + " is damaged.", std::string(check.text(0))};
  return Done{};
}

}  // namespace app
