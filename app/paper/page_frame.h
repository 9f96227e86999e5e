// What stands on every page around the text: that this is an emergency copy, from when, of whom, and
// which page of how many.
//
// Units:   points.
// Errors:  none.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/paper/page.h"
#include "app/paper/wrap.h"

namespace app {

inline constexpr double kNameSize_pt = 15;
inline constexpr double kBodySize_pt = 9.5;
inline constexpr double kSmallSize_pt = 8.3;
inline constexpr double kLabelGrey = 0.3;       // 8 : 1 against white
inline constexpr double kSideMargin_pt = 56.69;  // 20 mm on both sides: punched, printed on one side or two
inline constexpr double kEdgeMargin_pt = 34;     // 12 mm: every office printer reaches that far

// Where and when the printed data come from.
struct PrintFrame {
  std::string practice;
  std::string as_of;  // "Tue 14-Oct-2025 02:10 (America/New_York)": a time, never an age
  std::string copy;   // the number of the copy: "000123"
  std::string warning = {};  // what whoever holds the page must know of the copy: "OLDER COPY: …"; often empty
};

double text_width_pt(const Paper& paper);
// The lowest place for text above the foot.
double foot_top_pt(const Paper& paper);

// The strip at the head; returns where the next thing may begin.
double put_head(Page& page, const PrintFrame& frame, const FontSet& fonts);

// The foot of each page of one document, numbered; `about` names it: "MRN 10442 · Sheet 7KD2-M4QX".
void put_feet(std::vector<Page>& pages, const PrintFrame& frame, const std::string& about,
              const FontSet& fonts);

// The foot of page number 0, 1, … of so many.
void put_foot(Page& page, std::size_t number, std::size_t count, const PrintFrame& frame, const std::string& about,
              const FontSet& fonts);

// Lines below each other; returns where the next thing may begin.
double put_lines(Page& page, const std::vector<Line>& lines, double x_pt, double y_pt, double leading_pt);

}  // namespace app
