// The master index: every patient of the copy on one line, so that whoever calls is found without the computer, and any
// printed sheet can be checked by eye.
//
// Units:   points.
// Errors:  what the taker returns.
// Memory:  one page and the lines of one tab.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"

namespace exporter {

struct IndexLine {
  std::string tab;    // app::tab_of(name)
  std::string name;
  std::string born;
  std::string mrn;
  std::string phone;
  std::string died;   // "Died 03-Mar-2021"; empty for the living
  std::string id;     // of the sheet as it is in this copy
  std::string since;  // the day since which it is the same; empty if nobody knows
  bool filed = false; // the sheet is in the ring binder
};

// Gets the pages in their order.
using TakeIndexPage = std::function<app::Result<app::Done>(const app::Page& page)>;

// The lines in the order given: by collation of the names.
app::Result<app::Done> lay_out_index(const std::vector<IndexLine>& lines, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts, const TakeIndexPage& take);

}  // namespace exporter
