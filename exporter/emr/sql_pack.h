// A mapping pack: a folder that says, in one SELECT a file, what an EMR's database holds about its patients.
//
// Shape:   pack.toml and SQL files named for a part of the chart: "allergies.sql", "medications.2.sql", for one kind of
//          database alone "allergies.mariadb.sql"; "vital_signs.entries.toml" beside one (sql_shape.h); "lookup.users.sql"
//          (sql_lookup.h). templates/emr/README.md tells how to write one.
// Errors:  Code::bad_config naming the folder that is not there, or the file that is wrong; Code::io.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/emr/sql_shape.h"
#include "exporter/emr/sql_template.h"

namespace exporter {

struct SqlPackFile {
  std::string part;  // one of part_names()
  std::string name;  // "medications.2.sql"
  std::string sql;
  bool ordered = false;      // its rows come ordered by "patient"
  bool clustered = false;    // its table lies in the order of "patient", a number: some patients' rows are soon found
  std::string place{};       // "medications.2": of files with the same, one is taken
  int number = 0;            // 2; files without come first
  std::string dialect{};     // for this kind of database alone; or empty
  std::vector<SqlEntryTemplate> entries{};  // what each row is made into; empty: itself
  std::vector<std::string> unless_already{};  // its rows are passed by when an earlier file gave the same in these columns
};

// What the EMR writes, and what a chart shall say instead; of one column.
using SqlWords = std::map<std::string, std::string, std::less<>>;

struct SqlPack {
  std::string name;
  std::string reads;               // which EMR it is for, in words
  std::vector<SqlPackFile> files;  // patients first, then in the order of part_names()
  std::vector<SqlPackFile> lookups{};  // `place` is the lookup's name
  std::vector<SqlPackFile> document_keys{};  // one at most
  bool entries_win = false;        // over what states.sql says: it is usual that both are there
  bool orphans_usual = false;      // rows of patients who are gone stay behind in this EMR
  std::vector<std::string> dialects{};      // empty: any
  std::vector<std::string> requirements{};  // without these it is another EMR's database
  std::string version_sql{};                // gives the EMR's version, in one cell
  bool times_are_utc = false;               // those without an offset; else they are the practice's own
  std::map<std::string, std::map<std::string, SqlWords>> words{};  // by part and column
  SqlWords code_systems{};                                         // "ICD10" → its URI
};

app::Result<SqlPack> read_sql_pack(const std::filesystem::path& folder);

// The pack as it is for one database: the files that fit it, with every choice in them decided.
struct SettledPack {
  std::vector<SqlPackFile> files;
  std::vector<SqlPackFile> lookups;
  std::vector<SqlPackFile> document_keys;
  struct LeftOut {
    SqlPackFile file;
    std::string missing;  // the first requirement that is not met
  };
  std::vector<LeftOut> left_out;
};
app::Result<SettledPack> settle_sql_pack(const SqlPack& pack, const SqlSurroundings& surroundings);

}  // namespace exporter
