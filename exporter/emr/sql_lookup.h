// The short tables of an EMR that say in words what its keys and codes mean: staff, places, lists of choices.
//
// Each is read once, from lookup.NAME.sql with the columns "key", "value" and, where one table holds many lists, "list".
// Memory:  all of them; they are the practice's own, not its patients'.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/error.h"
#include "exporter/emr/sql_rows.h"

namespace exporter {

class SqlLookup {
 public:
  // Errors: Code::bad_config naming the column that is missing or means nothing; what rows.next() says.
  static app::Result<SqlLookup> read(SqlRows& rows);

  // The text for a key. Where none stands in the list: the key itself, or nothing if it must be looked up.
  // Several keys "7|12" make "A, B". `room` holds what had to be put together.
  std::string_view find(std::string_view list, std::string_view key, bool only_looked_up, std::string& room) const;
  // The text that stands in the list, for as long as this lives; null where none does.
  const std::string* find_number(std::string_view list, std::int64_t key) const;
  std::size_t size() const { return texts_.size(); }

 private:
  const std::string* find_one(std::string_view list, std::string_view key, std::string& room) const;

  std::unordered_map<std::string, std::string> texts_;  // by list, a separator and key
};

using SqlLookups = std::map<std::string, SqlLookup, std::less<>>;

}  // namespace exporter
