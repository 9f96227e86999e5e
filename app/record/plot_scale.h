// Where numbers over time stand in a small drawing: the same on paper as on screen.
//
// Units:   parts of the drawing, 0 to 1: from left to right by day, from bottom to top by value.
// Errors:  none. A plot without any point is a programmer's mistake.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "app/record/sheet.h"

namespace app {

class PlotScale {
 public:
  explicit PlotScale(const Plot& plot);

  double across(int day) const;
  double up(double value) const;  // beyond the highest and the lowest: at the edge
  // The highest and the lowest number, in words.
  std::string highest() const;
  std::string lowest() const;
  // How much of the drawing the reference range fills, from its lower to its upper edge; nothing where the two do not
  // meet.
  std::optional<std::pair<double, double>> range(const Plot& plot) const;

 private:
  double low_ = 0;
  double high_ = 0;
  int first_day_ = 0;
  int last_day_ = 0;
};

}  // namespace app
