// What every SQL database looks like to the reader: one consistent read, and SELECTs whose rows stream by.
//
// A client library is met in one file that implements this; nothing else knows which database it is.
// Errors:  select: Code::bad_config for a statement the database does not understand, Code::not_found for a
//          table that is not there or may not be read. next: Code::bad_source, Code::io.
#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <memory>
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
};

class SqlDatabase {
 public:
  virtual ~SqlDatabase() = default;
  // The moment of which everything selected here speaks.
  virtual app::Instant as_of() const = 0;
  // Whether several SELECTs may be under way at the same time.
  virtual bool reads_side_by_side() const = 0;
  virtual app::Result<std::unique_ptr<SqlRows>> select(const std::string& sql) = 0;
  // To be asked once everything is read: whether it all was of one moment.
  virtual app::Result<app::Done> verify_consistent() = 0;
};

// Opens the database of a url such as "sqlite:///srv/emr.db"; a relative file is taken from `folder`.
// Errors:  Code::bad_config for a url of no known kind, else what its kind says.
app::Result<std::unique_ptr<SqlDatabase>> open_sql_database(const std::string& url,
                                                            const std::filesystem::path& folder);

}  // namespace exporter
