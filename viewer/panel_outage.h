// The page of the outage: its marks, and below them the list of what has to be put right.
#pragma once

#include "viewer/intent.h"
#include "viewer/outage_view.h"
#include "viewer/surface.h"

namespace viewer {

// Which part of the page is in sight; kept between frames.
class OutageScroll {
 public:
  void scroll_by(float distance_px);
  void scroll_lines(int lines) { scroll_by(static_cast<float>(lines) * line_px_); }
  void scroll_pages(int pages) { scroll_by(static_cast<float>(pages) * (window_px_ - 2 * line_px_)); }
  float top() const { return top_px_; }
  void prepare(float height_px, float window_px, float line_px);

 private:
  float height_px_ = 0, window_px_ = 0, line_px_ = 0, top_px_ = 0;
};

Intent draw_outage_panel(const OutageView& view, const Box& inside, OutageScroll& scroll, Surface& surface);

}  // namespace viewer
