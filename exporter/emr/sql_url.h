// Where a database is, taken apart: "mariadb://nightchart@db.local:3306/openemr?tls=trust".
//
// Shape:   KIND://USER@HOST:PORT/DATABASE?OPTION=VALUE&…, %XX for a byte of a name; sqlite: and odbc: keep their rest whole.
// Errors:  Code::bad_config; a password in a url is one: it would stand in every listing of the settings.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

struct SqlUrl {
  std::string kind;  // "sqlite", "mariadb", "postgresql", "odbc"; mysql and postgres are the same as their kin
  std::string rest;  // sqlite: the file; odbc: the connection string
  std::string user;
  std::string host;
  int port = 0;  // 0: the kind's own
  std::string database;
  std::map<std::string, std::string, std::less<>> options;

  std::string option(std::string_view name) const;
  // Whether nothing of the conversation leaves this machine.
  bool is_local() const;
  // "MariaDB at db.local", "PostgreSQL at /run/postgresql": for messages.
  std::string place() const;
};

app::Result<SqlUrl> parse_sql_url(const std::string& url);

// Takes the password out of an address that somebody typed with it ("mariadb://reader:secret@db/openemr", "odbc:DSN=emr;PWD=secret"),
// so that it can be kept in a file of its own; "" when there is none. Errors: bad_config for an address of which nobody can say where its
// password ends; it is as it was then, and is to be kept nowhere.
app::Result<std::string> take_password(std::string& url);

}  // namespace exporter
