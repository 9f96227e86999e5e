// How `init` writes nightchart.toml: table by table, every key with its comment.
#include <string>
#include <vector>

#include "app/record/json.h"
#include "exporter/options.h"
#include "exporter/options_tables.h"
#include "exporter/policy/policy_settings.h"

namespace exporter {
namespace {

constexpr std::size_t kCommentAt = 28;

std::string quoted(const std::string& text) {
  std::string out;
  app::JsonWriter(out).text(text);  // TOML's basic strings have JSON's escapes
  return out;
}

std::string word(bool value) { return value ? "true" : "false"; }
std::string word(int value) { return std::to_string(value); }
std::string words(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& item : list) text += (text.empty() ? "" : ", ") + quoted(item);
  return "[" + text + "]";
}

// The lines of one table. A key that is off stands there with an example, behind a #.
class Lines {
 public:
  Lines(const std::string& table, const std::string& comment) { line(table, comment); }

  Lines& key(const std::string& name, const std::string& value, const std::string& comment) { return line(name + " = " + value, comment); }
  Lines& off(const std::string& name, const std::string& example, const std::string& comment) { return line("# " + name + " = " + example, comment); }
  // On when there is a text.
  Lines& text(const std::string& name, const std::string& value, const std::string& example, const std::string& comment) {
    return value.empty() ? off(name, quoted(example), comment) : key(name, quoted(value), comment);
  }
  // On when it is not as usual.
  Lines& number(const std::string& name, int value, int usual, const std::string& comment) {
    return value == usual ? off(name, word(value), comment) : key(name, word(value), comment);
  }
  std::string end() { return std::move(text_) + "\n"; }

 private:
  Lines& line(const std::string& text, const std::string& comment) {
    const std::size_t gap = text.size() + 1 < kCommentAt ? kCommentAt - text.size() : 4;
    text_ += text + (comment.empty() ? "" : std::string(gap, ' ') + "# " + comment) + "\n";
    return *this;
  }
  std::string text_;
};

std::string format_emr(const EmrOptions& emr) {
  const EmrOptions usual;
  const bool sql = emr.kind == EmrKind::sql;
  Lines lines("[emr]", "one of:");
  const auto of = [&](bool on, const std::string& name, const std::string& value, const std::string& comment) {
    if (on) lines.key(name, quoted(value), comment);
    else lines.off(name, quoted(value), comment);
  };
  of(!sql, "kind", "fhir-bulk", "  FHIR R4 bulk data, a folder of NDJSON files");
  of(!sql, "path", sql ? "/var/lib/emr/export" : emr.path.string(), "");
  lines.text("mrn_system", sql ? "" : emr.mrn_system, "https://elm.example/mrn", "  which of a patient's identifiers is the MRN, if the export does not say");
  lines.text("server", sql ? "" : emr.server, "https://emr.example/fhir", "  whose addresses are the export's own, if its manifest does not say");
  of(sql, "kind", "sql", "  a database, read through a mapping pack");
  of(sql, "pack", sql ? emr.pack.string() : "practice", "  a pack's name, or the path of its folder");
  of(sql, "url", sql ? emr.url : "sqlite:///path/to/emr.sqlite", "");
  lines.text("password_file", sql ? emr.password_file.string() : "", "emr-password", "  its first line is the password of the user in url");
  const auto server = [&](const std::string& name, int value, int usually, const std::string& comment) {
    lines.number(name, sql ? value : usually, usually, comment);
  };
  server("connect_timeout_s", emr.connect_timeout_s, usual.connect_timeout_s, "  a server that does not answer ends the night");
  server("read_timeout_s", emr.read_timeout_s, usual.read_timeout_s, "  so does one that says nothing for so long");
  server("rows_per_second", emr.rows_per_second, usual.rows_per_second, "  at most; 0 reads as fast as it goes");
  return lines.text("documents", emr.documents.string(), "/var/lib/emr/documents", "the folder in which the EMR keeps its scans").end();
}

std::string format_documents(const DocumentOptions& documents) {
  return Lines("[documents]", "scans and attachments: their pages")
      .key("keep", word(documents.keep), "false: only their titles are in the copies")
      .key("largest_mb", std::to_string(documents.largest_bytes / kMegabyte), "a larger one is left out, and its chart says so")
      .key("volume_mb", std::to_string(documents.volume_bytes / kMegabyte), "they are kept in files of about so much")
      .key("check_nights", word(documents.check_nights), "every byte of those files is read again once in so many nights")
      .end();
}

std::string format_paper(const PaperOptions& paper) {
  return Lines("[paper]", "")
      .key("enabled", word(paper.enabled), "print tonight's packet into the copy")
      .key("size", paper.letter ? "\"Letter\"" : "\"A4\"", paper.letter ? "or \"A4\"" : "or \"Letter\"")
      .key("days", word(paper.days), "schedule and booked patients of so many days")
      .key("at_battery_percent", word(paper.at_battery_percent), "there the laptop offers to print the day's list; 0 never")
      .text("forms", paper.forms.string(), "forms", "a folder of your own forms (NAME.form), beside or in place of Nightchart's")
      .end();
}

std::string format_binder(const BinderOptions& binder) {
  const char* sheets = binder.sheets == BinderScope::booked ? "booked" : binder.sheets == BinderScope::active ? "active" : "none";
  const char* scans = binder.scans == ScanScope::booked ? "booked" : binder.scans == ScanScope::active ? "active" : "none";
  return Lines("[binder]", "the ring binder on the shelf")
      .key("sheets", quoted(sheets), "whose sheets are in it: \"booked\", \"active\" (everybody who was here lately) or \"none\"")
      .key("active_years", word(binder.active_years), "\"active\": seen or booked within so many years; 0: everybody who is alive")
      .key("index", word(binder.index), "every patient on one line, 60 on a page, printed anew each night")
      .key("volume_pages", word(binder.volume_pages), "of one file, printed on both sides")
      .key("packet_sheets", word(binder.packet_sheets), "when more are new, the whole binder is printed instead")
      .key("scans", quoted(scans), "whose scans are printed behind their sheets: \"none\", \"booked\", or \"active\": all whose sheets are in it")
      .key("scan_categories", words(binder.scan_categories), "as the record system calls them: [\"ECG\", \"Advance Directive\"]; []: all")
      .key("scan_newest", word(binder.scan_newest), "of each patient; every page is a leaf or half of one")
      .key("scan_minutes", word(binder.scan_minutes), "of a night; in the place of a scan that is left then stands a page that says so")
      .key("forms", words(binder.forms), "blank forms behind the sheets, put in once and when they change: names (nightchart form list), or \"all\"; []: none")
      .text("contacts", binder.contacts_file.string(), "contacts.toml", "whom to ring: checked = 2026-10-01, then [[contact]] with what, name, phone, note")
      .end();
}

std::string format_guard(const GuardPolicy& guard) {
  return Lines("[guard]", "far less than on the nights before is not published (nightchart night --accept-shrink REASON)")
      .key("shrink_percent", word(guard.shrink_percent), "so much less stops the night; 0: nothing does")
      .key("nights", word(guard.nights), "held against the best of so many good nights")
      .end();
}

std::string format_report_options(const ReportOptions& report) {
  return Lines("[report]", "nothing in any of these is about a patient")
      .text("folder", report.folder.string(), "reports", "report.json, report.txt and readiness.pdf (for the wall) of the last night")
      .text("metrics", report.metrics.string(), "/var/lib/prometheus/node-exporter/nightchart.prom", "for Prometheus")
      .text("on_success", report.on_success, "logger nightchart is done", "a command; NIGHTCHART_REPORT names report.json")
      .text("on_failure", report.on_failure, "mail -s \"nightchart: $NIGHTCHART_WHAT\" it@elm.example < /dev/null", "with NIGHTCHART_EXIT_CODE too; after a change run nightchart schedule again, for mail needs rights of its service")
      .text("ping", report.ping, "https://hc-ping.com/your-uuid", "told at the start, when done and when failed: its silence is an alarm")
      .end();
}

std::string format_keep(const KeepPolicy& keep) {
  return Lines("[keep]", "which older copies stay, here and at each destination; the others are removed")
      .key("nights", word(keep.nights), "the newest of each of the last so many days that have one")
      .key("weeks", word(keep.weeks), "of each of so many weeks")
      .key("months", word(keep.months), "of each of so many months")
      .key("years", word(keep.years), "and of so many years")
      .key("floor", word(keep.floor), "never fewer good copies than this, whatever their dates")
      .key("hours", word(keep.hours), "of the newest day's copies between the nights, see [night]")
      .end();
}

std::string format_drill(const DrillOptions& drill) {
  return Lines("[drill]", "nightchart drill: opens a copy from every destination as a laptop would, and compares it with the EMR")
      .text("keyholder", drill.keyholder, "drill", "whose passphrase it is; a keyholder of its own can be removed again")
      .text("passphrase_file", drill.passphrase_file.string(), "/media/drill/passphrase",
            "best on a stick that is put in for the drill: WHOEVER HAS IT OPENS EVERY COPY. Without it you are asked")
      .key("sample", word(drill.sample), "so many patients, drawn anew each time, are looked up and compared")
      .key("every_days", word(drill.every_days), "then it is overdue, and `nightchart status` says so")
      .end();
}

constexpr const char* kNoDestination =
    "# [[destination]]           # a folder elsewhere that gets every copy; any number\n"
    "# name = \"reception laptop\"\n# kind = \"folder\"\n# path = \"/media/reception\"\n"
    "# must_be_mounted = true      # a folder on the copies' own disk is a stick that is not plugged in\n"
    "# between_nights = false      # a slow one gets the nights' copies only; as rclone's do unless this is true\n"
    "# keep = { nights = 7, weeks = 4, months = 0, years = 0 }    # in place of [keep], for a small stick\n"
    "#\n# [[destination]]           # and one that rclone reaches: SFTP, S3, WebDAV, …\n# name = \"second office\"\n# kind = \"rclone\"\n"
    "# remote = \"office-sftp:nightchart\"    # as `rclone config` named it\n# config = \"rclone.conf\"     # where; else rclone's own file\n";

std::string format_destination(const DestinationOptions& destination, const KeepPolicy& usual) {
  std::string text = "[[destination]]\nname = " + quoted(destination.name);
  if (destination.kind == DestinationKind::folder) {
    text += "\nkind = \"folder\"\npath = " + quoted(destination.path.string()) + "\n";
    if (destination.must_be_mounted) text += "must_be_mounted = true\n";
  } else {
    text += "\nkind = \"rclone\"\nremote = " + quoted(destination.remote) + "\n";
    if (!destination.rclone_config.empty()) text += "config = " + quoted(destination.rclone_config.string()) + "\n";
  }
  const bool usually = destination.kind == DestinationKind::folder;
  if (destination.between_nights != usually) text += std::string("between_nights = ") + (usually ? "false" : "true") + "\n";
  const KeepPolicy& keep = destination.keep;
  if (keep == usual) return text;
  return text + "keep = { nights = " + word(keep.nights) + ", weeks = " + word(keep.weeks) + ", months = " + word(keep.months) + ", years = " +
         word(keep.years) + ", floor = " + word(keep.floor) + ", hours = " + word(keep.hours) + " }\n";
}

}  // namespace

std::string format_options(const Options& options) {
  std::string text = "# Nightchart: what this practice has decided. Relative paths are relative to this file.\n\n";
  text += Lines("[practice]", "").key("name", quoted(options.practice), "").key("time_zone", quoted(options.time_zone), "in which every printed time is said").end();
  text += format_emr(options.emr);
  text += format_policy(options.policy) + "\n";
  text += Lines("[copy]", "")
              .key("folder", quoted(options.copies.string()), "copies are made here")
              .text("sheet", options.sheet_template.string(), "patient.toml", "which sections a sheet has, and in which order")
              .end();
  text += format_documents(options.documents) + format_paper(options.paper) + format_binder(options.binder) + format_guard(options.guard) +
          format_report_options(options.report) + format_keep(options.keep) + format_night_settings(options.night) + format_drill(options.drill);
  if (options.destinations.empty()) text += kNoDestination;
  for (const DestinationOptions& destination : options.destinations) text += format_destination(destination, options.keep);
  return text;
}

}  // namespace exporter
