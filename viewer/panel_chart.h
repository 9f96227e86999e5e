// One patient's chart: the banner, the sections on one long page, and the list of sections beside it.
#pragma once

#include <cstdint>

#include "viewer/chart_layout.h"
#include "viewer/intent.h"
#include "viewer/surface.h"
#include "viewer/views.h"

namespace viewer {

// Which part of the page is in sight; kept between frames.
class ChartScroll {
 public:
  void scroll_by(float distance_px);
  void scroll_lines(int lines) { scroll_by(static_cast<float>(lines) * line_px_); }
  void scroll_pages(int pages) { scroll_by(static_cast<float>(pages) * (window_px_ - 2 * line_px_)); }
  void to_start() { top_px_ = 0; }
  void to_end();
  void to_section(int section);
  void next_section(int step) { to_section(current_section() + step); }
  int current_section() const;
  float top() const { return top_px_; }

  // Lays the sheet out if it is another one, or the window or the type has another size.
  void prepare(const app::Sheet& sheet, std::uint64_t chart_number, float width, float window,
               Surface& surface);
  const ChartLayout& layout() const { return layout_; }

 private:
  float bottom() const;

  ChartLayout layout_;
  std::uint64_t chart_number_ = 0;
  float width_px_ = 0;
  float em_px_ = 0;
  float line_px_ = 0;
  float window_px_ = 0;
  float top_px_ = 0;
  int chosen_section_ = 0;  // keeps Tab going through sections that are too short to scroll to
};

Intent draw_chart_panel(const ChartView& view, std::uint64_t chart_number, const Box& inside,
                        ChartScroll& scroll, Surface& surface);

}  // namespace viewer
