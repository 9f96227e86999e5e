// Charts from FHIR R4 bulk data: a folder of NDJSON files, as a bulk export leaves it.
//
// Files: every file of the folder itself whose name ends in .ndjson (a resource or Bundle a line) or .json
// (one resource or Bundle, such as an IPS document), plain or with .gz behind it, in any order, types mixed
// as they come. What looks like such a file but is packed otherwise or lies in a folder below counts as
// skipped. Nothing is held in memory but the tables of people, places and drugs; the rest is staged (sorter.h).
// Time: the data speak of the transactionTime of the export's manifest, where it lies among the files
// (fhir_manifest.h); else of the moment when the oldest of the files was last written. They may be newer
// in part, but nobody can tell which part.
// References: relative ones, those of the export's own server (fhir_servers.h) and those of a Bundle's entries
// are followed; another server's Patient/5 is somebody else, and what is said of them is skipped and counted.
//
// What becomes of what:
// - Patients make charts. A record that was replaced by another gives the other its numbers and entries.
// - A resource that names no patient of the export, and a line that is no resource, are skipped, counted
//   and named by file and line. Types that have no place in a chart are counted in passed_by. Of several
//   versions of one resource the newest counts.
// - A field that cannot be read is marked in chart.unreadable; the rest of its resource is kept.
// - An open order without a result is a result "ordered, no result yet". Imaging studies are results too.
// - "No known allergies" and the like are no entries: they make the section's state known-none, or an alert
//   where they deny a part only, are not valid any more, or stand beside entries.
// - A section without entries is not-recorded if the export holds any resource for that section, of
//   whatever patient; else not-in-copy: it was not exported.
//
// What is current:
//   allergies       unless inactive, resolved, refuted or entered in error (unconfirmed ones are)
//   problems        active, recurrence, relapse; without a status, unless an abatement is given; never if
//                   refuted or entered in error
//   medications     active or on hold, and effectivePeriod has not ended; not known if the status is unknown
//   coverage, care team, alerts, directives   active (or no status), and the period has not ended
//   devices         active; by DeviceUseStatement active, on hold or intended, and not ended
// Entries entered in error are kept with that status and are never current.
//
// Errors:  open: Code::not_found (no such folder), Code::bad_source (no such files), Code::io, Code::no_room. next: Code::io.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "exporter/emr/chart_source.h"
#include "exporter/emr/document_keeper.h"
#include "exporter/emr/part_keys.h"
#include "exporter/policy/entry_rule.h"

namespace exporter {

struct FhirBulkLimits {
  std::size_t memory_bytes = 256 << 20;       // for sorting
  std::size_t longest_line_bytes = 64 << 20;  // a longer line is skipped and counted
};

// What only the practice can know of its export; each may stay empty.
struct FhirSettings {
  std::string mrn_system;  // the identifier system whose value is the MRN
  std::string server;      // the address whose resources the export holds: "https://emr.example/fhir"
  std::filesystem::path documents{};  // where the addresses of attachments' files begin; empty: in the export's folder
  DocumentKeeper* keeper = nullptr;   // is offered every attachment; outlives the source
  EntryRule withheld = EntryRule::safe_default();  // is not read, but counted; see fhir_withheld.h
  app::Shard shard{};                                  // whose patients are read
};

// Reads the whole folder once before it returns, or twice where a part's patients replaced records of other parts (fhir_part.h). Times with an offset are read in the practice's time zone.
app::Result<std::unique_ptr<ChartSource>> open_fhir_bulk(const std::filesystem::path& folder,
                                                         const std::filesystem::path& staging,
                                                         FhirBulkLimits limits = {},
                                                         std::string time_zone = {}, FhirSettings settings = {});

}  // namespace exporter
