// The fonts of one drawing: which glyphs are shown, what they say, and complete outlines for them.
//
// Libharu draws by code point, keeps only the first level of composed glyphs and writes a table of
// characters that readers reject. So text is drawn here by glyph id, and before saving each font gets
// its whole closure of glyphs, its widths and its characters from here.
//
// Units:   thousandths of the type size.
// Errors:  Code::io.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "app/error.h"
#include "app/paper/shape.h"

struct _HPDF_Doc_Rec;
struct _HPDF_Dict_Rec;

namespace app {

using HaruDocument = _HPDF_Doc_Rec*;
using HaruFont = _HPDF_Dict_Rec*;

class DrawnFont {
 public:
  static Result<DrawnFont> load(HaruDocument document, const FontFile& file);

  HaruFont handle() const { return font_; }
  const FontFile& file() const { return *file_; }
  bool has_glyph(std::uint32_t glyph) const;

  // Notes that `glyph` is shown for these characters (none: its cluster is said by another glyph).
  // False when it stands for others already: then the text must be said beside the glyphs.
  bool note(std::uint32_t glyph, std::string_view characters);
  int width(std::uint32_t glyph) const;

  // After the last page: completes the font for saving.
  Result<Done> complete();

 private:
  HaruDocument document_ = nullptr;
  HaruFont font_ = nullptr;
  const FontFile* file_ = nullptr;
  std::map<std::uint32_t, std::string> characters_;  // by glyph
};

// Text as PDF's UTF-16BE in hexadecimal digits, without a byte order mark.
std::string format_utf16_hex(std::string_view text);

}  // namespace app
