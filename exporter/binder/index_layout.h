// The master index: every patient of the copy on one line, so that whoever calls is found without the computer, and any
// printed sheet can be checked by eye.
//
// Units:   points.
// Errors:  none.
#pragma once

#include <string>
#include <vector>

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

// The lines in the order given: by collation of the names.
std::vector<app::Page> lay_out_index(const std::vector<IndexLine>& lines, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts);

}  // namespace exporter
