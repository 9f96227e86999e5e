#include "viewer/render_triangle.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace viewer {
namespace {

// What is interpolated over a triangle: texture position and colour.
enum Channel { kU, kV, kRed, kGreen, kBlue, kAlpha, kChannels };
using Channels = std::array<double, kChannels>;

double colour_part(ImU32 colour, int shift) { return static_cast<double>((colour >> shift) & 0xFF); }

Channels channels_of(const ImDrawVert& vertex) {
  return {static_cast<double>(vertex.uv.x),          static_cast<double>(vertex.uv.y),
          colour_part(vertex.col, IM_COL32_R_SHIFT), colour_part(vertex.col, IM_COL32_G_SHIFT),
          colour_part(vertex.col, IM_COL32_B_SHIFT), colour_part(vertex.col, IM_COL32_A_SHIFT)};
}

// A value that changes linearly over the picture: at(x, y) = start + x·dx + y·dy.
struct Plane {
  double start = 0, dx = 0, dy = 0;
  double at(double x, double y) const { return start + x * dx + y * dy; }
};

Plane plane_through(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, double va, double vb,
                    double vc, double area) {
  const double bx = double{b.pos.x} - double{a.pos.x}, by = double{b.pos.y} - double{a.pos.y};
  const double cx = double{c.pos.x} - double{a.pos.x}, cy = double{c.pos.y} - double{a.pos.y};
  Plane plane;
  plane.dx = ((vb - va) * cy - (vc - va) * by) / area;
  plane.dy = ((vc - va) * bx - (vb - va) * cx) / area;
  plane.start = va - plane.dx * double{a.pos.x} - plane.dy * double{a.pos.y};
  return plane;
}

// Where the edge crosses the row. Both triangles of a shared edge compute it from the same end.
bool crossing(ImVec2 p, ImVec2 q, double y, double& x) {
  if (q.y < p.y || (q.y == p.y && q.x < p.x)) std::swap(p, q);
  if (y < double{p.y} || y >= double{q.y}) return false;
  x = double{p.x} + (double{q.x} - double{p.x}) * ((y - double{p.y}) / (double{q.y} - double{p.y}));
  return true;
}

// The first pixel whose centre is at `x` or right of it, kept between the limits.
int first_pixel(double x, int least, int most) {
  const double pixel = std::ceil(x - 0.5);
  if (!(pixel > least)) return least;
  return pixel < most ? static_cast<int>(pixel) : most;
}

double coverage_at(const AtlasImage& atlas, double u, double v) {
  if (atlas.alpha == nullptr || atlas.width <= 0 || atlas.height <= 0) return 1;
  const double x = std::clamp(u * atlas.width, 0.0, static_cast<double>(atlas.width - 1));
  const double y = std::clamp(v * atlas.height, 0.0, static_cast<double>(atlas.height - 1));
  const auto at =
      static_cast<std::size_t>(y) * static_cast<std::size_t>(atlas.width) + static_cast<std::size_t>(x);
  return atlas.alpha[at] / 255.0;
}

std::uint32_t byte_of(double value) {
  return static_cast<std::uint32_t>(std::clamp(value, 0.0, 255.0) + 0.5);
}

bool is_drawable(const ImDrawVert& vertex) {
  constexpr float kFar = 1e6f;
  return std::abs(vertex.pos.x) < kFar && std::abs(vertex.pos.y) < kFar && std::isfinite(vertex.uv.x) &&
         std::isfinite(vertex.uv.y);
}

}  // namespace

std::uint32_t blend(std::uint32_t below, std::uint32_t colour, std::uint32_t alpha) {
  // 255 becomes 256, so that a full cover leaves exactly the colour.
  const std::uint32_t cover = alpha + (alpha >> 7);
  const std::uint32_t rest = 256 - cover;
  const std::uint32_t red_blue = ((colour & 0xFF00FF) * cover + (below & 0xFF00FF) * rest) >> 8;
  const std::uint32_t green = ((colour & 0x00FF00) * cover + (below & 0x00FF00) * rest) >> 8;
  return (red_blue & 0xFF00FF) | (green & 0x00FF00);
}

void paint_triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const AtlasImage& atlas,
                    const PixelBox& clip, Picture& picture) {
  if (clip.empty() || !is_drawable(a) || !is_drawable(b) || !is_drawable(c)) return;
  const double area = (double{b.pos.x} - double{a.pos.x}) * (double{c.pos.y} - double{a.pos.y}) -
                      (double{b.pos.y} - double{a.pos.y}) * (double{c.pos.x} - double{a.pos.x});
  if (area == 0) return;
  const Channels at_a = channels_of(a), at_b = channels_of(b), at_c = channels_of(c);
  std::array<Plane, kChannels> planes;
  for (std::size_t i = 0; i < kChannels; ++i)
    planes[i] = plane_through(a, b, c, at_a[i], at_b[i], at_c[i], area);

  const double top = double{std::min({a.pos.y, b.pos.y, c.pos.y})};
  const double bottom = double{std::max({a.pos.y, b.pos.y, c.pos.y})};
  const int last = first_pixel(bottom, clip.top, clip.bottom);
  for (int row = first_pixel(top, clip.top, clip.bottom); row < last; ++row) {
    const double y = row + 0.5;
    double from = 1e9, to = -1e9, x = 0;
    for (const auto& [p, q] : {std::pair{a.pos, b.pos}, {b.pos, c.pos}, {c.pos, a.pos}}) {
      if (crossing(p, q, y, x)) from = std::min(from, x), to = std::max(to, x);
    }
    std::uint32_t* line =
        &picture.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width)];
    const int end = first_pixel(to, clip.left, clip.right);
    for (int column = first_pixel(from, clip.left, clip.right); column < end; ++column) {
      Channels here;
      for (std::size_t i = 0; i < kChannels; ++i) here[i] = planes[i].at(column + 0.5, y);
      const std::uint32_t alpha = byte_of(here[kAlpha] * coverage_at(atlas, here[kU], here[kV]));
      if (alpha == 0) continue;
      const Rgb colour = byte_of(here[kRed]) << 16 | byte_of(here[kGreen]) << 8 | byte_of(here[kBlue]);
      line[column] = blend(line[column], colour, alpha);
    }
  }
}

}  // namespace viewer
