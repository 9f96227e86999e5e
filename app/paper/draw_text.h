// One page's marks as the operators of a PDF content stream, the same wherever the page will stand.
//
// A page names its fonts by their place in the font set (/F0, /F7) and its glyphs by their ids in the
// whole font, so it doesn't depend on the document that it goes into.
//
// Units:   points; PDF counts from the lower left corner.
// Errors:  Code::io when a font isn't what it was.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/glyphs_shown.h"
#include "app/paper/page.h"
#include "app/paper/shape.h"

namespace app {

// A shape that has no meaning by itself, and what it stood for.
struct GlyphNote {
  std::size_t font = 0;
  std::uint32_t glyph = 0;
  std::string characters;
};

struct PageOperators {
  std::string bytes;
  GlyphsShown glyphs;
  std::vector<GlyphNote> notes;
  std::size_t uncovered = 0;  // glyphs that stand for no character
};

Result<PageOperators> format_page(const Page& page, const FontSet& fonts);

// Text as PDF's UTF-16BE in hexadecimal digits, without a byte order mark.
std::string format_utf16_hex(std::string_view text);

}  // namespace app
