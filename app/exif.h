// How a camera or a scanner was held when it took a picture, as the picture's Exif says it.
//
// Units:   TIFF's orientation: 1 upright, 2 to 8 turned or mirrored.
// Errors:  none; what says nothing that makes sense is upright.
// Source:  Exif 2.3, 4.6.4 (tag 0x0112); TIFF 6.0, "Orientation".
#pragma once

#include <string_view>

namespace app {

// Of the bytes that follow an APP1 marker and its length: "Exif", two zeros, a TIFF's head and table.
int read_exif_orientation(std::string_view exif);

// Of a JPEG: of the first APP1 before the picture itself that says so.
int read_jpeg_orientation(std::string_view jpeg);

}  // namespace app
