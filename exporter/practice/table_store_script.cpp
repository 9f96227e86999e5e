#include <cerrno>
#include <fstream>
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

constexpr std::size_t kPiece_bytes = 256 << 10;  // of one table at a time

// Rows are gathered table by table, and written as one statement when there are enough of them.
class ScriptStore : public TableStore {
 public:
  ScriptStore(std::filesystem::path file, std::span<const TableLayout> layouts)
      : file_(std::move(file)), layouts_(layouts), pieces_(layouts.size()), out_(file_, std::ios::binary) {}
  ~ScriptStore() override {
    std::error_code none;
    if (!finished_ && out_.is_open()) std::filesystem::remove(file_, none);
  }

  Result<Done> open() {
    if (!out_) return failure();
    out_ << "-- An invented practice: people who do not exist.\n" << head();
    for (const TableLayout& layout : layouts_) out_ << create_statement(layout);
    return Done{};
  }

  void append(std::size_t table, const std::optional<PatientLine>& of, std::initializer_list<Cell> cells) override {
    std::string& piece = pieces_[table];
    begin_row(piece);
    bool first = true;
    const auto put = [&](const Cell& cell) {
      if (!first) piece += separator();
      first = false;
      if (!cell.is_text) {
        piece += std::to_string(cell.number);
      } else if (cell.text.empty()) {
        piece += null();
      } else {
        append_text(cell.text, piece);
      }
    };
    if (of) put(of->patient), put(of->line);
    for (const Cell& cell : cells) put(cell);
    end_row(piece);
    if (piece.size() >= kPiece_bytes) write_piece(table);
  }

  Result<Done> close() override {
    for (std::size_t table = 0; table < pieces_.size(); ++table) write_piece(table);
    for (const TableLayout& layout : layouts_) out_ << afterwards(layout);
    out_ << "COMMIT;\n" << std::flush;
    if (!out_) return failure();
    finished_ = true;
    return Done{};
  }

 protected:
  virtual std::string head() const = 0;
  virtual char quote() const = 0;
  virtual std::string table_tail(const TableLayout& layout) const = 0;
  virtual std::string afterwards(const TableLayout& layout) const = 0;
  virtual void begin_row(std::string& piece) const = 0;
  virtual void end_row(std::string& piece) const = 0;
  virtual char separator() const = 0;
  virtual const char* null() const = 0;
  virtual void append_text(std::string_view text, std::string& piece) const = 0;
  virtual std::string before_rows(const std::string& table) const = 0;
  virtual const char* after_rows() const = 0;

  std::string quoted(std::string_view name) const { return quote() + std::string(name) + quote(); }

 private:
  // "id INTEGER PRIMARY KEY, name TEXT" with the server's names of types.
  std::string create_statement(const TableLayout& layout) const {
    std::string sql = "CREATE TABLE " + quoted(layout.name) + " (";
    if (layout.of_patient) sql += quoted("patient_id") + " BIGINT NOT NULL, " + quoted("line") + " BIGINT NOT NULL, ";
    std::string_view rest = layout.columns;
    while (!rest.empty()) {
      const std::string_view column = rest.substr(0, rest.find(", "));
      rest.remove_prefix(std::min(column.size() + 2, rest.size()));
      const std::size_t blank = column.find(' ');
      sql += quoted(column.substr(0, blank));
      sql += column.substr(blank).starts_with(" INTEGER") ? " BIGINT" : " TEXT";
      sql += column.ends_with(" PRIMARY KEY") ? " NOT NULL PRIMARY KEY" : "";
      sql += rest.empty() ? "" : ", ";
    }
    return sql + table_tail(layout);
  }
  void write_piece(std::size_t table) {
    std::string& piece = pieces_[table];
    if (piece.empty()) return;
    out_ << before_rows(quoted(layouts_[table].name)) << piece << after_rows();
    piece.clear();
  }
  Error failure() const {
    const std::error_code reason(errno, std::generic_category());
    return {reason == std::errc::no_space_on_device ? Code::no_room : Code::io,
            "The practice cannot be written to " + file_.string() + ".", reason.message()};
  }

  std::filesystem::path file_;
  std::span<const TableLayout> layouts_;
  std::vector<std::string> pieces_;
  std::ofstream out_;
  bool finished_ = false;
};

class MariadbScript final : public ScriptStore {
 public:
  using ScriptStore::ScriptStore;

 private:
  std::string head() const override {
    return "-- Load it with: mariadb --default-character-set=utf8mb4 DATABASE < FILE\n"
           "SET NAMES utf8mb4;\nSET SESSION sql_mode = '', unique_checks = 0, foreign_key_checks = 0, autocommit = 0;\n";
  }
  char quote() const override { return '`'; }
  std::string table_tail(const TableLayout& layout) const override {
    return std::string(layout.of_patient ? ", PRIMARY KEY (`patient_id`, `line`)" : "") +
           ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n";
  }
  std::string afterwards(const TableLayout&) const override { return ""; }
  void begin_row(std::string& piece) const override { piece += piece.empty() ? "(" : ",\n("; }
  void end_row(std::string& piece) const override { piece += ')'; }
  char separator() const override { return ','; }
  const char* null() const override { return "NULL"; }
  void append_text(std::string_view text, std::string& piece) const override {
    piece += '\'';
    for (const char c : text) {
      if (c == '\'' || c == '\\') piece += '\\';
      piece += c;
    }
    piece += '\'';
  }
  std::string before_rows(const std::string& table) const override { return "INSERT INTO " + table + " VALUES\n"; }
  const char* after_rows() const override { return ";\n"; }
};

class PostgresqlScript final : public ScriptStore {
 public:
  using ScriptStore::ScriptStore;

 private:
  std::string head() const override {
    return "-- Load it with: psql -q -v ON_ERROR_STOP=1 -d DATABASE -f FILE\nSET client_encoding = 'UTF8';\nBEGIN;\n";
  }
  char quote() const override { return '"'; }
  std::string table_tail(const TableLayout&) const override { return ");\n"; }
  // An index is made quickest when all rows are there.
  std::string afterwards(const TableLayout& layout) const override {
    if (!layout.of_patient) return "";
    return "ALTER TABLE " + quoted(layout.name) + " ADD PRIMARY KEY (\"patient_id\", \"line\");\n";
  }
  void begin_row(std::string&) const override {}
  void end_row(std::string& piece) const override { piece += '\n'; }
  char separator() const override { return '\t'; }
  const char* null() const override { return "\\N"; }
  void append_text(std::string_view text, std::string& piece) const override {
    for (const char c : text) {
      switch (c) {
        case '\\': piece += "\\\\"; break;
        case '\n': piece += "\\n"; break;
        case '\r': piece += "\\r"; break;
        case '\t': piece += "\\t"; break;
        default: piece += c;
      }
    }
  }
  std::string before_rows(const std::string& table) const override { return "COPY " + table + " FROM STDIN;\n"; }
  const char* after_rows() const override { return "\\.\n"; }
};

}  // namespace

Result<std::unique_ptr<TableStore>> make_script_store(const std::filesystem::path& file, PracticeDialect dialect,
                                                      std::span<const TableLayout> layouts) {
  std::unique_ptr<ScriptStore> store;
  if (dialect == PracticeDialect::mariadb) {
    store = std::make_unique<MariadbScript>(file, layouts);
  } else {
    store = std::make_unique<PostgresqlScript>(file, layouts);
  }
  TRY(store->open());
  return std::unique_ptr<TableStore>(std::move(store));
}

}  // namespace exporter
