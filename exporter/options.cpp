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

<<<<<<< HEAD
std::string quoted(const std::string& text) {
  std::string out;
  app::JsonWriter(out).text(text);  // TOML's basic strings have JSON's escapes
  return out;
}

std::string format_scans(const BinderOptions& binder) {
  const char* scope = binder.scans == ScanScope::booked ? "booked" : binder.scans == ScanScope::active ? "active" : "none";
  std::string categories;
  for (const std::string& category : binder.scan_categories) categories += (categories.empty() ? "" : ", ") + quoted(category);
  return "scans = " + quoted(scope) + "              # whose scans are printed behind their sheets: \"none\", \"booked\", or \"active\": all whose sheets are in it\n"
         "scan_categories = [" + categories + "]        # as the record system calls them: [\"ECG\", \"Advance Directive\"]; []: all\n"
         "scan_newest = " + std::to_string(binder.scan_newest) + "             # of each patient; every page is a leaf or half of one\n"
         "scan_minutes = " + std::to_string(binder.scan_minutes) + "           # of a night; in the place of a scan that is left then stands a page that says so\n";
}

std::string format_binder_forms(const BinderOptions& binder) {
  std::string forms;
  for (const std::string& form : binder.forms) forms += (forms.empty() ? "" : ", ") + quoted(form);
  return "forms = [" + forms + "]            # blank forms behind the sheets, put in once and when they change: names (nightchart form list), or \"all\"; []: none\n";
}

std::string format_binder(const BinderOptions& binder) {
  const char* sheets = binder.sheets == BinderScope::booked ? "booked" : binder.sheets == BinderScope::active ? "active" : "none";
  return "[binder]                    # the ring binder on the shelf\n"
         "sheets = " + quoted(sheets) + "           # whose sheets are in it: \"booked\", \"active\" (everybody who was here lately) or \"none\"\n"
         "active_years = " + std::to_string(binder.active_years) + "            # \"active\": seen or booked within so many years; 0: everybody who is alive\n"
         "index = " + (binder.index ? "true" : "false") + "                # every patient on one line, 60 on a page, printed anew each night\n"
         "volume_pages = " + std::to_string(binder.volume_pages) + "         # of one file, printed on both sides\n"
         "packet_sheets = " + std::to_string(binder.packet_sheets) + "        # when more are new, the whole binder is printed instead\n" +
         format_scans(binder) + format_binder_forms(binder) +
         (binder.contacts_file.empty() ? "# contacts = \"contacts.toml\"" : "contacts = " + quoted(binder.contacts_file.string())) +
         "  # whom to ring: checked = 2026-10-01, then [[contact]] with what, name, phone, note\n\n";
}

std::string format_guard(const GuardPolicy& guard) {
  return "[guard]                     # far less than on the nights before is not published (nightchart night --accept-shrink REASON)\n"
         "shrink_percent = " + std::to_string(guard.shrink_percent) + "         # so much less stops the night; 0: nothing does\n" +
         "nights = " + std::to_string(guard.nights) + "                 # held against the best of so many good nights\n\n";
}

std::string format_report_options(const ReportOptions& report) {
  const auto key = [](const std::string& name, const std::string& value, const std::string& example, const std::string& comment) {
    return (value.empty() ? "# " : "") + name + " = " + quoted(value.empty() ? example : value) + "      # " + comment + "\n";
  };
  return "[report]                    # nothing in any of these is about a patient\n" +
         key("folder", report.folder.string(), "reports", "report.json, report.txt and readiness.pdf (for the wall) of the last night") +
         key("metrics", report.metrics.string(), "/var/lib/prometheus/node-exporter/nightchart.prom", "for Prometheus") +
         key("on_success", report.on_success, "logger nightchart is done", "a command; NIGHTCHART_REPORT names report.json") +
         key("on_failure", report.on_failure, "mail -s \"nightchart: $NIGHTCHART_WHAT\" it@elm.example < /dev/null", "with NIGHTCHART_EXIT_CODE too") +
         key("ping", report.ping, "https://hc-ping.com/your-uuid", "told at the start, when done and when failed: its silence is an alarm") + "\n";
}

std::string format_keep(const KeepPolicy& keep) {
  const auto key = [](const std::string& name, int number, const std::string& comment) {
    const std::string text = name + " = " + std::to_string(number);
    return text + std::string(28 - text.size(), ' ') + "# " + comment + "\n";
  };
  return "[keep]                      # which older copies stay, here and at each destination; the others are removed\n" +
         key("nights", keep.nights, "the newest of each of the last so many days that have one") +
         key("weeks", keep.weeks, "of each of so many weeks") + key("months", keep.months, "of each of so many months") +
         key("years", keep.years, "and of so many years") +
         key("floor", keep.floor, "never fewer good copies than this, whatever their dates") + "\n";
}

=======
>>>>>>> c24946f (report: hold a restore drill that ends in a signed result; copy: let a laptop pull; settings: read and write them table by table)
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
    static const std::vector<std::string> kTables{"practice", "emr", "policy", "copy", "documents", "paper", "binder", "guard", "report", "keep", "drill", "destination"};
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
