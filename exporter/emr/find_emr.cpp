#include "exporter/emr/find_emr.h"

#include <algorithm>
#include <fstream>
#include <map>

#include "exporter/emr/sql_url.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUser = "nightchart";
constexpr std::size_t kFilesMost = 200;  // of one folder: enough to see what it holds
constexpr std::size_t kSettingsMost_lines = 200;

const std::vector<const char*> kOpenEmrPlaces{"var/www/html/openemr", "var/www/openemr", "var/www/localhost/htdocs/openemr", "srv/www/openemr",
                                              "srv/http/openemr", "usr/share/openemr", "opt/openemr", "var/www/html"};
const std::vector<const char*> kMariaDbSockets{"run/mysqld/mysqld.sock", "var/lib/mysql/mysql.sock", "tmp/mysql.sock"};
const std::vector<const char*> kPostgreSqlSockets{"run/postgresql/.s.PGSQL.5432", "tmp/.s.PGSQL.5432"};
const std::vector<const char*> kBulkPlaces{"var/lib/emr/export", "var/lib/fhir/export", "var/lib/fhir", "srv/emr/export", "srv/fhir/export", "srv/fhir", "var/spool/fhir"};

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code fault;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end && entries.size() < kFilesMost; entry.increment(fault)) entries.push_back(entry->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

// The $name = 'value'; lines of OpenEMR's sqlconf.php. Its password stays where it is: Nightchart gets a user of its own.
std::map<std::string, std::string> read_settings(const fs::path& file) {
  std::map<std::string, std::string> settings;
  std::ifstream in(file);
  std::string line;
  for (std::size_t number = 0; number < kSettingsMost_lines && std::getline(in, line); ++number) {
    const auto dollar = line.find_first_not_of(" \t");
    if (dollar == std::string::npos || line[dollar] != '$') continue;
    const auto end = line.find_first_of(" \t=", dollar), open = line.find_first_of("'\"", dollar);
    if (end == std::string::npos || open == std::string::npos) continue;
    const auto close = line.find(line[open], open + 1);
    if (close == std::string::npos) continue;
    const std::string name = line.substr(dollar + 1, end - dollar - 1);
    if (name == "host" || name == "port" || name == "dbase") settings[name] = line.substr(open + 1, close - open - 1);
  }
  return settings;
}

fs::path first_there(const fs::path& root, const std::vector<const char*>& places) {
  for (const char* place : places) {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(root / place, ignored))) return root / place;
  }
  return {};
}

void look_for_openemr(const fs::path& root, std::vector<FoundEmr>& found) {
  for (const char* place : kOpenEmrPlaces) {
    for (const fs::path& site : entries_of(root / place / "sites")) {
      auto settings = read_settings(site / "sqlconf.php");
      if (settings["dbase"].empty()) continue;
      FoundEmr emr{"OpenEMR, in " + (root / place).string(), true, "openemr", "", {}, {}, kUser};
      if (site.filename() != "default") emr.what += ", site " + site.filename().string();
      const std::string host = settings["host"].empty() ? "localhost" : settings["host"];
      emr.url = std::string("mariadb://") + kUser + "@" + host;
      const fs::path socket = first_there(root, kMariaDbSockets);
      if (host == "localhost" && !socket.empty()) emr.url += "/" + settings["dbase"] + "?socket=" + socket.string();
      else emr.url += (settings["port"].empty() || settings["port"] == "3306" ? "" : ":" + settings["port"]) + "/" + settings["dbase"];
      std::error_code ignored;
      if (fs::is_directory(site / "documents", ignored)) emr.documents = site / "documents";
      found.push_back(std::move(emr));
    }
  }
}

void look_for_bulk_data(const fs::path& root, std::vector<FoundEmr>& found) {
  for (const char* place : kBulkPlaces) {
    std::size_t files = 0;
    for (const fs::path& file : entries_of(root / place)) {
      const std::string name = file.filename().string();
      files += name.ends_with(".ndjson") || name.ends_with(".ndjson.gz") ? 1 : 0;
    }
    if (files > 0) found.push_back({"FHIR bulk data, " + std::to_string(files) + (files == 1 ? " file in " : " files in ") + (root / place).string(), false, "", "", root / place, {}, ""});
  }
}

}  // namespace

std::vector<FoundEmr> find_emr(const fs::path& root) {
  std::vector<FoundEmr> found;
  look_for_openemr(root, found);
  look_for_bulk_data(root, found);
  const bool knows_database = !found.empty() && found.front().sql;
  if (const fs::path socket = first_there(root, kMariaDbSockets); !socket.empty() && !knows_database) {
    found.push_back({"A MariaDB or MySQL server, at " + socket.string(), true, "", std::string("mariadb://") + kUser + "@localhost/?socket=" + socket.string(), {}, {}, kUser});
  }
  if (const fs::path socket = first_there(root, kPostgreSqlSockets); !socket.empty()) {
    found.push_back({"A PostgreSQL server, at " + socket.string(), true, "", std::string("postgresql://") + kUser + "@localhost/?socket=" + socket.string(), {}, {}, kUser});
  }
  return found;
}

FoundEmr emr_of(const std::string& typed) {
  const bool is_address = typed.find("://") != std::string::npos || typed.starts_with("odbc:");
  if (!is_address) return {typed, false, "", "", fs::absolute(typed).lexically_normal(), {}, ""};
  FoundEmr emr{typed, true, typed.starts_with("sqlite:") ? "practice" : "", typed, {}, {}, ""};
  const auto scheme = typed.find("://"), at = typed.find('@');
  if (scheme != std::string::npos && at != std::string::npos && at > scheme) emr.user = typed.substr(scheme + 3, at - scheme - 3);
  return emr;
}

std::string format_grants(const FoundEmr& emr, const std::string& password) {
  const auto slash = emr.url.find('/', emr.url.find("://") == std::string::npos ? 0 : emr.url.find("://") + 3);
  std::string database = slash == std::string::npos ? "" : emr.url.substr(slash + 1);
  database = database.substr(0, database.find('?'));
  const std::string& user = emr.user;
  if (emr.url.starts_with("mariadb:")) {
    // From where it signs in: a server elsewhere knows this computer by whatever name the network gives it.
    const auto parsed = parse_sql_url(emr.url);
    const std::string who = "'" + user + "'@'" + (!parsed.ok() || parsed.value().is_local() ? "localhost" : "%") + "'";
    return "    CREATE USER " + who + " IDENTIFIED BY '" + password + "';\n    GRANT SELECT ON `" + database + "`.* TO " + who + ";\n";
  }
  if (emr.url.starts_with("postgresql:")) {
    return "    CREATE ROLE \"" + user + "\" LOGIN PASSWORD '" + password + "';\n    \\c " + database + "\n    GRANT SELECT ON ALL TABLES IN SCHEMA public TO \"" + user + "\";\n";
  }
  return "";
}

}  // namespace exporter
