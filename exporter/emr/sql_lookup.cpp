#include "exporter/emr/sql_lookup.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "app/record/text.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr char kBetween = '\x1f';
constexpr char kSeveral = '|';

struct Columns {
  std::optional<std::size_t> list, key, value;
};

Result<Columns> columns_of(const std::vector<std::string>& names) {
  Columns columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == "list") columns.list = i;
    else if (names[i] == "key") columns.key = i;
    else if (names[i] == "value") columns.value = i;
    else return Error{Code::bad_config, "A lookup has no column \"" + names[i] + "\".", "allowed: list, key, value"};
  }
  if (!columns.key || !columns.value) {
    return Error{Code::bad_config, "A lookup needs the columns \"key\" and \"value\".", ""};
  }
  return columns;
}

}  // namespace

Result<SqlLookup> SqlLookup::read(SqlRows& rows) {
  TRY_GET(const Columns columns, columns_of(rows.columns()));
  SqlLookup lookup;
  char digits[24];
  while (true) {
    TRY_GET(const SqlValue* row, rows.next());
    if (row == nullptr) return lookup;
    if (row[*columns.key].kind == SqlValue::Kind::null) continue;
    std::string name;
    if (columns.list) name = row[*columns.list].letters(digits);
    name += kBetween;
    name += row[*columns.key].letters(digits);
    lookup.texts_.try_emplace(std::move(name), app::clean_text(row[*columns.value].letters(digits)).text);
  }
}

const std::string* SqlLookup::find_one(std::string_view list, std::string_view key, std::string& room) const {
  room = list;
  room += kBetween;
  room += key;
  const auto found = texts_.find(room);
  return found == texts_.end() ? nullptr : &found->second;
}

const std::string* SqlLookup::find_number(std::string_view list, std::int64_t key) const {
  std::string room;
  return find_one(list, std::to_string(key), room);
}

std::string_view SqlLookup::find(std::string_view list, std::string_view key, bool only_looked_up,
                                 std::string& room) const {
  if (const std::string* text = find_one(list, key, room)) return *text;
  if (key.find(kSeveral) == std::string_view::npos) return only_looked_up ? std::string_view() : key;
  std::string all, one;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(kSeveral), key.size());
    const std::string_view part = key.substr(0, end);
    key.remove_prefix(std::min(end + 1, key.size()));
    const std::string* text = find_one(list, part, one);
    const std::string_view said = text != nullptr ? std::string_view(*text) : part;
    if (said.empty() || (text == nullptr && only_looked_up)) continue;
    if (!all.empty()) all += ", ";
    all += said;
  }
  room = std::move(all);
  return room;
}

}  // namespace exporter
