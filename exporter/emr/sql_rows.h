// What every SQL database looks like to the reader: one consistent read, and SELECTs whose rows stream by.
//
// A client library is met in one file that implements this; nothing else knows which database it is.
// Errors:  opening: Code::bad_config (url, user, password), Code::not_found (no such server, file, database),
//          Code::bad_source. select: Code::bad_config for a statement the database does not understand,
//          Code::not_found for a table that is not there or may not be read. next: Code::bad_source, Code::io.
#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"

namespace exporter {

// One cell. Text points into the row and lives until the next one.
struct SqlValue {
  enum class Kind : std::uint8_t { null, integer, text };

  Kind kind = Kind::null;
  std::int64_t integer = 0;
  std::string_view text;

  // The cell in letters; a number is written into `digits`.
  std::string_view letters(char (&digits)[24]) const {
    if (kind != Kind::integer) return text;
    const char* end = std::to_chars(digits, digits + sizeof digits, integer).ptr;
    return {digits, static_cast<std::size_t>(end - digits)};
  }
};

class SqlRows {
 public:
  virtual ~SqlRows() = default;
  virtual const std::vector<std::string>& columns() const = 0;
  // The next row, or nullptr after the last. One value for each of columns(), valid until the next call.
  virtual app::Result<const SqlValue*> next() = 0;
  // Goes on with the rows of another SELECT that gives the same columns. Only where the database selects_again().
  virtual void restart(std::string sql);
};

// A table or view, as far as Nightchart's user may see it.
struct SqlTable {
  std::set<std::string, std::less<>> columns;  // lower case
  std::string torn;  // why it is not read as of one moment, in words ("its engine is MyISAM"); else empty
  bool is_view = false;
};

struct SqlCatalogue {
  std::map<std::string, SqlTable, std::less<>> tables;  // lower case
  // Whether what does not stand here is not there; otherwise it may be hidden from this user.
  bool whole = true;

  bool has(std::string_view table, std::string_view column) const;
};

class SqlDatabase {
 public:
  virtual ~SqlDatabase() = default;
  // "sqlite", "mariadb", "postgresql", "odbc": whose SQL it speaks.
  virtual std::string dialect() const = 0;
  // "MariaDB 10.11.6": for reports.
  virtual std::string product() const = 0;
  // The moment of which everything selected here speaks.
  virtual app::Instant as_of() const = 0;
  // Whether several SELECTs may be under way at the same time. If not, select() only looks at the statement,
  // and the rows of one must be read to their end, or thrown away, before next() of another.
  virtual bool reads_side_by_side() const = 0;
  virtual app::Result<std::unique_ptr<SqlRows>> select(const std::string& sql) = 0;
  // Whether its rows can restart().
  virtual bool selects_again() const { return false; }
  virtual app::Result<SqlCatalogue> read_catalogue() = 0;
  // What keeps this database from giving all its tables as of one moment; empty when nothing does.
  virtual std::string caution() const = 0;
  // To be asked once everything is read: whether it all was of one moment.
  virtual app::Result<app::Done> verify_consistent() = 0;
};

// How to reach a database, and how patiently.
struct SqlLogin {
  std::string url;
  std::filesystem::path folder;         // from which relative files are taken
  std::filesystem::path password_file;  // its first line; empty: no password
  int connect_timeout_s = 10;
  int read_timeout_s = 300;  // how long a server may say nothing at all
  std::string time_zone;     // in which its moments are told, where the server can do that
};

app::Result<std::unique_ptr<SqlDatabase>> open_sql_database(const SqlLogin& login);

// "lists" and "Lists" are the same table.
std::string lower_case(std::string_view name);
// What a server says of an error may quote a patient's data: nothing of it is passed on then.
std::string safe_server_message(std::string_view sqlstate, std::string_view message);

}  // namespace exporter
