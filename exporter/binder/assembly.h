// Gives a drawn document its order of pages, bookmarks, links, page labels and title, in memory.
//
// Source:  PDF 1.7 outlines and page labels, written by PoDoFo as plain dictionaries: its own ways of
//          doing so take time that grows with the square of the pages.
//          The same pages are bound to the same bytes: nothing is taken from the clock.
// Units:   pages are counted from 0, in their final order; points from the top left corner.
// Errors:  Code::damaged when the bytes are no PDF, or not of that many pages.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

struct Bookmark {
  std::string title;
  std::size_t page = 0;
  bool nested = false;   // below the last one that is not
};

// From this page on, pages are called prefix and 1, 2, …
struct PageLabel {
  std::size_t page = 0;
  std::string prefix;
};

// A place on a page that leads to another one.
struct PageLink {
  std::size_t page = 0;
  double x_pt = 0;
  double y_pt = 0;
  double width_pt = 0;
  double height_pt = 0;
  std::size_t to = 0;
};

struct Assembly {
  std::string title;
  std::vector<Bookmark> bookmarks;  // the first is not nested
  std::vector<PageLabel> labels;    // ascending, the first is of page 0
  std::vector<PageLink> links{};
  std::size_t front_from = 0;       // the pages from this one on, as drawn, are put before all others; 0: as drawn
};

app::Result<std::string> assemble(const std::string& pdf, const Assembly& assembly);

}  // namespace exporter
