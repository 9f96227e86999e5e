// Pours chapters of text onto pages: a title is never alone at the foot of a page, a row is cut only
// when it is too tall to move, and whatever goes on overleaf says of what it is the rest.
//
// Units:   points; inside a band y is counted from the band's top.
// Errors:  none. A page that is too small for its header still takes one band at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "app/paper/page.h"
#include "app/paper/wrap.h"

namespace app {

// What no page break cuts: in most cases one line across all columns.
struct Band {
  double height_pt = 0;
  std::vector<TextMark> texts;
  std::vector<RuleMark> rules;
  std::vector<BoxMark> boxes;
  std::vector<LinkMark> links{};
};

// What stands at the left edge of a block, so that its weight shows without colour.
enum class EdgeBar : std::uint8_t { none, heavy, hatched };

// One row.
struct Block {
  std::vector<Band> bands;
  std::vector<Band> again;  // above the rest of it on the next page
  EdgeBar bar = EdgeBar::none;
  bool shaded = false;
  bool heads = false;  // never the last of a page: it is a heading of the next
};

struct Chapter {
  std::vector<Band> title;
  std::vector<Band> title_again;  // on the pages that it goes on to
  std::vector<Block> blocks;
  double border_pt = 0;  // a box around all of it
  double space_before_pt = 0;
};

// Puts lines into bands of their own, or below what stands in the bands already (several columns).
void put_column(std::vector<Band>& bands, const std::vector<Line>& lines, double x_pt, double leading_pt);
double height_of(const std::vector<Band>& bands);

class Flow {
 public:
  // Draws what stands above the text of page number 0, 1, … and returns where the text may begin.
  using Header = std::function<double(Page& page, std::size_t number)>;

  // Gets each page as soon as the next one begins.
  using TakePage = std::function<void(Page page)>;

  // With `take`, finish() returns the last page only.
  Flow(Paper paper, double left_pt, double right_pt, double bottom_pt, Header header, TakePage take = {});

  void add(const Chapter& chapter);
  // The same row by row, for a chapter that is too long to be held: it has no blocks, and no row is a heading. The first
  // row is told beforehand, for the title to stand with it.
  void begin(const Chapter& chapter, const Block& first);
  void add_row(const Chapter& chapter, const Block& row);
  void end(const Chapter& chapter);
  std::vector<Page> finish();

 private:
  void start_page();
  void put(const std::vector<Band>& bands);
  void begin_together(const Chapter& chapter, double first_pt);
  void put_block(const Chapter& chapter, const Block& block, double height);
  void continue_overleaf(const Chapter& chapter);
  void close_border(const Chapter& chapter);
  void decorate(const Block& block, double from_pt);
  double room_pt() const { return bottom_pt_ - y_pt_; }

  const Paper paper_;
  const double left_pt_;
  const double right_pt_;
  const double bottom_pt_;
  const Header header_;
  const TakePage take_;
  std::size_t begun_ = 0;  // pages
  std::vector<Page> pages_;
  double y_pt_ = 0;
  double page_top_pt_ = 0;
  double border_top_pt_ = 0;
};

}  // namespace app
