#include "app/paper/plot_layout.h"

#include <algorithm>

#include "app/record/plot_scale.h"

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

// The drawing on its page.
struct Place {
  const PlotScale& scale;
  double x_pt;
  double width_pt;
  double top_pt;

  double x(int day) const { return x_pt + width_pt * scale.across(day); }
  double y(double part) const { return top_pt + kHeight_pt * (1 - part); }
};

void put_dot(Band& band, double x_pt, double y_pt, double size_pt) {
  band.boxes.push_back({x_pt - size_pt / 2, y_pt - size_pt / 2, size_pt, size_pt, 0, Filling::grey, 0});
}

void put_line(Band& band, const std::vector<PlotPoint>& line, const Place& place) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double x = place.x(line[i].day);
    const double y = place.y(place.scale.up(line[i].value));
    put_dot(band, x, y, i + 1 == line.size() ? kLastDot_pt : kDot_pt);
    if (i == 0) continue;
    band.rules.push_back({place.x(line[i - 1].day), place.y(place.scale.up(line[i - 1].value)), x, y, kLine_pt, 0});
  }
}

}  // namespace

void put_plot(std::vector<Band>& bands, const Plot& plot, const PlotPlace& place, const FontSet& fonts) {
  if (bands.empty()) bands.emplace_back();
  const PlotScale scale(plot);
  const std::string high = scale.highest();
  const std::string low = scale.lowest();
  const double scale_width = std::max(fonts.width(high, false, kScaleSize_pt), fonts.width(low, false, kScaleSize_pt));
  const double width = place.width_pt - scale_width - kLastDot_pt - 4;
  const double top = place.below_pt + kGap_pt;
  if (width < 20) return;  // the numbers alone would fill the column

  Band& band = bands.front();
  const Place drawing{scale, place.x_pt + kLastDot_pt / 2, width, top};
  if (const auto range = scale.range(plot)) {
    const double upper = drawing.y(range->second);
    band.boxes.push_back({place.x_pt, upper, width + kLastDot_pt, drawing.y(range->first) - upper, 0, Filling::grey,
                          kBandGrey});
  }
  for (const auto& line : plot.lines) put_line(band, line, drawing);
  const double label_x = place.x_pt + width + kLastDot_pt + 3;
  band.texts.push_back({label_x, top + 4, high, kScaleSize_pt, false, kScaleGrey});
  if (high != low) band.texts.push_back({label_x, top + kHeight_pt + 1, low, kScaleSize_pt, false, kScaleGrey});

  const double needed = top + kHeight_pt + kGap_pt;
  const double have = height_of(bands);
  if (have < needed) bands.back().height_pt += needed - have;
}

}  // namespace app
