#include "exporter/emr/sql_pack.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include "exporter/emr/sql_pack_head.h"
#include "exporter/emr/sql_parts.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::string_view kLookup = "lookup";
constexpr std::string_view kDocumentKeys = "document_keys";

bool is_number(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "medications.2.mariadb.sql" taken apart; nothing for a name that says something else.
std::optional<SqlPackFile> parse_file_name(const std::string& name) {
  SqlPackFile file;
  file.name = name;
  std::vector<std::string> words;
  std::istringstream in(name.substr(0, name.size() - 4));  // ".sql"
  for (std::string word; std::getline(in, word, '.');) words.push_back(word);
  if (words.empty() || name.find("..") != std::string::npos) return std::nullopt;
  file.part = file.place = words[0];
  if (file.part == kLookup && words.size() == 2) {
    file.place = words[1];
    return file;
  }
  if (file.part == kDocumentKeys && words.size() == 1) return file;
  std::size_t at = 1;
  if (at < words.size() && is_number(words[at])) {
    std::from_chars(words[at].data(), words[at].data() + words[at].size(), file.number);
    file.place += '.' + words[at++];
  }
  if (at < words.size() && is_dialect(words[at])) file.dialect = words[at++];
  const auto& parts = part_names();
  if (at != words.size() || std::find(parts.begin(), parts.end(), file.part) == parts.end()) return std::nullopt;
  return file;
}

Result<std::string> read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open() || in.bad()) return Error{Code::io, file.string() + " cannot be read.", ""};
  return text.str();
}

Result<Done> check_patients(const fs::path& folder, const SqlPack& pack) {
  if (pack.files.empty() || pack.files.front().part != kPatients) {
    return Error{Code::bad_config, folder.string() + " has no patients.sql.", ""};
  }
  for (const SqlPackFile& file : pack.files) {
    if (file.part == kPatients && file.place != kPatients) {
      return Error{Code::bad_config, folder.string() + " has more than one file for patients.", ""};
    }
  }
  return Done{};
}

Result<Done> check_unless_already(const SqlPackFile& file) {
  const std::vector<std::string> known = columns_of(file.part);
  for (const std::string& column : file.unless_already) {
    if (std::find(known.begin(), known.end(), column) != known.end()) continue;
    return Error{Code::bad_config, file.name + ": \"unless-already\" names \"" + column + "\", which is no column of " + file.part + ".", ""};
  }
  return Done{};
}

}  // namespace

Result<SqlPack> read_sql_pack(const fs::path& folder) {
  std::error_code trouble;
  if (!fs::is_directory(folder, trouble)) {
    return Error{Code::bad_config, "There is no mapping pack " + folder.string() + ".", ""};
  }
  SqlPack pack;
  PackOrder order;
  TRY(read_pack_head(folder / "pack.toml", pack, order));
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, trouble), end; !trouble && at != end; at.increment(trouble)) {
    if (at->path().extension() == ".sql") files.push_back(at->path());
  }
  if (trouble) return Error{Code::io, folder.string() + " cannot be read.", trouble.message()};
  std::sort(files.begin(), files.end());
  for (const fs::path& path : files) {
    std::optional<SqlPackFile> file = parse_file_name(path.filename().string());
    if (!file) {
      return Error{Code::bad_config, path.string() + " is named for no part of a chart.",
                   "a file is named for its part, as allergies.sql, allergies.2.sql or allergies.mariadb.sql"};
    }
    TRY_GET(file->sql, read_text(path));
    if (file->part == kLookup) {
      pack.lookups.push_back(std::move(*file));
      continue;
    }
    if (file->part == kDocumentKeys) {
      pack.document_keys.push_back(std::move(*file));
      continue;
    }
    fs::path entries = path;
    if (fs::exists(entries.replace_extension("entries.toml"), trouble)) {
      TRY_GET(file->entries, read_entry_templates(entries));
    }
    file->ordered = order.ordered.has(file->part);
    file->clustered = order.clustered.has(file->part);
    file->unless_already = read_sql_head(file->sql).unless_already;
    TRY(check_unless_already(*file));
    pack.files.push_back(std::move(*file));
  }
  const auto& names = part_names();
  const auto rank = [&names](const SqlPackFile& file) {
    return std::pair(std::find(names.begin(), names.end(), file.part), file.number);
  };
  std::stable_sort(pack.files.begin(), pack.files.end(),
                   [&rank](const SqlPackFile& a, const SqlPackFile& b) { return rank(a) < rank(b); });
  TRY(check_patients(folder, pack));
  return pack;
}

Result<SettledPack> settle_sql_pack(const SqlPack& pack, const SqlSurroundings& surroundings) {
  if (!pack.dialects.empty() &&
      std::find(pack.dialects.begin(), pack.dialects.end(), surroundings.dialect) == pack.dialects.end()) {
    return Error{Code::bad_config, "The pack " + pack.name + " does not speak the SQL of this database.",
                 "it is for " + pack.dialects.front() + "; [emr] url names a database of the kind " + surroundings.dialect};
  }
  for (const std::string& need : pack.requirements) {
    if (surroundings.has(need)) continue;
    return Error{Code::bad_config, "This is not the database that the pack " + pack.name + " reads.",
                 need + " is not there, or Nightchart's user may not see it"};
  }
  std::set<std::string> own;  // places that have a file for this very database
  for (const SqlPackFile& file : pack.files) {
    if (file.dialect == surroundings.dialect) own.insert(file.place);
  }
  SettledPack settled;
  const auto settle = [&](const SqlPackFile& file, std::vector<SqlPackFile>& into) -> Result<Done> {
    const SqlHead head = read_sql_head(file.sql);
    const auto missing = std::find_if(head.requirements.begin(), head.requirements.end(),
                                      [&](const std::string& need) { return !surroundings.has(need); });
    if (missing != head.requirements.end()) {
      settled.left_out.push_back({file, *missing});
      return Done{};
    }
    SqlPackFile filled = file;
    TRY_GET(filled.sql, fill_sql(file.sql, file.name, surroundings));
    into.push_back(std::move(filled));
    return Done{};
  };
  for (const SqlPackFile& file : pack.files) {
    if (file.dialect == (own.contains(file.place) ? surroundings.dialect : "")) TRY(settle(file, settled.files));
  }
  for (const SqlPackFile& file : pack.lookups) TRY(settle(file, settled.lookups));
  for (const SqlPackFile& file : pack.document_keys) TRY(settle(file, settled.document_keys));
  if (settled.files.empty() || settled.files.front().part != kPatients) {
    return Error{Code::bad_config, "The pack " + pack.name + " has no patients.sql for this database.", ""};
  }
  return settled;
}

}  // namespace exporter
