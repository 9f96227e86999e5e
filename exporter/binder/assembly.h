// Gives a drawn document its bookmarks, page labels and title, in memory.
//
// Source:  PDF 1.7 outlines and page labels, written by PoDoFo as plain dictionaries: its own ways of
//          doing so take time that grows with the square of the pages.
// Errors:  Code::damaged when the bytes are no PDF, or not of that many pages.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

struct Bookmark {
  std::string title;
  std::size_t page = 0;  // counted from 0
  bool nested = false;   // below the last one that is not
};

// From this page on, pages are called prefix and 1, 2, …
struct PageLabel {
  std::size_t page = 0;
  std::string prefix;
};

struct Assembly {
  std::string title;
  std::vector<Bookmark> bookmarks;  // the first is not nested
  std::vector<PageLabel> labels;    // ascending, the first is of page 0
};

app::Result<std::string> assemble(const std::string& pdf, const Assembly& assembly);

}  // namespace exporter
