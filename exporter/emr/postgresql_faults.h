// What PostgreSQL's error codes mean for the night, and what is to be done about each.
#pragma once

#include <string>

#include "app/error.h"

namespace exporter {

struct PostgresqlFault {
  std::string sqlstate;
  std::string message;
  bool lost = false;  // there is no connection any more
};

// Where and as whom Nightchart asked.
struct PostgresqlPlace {
  std::string server;  // "PostgreSQL at /run/postgresql"
  std::string user;
  std::string database;
  int read_timeout_s = 0;
};

app::Error postgresql_connect_error(const PostgresqlPlace& place, bool wants_password, const PostgresqlFault& fault);
app::Error postgresql_select_error(const PostgresqlPlace& place, const PostgresqlFault& fault);
app::Error postgresql_read_error(const PostgresqlPlace& place, const PostgresqlFault& fault);

}  // namespace exporter
