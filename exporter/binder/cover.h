// The first pages: what it is, from when, what is in it, what is not, and what to do with it.
//
// Units:   points.
// Errors:  none.
#pragma once

#include <string>
#include <vector>

#include "app/paper/page_frame.h"
#include "exporter/binder/plan.h"

namespace exporter {

struct CoverRow {
  std::string what;
  std::string detail;
  std::size_t pages = 0;  // 0: not counted
  std::string anchor;     // where it leads
};

struct Cover {
  std::string title;
  std::string about;                   // one paragraph
  std::vector<std::string> not_in_it;  // sentences
  std::vector<CoverRow> contents;
  std::vector<CoverRow> tabs;          // behind them, several in a line
  std::vector<std::string> steps;      // what to do, numbered
  std::string foot;
};

std::vector<app::Page> lay_out_cover(const Cover& cover, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts);

// One line of the list of changes.
struct ChangeRow {
  std::string tab;
  std::string name;
  std::string mrn;
  std::vector<FiledSheet> take_out;
  std::string put_in;      // the sheet id; empty: nothing is put in
  std::size_t pages = 0;   // 0: not printed here
  bool missing = false;    // its sheet could not be made
  std::string anchor;
};

struct ChangeList {
  std::uint64_t sequence = 0;
  std::uint64_t base = 0;
  bool start_over = false;
  bool sheets_elsewhere = false;  // too many for a packet: the whole binder is printed instead
  std::size_t kept = 0;
  std::vector<ChangeRow> rows;
  bool forms_too = false;         // start over with the forms as well
};

// What to take out, put in and shred, each with a box to tick, and the lines to sign.
std::vector<app::Page> lay_out_changes(const ChangeList& changes, const app::PrintFrame& frame, const app::Paper& paper,
                                       const app::FontSet& fonts);

}  // namespace exporter
