// A PNG's pixels, decoded whole: for those that a PDF cannot show as they are packed, and to know that none are missing.
//
// Errors:  bad_source for a picture that is damaged or cut short, however little; no_room for one that is too large.
#pragma once

#include <string>
#include <string_view>

#include "app/error.h"

namespace exporter {

struct PngPixels {
  unsigned width = 0;
  unsigned height = 0;
  int channels = 1;    // 1 grey, 3 colour; a byte each
  std::string pixels;  // row by row from the top; what is see-through is white, as the paper is
};

app::Result<PngPixels> read_png_pixels(std::string_view bytes);

}  // namespace exporter
