// One SELECT through an ODBC driver: its columns, and its rows in blocks, or one by one where a text is long.
//
// Handles are ODBC's, as it declares them: pointers to nothing that anybody may look into.
// Errors:  as sql_rows.h; nothing of a row is in any of them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

// What a driver said last about a handle.
struct OdbcFault {
  std::string sqlstate;
  long native = 0;
  std::string message;
  // Whether it says that a table is missing or may not be read; drivers have no one way to say so.
  bool is_about_a_table() const;
};
OdbcFault odbc_fault(short kind, void* handle);
// "message (SQLSTATE)", without a patient's data.
std::string format_odbc_fault(const OdbcFault& fault);

class OdbcStatement {
 public:
  // Errors: Code::io when the driver has no room for another.
  static app::Result<std::unique_ptr<OdbcStatement>> make(void* connection);
  ~OdbcStatement();
  OdbcStatement(const OdbcStatement&) = delete;
  OdbcStatement& operator=(const OdbcStatement&) = delete;

  // Each is false when the driver says no; fault() says why.
  bool prepare(const std::string& sql);
  bool run(const std::string& sql);
  OdbcFault fault() const;

  // Of what was prepared or run; empty when that is no SELECT, or the driver doesn't tell yet.
  std::vector<std::string> columns();
  // Requires: run() of a SELECT.
  app::Result<app::Done> begin_rows();
  app::Result<const SqlValue*> next();

 private:
  struct State;
  explicit OdbcStatement(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace exporter
