// A page of the binder's own (cover, list, contacts): a title, chapters of rows, lines to write on.
//
// Units:   points; columns begin at shares of the text's width.
// Errors:  none.
#pragma once

#include <string>
#include <vector>

#include "app/paper/flow.h"
#include "app/paper/page_frame.h"
#include "app/paper/scan_page.h"

namespace exporter {

struct LeafCell {
  double from = 0;  // 0: the left edge of the text, 1: its right edge
  std::string text;
  bool strong = false;
  std::string link = {};  // where it alone leads
};

class LeafLayout {
 public:
  LeafLayout(const std::string& title, const app::PrintFrame& frame, const app::Paper& paper, const app::FontSet& fonts);

  app::Chapter chapter(const std::string& title, const std::string& statement);
  // `link` names the part of the document that the row is about, if it is in it.
  void add_row(app::Chapter& chapter, const std::vector<LeafCell>& cells, const std::string& link = "");
  // A row with a box to tick before it.
  void add_task(app::Chapter& chapter, const std::vector<LeafCell>& cells, const std::string& link = "");
  // Lines to write on, beside each other on one row, each with its label before it.
  void add_blanks(app::Chapter& chapter, const std::vector<std::string>& labels);
  void put(const app::Chapter& chapter) { flow_.add(chapter); }
  // `about` stands at the foot of each page.
  std::vector<app::Page> finish(const std::string& about);

 private:
  const app::PrintFrame& frame_;
  const app::Paper paper_;
  const app::FontSet& fonts_;
  app::Flow flow_;
  std::size_t uncovered_ = 0;
};

using app::count_words;

// The back of a leaf whose part has an odd number of pages.
app::Page make_blank_back(const app::PrintFrame& frame, const app::Paper& paper, const app::FontSet& fonts);

// The letter under which a sheet is filed, at the outer edge of each of its pages and lower from letter to letter, so
// that the edges of a binder's leaves show where a letter begins.
void put_tabs(std::vector<app::Page>& pages, const std::string& tab, const app::FontSet& fonts);

}  // namespace exporter
