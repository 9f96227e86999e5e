// One page's marks as the operators of a PDF content stream.
//
// Units:   points; PDF counts from the lower left corner.
// Errors:  Code::io when a font can't be loaded.
#pragma once

#include <functional>
#include <string>

#include "app/error.h"
#include "app/paper/draw_fonts.h"
#include "app/paper/page.h"

namespace app {

// A font of the drawing and its name on this page.
struct PageFont {
  DrawnFont* font = nullptr;
  std::string name;
};
using FindPageFont = std::function<Result<PageFont>(std::size_t font)>;

// Glyphs that stand for no character are counted in `uncovered`.
Result<std::string> format_page(const Page& page, const FontSet& fonts, const FindPageFont& find_font,
                                std::size_t& uncovered);

}  // namespace app
