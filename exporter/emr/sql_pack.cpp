#include "exporter/emr/sql_pack.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

#include "app/record/json.h"
#include "exporter/emr/sql_parts.h"
#include "exporter/toml.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::string_view kEverything = "everything";

// The part that a file is for: "medications" of "medications.sql" and of "medications.2.sql".
std::string part_of(const std::string& file_name) { return file_name.substr(0, file_name.find('.')); }

bool is_name_of_part(const std::string& file_name) {
  std::string rest = file_name.substr(part_of(file_name).size());
  rest.resize(rest.size() - 4);  // ".sql"
  return rest.empty() || (rest.size() > 1 && std::all_of(rest.begin() + 1, rest.end(), [](char c) {
                            return c >= '0' && c <= '9';
                          }));
}

Result<std::string> read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open() || in.bad()) return Error{Code::io, file.string() + " cannot be read.", ""};
  return text.str();
}

Result<Done> read_head(const fs::path& file, SqlPack& pack, std::set<std::string>& ordered) {
  TRY_GET(const std::string text, read_toml_as_json(file));
  app::JsonDocument document;
  TRY_GET(const app::Json root, document.parse(text));
  for (const auto& [key, value] : root.members()) {
    if (key == "name") {
      pack.name = value.text();
    } else if (key == "reads") {
      pack.reads = value.text();
    } else if (key == "ordered") {
      for (const app::Json part : value.items()) ordered.emplace(part.text());
    } else {
      return Error{Code::bad_config, file.string() + ": the key \"" + std::string(key) + "\" has no meaning here.",
                   "known: name, reads, ordered"};
    }
  }
  if (pack.name.empty()) return Error{Code::bad_config, file.string() + ": the pack has no name.", ""};
  for (const std::string& part : ordered) {
    const auto& names = part_names();
    if (part == kEverything || std::find(names.begin(), names.end(), part) != names.end()) continue;
    return Error{Code::bad_config, file.string() + ": \"ordered\" names \"" + part + "\", which is no part of a chart.",
                 ""};
  }
  return Done{};
}

}  // namespace

Result<SqlPack> read_sql_pack(const fs::path& folder) {
  std::error_code trouble;
  if (!fs::is_directory(folder, trouble)) {
    return Error{Code::not_found, "There is no mapping pack " + folder.string() + ".", ""};
  }
  SqlPack pack;
  std::set<std::string> ordered;
  TRY(read_head(folder / "pack.toml", pack, ordered));
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, trouble), end; !trouble && at != end; at.increment(trouble)) {
    if (at->path().extension() == ".sql") files.push_back(at->path());
  }
  if (trouble) return Error{Code::io, folder.string() + " cannot be read.", trouble.message()};
  std::sort(files.begin(), files.end());
  const auto& names = part_names();
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    const std::string part = part_of(name);
    if (std::find(names.begin(), names.end(), part) == names.end() || !is_name_of_part(name)) {
      return Error{Code::bad_config, file.string() + " is named for no part of a chart.",
                   "a file is named for its part, as allergies.sql or allergies.2.sql"};
    }
    TRY_GET(std::string sql, read_text(file));
    pack.files.push_back({part, name, std::move(sql), ordered.contains(part) || ordered.contains(std::string(kEverything))});
  }
  const auto rank = [&names](const SqlPackFile& file) { return std::find(names.begin(), names.end(), file.part); };
  std::stable_sort(pack.files.begin(), pack.files.end(),
                   [&rank](const SqlPackFile& a, const SqlPackFile& b) { return rank(a) < rank(b); });
  if (pack.files.empty() || pack.files.front().part != kPatients) {
    return Error{Code::bad_config, folder.string() + " has no patients.sql.", ""};
  }
  if (pack.files.size() > 1 && pack.files[1].part == kPatients) {
    return Error{Code::bad_config, folder.string() + " has more than one file for patients.", ""};
  }
  return pack;
}

}  // namespace exporter
