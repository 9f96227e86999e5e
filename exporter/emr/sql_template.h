// What a SELECT of a mapping pack says besides SQL, so that one file serves several versions of an EMR and several databases.
//
// Shape:   {{NEED, NEED ? SQL}} and {{NEED, NEED ? SQL : SQL}} inside; comment lines "-- requires: NEED, NEED" and
//          "-- unless-already: COLUMN, COLUMN". A NEED is a table, a table.column, or a database's name
//          (sqlite, mariadb, postgresql, odbc), with "!" before it when it must not be so.
// Errors:  Code::bad_config naming the file and the place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

inline constexpr std::string_view kDialects[] = {"sqlite", "mariadb", "postgresql", "odbc"};
bool is_dialect(std::string_view word);

// The database that a pack meets.
struct SqlSurroundings {
  std::string dialect;
  SqlCatalogue catalogue;

  bool has(std::string_view need) const;
};

struct SqlHead {
  std::vector<std::string> requirements;
  std::vector<std::string> unless_already;
};

SqlHead read_sql_head(std::string_view sql);
// `sql` with every {{…}} decided.
app::Result<std::string> fill_sql(std::string_view sql, const std::string& file, const SqlSurroundings& surroundings);
// Whether `name` stands in the SQL as a word of its own.
bool mentions(std::string_view sql, std::string_view name);

}  // namespace exporter
