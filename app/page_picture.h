// One page of a foreign document as pixels: what the program that draws it hands to the viewer.
//
// Shape:   one line, "page PAGES WIDTH HEIGHT CHANNELS", behind it " damaged" or " short" where something is missing, then the
//          pixels' bytes row by row from the top, and nothing else.
//          The drawing program may have been taken over by what it drew: whoever reads its answer believes nothing of it.
// Units:   pixels; of one channel, a byte of grey, or of three, red, green and blue.
// Errors:  parse: bad_source for anything that is not exactly that.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "app/error.h"

namespace app {

// What its file lacks, as far as whoever drew it knows.
enum class Loss : std::uint8_t {
  none,
  parts,  // of this page, perhaps: its file is damaged
  pages,  // the file breaks off: there were more pages
};

struct PagePicture {
  int pages = 0;  // of the whole document
  int width = 0;
  int height = 0;
  int channels = 1;
  std::string pixels;
  Loss loss = Loss::none;

  std::size_t row_bytes() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels); }
};

inline constexpr int kPictureSideMost = 30'000;
inline constexpr std::size_t kPicturePixelsMost = 24'000'000;
inline constexpr int kDocumentPagesMost = 100'000;

std::string format_picture_head(const PagePicture& picture);
Result<PagePicture> parse_page_picture(std::string bytes);

// Why a document cannot be drawn: what the program says, and the same for people, after "because".
inline constexpr std::array kDrawingFaults = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"locked", "it is locked with a password that is not in this copy"},
    {"kind", "it is neither a PDF, a picture (JPEG, PNG, TIFF) nor plain text"},
    {"broken", "its bytes are damaged or cut short"},
    {"large", "it is too large to be drawn on this computer"},
    {"page", "it has no such page"},
    {"door", "this computer cannot shut the drawing program in, and without that no foreign document is opened"},
});

}  // namespace app
