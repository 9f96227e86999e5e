// Text into lines of a width: everything is kept, nothing is shortened.
//
// Units:   points.
// Errors:  none. A word that is wider than the line is broken inside, between two characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/paper/page.h"
#include "app/paper/shape.h"

namespace app {

struct Style {
  double size_pt = 0;
  bool bold = false;
  double grey = 0;
  bool underlined = false;
  friend bool operator==(const Style&, const Style&) = default;
};

struct StyledText {
  std::string text;
  Style style;
};

// One line: pieces beside each other, each with its place from the line's left end.
struct LinePiece {
  double x_pt = 0;
  double width_pt = 0;
  std::string text;
  Style style;
};
using Line = std::vector<LinePiece>;

// The text with every character that no font has written as [U+XXXX], and blanks for tabs.
// `uncovered` grows by the number of those.
std::string printable_text(std::string_view text, const FontSet& fonts, std::size_t& uncovered);

// The pieces one after the other, broken to lines where the script allows it; \n ends a line. Empty
// text has no lines.
std::vector<Line> wrap_lines(const std::vector<StyledText>& pieces, double width_pt, const FontSet& fonts,
                             std::size_t& uncovered);

// How high a line of this size stands: 130 % of the type.
double leading_pt(double size_pt);

}  // namespace app
