// nightchart.toml: what a practice has decided.
//
// Shape:   see `nightchart init`, which writes the file with every key and a comment on each. A relative
//          path in the file is relative to the file.
// Errors:  Code::not_found, Code::bad_config with the file and the key; a key that means nothing is an
//          error too: a misspelt one would otherwise be obeyed by silence.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "exporter/binder/binder_settings.h"
#include "exporter/copy/document_night.h"
#include "exporter/copy/destination_options.h"
#include "exporter/copy/shrink_guard.h"
#include "exporter/night_settings.h"
#include "exporter/policy/policy.h"

namespace exporter {

enum class EmrKind { fhir_bulk, sql };

struct EmrOptions {
  EmrKind kind = EmrKind::fhir_bulk;
  std::filesystem::path path;  // fhir-bulk: the folder of NDJSON files
  std::string mrn_system;      // fhir-bulk: the identifier system of the MRN; "" lets the export say
  std::string server;          // fhir-bulk: the address of the EMR's FHIR server; "" lets the export say
  std::filesystem::path pack;  // sql: the mapping pack's folder
  std::string url;             // sql: sqlite:///…, mariadb://…, postgresql://…, odbc:…
  std::filesystem::path password_file;  // sql: of the user in the url; may be empty
  int connect_timeout_s = 10;           // sql
  int read_timeout_s = 300;             // sql: how long the server may say nothing
  int rows_per_second = 0;              // sql: at most; 0: as fast as it goes
  std::filesystem::path documents;  // the folder in which the EMR keeps scans; may be empty
};

struct PaperOptions {
  bool enabled = true;
  bool letter = false;  // US Letter; otherwise A4
  int days = 2;         // the schedule and the booked patients of so many days
  int at_battery_percent = 30;  // the viewer offers there to print the day's list; 0: never
  std::filesystem::path forms;  // the practice's own forms, beside or in place of Nightchart's; may be empty
};

struct BinderOptions : BinderSettings {  // its days and size of paper are those of [paper]
  std::filesystem::path contacts_file;   // whom to ring; may be empty
};

// Who is told how a night ended, and where it is written down.
struct ReportOptions {
  std::filesystem::path folder;   // report.json, report.txt, readiness.pdf
  std::filesystem::path metrics;  // a file for Prometheus; may be empty
  std::string on_success;         // commands for the shell; may be empty
  std::string on_failure;
  std::string ping;               // a URL in the manner of healthchecks.io; may be empty
};

// The restore drill; see exporter/report/drill.h.
inline constexpr int kDrillSampleMost = 200;
struct DrillOptions {
  std::string keyholder;                  // whose passphrase; empty: every keyholder is tried
  std::filesystem::path passphrase_file;  // empty: asked for, so that only a person can hold a drill
  int sample = 20;                        // so many patients are looked up and compared
  int every_days = 31;                    // then it is overdue
};

struct Options {
  std::filesystem::path file;  // the configuration itself
  std::string practice;
  std::string time_zone;
  EmrOptions emr;
  std::filesystem::path copies;  // the folder of copies
  std::filesystem::path sheet_template;  // empty: Nightchart's own
  PaperOptions paper;
  BinderOptions binder;
  DocumentOptions documents;
  GuardPolicy guard;
  ReportOptions report;
  std::string accept_shrink;  // of the command line: why less than before is right tonight
  KeepPolicy keep;  // of the folder of copies
  DrillOptions drill;
  Policy policy;
  std::vector<DestinationOptions> destinations;
  NightSettings night;
  RunOrder run;  // of the command line
  std::filesystem::path state;  // of a part of the practice, see shard.h; else empty

  // Where the signing key, the keyholders and the sequence number live: beside the configuration.
  std::filesystem::path practice_folder() const { return file.parent_path(); }
  // Where the exporter remembers its nights, its documents and the last copy's number; with keys of its own.
  std::filesystem::path state_folder() const { return state.empty() ? practice_folder() : state; }
};

// One line of text that every page and every manifest can carry.
bool is_practice_name(std::string_view name);

app::Result<Options> read_options(const std::filesystem::path& file);

// The same of the file's values as JSON (toml.h); nothing is read. `file` is what relative paths start from.
app::Result<Options> parse_options(std::string_view json, const std::filesystem::path& file);

// The file that `--config`, else NIGHTCHART_CONFIG, else ./nightchart.toml, else
// /etc/nightchart/nightchart.toml names. Errors: Code::not_found, naming where it was looked for.
app::Result<std::filesystem::path> find_config(const std::string& given);

// What `init` writes: every key, each with a comment.
std::string format_options(const Options& options);

}  // namespace exporter
