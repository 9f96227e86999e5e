#include "exporter/emr/postgresql_rows.h"

#include <cassert>

#include "exporter/emr/postgresql_link.h"
#include "exporter/emr/postgresql_text.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

using SharedLink = std::shared_ptr<PostgresqlLink>;

// The numbers of built-in types, which never change.
constexpr unsigned kInt8 = 20, kInt2 = 21, kInt4 = 23, kOid = 26, kPaddedText = 1042, kMoment = 1184;

PostgresqlForm form_of(unsigned type) {
  if (type == kInt8 || type == kInt2 || type == kInt4 || type == kOid) return PostgresqlForm::integer;
  return type == kPaddedText ? PostgresqlForm::padded : PostgresqlForm::text;
}

// The statement is looked at when this is made and asked when its first row is wanted: one at a time.
class PostgresqlRows final : public SqlRows {
 public:
  PostgresqlRows(SharedLink link, std::string sql, const std::vector<PostgresqlColumn>& columns)
      : link_(std::move(link)), sql_(std::move(sql)), row_(columns.size()) {
    for (const PostgresqlColumn& column : columns) {
      if (column.type == kMoment) moments_.push_back({columns_.size(), {}});
      columns_.push_back(column.name), forms_.push_back(form_of(column.type));
    }
  }
  const std::vector<std::string>& columns() const override { return columns_; }
  void restart(std::string sql) override { sql_ = std::move(sql), begun_ = false; }

  Result<const SqlValue*> next() override {
    if (!begun_) TRY(link_->begin_copy(sql_));
    begun_ = true;
    TRY_GET(const PostgresqlLink::Line line, link_->next_line());
    if (line.bytes == nullptr) return nullptr;
    if (read_copy_line(line.bytes, line.size, forms_, row_)) {
      for (Moment& moment : moments_) complete(moment);
      return row_.data();
    }
    return Error{Code::bad_source, "The EMR's database sent a row in a form that it should not have.", "COPY"};
  }

 private:
  struct Moment {
    std::size_t column;
    std::string text;
  };
  // PostgreSQL writes a whole hour's offset as "-05"; ISO 8601 as others read it is "-05:00".
  void complete(Moment& moment) {
    SqlValue& value = row_[moment.column];
    const std::size_t sign = value.text.find_last_of("+-");
    if (sign == std::string_view::npos || sign + 3 != value.text.size()) return;
    moment.text = std::string(value.text) + ":00";
    value.text = moment.text;
  }

  SharedLink link_;
  std::string sql_;
  std::vector<std::string> columns_;
  std::vector<PostgresqlForm> forms_;
  std::vector<Moment> moments_;
  std::vector<SqlValue> row_;
  bool begun_ = false;
};

class PostgresqlDatabase final : public SqlDatabase {
 public:
  explicit PostgresqlDatabase(SharedLink link) : link_(std::move(link)), as_of_(app::now()) {}

  std::string dialect() const override { return "postgresql"; }
  std::string product() const override { return "PostgreSQL " + link_->version(); }
  app::Instant as_of() const override { return as_of_; }
  bool reads_side_by_side() const override { return false; }
  bool selects_again() const override { return true; }
  std::string caution() const override { return ""; }
  Result<Done> verify_consistent() override { return Done{}; }  // the server's promise, by its transaction

  Result<std::unique_ptr<SqlRows>> select(const std::string& given) override {
    std::string sql = given;
    while (!sql.empty() && (sql.back() == ';' || sql.back() == '\n' || sql.back() == ' ')) sql.pop_back();
    TRY_GET(const std::vector<PostgresqlColumn> columns, link_->describe(sql));
    return std::unique_ptr<SqlRows>(std::make_unique<PostgresqlRows>(link_, std::move(sql), columns));
  }

  // Names are seen by everybody here, whoever may read the table.
  Result<SqlCatalogue> read_catalogue() override {
    TRY_GET(const auto rows, link_->ask("SELECT c.relname, a.attname, c.relkind IN ('v', 'm') FROM pg_catalog.pg_class c "
                                        "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid "
                                        "WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND a.attnum > 0 AND NOT a.attisdropped "
                                        "AND pg_catalog.pg_table_is_visible(c.oid) "
                                        "AND c.relnamespace <> 'pg_catalog'::regnamespace"));
    SqlCatalogue catalogue;
    for (const auto& row : rows) {
      SqlTable& table = catalogue.tables[lower_case(row[0])];
      table.columns.insert(lower_case(row[1]));
      table.is_view = row[2] == "t";
    }
    return catalogue;
  }

 private:
  SharedLink link_;
  app::Instant as_of_;
};

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

std::string name_list(const std::string& names) {
  std::string out;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t end = std::min(names.find(',', at), names.size());
    out += (out.empty() ? "" : ", ") + quoted(names.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<SqlDatabase>> open_postgresql(const SqlUrl& url, const SqlLogin& login, const std::string& password) {
  TRY_GET(std::unique_ptr<PostgresqlLink> opened, PostgresqlLink::open(url, login, password));
  const SharedLink link = std::move(opened);
  const std::string wait = quoted(std::to_string(login.read_timeout_s) + "s");
  for (const std::string& sql :
       {std::string("SET DateStyle = 'ISO, YMD'"), std::string("SET IntervalStyle = 'iso_8601'"),
        std::string("SET standard_conforming_strings = on"), std::string("SET statement_timeout = 0"),
        std::string("SET idle_in_transaction_session_timeout = 0"), "SET lock_timeout = " + wait,
        // Hidden rows are then an error instead of a blank.
        std::string("SET row_security = off"),
        // Rows come in the same order every night, and from one process.
        std::string("SET synchronize_seqscans = off"), std::string("SET max_parallel_workers_per_gather = 0")}) {
    TRY(link->ask(sql));
  }
  if (!url.option("schema").empty()) TRY(link->ask("SET search_path = " + name_list(url.option("schema"))));
  if (!login.time_zone.empty()) link->ask("SET TimeZone = " + quoted(login.time_zone)).ok();
  link->ask("SET transaction_timeout = 0").ok();  // known from 17 on
  TRY(link->ask("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
  TRY(link->ask("SELECT 1"));  // the moment is that of the first question
  return std::unique_ptr<SqlDatabase>(std::make_unique<PostgresqlDatabase>(link));
}

}  // namespace exporter
