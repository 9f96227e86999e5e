// What a picture's head says, as far as a PDF must know it to show the picture's own compressed bytes.
//
// Source:  JPEG (ITU T.81) frames; PNG without transparency and interlacing.
// Errors:  bad_source for a picture that is cut short or of another kind.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace exporter {

struct Picture {
  unsigned width = 0;
  unsigned height = 0;
  int bits = 8;
  int channels = 0;      // 1 grey, 3 colour, 4 inks
  bool is_jpeg = false;
  int orientation = 1;    // as TIFF and Exif number them: how it must be turned and mirrored to be looked at
  bool inverted = false;  // inks as Adobe's programs write them
  std::string palette;    // of a PNG with one: three bytes a colour
  std::string bytes;      // a JPEG whole; of a PNG its compressed lines
};

// One PNG, or any number of JPEGs one behind the other.
app::Result<std::vector<Picture>> read_pictures(std::string_view bytes);

}  // namespace exporter
