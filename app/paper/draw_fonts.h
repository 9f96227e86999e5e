// Fonts as a document holds them: only the glyphs that it shows, their widths and what they say.
//
// Libharu embeds whole tables, draws by code point and keeps only the first level of composed glyphs.
// So its objects are used here and not its fonts: what is embedded was cut out by HarfBuzz.
//
// Units:   thousandths of the type size.
// Errors:  Code::io when a font can't be cut.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/paper/shape.h"

struct _HPDF_Doc_Rec;
struct _HPDF_Dict_Rec;

namespace app {

using HaruDocument = _HPDF_Doc_Rec*;
using HaruDict = _HPDF_Dict_Rec*;

// What shapes without a meaning of their own were first shown for, by glyph.
using GlyphMeanings = std::map<std::uint32_t, std::string>;

// Adds the font to the document; null if libharu refuses.
Result<HaruDict> add_font(HaruDocument document, const FontSet& fonts, std::size_t font,
                          const std::vector<std::uint32_t>& glyphs, const GlyphMeanings& meanings);

// Bytes in fewer bytes (zlib's format).
std::string squeeze(std::string_view bytes);
// Makes them what a stream holds.
void put_squeezed(HaruDict stream, std::string_view squeezed);

}  // namespace app
