#include <sqlcipher/sqlite3.h>

#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "exporter/practice/table_store.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

std::string create_statement(const TableLayout& layout) {
  const std::string head = std::string("CREATE TABLE ") + layout.name + "(";
  if (!layout.of_patient) return head + layout.columns + ")";
  return head + "patient_id INTEGER NOT NULL, line INTEGER NOT NULL, " + layout.columns +
         ", PRIMARY KEY (patient_id, line)) WITHOUT ROWID";
}

class SqliteStore final : public TableStore {
 public:
  explicit SqliteStore(std::filesystem::path file) : file_(std::move(file)) {}
  ~SqliteStore() override {
    end();
    std::error_code none;
    if (!finished_ && !file_.empty()) std::filesystem::remove(file_, none);
  }

  Result<Done> open(std::span<const TableLayout> layouts) {
    const int way = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    note(sqlite3_open_v2(file_.c_str(), &handle_, way, nullptr));
    if (trouble_ != SQLITE_OK) return failure();
    // Nobody reads it before it is whole, and it can always be made anew.
    run("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
        "PRAGMA locking_mode=EXCLUSIVE; BEGIN");
    for (const TableLayout& layout : layouts) prepare(layout);
    if (trouble_ != SQLITE_OK) return failure();
    return Done{};
  }

  void append(std::size_t table, const std::optional<PatientLine>& of, std::initializer_list<Cell> cells) override {
    sqlite3_stmt* statement = insert_[table];
    int at = 1;
    if (of) {
      sqlite3_bind_int64(statement, at++, of->patient);
      sqlite3_bind_int64(statement, at++, of->line);
    }
    for (const Cell& cell : cells) {
      if (!cell.is_text) {
        sqlite3_bind_int64(statement, at, cell.number);
      } else if (cell.text.empty()) {
        sqlite3_bind_null(statement, at);
      } else {
        sqlite3_bind_text(statement, at, cell.text.data(), static_cast<int>(cell.text.size()), SQLITE_STATIC);
      }
      ++at;
    }
    // A row that does not fit its table is a slip in this folder.
    if (at != sqlite3_bind_parameter_count(statement) + 1) note(SQLITE_RANGE);
    note(sqlite3_step(statement));
    note(sqlite3_reset(statement));
  }

  Result<Done> close() override {
    run("COMMIT");
    if (trouble_ != SQLITE_OK) return failure();
    end();
    finished_ = true;
    return Done{};
  }

 private:
  void end() {
    for (sqlite3_stmt*& statement : insert_) sqlite3_finalize(statement), statement = nullptr;
    sqlite3_close(handle_);
    handle_ = nullptr;
  }
  void note(int rc) {
    if (trouble_ == SQLITE_OK && rc != SQLITE_OK && rc != SQLITE_DONE) trouble_ = rc;
  }
  void run(const std::string& sql) { note(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr)); }
  Error failure() const {
    const bool full = (trouble_ & 0xff) == SQLITE_FULL;
    return {full ? Code::no_room : Code::io, "The practice cannot be written to " + file_.string() + ".",
            sqlite3_errstr(trouble_)};
  }
  void prepare(const TableLayout& layout) {
    run(create_statement(layout));
    const std::string_view columns = layout.columns;
    std::string sql = std::string("INSERT INTO ") + layout.name + " VALUES(?";
    if (layout.of_patient) sql += ",?,?";
    for (const char c : columns) {
      if (c == ',') sql += ",?";
    }
    note(sqlite3_prepare_v2(handle_, (sql + ")").c_str(), -1, &insert_.emplace_back(nullptr), nullptr));
  }

  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
  std::vector<sqlite3_stmt*> insert_;
  int trouble_ = SQLITE_OK;
  bool finished_ = false;
};

}  // namespace

Result<std::unique_ptr<TableStore>> make_sqlite_store(const std::filesystem::path& file, std::span<const TableLayout> layouts) {
  auto store = std::make_unique<SqliteStore>(file);
  TRY(store->open(layouts));
  return std::unique_ptr<TableStore>(std::move(store));
}

}  // namespace exporter
