#include "exporter/emr/odbc_rows.h"

#include <sql.h>
#include <sqlext.h>

#include <algorithm>

#include "exporter/emr/odbc_statement.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

// How a database is asked for one moment without stopping those who write.
struct Habit {
  const char* name;     // in SQL_DBMS_NAME, lower case
  SQLUINTEGER isolation;  // by the driver's attribute; 0: by the statements
  const char* first;
  const char* second;
};
// Else "a" || "b" would be 0 there, without an error.
constexpr const char* kMysqlWords = "SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT', group_concat_max_len = 1073741824";
constexpr const char* kMysqlMoment = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
constexpr Habit kHabits[] = {
    {"postgres", SQL_TXN_REPEATABLE_READ, nullptr, nullptr},
    {"mysql", SQL_TXN_REPEATABLE_READ, kMysqlWords, kMysqlMoment},
    {"mariadb", SQL_TXN_REPEATABLE_READ, kMysqlWords, kMysqlMoment},
    {"oracle", 0, "SET TRANSACTION READ ONLY", nullptr},
    {"firebird", SQL_TXN_REPEATABLE_READ, nullptr, nullptr},
    // Where the database does not allow it, the first table that is read says so.
    {"sql server", 0, "SET TRANSACTION ISOLATION LEVEL SNAPSHOT", nullptr},
};

struct Session {
  SQLHENV environment = SQL_NULL_HENV;
  SQLHDBC connection = SQL_NULL_HDBC;

  ~Session() {
    if (connection != SQL_NULL_HDBC) {
      SQLEndTran(SQL_HANDLE_DBC, connection, SQL_ROLLBACK);
      SQLDisconnect(connection);
      SQLFreeHandle(SQL_HANDLE_DBC, connection);
    }
    if (environment != SQL_NULL_HENV) SQLFreeHandle(SQL_HANDLE_ENV, environment);
  }
  void set(SQLINTEGER attribute, SQLULEN value) const {
    SQLSetConnectAttr(connection, attribute, reinterpret_cast<SQLPOINTER>(value), SQL_IS_UINTEGER);
  }
  std::string info(SQLUSMALLINT what) const {
    SQLCHAR text[256] = {};
    SQLSMALLINT length = 0;
    SQLGetInfo(connection, what, text, sizeof text, &length);
    return reinterpret_cast<const char*>(text);
  }
  bool run(const char* sql) const {
    auto statement = OdbcStatement::make(connection);
    return statement.ok() && statement.value()->run(sql);
  }
};
using SharedSession = std::shared_ptr<Session>;

// Asked when its first row is wanted: few drivers can read several at a time.
class OdbcRows final : public SqlRows {
 public:
  OdbcRows(SharedSession session, std::string sql, std::vector<std::string> columns)
      : session_(std::move(session)), sql_(std::move(sql)), columns_(std::move(columns)) {}
  const std::vector<std::string>& columns() const override { return columns_; }

  Result<const SqlValue*> next() override {
    if (ended_) return nullptr;
    if (!statement_) TRY(begin());
    TRY_GET(const SqlValue* row, statement_->next());
    if (row == nullptr) ended_ = true, statement_.reset();
    return row;
  }

 private:
  Result<Done> begin() {
    TRY_GET(statement_, OdbcStatement::make(session_->connection));
    if (!statement_->run(sql_)) {
      return Error{Code::bad_source, "The EMR's database could not give its rows.", format_odbc_fault(statement_->fault())};
    }
    if (statement_->columns().size() != columns_.size()) {
      return Error{Code::bad_source, "A table of the EMR was rebuilt while it was being read.", ""};
    }
    return statement_->begin_rows();
  }

  SharedSession session_;
  std::string sql_;
  std::vector<std::string> columns_;
  std::unique_ptr<OdbcStatement> statement_;
  bool ended_ = false;
};

class OdbcDatabase final : public SqlDatabase {
 public:
  OdbcDatabase(SharedSession session, std::string product, std::string caution)
      : session_(std::move(session)), product_(std::move(product)), caution_(std::move(caution)), as_of_(app::now()) {}

  std::string dialect() const override { return "odbc"; }
  std::string product() const override { return product_; }
  app::Instant as_of() const override { return as_of_; }
  bool reads_side_by_side() const override { return false; }
  std::string caution() const override { return caution_; }
  Result<Done> verify_consistent() override { return Done{}; }

  Result<std::unique_ptr<SqlRows>> select(const std::string& given) override {
    std::string sql = given;
    while (!sql.empty() && (sql.back() == ';' || sql.back() == '\n' || sql.back() == ' ')) sql.pop_back();
    TRY_GET(std::vector<std::string> columns, describe(sql));
    return std::unique_ptr<SqlRows>(std::make_unique<OdbcRows>(session_, std::move(sql), std::move(columns)));
  }

  Result<SqlCatalogue> read_catalogue() override;

 private:
  // First with no rows, which tells of rights too; not every SELECT can be put into another.
  Result<std::vector<std::string>> describe(const std::string& sql) const {
    TRY_GET(const auto probe, OdbcStatement::make(session_->connection));
    if (probe->run("SELECT * FROM (\n" + sql + "\n) nightchart_probe WHERE 1 = 0")) return probe->columns();
    OdbcFault fault = probe->fault();
    TRY_GET(const auto prepared, OdbcStatement::make(session_->connection));
    const bool understood = prepared->prepare(sql);
    std::vector<std::string> columns = understood ? prepared->columns() : std::vector<std::string>();
    if (!columns.empty() && !fault.is_about_a_table()) return columns;
    if (!understood) fault = prepared->fault();
    if (fault.is_about_a_table()) {
      return Error{Code::not_found, "A table may not be read, or is not there.", format_odbc_fault(fault)};
    }
    return Error{Code::bad_config, "The EMR's database does not understand this SELECT.", format_odbc_fault(fault)};
  }

  SharedSession session_;
  std::string product_;
  std::string caution_;
  app::Instant as_of_;
};

Result<SqlCatalogue> OdbcDatabase::read_catalogue() {
  SQLHSTMT handle = SQL_NULL_HSTMT;
  SQLAllocHandle(SQL_HANDLE_STMT, session_->connection, &handle);
  const std::unique_ptr<void, void (*)(void*)> kept(handle, [](void* h) { SQLFreeHandle(SQL_HANDLE_STMT, h); });
  SQLCHAR every[] = "%";
  if (!SQL_SUCCEEDED(SQLColumns(handle, nullptr, 0, nullptr, 0, every, SQL_NTS, every, SQL_NTS))) {
    return Error{Code::bad_source, "The ODBC driver cannot say which tables there are.",
                 format_odbc_fault(odbc_fault(SQL_HANDLE_STMT, handle))};
  }
  SQLCHAR table[512] = {}, column[512] = {};
  SQLLEN table_length = 0, column_length = 0;
  SQLBindCol(handle, 3, SQL_C_CHAR, table, sizeof table, &table_length);
  SQLBindCol(handle, 4, SQL_C_CHAR, column, sizeof column, &column_length);
  SqlCatalogue catalogue;
  catalogue.whole = false;
  while (SQL_SUCCEEDED(SQLFetch(handle))) {
    if (table_length == SQL_NULL_DATA || column_length == SQL_NULL_DATA) continue;
    catalogue.tables[lower_case(reinterpret_cast<const char*>(table))].columns.insert(
        lower_case(reinterpret_cast<const char*>(column)));
  }
  return catalogue;
}

// "one moment", or why not.
std::string begin_one_moment(const Session& session, const std::string& product) {
  const std::string name = lower_case(product);
  const auto habit = std::find_if(std::begin(kHabits), std::end(kHabits),
                                  [&name](const Habit& known) { return name.find(known.name) != std::string::npos; });
  if (habit == std::end(kHabits)) {
    session.set(SQL_ATTR_TXN_ISOLATION, SQL_TXN_READ_COMMITTED);
    session.set(SQL_ATTR_AUTOCOMMIT, SQL_AUTOCOMMIT_OFF);
    return "Nightchart does not know how " + product +
           " gives one moment without stopping those who write: its tables are read one after another as they are";
  }
  if (habit->isolation != 0) session.set(SQL_ATTR_TXN_ISOLATION, habit->isolation);
  session.set(SQL_ATTR_AUTOCOMMIT, SQL_AUTOCOMMIT_OFF);
  for (const char* sql : {habit->first, habit->second}) {
    if (sql != nullptr && !session.run(sql)) {
      return product + " refused \"" + sql + "\": its tables are read one after another as they are";
    }
  }
  return "";
}

}  // namespace

Result<std::unique_ptr<SqlDatabase>> open_odbc(const SqlUrl& url, const SqlLogin& login, const std::string& password) {
  const auto session = std::make_shared<Session>();
  if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &session->environment))) {
    return Error{Code::io, "unixODBC does not start.", ""};
  }
  SQLSetEnvAttr(session->environment, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(static_cast<SQLULEN>(SQL_OV_ODBC3)), 0);
  if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, session->environment, &session->connection))) {
    return Error{Code::io, "unixODBC does not start.", format_odbc_fault(odbc_fault(SQL_HANDLE_ENV, session->environment))};
  }
  session->set(SQL_ATTR_LOGIN_TIMEOUT, static_cast<SQLULEN>(login.connect_timeout_s));
  std::string words = url.rest.find('=') == std::string::npos ? "DSN=" + url.rest : url.rest;
  if (!password.empty()) {
    words += ";PWD={";
    for (const char c : password) words += c == '}' ? std::string("}}") : std::string(1, c);
    words += "}";
  }
  SQLCHAR answered[1024];
  SQLSMALLINT length = 0;
  std::vector<SQLCHAR> given(words.begin(), words.end());
  given.push_back(0);
  if (!SQL_SUCCEEDED(SQLDriverConnect(session->connection, nullptr, given.data(), SQL_NTS, answered, sizeof answered, &length,
                                      SQL_DRIVER_NOPROMPT))) {
    const OdbcFault fault = odbc_fault(SQL_HANDLE_DBC, session->connection);
    const bool denied = fault.sqlstate == "28000";
    const bool unknown = fault.sqlstate.starts_with("IM");  // the driver manager itself refuses: no such DSN, no such driver
    return Error{denied || unknown ? Code::bad_config : Code::not_found,
                 denied ? "The EMR's database did not let Nightchart in." : "The ODBC driver reached no database.",
                 format_odbc_fault(fault) + ". Check [emr] url, which may name a DSN of /etc/odbc.ini, and password_file."};
  }
  session->set(SQL_ATTR_CONNECTION_TIMEOUT, static_cast<SQLULEN>(login.read_timeout_s));
  session->set(SQL_ATTR_ACCESS_MODE, SQL_MODE_READ_ONLY);
  const std::string product = session->info(SQL_DBMS_NAME) + " " + session->info(SQL_DBMS_VER) + " (ODBC)";
  std::string caution = begin_one_moment(*session, product);
  return std::unique_ptr<SqlDatabase>(std::make_unique<OdbcDatabase>(session, product, std::move(caution)));
}

}  // namespace exporter
