#include "app/record/plot_scale.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

namespace app {
namespace {

std::string words_of(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}

}  // namespace

PlotScale::PlotScale(const Plot& plot) {
  assert(!plot.lines.empty() && !plot.lines.front().empty());
  const PlotPoint& any = plot.lines.front().front();
  low_ = high_ = any.value;
  first_day_ = last_day_ = any.day;
  for (const auto& line : plot.lines) {
    for (const PlotPoint& point : line) {
      low_ = std::min(low_, point.value);
      high_ = std::max(high_, point.value);
      first_day_ = std::min(first_day_, point.day);
      last_day_ = std::max(last_day_, point.day);
    }
  }
}

double PlotScale::across(int day) const {
  return static_cast<double>(day - first_day_) / std::max(1, last_day_ - first_day_);
}

double PlotScale::up(double value) const {
  return high_ <= low_ ? 0.5 : std::clamp((value - low_) / (high_ - low_), 0.0, 1.0);
}

std::string PlotScale::highest() const { return words_of(high_); }
std::string PlotScale::lowest() const { return words_of(low_); }

std::optional<std::pair<double, double>> PlotScale::range(const Plot& plot) const {
  if (!plot.range || plot.range->second <= low_ || plot.range->first >= high_) return std::nullopt;
  return std::pair(up(plot.range->first), up(plot.range->second));
}

}  // namespace app
