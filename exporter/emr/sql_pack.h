// A mapping pack: a folder that says, in one SELECT a file, what an EMR's database holds about its patients.
//
// Shape:   pack.toml (name, reads, ordered) and SQL files named for a part of the chart: "allergies.sql",
//          "medications.sql", "medications.2.sql". templates/emr/README.md tells how to write one.
// Errors:  Code::not_found for the folder; Code::bad_config naming the file that is wrong; Code::io.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

struct SqlPackFile {
  std::string part;  // one of part_names()
  std::string name;  // "medications.2.sql"
  std::string sql;
  bool ordered = false;  // its rows come ordered by "patient"
};

struct SqlPack {
  std::string name;
  std::string reads;               // which EMR it is for, in words
  std::vector<SqlPackFile> files;  // patients first, then in the order of part_names()
};

app::Result<SqlPack> read_sql_pack(const std::filesystem::path& folder);

}  // namespace exporter
