#include "app/paper/plot_layout.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace app {
namespace {

constexpr double kHeight_pt = 22;
constexpr double kGap_pt = 3;       // to what stands above and below
constexpr double kScaleSize_pt = 7;
constexpr double kScaleGrey = 0.3;
constexpr double kBandGrey = 0.82;
constexpr double kLine_pt = 0.9;
constexpr double kDot_pt = 2.4;
constexpr double kLastDot_pt = 3.6;

std::string words_of(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}

struct Extent {
  double low = 0;
  double high = 0;
  int first_day = 0;
  int last_day = 0;
};

Extent extent_of(const Plot& plot) {
  const PlotPoint& any = plot.lines.front().front();
  Extent extent{any.value, any.value, any.day, any.day};
  for (const auto& line : plot.lines) {
    for (const PlotPoint& point : line) {
      extent.low = std::min(extent.low, point.value);
      extent.high = std::max(extent.high, point.value);
      extent.first_day = std::min(extent.first_day, point.day);
      extent.last_day = std::max(extent.last_day, point.day);
    }
  }
  return extent;
}

// Where a number stands inside the drawing.
class Scale {
 public:
  Scale(const Extent& extent, double x_pt, double width_pt, double top_pt)
      : extent_(extent), x_pt_(x_pt), width_pt_(width_pt), top_pt_(top_pt) {}

  double x(int day) const {
    return x_pt_ + width_pt_ * (day - extent_.first_day) / std::max(1, extent_.last_day - extent_.first_day);
  }
  double y(double value) const {
    const double height = extent_.high - extent_.low;
    const double part = height <= 0 ? 0.5 : std::clamp((value - extent_.low) / height, 0.0, 1.0);
    return top_pt_ + kHeight_pt * (1 - part);
  }

 private:
  const Extent extent_;
  const double x_pt_;
  const double width_pt_;
  const double top_pt_;
};

void put_dot(Band& band, double x_pt, double y_pt, double size_pt) {
  band.boxes.push_back({x_pt - size_pt / 2, y_pt - size_pt / 2, size_pt, size_pt, 0, Filling::grey, 0});
}

void put_line(Band& band, const std::vector<PlotPoint>& line, const Scale& scale) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double x = scale.x(line[i].day);
    const double y = scale.y(line[i].value);
    put_dot(band, x, y, i + 1 == line.size() ? kLastDot_pt : kDot_pt);
    if (i > 0) band.rules.push_back({scale.x(line[i - 1].day), scale.y(line[i - 1].value), x, y, kLine_pt, 0});
  }
}

}  // namespace

void put_plot(std::vector<Band>& bands, const Plot& plot, const PlotPlace& place, const FontSet& fonts) {
  if (bands.empty()) bands.emplace_back();
  const Extent extent = extent_of(plot);
  const std::string high = words_of(extent.high);
  const std::string low = words_of(extent.low);
  const double scale_width = std::max(fonts.width(high, false, kScaleSize_pt), fonts.width(low, false, kScaleSize_pt));
  const double width = place.width_pt - scale_width - kLastDot_pt - 4;
  const double top = place.below_pt + kGap_pt;
  if (width < 20) return;  // the numbers alone would fill the column

  Band& band = bands.front();
  const Scale scale(extent, place.x_pt + kLastDot_pt / 2, width, top);
  if (plot.range && plot.range->second > extent.low && plot.range->first < extent.high) {
    const double upper = scale.y(plot.range->second);
    band.boxes.push_back({place.x_pt, upper, width + kLastDot_pt, scale.y(plot.range->first) - upper, 0, Filling::grey,
                          kBandGrey});
  }
  for (const auto& line : plot.lines) put_line(band, line, scale);
  const double label_x = place.x_pt + width + kLastDot_pt + 3;
  band.texts.push_back({label_x, top + 4, high, kScaleSize_pt, false, kScaleGrey});
  if (high != low) band.texts.push_back({label_x, top + kHeight_pt + 1, low, kScaleSize_pt, false, kScaleGrey});

  const double needed = top + kHeight_pt + kGap_pt;
  const double have = height_of(bands);
  if (have < needed) bands.back().height_pt += needed - have;
}

}  // namespace app
