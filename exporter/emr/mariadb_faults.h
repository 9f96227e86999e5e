// What MariaDB's and MySQL's error numbers mean for the night, and what is to be done about each.
#pragma once

#include <string>

#include "app/error.h"

namespace exporter {

struct MariadbFault {
  unsigned number = 0;
  std::string sqlstate;
  std::string message;
};

// Where and as whom Nightchart asked.
struct MariadbPlace {
  std::string server;  // "MariaDB at /run/mysqld/mysqld.sock"
  std::string user;
  std::string account;  // as the server knows the user: 'nightchart'@'localhost'; empty before it said so
  std::string database;
  int read_timeout_s = 0;
};

app::Error mariadb_connect_error(const MariadbPlace& place, const MariadbFault& fault);
app::Error mariadb_select_error(const MariadbPlace& place, const MariadbFault& fault);
app::Error mariadb_read_error(const MariadbPlace& place, const MariadbFault& fault);

}  // namespace exporter
