// The page around one page of somebody's scanned document: whose it is, what it is, that it is a copy, and which page of how
// many; or the page in its place, which says why it could not be printed.
//
// Units:   points.
// Errors:  none.
#pragma once

#include <cstddef>
#include <string>

#include "app/paper/page_frame.h"

namespace app {

// "SMITH, John (Mr)   born 14-Jul-1945   MRN 10442".
std::string format_scan_owner(const std::string& name, const std::string& born, const std::string& mrn);

// What is printed of a document.
struct ScanExtent {
  std::size_t printed = 0;
  std::size_t in_all = 0;  // 0: more than are printed, and nobody counted them
  bool cut_short = false;  // its file breaks off: pages are missing, or parts of them
  bool damaged = false;    // parts of this page may be missing
  std::size_t before = 0;  // pages before the first that is printed
};
inline constexpr char kPartsMayBeMissing[] = "PARTS OF THIS PAGE MAY BE MISSING: its file is damaged.";
// What stands behind the title of the page that is printed as number 0, 1, …: a reader with the last one in hand must know that it is not the end.
std::string words_of_scan_page(const ScanExtent& extent, std::size_t page);

// What it is a copy of.
inline constexpr char kCopyOfScan[] = "Copy of a scan: ";
inline constexpr char kCopyOfText[] = "Copy of a document: ";

// `room` is told where what is copied goes: it lies below all else, so that nothing of the frame can be covered.
Page lay_out_scan_page(const std::string& kind, const std::string& title, const std::string& whose, const PrintFrame& frame,
                       const Paper& paper, const FontSet& fonts, BoxMark& room);

// `what` could not be printed: "A document"; `reason` is a sentence.
Page lay_out_missing_scan(const std::string& what, const std::string& title, const std::string& whose, const std::string& reason,
                          const PrintFrame& frame, const Paper& paper, const FontSet& fonts);

// "1 page", "3 pages", "12,000 pages".
std::string count_words(std::size_t count, const std::string& one, const std::string& many);

}  // namespace app
