// What a TIFF says of itself: how many pages it has, and whether all of their bytes are there.
//
// The programs that print a TIFF take one that breaks off for one with fewer pages, and say nothing.
// Units:   pixels.
// Errors:  none; what makes no sense is a file that is cut short.
// Source:  TIFF 6.0, sections 2 and 15.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exporter {

struct TiffPages {
  std::size_t pages = 0;        // that are there to begin with
  bool whole = false;           // the chain of pages ends as it should, with every picture's bytes inside of the file
  std::uint32_t width = 0;      // of the first page
  std::uint32_t height = 0;
  bool has_resolution = false;  // the first page says how large it is on paper
};

bool is_tiff(std::string_view bytes);
TiffPages look_at_tiff(std::string_view bytes);

}  // namespace exporter
