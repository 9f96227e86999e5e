// Numbers over time as a small drawing: how they moved, beside the words that say each of them.
//
// A line with a square at each number, the last one larger; the reference range as a grey band behind
// it; the highest and the lowest number at its right edge. Grey only.
//
// Units:   points.
// Errors:  none.
#pragma once

#include <vector>

#include "app/paper/flow.h"
#include "app/paper/shape.h"
#include "app/record/sheet.h"

namespace app {

struct PlotPlace {
  double x_pt = 0;
  double width_pt = 0;
  double below_pt = 0;  // from the top of the first band
};

// Into the bands of a row, which grow where they are too low.
void put_plot(std::vector<Band>& bands, const Plot& plot, const PlotPlace& place, const FontSet& fonts);

}  // namespace app
