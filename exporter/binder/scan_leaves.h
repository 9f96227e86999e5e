// The leaves behind a patient's sheet: the pages of their chosen scans, each within a frame that says whose it is, what it is
// and that it is a copy; or a page that says why there is none.
//
// Errors:  none: a scan that cannot be printed has a page that says so, and is counted.
// Memory:  the scans of one patient.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"
#include "exporter/binder/binder_report.h"
#include "exporter/binder/scan.h"
#include "exporter/binder/volumes.h"

namespace exporter {

// What a binder prints of one document; a longer one is left to the viewer.
inline constexpr ScanLimits kBinderScans{.bytes_most = 24u << 20, .pages_most = 30};

struct FoundScan {
  std::string title;
  app::Result<std::string> bytes;  // as the record system has them
};

// All of a document's bytes, if they are no more than are printed.
class ScanBytes {
 public:
  app::Result<app::Done> add(std::string_view piece);
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

struct ScanOwner {
  std::string name;
  std::string mrn;
  std::string sheet_id;
  std::string born = {};
};

using ScanDeadline = std::chrono::steady_clock::time_point;

// Fills in the part's pages and what is placed on them, and counts. A scan that is not begun before the deadline has a page
// that says so.
void lay_out_scans(const std::vector<FoundScan>& scans, const ScanOwner& whose, const app::PrintFrame& frame, const app::Paper& paper,
                   const app::FontSet& fonts, ScanDeadline deadline, BinderPart& part, ScanCounts& counts);

}  // namespace exporter
