#include "exporter/options_tables.h"

#include <string>
#include <vector>

#include "app/find_share.h"
#include "exporter/settings_table.h"

namespace exporter {

namespace fs = std::filesystem;
using app::Json;
using app::Result;

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
  TRY_GET(paper.at_battery_percent, table.number("at_battery_percent", paper.at_battery_percent, 0, 95));
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

Result<KeepPolicy> read_keep(const fs::path& file, const std::string& name, Json json, KeepPolicy usual) {
  SettingsTable table(file, name, json);
  KeepPolicy keep;
  TRY_GET(keep.nights, table.number("nights", usual.nights, 1, 3660));
  TRY_GET(keep.weeks, table.number("weeks", usual.weeks, 0, 520));
  TRY_GET(keep.months, table.number("months", usual.months, 0, 240));
  TRY_GET(keep.years, table.number("years", usual.years, 0, 100));
  TRY_GET(keep.floor, table.number("floor", usual.floor, 1, 3660));
  TRY_GET(keep.hours, table.number("hours", usual.hours, 0, 200));
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
  TRY_GET(destination.between_nights, table.boolean("between_nights", destination.kind == DestinationKind::folder));
  TRY(table.finish());
  return destination;
}

Result<DrillOptions> read_drill(const fs::path& file, Json json) {
  SettingsTable table(file, "drill", json);
  DrillOptions drill;
  TRY_GET(drill.keyholder, table.text("keyholder", ""));
  TRY_GET(drill.passphrase_file, table.path("passphrase_file", ""));
  TRY_GET(drill.sample, table.number("sample", drill.sample, 1, kDrillSampleMost));
  TRY_GET(drill.every_days, table.number("every_days", drill.every_days, 1, 3660));
  TRY(table.finish());
  return drill;
}

}  // namespace exporter
