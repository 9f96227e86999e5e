#include "viewer/panel_plot.h"

#include <algorithm>
#include <cmath>

#include "app/record/plot_scale.h"

namespace viewer {
namespace {

void draw_range(double low, double high, const Box& box, Ground ground, Surface& surface) {
  const float top = box.bottom() - box.h * static_cast<float>(high),
              bottom = box.bottom() - box.h * static_cast<float>(low);
  surface.fill({box.x, top, box.w, std::max(2.0f, bottom - top)}, surface.theme().range);
  const Rgb edge = surface.theme().ink(ground, Ink::muted);
  if (high < 1) surface.fill({box.x, std::round(top), box.w, 1}, edge);
  if (low > 0) surface.fill({box.x, std::round(bottom), box.w, 1}, edge);
}

}  // namespace

void draw_plot(const app::Plot& plot, const Box& box, Ground ground, Surface& surface) {
  const app::PlotScale scale(plot);
  const float dot = std::max(4.0f, std::round(surface.em() * 0.16f)), last_dot = std::round(dot * 1.6f);
  const float thickness = std::max(1.5f, surface.em() * 0.06f);
  if (const auto range = scale.range(plot)) draw_range(range->first, range->second, box, ground, surface);
  const Rgb ink = surface.theme().ink(ground, Ink::plain);
  const float left = box.x + dot / 2, width = box.w - dot / 2 - last_dot / 2;
  for (const auto& line : plot.lines) {
    float before_x = 0, before_y = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const float x = left + width * static_cast<float>(scale.across(line[i].day));
      const float y = box.bottom() - box.h * static_cast<float>(scale.up(line[i].value));
      const float size = i + 1 == line.size() ? last_dot : dot;
      surface.fill({x - size / 2, y - size / 2, size, size}, ink);
      if (i > 0) surface.line(before_x, before_y, x, y, thickness, ink);
      before_x = x, before_y = y;
    }
  }
}

}  // namespace viewer
