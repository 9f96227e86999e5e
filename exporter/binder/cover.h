// The first pages of a packet: what it is, from when, what is in it and what is not.
//
// Units:   points.
// Errors:  none.
#pragma once

#include <string>
#include <vector>

#include "app/paper/page_frame.h"

namespace exporter {

struct CoverSheet {
  std::string time;  // of the first appointment
  std::string name;
  std::string mrn;
  std::string id;    // of the sheet
  std::size_t pages = 0;
  bool missing = false;  // the sheet could not be made
};

struct CoverDay {
  std::string title;  // "Tue 14-Oct-2025"
  std::size_t appointments = 0;
  std::size_t pages = 0;
};

struct Cover {
  std::vector<CoverDay> days;
  std::vector<CoverSheet> sheets;
};

std::vector<app::Page> lay_out_cover(const Cover& cover, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts);

// The back of a leaf whose sheet has an odd number of pages.
app::Page make_blank_back(const app::PrintFrame& frame, const app::Paper& paper, const app::FontSet& fonts);

}  // namespace exporter
