#include "exporter/emr/mariadb_rows.h"

#include <errmsg.h>
#include <mysql.h>

#include <cassert>
#include <cstring>

#include "exporter/emr/mariadb_faults.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

struct Session {
  MYSQL* handle = nullptr;
  MariadbPlace place;

  ~Session() { mysql_close(handle); }
  MariadbFault fault() const { return {mysql_errno(handle), mysql_sqlstate(handle), mysql_error(handle)}; }
  bool run(const std::string& sql) const { return mysql_real_query(handle, sql.data(), sql.size()) == 0; }
};
using SharedSession = std::shared_ptr<Session>;

// How the letters of a column are to be read.
enum class Form : std::uint8_t { text, integer, bits, date };

Form form_of(const MYSQL_FIELD& field) {
  switch (field.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR: return (field.flags & ZEROFILL_FLAG) != 0 ? Form::text : Form::integer;
    case MYSQL_TYPE_BIT: return Form::bits;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP: return Form::date;
    default: return Form::text;
  }
}

// "1980-00-00" is MariaDB's way to say that only the year is known.
std::string_view known_part(std::string_view date) {
  if (date.size() < 10 || date.starts_with("0000")) return date;
  if (date.substr(5, 2) == "00") return date.substr(0, 4);
  return date.substr(8, 2) == "00" ? date.substr(0, 7) : date;
}

void read_cell(Form form, std::string_view letters, SqlValue& value) {
  value.kind = SqlValue::Kind::text;
  value.text = letters;
  if (form == Form::date) value.text = known_part(letters);
  if (form == Form::integer) {
    const auto read = std::from_chars(letters.data(), letters.data() + letters.size(), value.integer);
    if (read.ec == std::errc()) value.kind = SqlValue::Kind::integer;  // else beyond 64 bits with a sign
  }
  if (form == Form::bits && letters.size() <= 8) {
    std::uint64_t number = 0;
    for (const char c : letters) number = number << 8 | static_cast<unsigned char>(c);
    value.kind = SqlValue::Kind::integer;
    value.integer = static_cast<std::int64_t>(number);
  }
}

// The statement is looked at when this is made and asked when its first row is wanted: one at a time.
class MariadbRows final : public SqlRows {
 public:
  MariadbRows(SharedSession session, std::string sql, std::vector<std::string> columns)
      : session_(std::move(session)), sql_(std::move(sql)), columns_(std::move(columns)), row_(columns_.size()) {}
  ~MariadbRows() override { end(); }
  MariadbRows(const MariadbRows&) = delete;
  MariadbRows& operator=(const MariadbRows&) = delete;

  const std::vector<std::string>& columns() const override { return columns_; }

  void restart(std::string sql) override {
    end();
    sql_ = std::move(sql);
    result_ = nullptr, ended_ = false;
  }

  Result<const SqlValue*> next() override {
    if (ended_) return nullptr;
    if (result_ == nullptr) TRY(begin());
    const MYSQL_ROW cells = mysql_fetch_row(result_);
    if (cells == nullptr) {
      ended_ = true;
      if (mysql_errno(session_->handle) != 0) return mariadb_read_error(session_->place, session_->fault());
      return nullptr;
    }
    const unsigned long* lengths = mysql_fetch_lengths(result_);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (cells[i] == nullptr) {
        row_[i] = {};
      } else {
        read_cell(forms_[i], {cells[i], lengths[i]}, row_[i]);
      }
    }
    return row_.data();
  }

 private:
  void end() {
    if (result_ == nullptr) return;
    // Otherwise the library would read the rest, which may be millions of rows.
    if (!ended_) mariadb_cancel(session_->handle);
    mysql_free_result(result_);
  }

  Result<Done> begin() {
    if (!session_->run(sql_)) return mariadb_read_error(session_->place, session_->fault());
    result_ = mysql_use_result(session_->handle);
    if (result_ == nullptr) return mariadb_read_error(session_->place, session_->fault());
    if (mysql_num_fields(result_) != columns_.size()) {
      return Error{Code::bad_source, "A table of the EMR was rebuilt while it was being read.", ""};
    }
    const MYSQL_FIELD* fields = mysql_fetch_fields(result_);
    forms_.clear();
    for (std::size_t i = 0; i < columns_.size(); ++i) forms_.push_back(form_of(fields[i]));
    return Done{};
  }

  SharedSession session_;
  std::string sql_;
  std::vector<std::string> columns_;
  std::vector<Form> forms_;
  std::vector<SqlValue> row_;
  MYSQL_RES* result_ = nullptr;
  bool ended_ = false;
};

class MariadbDatabase final : public SqlDatabase {
 public:
  MariadbDatabase(SharedSession session, std::string product)
      : session_(std::move(session)), product_(std::move(product)), as_of_(app::now()) {}

  std::string dialect() const override { return "mariadb"; }
  std::string product() const override { return product_; }
  app::Instant as_of() const override { return as_of_; }
  bool reads_side_by_side() const override { return false; }
  bool selects_again() const override { return true; }
  std::string caution() const override { return ""; }

  Result<std::unique_ptr<SqlRows>> select(const std::string& sql) override {
    TRY_GET(std::vector<std::string> columns, describe(sql));
    return std::unique_ptr<SqlRows>(std::make_unique<MariadbRows>(session_, sql, std::move(columns)));
  }
  Result<SqlCatalogue> read_catalogue() override;
  Result<Done> verify_consistent() override { return Done{}; }  // the server's promise, by its transaction

 private:
  // The columns, without reading a row; rights are asked for here too.
  Result<std::vector<std::string>> describe(const std::string& sql) const {
    const std::unique_ptr<MYSQL_STMT, decltype(&mysql_stmt_close)> statement(mysql_stmt_init(session_->handle),
                                                                             mysql_stmt_close);
    if (!statement) return Error{Code::io, "No memory is left.", "mysql_stmt_init"};
    if (mysql_stmt_prepare(statement.get(), sql.data(), sql.size()) != 0) {
      return mariadb_select_error(session_->place, {mysql_stmt_errno(statement.get()), mysql_stmt_sqlstate(statement.get()),
                                                    mysql_stmt_error(statement.get())});
    }
    const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> shape(mysql_stmt_result_metadata(statement.get()),
                                                                         mysql_free_result);
    if (!shape) return Error{Code::bad_config, "This is not a SELECT.", ""};
    if (mysql_stmt_param_count(statement.get()) != 0) {
      return Error{Code::bad_config, "A \"?\" stands in this SELECT, and nothing can be put in its place.", ""};
    }
    std::vector<std::string> columns;
    const MYSQL_FIELD* fields = mysql_fetch_fields(shape.get());
    for (unsigned i = 0; i < mysql_num_fields(shape.get()); ++i) columns.emplace_back(fields[i].name);
    return columns;
  }
  Result<std::vector<std::vector<std::string>>> all_rows_of(const std::string& sql);

  SharedSession session_;
  std::string product_;
  app::Instant as_of_;
};

Result<std::vector<std::vector<std::string>>> MariadbDatabase::all_rows_of(const std::string& sql) {
  if (!session_->run(sql)) return mariadb_read_error(session_->place, session_->fault());
  const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_store_result(session_->handle),
                                                                        mysql_free_result);
  if (!result) return mariadb_read_error(session_->place, session_->fault());
  std::vector<std::vector<std::string>> rows;
  while (const MYSQL_ROW cells = mysql_fetch_row(result.get())) {
    const unsigned long* lengths = mysql_fetch_lengths(result.get());
    auto& row = rows.emplace_back();
    for (unsigned i = 0; i < mysql_num_fields(result.get()); ++i) {
      row.push_back(cells[i] == nullptr ? std::string() : std::string(cells[i], lengths[i]));
    }
  }
  return rows;
}

bool grants_whole_database(std::string grant, const std::string& database) {
  std::erase(grant, '\\');  // before "_" in a name, which is a pattern there
  const bool select = grant.starts_with("GRANT ALL ") || grant.find("SELECT") < grant.find(" ON ");
  return select && (grant.find(" ON *.*") != std::string::npos || grant.find(" ON `" + database + "`.*") != std::string::npos);
}

Result<SqlCatalogue> MariadbDatabase::read_catalogue() {
  SqlCatalogue catalogue;
  TRY_GET(const auto tables, all_rows_of("SELECT table_name, engine, table_type FROM information_schema.tables "
                                         "WHERE table_schema = DATABASE()"));
  for (const auto& row : tables) {
    SqlTable& table = catalogue.tables[lower_case(row[0])];
    table.is_view = row[2] == "VIEW";
    // What InnoDB's snapshot covers; the others give whatever stands in them at the moment.
    const bool versioned = row[1] == "InnoDB" || row[1] == "ROCKSDB" || row[1] == "TokuDB";
    if (!table.is_view && !versioned) table.torn = "its engine is " + (row[1].empty() ? "unknown" : row[1]);
  }
  TRY_GET(const auto columns, all_rows_of("SELECT table_name, column_name FROM information_schema.columns "
                                          "WHERE table_schema = DATABASE()"));
  for (const auto& row : columns) catalogue.tables[lower_case(row[0])].columns.insert(lower_case(row[1]));
  TRY_GET(const auto grants, all_rows_of("SHOW GRANTS"));
  catalogue.whole = false;
  for (const auto& row : grants) catalogue.whole = catalogue.whole || grants_whole_database(row[0], session_->place.database);
  return catalogue;
}

Error prepared_failure(const Session& session) { return mariadb_connect_error(session.place, session.fault()); }

std::string tls_of(const SqlUrl& url) {
  const std::string tls = url.option("tls");
  return !tls.empty() ? tls : url.is_local() ? "off" : "verify";
}

void set_options(MYSQL* handle, const SqlUrl& url, const SqlLogin& login) {
  const auto connect_s = static_cast<unsigned>(login.connect_timeout_s);
  const auto read_s = static_cast<unsigned>(login.read_timeout_s);
  mysql_optionsv(handle, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
  mysql_optionsv(handle, MYSQL_OPT_READ_TIMEOUT, &read_s);
  mysql_optionsv(handle, MYSQL_OPT_WRITE_TIMEOUT, &read_s);
  mysql_optionsv(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  // A server in the wrong hands could otherwise ask this machine for its files.
  const unsigned no_files = 0;
  mysql_optionsv(handle, MYSQL_OPT_LOCAL_INFILE, &no_files);

  // "localhost" alone means the server's socket.
  const unsigned tcp = MYSQL_PROTOCOL_TCP;
  if (url.port != 0 && url.option("socket").empty()) mysql_optionsv(handle, MYSQL_OPT_PROTOCOL, &tcp);

  const std::string tls = tls_of(url);
  const my_bool encrypt = tls != "off";
  const my_bool verify = tls == "verify";
  mysql_optionsv(handle, MYSQL_OPT_SSL_ENFORCE, &encrypt);
  mysql_optionsv(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
  if (!verify) return;
  const std::string named = url.option("tls_ca");
  const std::string authority =
      named.empty() ? "/etc/ssl/certs/ca-certificates.crt" : (login.folder / named).lexically_normal().string();
  mysql_optionsv(handle, MYSQL_OPT_SSL_CA, authority.c_str());
}

// What a server does not know is no loss: MySQL and MariaDB name some of these differently.
void ask_for_patience(const Session& session, const SqlLogin& login) {
  const std::string wait_s = std::to_string(login.read_timeout_s);
  for (const std::string& setting :
       {std::string("max_statement_time = 0"), std::string("max_execution_time = 0"), std::string("net_write_timeout = 31536000"),
        std::string("idle_transaction_timeout = 0"), std::string("idle_readonly_transaction_timeout = 0"),
        std::string("wait_timeout = 31536000"), "lock_wait_timeout = " + wait_s,
        std::string("group_concat_max_len = 1073741824")}) {  // else long lists are cut without an error
    session.run("SET SESSION " + setting);
  }
  std::string zone(login.time_zone.size() * 2 + 1, '\0');
  zone.resize(mysql_real_escape_string(session.handle, zone.data(), login.time_zone.data(), login.time_zone.size()));
  // Fails where the server has no table of zones; its own zone, which is the EMR's, is used then.
  if (!zone.empty()) session.run("SET SESSION time_zone = '" + zone + "'");
}

}  // namespace

Result<std::unique_ptr<SqlDatabase>> open_mariadb(const SqlUrl& url, const SqlLogin& login, const std::string& password) {
  const auto session = std::make_shared<Session>();
  session->place = {url.place(), url.user, "", url.database, login.read_timeout_s};
  session->handle = mysql_init(nullptr);
  if (session->handle == nullptr) return Error{Code::io, "No memory is left.", "mysql_init"};
  set_options(session->handle, url, login);
  const std::string socket = url.option("socket");
  const std::string host = socket.empty() ? url.host : "localhost";
  if (mysql_real_connect(session->handle, host.empty() ? nullptr : host.c_str(), url.user.empty() ? nullptr : url.user.c_str(),
                         password.empty() ? nullptr : password.c_str(), url.database.c_str(),
                         static_cast<unsigned>(url.port), socket.empty() ? nullptr : socket.c_str(), 0) == nullptr) {
    return prepared_failure(*session);
  }
  // The library goes on in the clear with a server that cannot encrypt, unless it must prove who it is.
  if (tls_of(url) != "off" && socket.empty() && mysql_get_ssl_cipher(session->handle) == nullptr) {
    return mariadb_connect_error(session->place, {CR_SSL_CONNECTION_ERROR, "HY000", "the server does not encrypt"});
  }
  ask_for_patience(*session, login);
  for (const char* sql : {"SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'",
                          "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                          "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"}) {
    if (!session->run(sql)) return prepared_failure(*session);
  }
  const std::string version = mysql_get_server_info(session->handle);
  const bool mariadb = version.find("MariaDB") != std::string::npos;
  auto database = std::make_unique<MariadbDatabase>(
      session, (mariadb ? "MariaDB " : "MySQL ") + version.substr(0, version.find('-')));
  // 'user'@'host' as it must stand in a GRANT.
  if (session->run("SELECT CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)), '@', "
                   "QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)))")) {
    const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_store_result(session->handle), mysql_free_result);
    const MYSQL_ROW row = result ? mysql_fetch_row(result.get()) : nullptr;
    if (row != nullptr && row[0] != nullptr) session->place.account = row[0];
  }
  return std::unique_ptr<SqlDatabase>(std::move(database));
}

}  // namespace exporter
