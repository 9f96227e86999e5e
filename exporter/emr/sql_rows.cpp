#include "exporter/emr/sql_rows.h"

#include <cassert>
#include <fstream>

#include "exporter/emr/mariadb_rows.h"
#include "exporter/emr/odbc_rows.h"
#include "exporter/emr/postgresql_rows.h"
#include "exporter/emr/sql_url.h"
#include "exporter/emr/sqlite_rows.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Error;
using app::Result;

Result<std::string> read_password(const fs::path& file) {
  if (file.empty()) return std::string();
  std::error_code none;
  if (!fs::exists(file, none)) {
    return Error{Code::bad_config, "There is no password file " + file.string() + ".", "[emr] password_file names it"};
  }
  std::ifstream in(file, std::ios::binary);
  std::string line;
  std::getline(in, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (!in.is_open() || in.bad() || line.empty()) {
    return Error{Code::bad_config, "The password file " + file.string() + " cannot be read, or is empty.",
                 "its first line is the password of Nightchart's user in the EMR's database"};
  }
  return line;
}

}  // namespace

bool SqlCatalogue::has(std::string_view table, std::string_view column) const {
  const auto found = tables.find(table);
  return found != tables.end() && (column.empty() || found->second.columns.contains(column));
}

void SqlRows::restart(std::string) { assert(false && "this database does not select again"); }

std::string lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string safe_server_message(std::string_view sqlstate, std::string_view message) {
  // Class 22 is "data exception", 23 a value that breaks a rule; both quote the value.
  if (sqlstate.starts_with("22") || sqlstate.starts_with("23")) {
    return "a value could not be converted as the SELECT wants it (SQLSTATE " + std::string(sqlstate) + ")";
  }
  return std::string(message);
}

Result<std::unique_ptr<SqlDatabase>> open_sql_database(const SqlLogin& login) {
  TRY_GET(const SqlUrl url, parse_sql_url(login.url));
  if (url.kind == "sqlite") return open_sqlite(login.folder / url.rest);
  TRY_GET(const std::string password, read_password(login.password_file));
  if (url.kind == "mariadb") return open_mariadb(url, login, password);
  if (url.kind == "postgresql") return open_postgresql(url, login, password);
  return open_odbc(url, login, password);
}

}  // namespace exporter
