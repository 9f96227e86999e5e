#include "exporter/options.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/json.h"
#include "app/record/text.h"
#include "exporter/options_tables.h"
#include "exporter/policy/policy_settings.h"
#include "exporter/settings_table.h"
#include "exporter/toml.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Error;
using app::Json;
using app::Result;

bool is_within(const fs::path& inner, const fs::path& outer) {
  const auto [of_outer, of_inner] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return of_outer == outer.end() || (std::next(of_outer) == outer.end() && of_outer->empty());
}

// A second copy in the first one's folder is none.
Result<app::Done> check_is_another_place(const fs::path& file, const DestinationOptions& destination, const Options& options) {
  const auto refuse = [&](const std::string& why) {
    return Error{Code::bad_config, file.string() + ": [[destination]] \"" + destination.name + "\" " + why, "Give each destination a name and a place of its own."};
  };
  if (destination.name.empty()) return refuse("has an empty name.");
  const auto meet = [](const fs::path& a, const fs::path& b) { return !a.empty() && !b.empty() && (is_within(a, b) || is_within(b, a)); };
  if (meet(destination.path, options.copies)) return refuse("is the folder of [copy], or lies in it or around it.");
  for (const DestinationOptions& other : options.destinations) {
    if (other.name == destination.name) return refuse("is there twice.");
    if (meet(destination.path, other.path)) return refuse("is the place of \"" + other.name + "\", or lies in it or around it.");
    if (!destination.remote.empty() && other.remote == destination.remote) return refuse("is the place of \"" + other.name + "\".");
  }
  return app::Done{};
}

}  // namespace

bool is_practice_name(std::string_view name) {
  return !name.empty() && name.size() <= 200 && name.find_first_of("\n\t") == std::string_view::npos && app::is_clean(name);
}

Result<Options> read_options(const fs::path& file) {
  TRY_GET(const std::string json, read_toml_as_json(fs::absolute(file).lexically_normal()));
  return parse_options(json, file);
}

Result<Options> parse_options(std::string_view json, const fs::path& given) {
  Options options;
  options.file = fs::absolute(given).lexically_normal();
  const fs::path& file = options.file;
  app::JsonDocument document;
  TRY_GET(const Json root, document.parse(json));

  for (const auto& [key, value] : root.members()) {
    static const std::vector<std::string> kTables{"practice", "emr", "policy", "copy", "documents", "paper", "binder", "guard", "report", "keep", "night", "drill", "destination"};
    if (std::find(kTables.begin(), kTables.end(), key) != kTables.end()) continue;
    std::string allowed;
    for (const std::string& name : kTables) allowed += (allowed.empty() ? "" : ", ") + name;
    return Error{Code::bad_config, file.string() + ": [" + std::string(key) + "] is no table of this file." + suggest(key, kTables),
                 "Its tables are " + allowed + "."};
  }

  SettingsTable practice(file, "practice", root["practice"]);
  TRY_GET(options.practice, practice.text("name"));
  if (!is_practice_name(options.practice)) return practice.error("name", "must be one line of at most 200 bytes in UTF-8.");
  TRY_GET(options.time_zone, practice.text("time_zone"));
  if (!app::is_time_zone(options.time_zone)) {
    return practice.error("time_zone", "is no time zone's name, such as \"America/New_York\".");
  }
  TRY(practice.finish());

  TRY_GET(options.emr, read_emr(file, root["emr"]));
  TRY_GET(options.policy, read_policy(file, root["policy"]));

  SettingsTable copy(file, "copy", root["copy"]);
  TRY_GET(options.copies, copy.path("folder"));
  TRY_GET(options.sheet_template, copy.path("sheet", ""));
  TRY(copy.finish());

  TRY_GET(options.documents, read_documents(file, root["documents"]));
  TRY_GET(options.paper, read_paper(file, root["paper"]));
  TRY_GET(options.binder, read_binder(file, root["binder"], options.paper));
  TRY_GET(options.guard, read_guard(file, root["guard"]));
  TRY_GET(options.report, read_report(file, root["report"]));
  TRY_GET(options.keep, read_keep(file, "keep", root["keep"], {}));
  TRY_GET(options.night, read_night_settings(file, root["night"]));
  TRY_GET(options.drill, read_drill(file, root["drill"]));
  for (const Json item : root["destination"].items()) {
    TRY_GET(const DestinationOptions destination, read_destination(file, item, options.keep));
    TRY(check_is_another_place(file, destination, options));
    options.destinations.push_back(destination);
  }
  return options;
}

Result<fs::path> find_config(const std::string& given) {
  if (!given.empty()) return fs::path(given);
  if (const char* named = std::getenv("NIGHTCHART_CONFIG"); named && *named) return fs::path(named);
  for (const char* place : {"nightchart.toml", "/etc/nightchart/nightchart.toml"}) {
    std::error_code ignored;
    if (fs::exists(place, ignored)) return fs::path(place);
  }
  return Error{Code::not_found, "No configuration was found.",
               "Name it with --config FILE or NIGHTCHART_CONFIG; looked for nightchart.toml here and in /etc/nightchart. "
               "`nightchart init FOLDER` makes one."};
}

}  // namespace exporter
