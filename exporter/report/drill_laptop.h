// The laptop's part of a drill: a process of its own that opens a copy with a passphrase and nothing else, looks up known
// patients, reads every chart, prints one sheet in memory, and says what it found.
//
// Shape:   the order comes on standard input, the findings leave on standard output, both as JSON, never by a file. The
//          findings hold the charts that were looked up: whoever asked compares them, and keeps nothing of them.
// Errors:  as the viewer says them: not_found, not_a_copy, damaged, forged, wrong_passphrase, …; not_verified when the process
//          could read what a laptop does not have.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"

namespace exporter {

// How that process is started: "nightchart drill-laptop".
inline constexpr const char* kDrillLaptop = "drill-laptop";

// A patient whom the EMR knows: as somebody at the desk would look them up.
struct KnownPatient {
  std::string emr_key;
  std::string mrn;
  std::string typed;  // of the name and the birth date
};

struct LaptopOrder {
  std::filesystem::path place;  // the folder in which copies lie
  std::string signer;           // the practice's verifying key, as a laptop remembers it; hexadecimal
  std::string keyholder;
  std::string passphrase;
  std::vector<KnownPatient> patients;
  std::size_t draw = 0;            // so many are drawn from the copy itself, when nobody knows any
  bool names_volumes_only = false;  // ends as soon as it is known in which volumes the patients' documents are
  std::vector<std::filesystem::path> secrets;  // none of these may be readable
  bool some_volumes_only = false;  // of a remote one volume was fetched: documents of the others are not looked at
};

struct FoundPatient {
  bool held = false;   // the copy has the patient's chart
  bool found = false;  // among the first hits of the search
  std::string chart;   // as JSON
};

struct LaptopFindings {
  std::uint64_t sequence = 0;
  app::Instant as_of;
  std::uint64_t patients = 0;
  std::string keyholder;
  std::string charts_digest;
  std::string passed_over;  // why a newer copy in the folder could not be used, or ""
  std::vector<FoundPatient> found;  // in the order's order
  std::vector<std::string> volumes;  // that the documents of the patients who were looked up are in, by name
  std::size_t pages = 0;            // of the sheet that was printed
  std::size_t documents = 0;        // that were read to their end: one, if the copy has any
  std::uint64_t document_bytes = 0;
  std::vector<std::pair<std::string, double>> steps_s;  // "unlock", …
};

std::string format_order(const LaptopOrder& order);
// Errors: of the laptop itself; damaged when what it said is no finding.
app::Result<LaptopFindings> parse_findings(std::string_view json);

// What the program does when it is started so. Returns its exit code.
int run_drill_laptop();

}  // namespace exporter
