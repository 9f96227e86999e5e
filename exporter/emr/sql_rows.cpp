#include "exporter/emr/sql_rows.h"

#include "exporter/emr/sqlite_rows.h"

namespace exporter {

app::Result<std::unique_ptr<SqlDatabase>> open_sql_database(const std::string& url,
                                                            const std::filesystem::path& folder) {
  static constexpr std::string_view kSqlite = "sqlite://";
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size()) {
    return open_sqlite(folder / url.substr(kSqlite.size()));
  }
  const std::string kind = url.substr(0, url.find(':'));
  return app::Error{app::Code::bad_config, "The EMR's url begins with \"" + kind + "\", which names no known database.",
                    "known: sqlite:///absolute/path, sqlite://path/from/this/file"};
}

}  // namespace exporter
