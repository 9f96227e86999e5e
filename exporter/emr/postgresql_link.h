// One connection to a PostgreSQL server: questions with an answer of a few rows, and rows copied out in a stream.
//
// No answer is waited for longer than the login says. Its types are of this folder; libpq ends behind it.
// Errors:  as sql_rows.h; nothing of a row is in any of them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "exporter/emr/sql_rows.h"
#include "exporter/emr/sql_url.h"

namespace exporter {

struct PostgresqlColumn {
  std::string name;
  unsigned type = 0;  // its number in pg_type
};

class PostgresqlLink {
 public:
  static app::Result<std::unique_ptr<PostgresqlLink>> open(const SqlUrl& url, const SqlLogin& login,
                                                           const std::string& password);
  ~PostgresqlLink();
  PostgresqlLink(const PostgresqlLink&) = delete;
  PostgresqlLink& operator=(const PostgresqlLink&) = delete;

  app::Result<std::vector<std::vector<std::string>>> ask(const std::string& sql);
  // What a SELECT would give, without running it; fails as it would for want of a table or a right.
  app::Result<std::vector<PostgresqlColumn>> describe(const std::string& sql);

  app::Result<app::Done> begin_copy(const std::string& sql);
  // The next line as the server sends it, without its end; null after the last. The bytes may be changed,
  // and are valid until the next call.
  struct Line {
    char* bytes = nullptr;
    std::size_t size = 0;
  };
  app::Result<Line> next_line();

  // "15.6"
  std::string version() const;

 private:
  struct State;
  explicit PostgresqlLink(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace exporter
