#include "exporter/options.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/find_share.h"
#include "app/record/calendar.h"
#include "app/record/json.h"
#include "app/record/text.h"
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

constexpr std::uint64_t kMegabyte = 1'000'000;

Result<EmrOptions> read_emr(const fs::path& file, Json json) {
  SettingsTable table(file, "emr", json);
  EmrOptions emr;
  TRY_GET(const std::string kind, table.text("kind"));
  if (kind == "fhir-bulk") {
    emr.kind = EmrKind::fhir_bulk;
    TRY_GET(emr.path, table.path("path"));
    TRY_GET(emr.mrn_system, table.text("mrn_system", ""));
    TRY_GET(emr.server, table.text("server", ""));
  } else if (kind == "sql") {
    emr.kind = EmrKind::sql;
    TRY_GET(const std::string pack, table.text("pack"));
    const bool is_path = pack.find('/') != std::string::npos;
    const fs::path packs = app::find_share() / "templates" / "emr";
    emr.pack = is_path ? fs::absolute(file.parent_path() / pack).lexically_normal() : packs / pack;
    TRY_GET(emr.url, table.text("url"));
    TRY_GET(emr.password_file, table.path("password_file", ""));
    TRY_GET(emr.connect_timeout_s, table.number("connect_timeout_s", emr.connect_timeout_s, 1, 3600));
    TRY_GET(emr.read_timeout_s, table.number("read_timeout_s", emr.read_timeout_s, 1, 86'400));
    TRY_GET(emr.rows_per_second, table.number("rows_per_second", emr.rows_per_second, 0, 1'000'000'000));
  } else {
    return table.error("kind", "must be \"fhir-bulk\" or \"sql\".");
  }
  TRY_GET(emr.documents, table.path("documents", ""));
  TRY(table.finish());
  return emr;
}

Result<PaperOptions> read_paper(const fs::path& file, Json json) {
  SettingsTable table(file, "paper", json);
  PaperOptions paper;
  TRY_GET(paper.enabled, table.boolean("enabled", paper.enabled));
  TRY_GET(paper.days, table.number("days", paper.days, 1, 31));
  TRY_GET(const std::string size, table.text("size", "A4"));
  if (size != "A4" && size != "Letter") return table.error("size", "must be \"A4\" or \"Letter\".");
  paper.letter = size == "Letter";
  TRY_GET(paper.forms, table.path("forms", ""));
  TRY(table.finish());
  return paper;
}

Result<BinderOptions> read_binder(const fs::path& file, Json json, const PaperOptions& paper) {
  SettingsTable table(file, "binder", json);
  BinderOptions binder;
  TRY_GET(const std::string sheets, table.text("sheets", "booked"));
  if (sheets != "booked" && sheets != "active" && sheets != "none") return table.error("sheets", "must be \"booked\", \"active\" or \"none\".");
  binder.sheets = sheets == "booked" ? BinderScope::booked : sheets == "active" ? BinderScope::active : BinderScope::none;
  TRY_GET(binder.active_years, table.number("active_years", binder.active_years, 0, 150));
  TRY_GET(binder.index, table.boolean("index", binder.index));
  TRY_GET(binder.volume_pages, table.number("volume_pages", binder.volume_pages, 20, 8000));
  TRY_GET(binder.packet_sheets, table.number("packet_sheets", binder.packet_sheets, 0, 5000));
  TRY_GET(binder.contacts_file, table.path("contacts", ""));
  TRY_GET(const std::string scans, table.text("scans", "none"));
  if (scans != "none" && scans != "booked" && scans != "active") return table.error("scans", "must be \"none\", \"booked\" or \"active\".");
  binder.scans = scans == "booked" ? ScanScope::booked : scans == "active" ? ScanScope::active : ScanScope::none;
  TRY_GET(binder.scan_categories, table.words("scan_categories"));
  TRY_GET(binder.scan_newest, table.number("scan_newest", binder.scan_newest, 1, 100));
  TRY_GET(binder.scan_minutes, table.number("scan_minutes", binder.scan_minutes, 1, 1440));
  TRY_GET(binder.forms, table.words("forms", binder.forms));
  binder.days = paper.days;
  binder.letter = paper.letter;
  TRY(table.finish());
  return binder;
}

Result<DocumentOptions> read_documents(const fs::path& file, Json json) {
  SettingsTable table(file, "documents", json);
  DocumentOptions documents;
  TRY_GET(documents.keep, table.boolean("keep", documents.keep));
  TRY_GET(const int largest, table.number("largest_mb", static_cast<int>(documents.largest_bytes / kMegabyte), 1, 100'000));
  TRY_GET(const int volume, table.number("volume_mb", static_cast<int>(documents.volume_bytes / kMegabyte), 1, 100'000));
  TRY_GET(documents.check_nights, table.number("check_nights", documents.check_nights, 1, 365));
  documents.largest_bytes = static_cast<std::uint64_t>(largest) * kMegabyte;
  documents.volume_bytes = static_cast<std::uint64_t>(volume) * kMegabyte;
  TRY(table.finish());
  return documents;
}

Result<GuardPolicy> read_guard(const fs::path& file, Json json) {
  SettingsTable table(file, "guard", json);
  GuardPolicy guard;
  TRY_GET(guard.shrink_percent, table.number("shrink_percent", guard.shrink_percent, 0, 100));
  TRY_GET(guard.nights, table.number("nights", guard.nights, 1, 400));
  TRY(table.finish());
  return guard;
}

Result<ReportOptions> read_report(const fs::path& file, Json json) {
  SettingsTable table(file, "report", json);
  ReportOptions report;
  TRY_GET(report.folder, table.path("folder", "reports"));
  TRY_GET(report.metrics, table.path("metrics", ""));
  TRY_GET(report.on_success, table.text("on_success", ""));
  TRY_GET(report.on_failure, table.text("on_failure", ""));
  TRY_GET(report.ping, table.text("ping", ""));
  if (!report.ping.empty() && !report.ping.starts_with("https://") && !report.ping.starts_with("http://")) {
    return table.error("ping", "must begin with https:// or http://.");
  }
  TRY(table.finish());
  return report;
}

// What is not said there is as in `usual`.
Result<KeepPolicy> read_keep(const fs::path& file, const std::string& name, Json json, KeepPolicy usual) {
  SettingsTable table(file, name, json);
  KeepPolicy keep;
  TRY_GET(keep.nights, table.number("nights", usual.nights, 1, 3660));
  TRY_GET(keep.weeks, table.number("weeks", usual.weeks, 0, 520));
  TRY_GET(keep.months, table.number("months", usual.months, 0, 240));
  TRY_GET(keep.years, table.number("years", usual.years, 0, 100));
  TRY_GET(keep.floor, table.number("floor", usual.floor, 1, 3660));
  TRY(table.finish());
  return keep;
}

Result<DestinationOptions> read_destination(const fs::path& file, Json json, const KeepPolicy& keep) {
  SettingsTable table(file, "destination", json);
  DestinationOptions destination;
  TRY_GET(destination.keep, read_keep(file, "destination.keep", table.table("keep"), keep));
  TRY_GET(destination.name, table.text("name"));
  TRY_GET(const std::string kind, table.text("kind", "folder"));
  if (kind == "rclone") {
    destination.kind = DestinationKind::rclone;
    TRY_GET(destination.remote, table.text("remote"));
    const auto colon = destination.remote.find(':');
    if (colon == std::string::npos || destination.remote.starts_with("-")) return table.error("remote", "must be \"name:path\", as rclone names it.");
    TRY_GET(destination.rclone_config, table.path("config", ""));
  } else if (kind == "folder") {
    TRY_GET(destination.path, table.path("path"));
    TRY_GET(destination.must_be_mounted, table.boolean("must_be_mounted", false));
  } else {
    return table.error("kind", "must be \"folder\" or \"rclone\".");
  }
  TRY(table.finish());
  return destination;
}

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
    static const std::vector<std::string> kTables{"practice", "emr", "policy", "copy", "documents", "paper", "binder", "guard", "report", "keep", "destination"};
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

std::string format_options(const Options& options) {
  const bool sql = options.emr.kind == EmrKind::sql;
  const std::string off = "# ";
  std::string text =
      "# Nightchart: what this practice has decided. Relative paths are relative to this file.\n\n"
      "[practice]\n"
      "name = " + quoted(options.practice) + "\n"
      "time_zone = " + quoted(options.time_zone) + "      # in which every printed time is said\n\n"
      "[emr]                       # one of:\n";
  text += (sql ? off : "") + std::string("kind = \"fhir-bulk\"          #   FHIR R4 bulk data, a folder of NDJSON files\n");
  text += (sql ? off : "") + "path = " + quoted(sql ? "/var/lib/emr/export" : options.emr.path.string()) + "\n";
  text += (options.emr.mrn_system.empty() ? off : "") + "mrn_system = " +
          quoted(options.emr.mrn_system.empty() ? "https://elm.example/mrn" : options.emr.mrn_system) +
          "   #   which of a patient's identifiers is the MRN, if the export does not say\n";
  text += (options.emr.server.empty() ? off : "") + "server = " +
          quoted(options.emr.server.empty() ? "https://emr.example/fhir" : options.emr.server) +
          "   #   whose addresses are the export's own, if its manifest does not say\n";
  text += (sql ? "" : off) + std::string("kind = \"sql\"                #   a database, read through a mapping pack\n");
  text += (sql ? "" : off) + "pack = " + quoted(sql ? options.emr.pack.string() : "practice") +
          "           #   a pack's name, or the path of its folder\n";
  text += (sql ? "" : off) + "url = " + quoted(sql ? options.emr.url : "sqlite:///path/to/emr.sqlite") + "\n\n";
  text.pop_back();
  text += "# password_file = \"emr-password\"     #   its first line is the password of the user in url\n"
          "# connect_timeout_s = 10           #   a server that does not answer ends the night\n"
          "# read_timeout_s = 300             #   so does one that says nothing for so long\n"
          "# rows_per_second = 0              #   at most; 0 reads as fast as it goes\n";
  text += (options.emr.documents.empty() ? off : "") + std::string("documents = ") +
          quoted(options.emr.documents.empty() ? "/var/lib/emr/documents" : options.emr.documents.string()) +
          "      # the folder in which the EMR keeps its scans\n\n";
  text += format_policy(options.policy) + "\n";
  text += "[copy]\n"
          "folder = " + quoted(options.copies.string()) + "      # copies are made here\n" +
          (options.sheet_template.empty() ? off + "sheet = \"patient.toml\"" : "sheet = " + quoted(options.sheet_template.string())) +
          "      # which sections a sheet has, and in which order\n\n"
          "[documents]                 # scans and attachments: their pages\n" +
          "keep = " + (options.documents.keep ? "true" : "false") + "                 # false: only their titles are in the copies\n" +
          "largest_mb = " + std::to_string(options.documents.largest_bytes / kMegabyte) + "            # a larger one is left out, and its chart says so\n" +
          "volume_mb = " + std::to_string(options.documents.volume_bytes / kMegabyte) + "            # they are kept in files of about so much\n" +
          "check_nights = " + std::to_string(options.documents.check_nights) + "            # every byte of those files is read again once in so many nights\n\n" +
          "[paper]\n"
          "enabled = " + (options.paper.enabled ? "true" : "false") + "              # print tonight's packet into the copy\n"
          "size = " + (options.paper.letter ? "\"Letter\"" : "\"A4\"") + "                 # or " +
          (options.paper.letter ? "\"A4\"" : "\"Letter\"") + "\n"
          "days = " + std::to_string(options.paper.days) + "                    # schedule and booked patients of so many days\n" +
          (options.paper.forms.empty() ? off + "forms = \"forms\"" : "forms = " + quoted(options.paper.forms.string())) +
          "           # a folder of your own forms (NAME.form), beside or in place of Nightchart's\n\n";
  text += format_binder(options.binder);
  text += format_guard(options.guard) + format_report_options(options.report) + format_keep(options.keep);
  if (options.destinations.empty()) {
    text += "# [[destination]]           # a folder elsewhere that gets every copy; any number\n"
            "# name = \"reception laptop\"\n# kind = \"folder\"\n# path = \"/media/reception\"\n"
            "# must_be_mounted = true      # a folder on the copies' own disk is a stick that is not plugged in\n"
            "# keep = { nights = 7, weeks = 4, months = 0, years = 0 }    # in place of [keep], for a small stick\n"
            "#\n# [[destination]]           # and one that rclone reaches: SFTP, S3, WebDAV, …\n# name = \"second office\"\n# kind = \"rclone\"\n"
            "# remote = \"office-sftp:nightchart\"    # as `rclone config` named it\n# config = \"rclone.conf\"     # where; else rclone's own file\n";
  }
  for (const DestinationOptions& destination : options.destinations) {
    text += "[[destination]]\nname = " + quoted(destination.name);
    if (destination.kind == DestinationKind::folder) {
      text += "\nkind = \"folder\"\npath = " + quoted(destination.path.string()) + "\n";
      if (destination.must_be_mounted) text += "must_be_mounted = true\n";
    } else {
      text += "\nkind = \"rclone\"\nremote = " + quoted(destination.remote) + "\n";
      if (!destination.rclone_config.empty()) text += "config = " + quoted(destination.rclone_config.string()) + "\n";
    }
    const KeepPolicy& keep = destination.keep;
    if (keep == options.keep) continue;
    text += "keep = { nights = " + std::to_string(keep.nights) + ", weeks = " + std::to_string(keep.weeks) + ", months = " +
            std::to_string(keep.months) + ", years = " + std::to_string(keep.years) + ", floor = " + std::to_string(keep.floor) + " }\n";
  }
  return text;
}

}  // namespace exporter
