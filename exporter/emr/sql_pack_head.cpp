#include "exporter/emr/sql_pack_head.h"

#include <algorithm>

#include "app/record/json.h"
#include "exporter/emr/sql_parts.h"
#include "exporter/toml.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Json;
using app::Result;

constexpr const char* kKeys =
    "known: name, reads, ordered, clustered, dialects, requires, version, time_zone, entries_win, orphans_usual, words.PART.COLUMN, code_systems";

bool is_part(const std::string& name) {
  const auto& names = part_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct Head {
  const fs::path& file;

  Error wrong(const std::string& what, const std::string& detail = "") const {
    return {Code::bad_config, file.string() + ": " + what, detail};
  }

  Result<std::string> text(std::string_view key, Json value) const {
    if (value.is_text()) return std::string(value.text());
    return wrong("\"" + std::string(key) + "\" must be a text in quotation marks.");
  }

  Result<bool> truth(std::string_view key, Json value) const {
    if (const auto said = value.boolean()) return *said;
    return wrong("\"" + std::string(key) + "\" must be true or false.");
  }

  Result<std::vector<std::string>> texts(std::string_view key, Json value) const {
    std::vector<std::string> all;
    if (value.is_text()) return std::vector<std::string>{std::string(value.text())};
    for (const Json item : value.items()) {
      TRY_GET(all.emplace_back(), text(key, item));
    }
    return all;
  }

  Result<NamedParts> parts(std::string_view key, Json value) const {
    NamedParts named;
    TRY_GET(const auto all, texts(key, value));
    for (const std::string& part : all) {
      if (part != kEverything && !is_part(part)) {
        return wrong("\"" + std::string(key) + "\" names \"" + part + "\", which is no part of a chart.");
      }
      named.names.insert(part);
    }
    return named;
  }

  // A table of texts, such as [code_systems].
  Result<SqlWords> words(const std::string& key, Json table) const {
    SqlWords all;
    for (const auto& [from, to] : table.members()) {
      TRY_GET(all[std::string(from)], text(key + "." + std::string(from), to));
    }
    return all;
  }

  Result<Done> read_words(Json table, SqlPack& pack) const {
    for (const auto& [part_key, columns] : table.members()) {
      const std::string part(part_key);
      if (!is_part(part)) return wrong("[words] names \"" + part + "\", which is no part of a chart.");
      const std::vector<std::string> known = columns_of(part);
      for (const auto& [column_key, values] : columns.members()) {
        const std::string column(column_key);
        if (std::find(known.begin(), known.end(), column) == known.end()) {
          return wrong("[words." + part + "] names \"" + column + "\", which is no column of " + part + ".",
                       "a name with a dot needs quotation marks: [words.results.\"codes.system\"]");
        }
        TRY_GET(pack.words[part][column], words(column, values));
      }
    }
    return Done{};
  }

  Result<Done> read_key(std::string_view key, Json value, SqlPack& pack, PackOrder& order) const {
    if (key == "name") {
      TRY_GET(pack.name, text(key, value));
    } else if (key == "reads") {
      TRY_GET(pack.reads, text(key, value));
    } else if (key == "ordered") {
      TRY_GET(order.ordered, parts(key, value));
    } else if (key == "clustered") {
      TRY_GET(order.clustered, parts(key, value));
    } else if (key == "dialects") {
      TRY_GET(pack.dialects, texts(key, value));
    } else if (key == "requires") {
      TRY_GET(pack.requirements, texts(key, value));
    } else if (key == "version") {
      TRY_GET(pack.version_sql, text(key, value));
    } else if (key == "time_zone") {
      TRY_GET(const std::string zone, text(key, value));
      if (zone != "UTC") return wrong("\"time_zone\" can be \"UTC\" only.", "without it, times without an offset are the practice's own");
      pack.times_are_utc = true;
    } else if (key == "entries_win") {
      TRY_GET(pack.entries_win, truth(key, value));
    } else if (key == "orphans_usual") {
      TRY_GET(pack.orphans_usual, truth(key, value));
    } else if (key == "words") {
      TRY(read_words(value, pack));
    } else if (key == "code_systems") {
      TRY_GET(pack.code_systems, words("code_systems", value));
    } else {
      return wrong("the key \"" + std::string(key) + "\" has no meaning here.", kKeys);
    }
    return Done{};
  }
};

}  // namespace

Result<Done> read_pack_head(const fs::path& file, SqlPack& pack, PackOrder& order) {
  const Head head{file};
  TRY_GET(const std::string text, read_toml_as_json(file));
  app::JsonDocument document;
  TRY_GET(const Json root, document.parse(text));
  for (const auto& [key, value] : root.members()) TRY(head.read_key(key, value, pack, order));
  if (pack.name.empty()) return head.wrong("the pack has no name.");
  for (const std::string& dialect : pack.dialects) {
    if (!is_dialect(dialect)) {
      return head.wrong("\"dialects\" names \"" + dialect + "\", which is no database.", "known: sqlite, mariadb, postgresql, odbc");
    }
  }
  return Done{};
}

}  // namespace exporter
