// One triangle painted on the CPU: the slow way that every shape can take.
#pragma once

#include "viewer/render.h"

struct ImDrawVert;

namespace viewer {

// Pixels from left and top up to, but without, right and bottom.
struct PixelBox {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  bool empty() const { return left >= right || top >= bottom; }
};

// `colour` 0xRRGGBB over what is there; `alpha` 0 to 255.
std::uint32_t blend(std::uint32_t below, std::uint32_t colour, std::uint32_t alpha);

// Requires: `clip` lies inside the picture. A pixel belongs to a triangle when its centre does; centres on
// an edge that two triangles share belong to exactly one of them.
void paint_triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const AtlasImage& atlas,
                    const PixelBox& clip, Picture& picture);

}  // namespace viewer
