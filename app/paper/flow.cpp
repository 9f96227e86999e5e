#include "app/paper/flow.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr double kMovable_pt = 150;  // a row up to this height goes to the next page rather than be cut
constexpr double kShade = 0.94;
constexpr double kBarWidth_pt = 3;
constexpr double kBorderPad_pt = 3;
constexpr double kBaseline = 0.76;  // of a line's height: room for accents above, for tails below
constexpr double kUnderline_pt = 0.8;

// A block with what must stand on the same page: headings with the block that they head.
double height_together(const Chapter& chapter, std::size_t index) {
  double height = 0;
  for (std::size_t i = index; i < chapter.blocks.size(); ++i) {
    const double block = height_of(chapter.blocks[i].bands);
    if (!chapter.blocks[i].heads) return height + std::min(block, kMovable_pt);
    height += block;
  }
  return height;
}

}  // namespace

void put_column(std::vector<Band>& bands, const std::vector<Line>& lines, double x_pt, double leading) {
  if (bands.size() < lines.size()) bands.resize(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Band& band = bands[i];
    band.height_pt = std::max(band.height_pt, leading);
    for (const LinePiece& piece : lines[i]) {
      const double baseline_pt = leading * kBaseline;
      const double x = x_pt + piece.x_pt;
      band.texts.push_back({x, baseline_pt, piece.text, piece.style.size_pt, piece.style.bold, piece.style.grey});
      if (!piece.style.underlined) continue;
      const double y = baseline_pt + 1.6;
      band.rules.push_back({x, y, x + piece.width_pt, y, kUnderline_pt, piece.style.grey});
    }
  }
}

double height_of(const std::vector<Band>& bands) {
  double height = 0;
  for (const Band& band : bands) height += band.height_pt;
  return height;
}

Flow::Flow(Paper paper, double left_pt, double right_pt, double bottom_pt, Header header, TakePage take)
    : paper_(paper), left_pt_(left_pt), right_pt_(right_pt), bottom_pt_(bottom_pt), header_(std::move(header)), take_(std::move(take)) {
  start_page();
}

void Flow::start_page() {
  if (take_ && !pages_.empty()) {
    take_(std::move(pages_.back()));
    pages_.clear();
  }
  pages_.emplace_back();
  pages_.back().paper = paper_;
  y_pt_ = header_(pages_.back(), begun_++);
  page_top_pt_ = y_pt_;
  border_top_pt_ = y_pt_;
}

void Flow::put(const std::vector<Band>& bands) {
  Page& page = pages_.back();
  for (const Band& band : bands) {
    for (TextMark text : band.texts) {
      text.y_pt += y_pt_;
      page.texts.push_back(std::move(text));
    }
    for (RuleMark rule : band.rules) {
      rule.y_pt += y_pt_;
      rule.to_y_pt += y_pt_;
      page.rules.push_back(rule);
    }
    for (BoxMark box : band.boxes) {
      box.y_pt += y_pt_;
      page.boxes.push_back(box);
    }
    for (LinkMark link : band.links) {
      link.y_pt += y_pt_;
      page.links.push_back(std::move(link));
    }
    y_pt_ += band.height_pt;
  }
}

void Flow::begin_together(const Chapter& chapter, double first_pt) {
  const double together = chapter.space_before_pt + height_of(chapter.title) + first_pt +
                          (chapter.border_pt > 0 ? 2 * kBorderPad_pt : 0);
  const bool fresh = y_pt_ == page_top_pt_;
  if (together > room_pt() && !fresh) {
    start_page();
  } else if (!fresh) {
    y_pt_ += chapter.space_before_pt;
  }
  border_top_pt_ = y_pt_;
  if (chapter.border_pt > 0) y_pt_ += kBorderPad_pt;
  put(chapter.title);
}

void Flow::add(const Chapter& chapter) {
  begin_together(chapter, height_together(chapter, 0));
  for (std::size_t i = 0; i < chapter.blocks.size(); ++i) {
    const Block& block = chapter.blocks[i];
    put_block(chapter, block, block.heads ? height_together(chapter, i) : height_of(block.bands));
  }
  close_border(chapter);
}

void Flow::begin(const Chapter& chapter, const Block& first) { begin_together(chapter, std::min(height_of(first.bands), kMovable_pt)); }
void Flow::add_row(const Chapter& chapter, const Block& row) { put_block(chapter, row, height_of(row.bands)); }
void Flow::end(const Chapter& chapter) { close_border(chapter); }

void Flow::close_border(const Chapter& chapter) {
  if (chapter.border_pt <= 0) return;
  y_pt_ += kBorderPad_pt;
  pages_.back().boxes.push_back({left_pt_, border_top_pt_, right_pt_ - left_pt_, y_pt_ - border_top_pt_,
                                 chapter.border_pt, Filling::none, 0});
}

void Flow::continue_overleaf(const Chapter& chapter) {
  close_border(chapter);
  start_page();
  if (chapter.border_pt > 0) y_pt_ += kBorderPad_pt;
  put(chapter.title_again);
}

void Flow::decorate(const Block& block, double from_pt) {
  const double height = y_pt_ - from_pt;
  if (height <= 0) return;
  auto& boxes = pages_.back().boxes;
  if (block.shaded) {
    // Below whatever else stands there: a shade must not cover a box to tick.
    boxes.insert(boxes.begin(), {left_pt_, from_pt, right_pt_ - left_pt_, height, 0, Filling::grey, kShade});
  }
  if (block.bar == EdgeBar::none) return;
  const bool heavy = block.bar == EdgeBar::heavy;
  boxes.push_back({left_pt_, from_pt + 0.5, kBarWidth_pt, height - 1, heavy ? 0 : 0.3,
                   heavy ? Filling::grey : Filling::hatched, 0});
}

void Flow::put_block(const Chapter& chapter, const Block& block, double height) {
  const double foot = chapter.border_pt > 0 ? kBorderPad_pt : 0;
  const double line = block.bands.empty() ? 0 : block.bands.front().height_pt;
  const bool fits = height + foot <= room_pt();
  if (!fits && (height <= kMovable_pt || room_pt() < 3 * line)) continue_overleaf(chapter);
  double from_pt = y_pt_;
  bool fresh = true;  // so that each page takes one band at least, however small it is
  for (const Band& band : block.bands) {
    if (!fresh && band.height_pt + foot > room_pt()) {
      decorate(block, from_pt);
      continue_overleaf(chapter);
      from_pt = y_pt_;
      put(block.again);
    }
    put({band});
    fresh = false;
  }
  decorate(block, from_pt);
}

std::vector<Page> Flow::finish() { return std::move(pages_); }

}  // namespace app
