// A scan of any producer as clean pages: PDF, JPEG, PNG or TIFF in, a plain PDF out, or the reason why not.
//
// Whatever reads the foreign bytes is another process with little memory and time, without files, programs or network of
// its own. A PDF is copied page by page by libqpdf, without scripts, actions and attachments; one that libqpdf cannot read
// is drawn to pictures by poppler's pdftoppm; pictures are placed on a page each.
//
// Errors:  bad_source with a reason for the page that stands in the document's place; no_room for what is too large;
//          not_found or io when the other process cannot be started, out_of_time when it took too long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"

namespace exporter {

struct ScanLimits {
  std::size_t bytes_most = 64u << 20;    // of the scan, and of what becomes of it
  std::size_t pages_most = 200;          // the first are printed of a longer one
  std::size_t memory_bytes = 768u << 20;  // of the other process
  int seconds = 20;
};

enum class ScanWay : std::uint8_t { cleaned, drawn_as_pictures, placed };

struct CleanScan {
  std::string pdf;  // not encrypted, without anything but pages
  std::size_t pages = 0;   // of them to print
  ScanWay way = ScanWay::cleaned;
  std::size_t in_all = 0;  // pages that the document has
  bool cut_short = false;  // its file breaks off: pages are missing, or parts of them
  std::vector<std::size_t> damaged = {};  // pages, from 0, of which parts may be missing
};

app::Result<CleanScan> clean_scan(const std::string& bytes, const ScanLimits& limits = {});

// The page in the place of a scan that could not be printed.
app::Page lay_out_missing_scan(const std::string& document, const std::string& whose, const app::Error& reason, const app::PrintFrame& frame,
                               const app::Paper& paper, const app::FontSet& fonts);

// What the other process does with its standard input; returns its exit code. See scan_cleaner.cpp.
int run_scan_cleaner();

}  // namespace exporter
