// What the night did: read, kept, printed, checked, copied, skipped. Counts and names of files only;
// safe to print, to mail and to keep.
//
// Units:   bytes, seconds.
// Errors:  none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"
#include "exporter/binder/binder_report.h"
#include "exporter/copy/delivery.h"
#include "exporter/copy/document_night.h"
#include "exporter/emr/chart_source.h"
#include "exporter/policy/apply_policy.h"

namespace exporter {

struct NightReport {
  app::Occasion occasion = app::Occasion::night;
  // Between the nights: the EMR says what the newest copy says already, so nothing was published. Then `sequence` is that copy's.
  bool unchanged = false;
  bool source_unread = false;  // its files were not touched since, so they were not even read
  std::string source;   // see change_mark.h
  std::string carried;  // see there
  std::vector<std::string> away;  // places that copy did not come to, and which are not there
  app::Shard shard;
  std::string practice;
  std::string time_zone;
  std::uint64_t sequence = 0;
  app::Instant as_of;
  app::Instant taken;
  ReadReport read;
  std::vector<std::string> not_in_copy;  // sections that no chart could have, by id
  std::optional<app::Error> left_behind;  // of an earlier night: it could not be removed
  DocumentReport documents;
  PolicyReport policy;
  std::filesystem::path copy;
  std::uint64_t bytes = 0;
  std::string charts_digest;    // of all charts as they were written; no report says it
  std::string accepted_shrink;  // why far less than before was right tonight, or ""
  std::vector<std::string> keyholders;
  bool paper = false;
  std::optional<app::Error> forms_fault;  // the practice's own forms: the copy has Nightchart's instead
  std::optional<app::Error> paper_fault;  // the packet could not be printed; the copy has none
  int days = 0;
  BinderReport binder;
  std::optional<app::Error> contacts_fault;  // the binder has lines to write on in place of the contacts
  std::vector<DestinationResult> destinations;
  Rotation rotation;  // of the folder of copies
  double read_s = 0;  // reading and keeping, which go on side by side
  double paper_s = 0;
  double verify_s = 0;
  double total_s = 0;
};

// A dozen lines that a practice manager understands.
std::string format_report(const NightReport& report);
// The same and more, for programs.
std::string format_report_json(const NightReport& report);

}  // namespace exporter
