// One row of a table: cells beside each other, each wrapped in its own column.
//
// Units:   points.
// Errors:  none.
#pragma once

#include <vector>

#include "app/paper/flow.h"

namespace app {

struct Cell {
  double x_pt = 0;
  double width_pt = 0;
  std::vector<StyledText> text;
};

// `label`, if not empty, is what the rest of the row is called on the next page, should it be cut.
Block lay_out_row(const std::vector<Cell>& cells, const std::string& label, const FontSet& fonts,
                  std::size_t& uncovered);

// A title across the page with a rule above it, and lines of text under it.
std::vector<Band> lay_out_title(const std::string& title, bool again, const std::string& statement,
                                const Paper& paper, const FontSet& fonts, std::size_t& uncovered);

// Moves what a band holds down by so much.
void shift_down(Band& band, double by_pt);

}  // namespace app
