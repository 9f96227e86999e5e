// What a picture's head says, as far as a PDF must know it to show the picture, if it can be by its own compressed bytes.
//
// Source:  JPEG (ITU T.81) frames; PNG, whose plain kinds a PDF shows as they are packed.
// Errors:  bad_source for a picture that is damaged, cut short or of another kind; no_room for too many pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace exporter {

// How a picture's bytes are packed.
enum class Packing : std::uint8_t { jpeg, png_lines, none };

struct Picture {
  unsigned width = 0;
  unsigned height = 0;
  int bits = 8;
  int channels = 0;      // 1 grey, 3 colour, 4 inks
  Packing packing = Packing::png_lines;
  int orientation = 1;    // as TIFF and Exif number them: how it must be turned and mirrored to be looked at
  bool inverted = false;  // inks as Adobe's programs write them
  std::string palette;    // of a PNG with one: three bytes a colour
  std::string bytes;      // a JPEG whole; of a PNG its compressed lines, or its pixels
};

// One PNG, or any number of JPEGs one behind the other.
app::Result<std::vector<Picture>> read_pictures(std::string_view bytes);

}  // namespace exporter
