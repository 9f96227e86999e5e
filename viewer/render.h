// Paints ImGui's draw lists into a picture in memory, on the CPU.
//
// Units:   pixels; a pixel is 0x00RRGGBB.
// Errors:  none: triangles outside the picture, of no size or with coordinates that are no numbers are
//          clipped or left out.
#pragma once

#include <cstdint>
#include <vector>

#include "viewer/style.h"
#include "viewer/text_atlas.h"

struct ImDrawData;

namespace viewer {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  // rows from the top

  void resize(int new_width, int new_height);
};

// Every pixel of the picture is set: to `background` first, then by the lists in order.
void render(const ImDrawData& data, const AtlasImage& atlas, Rgb background, Picture& picture);

// A short value of everything that decides the picture: equal values, equal pictures.
std::uint64_t hash_of(const ImDrawData& data, const AtlasImage& atlas, Rgb background);

}  // namespace viewer
