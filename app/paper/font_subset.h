// The part of a font that a document needs: the glyphs it shows, whole, and nothing else.
//
// Units:   widths in thousandths of the type size, as PDF counts them.
// Source:  HarfBuzz's subsetter: it follows composed glyphs to the last part. Shapes stay as they are;
//          hints for coarse screens are left out.
// Errors:  Code::io for a font that can't be cut.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "app/error.h"

struct hb_face_t;

namespace app {

// What a drawing asks of every glyph, by glyph id.
struct FontFacts {
  // The characters that the glyph stands for wherever it is shown. Empty for a shape that only its
  // neighbours bring about (a joined letter, a ligature of marks).
  std::vector<std::string> meanings;
  std::vector<int> widths;
  std::array<int, 4> box{};  // around all glyphs: left, bottom, right, top
};

struct FontSubset {
  std::string bytes;  // a TrueType file
  // Ascending: the glyph's id in the font, and its id in `bytes`.
  struct Kept {
    std::uint32_t glyph = 0;
    std::uint32_t in_subset = 0;
  };
  std::vector<Kept> kept;  // the glyphs asked for
};

FontFacts read_font_facts(hb_face_t* face);
Result<FontSubset> cut_font(hb_face_t* face, const std::vector<std::uint32_t>& glyphs);

}  // namespace app
