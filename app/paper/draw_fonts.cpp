#include "app/paper/draw_fonts.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_font.h>
#include <hpdf_fontdef.h>
#include <hpdf_streams.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "app/record/text.h"

namespace app {
namespace {

constexpr unsigned kForceBold = 0x40000;  // would embolden the bold fonts again
constexpr std::size_t kCharsPerList = 100;  // PDF's limit for one bfchar list

Error broken(const FontFile& file, const char* why) {
  return {Code::io, "A font can't be drawn with.", file.path.filename().string() + ": " + why};
}

HPDF_FontAttr attributes(HaruFont font) { return static_cast<HPDF_FontAttr>(font->attr); }

HPDF_TTFontDefAttr outlines(HaruFont font) {
  return static_cast<HPDF_TTFontDefAttr>(attributes(font)->fontdef->attr);
}

std::string hex4(std::uint32_t number) {
  std::array<char, 12> digits{};
  std::snprintf(digits.data(), digits.size(), "%04X", static_cast<unsigned>(number));
  return digits.data();
}

// The outlines of a font file, as far as composed glyphs need them.
class GlyphTable {
 public:
  GlyphTable(const std::string& file, const HPDF_TTFontDefAttr attr) : file_(file), attr_(attr) {}

  // The glyphs that this one is composed of. Ids are unsigned: fonts of East Asia have more than 32,767.
  std::vector<unsigned> parts_of(unsigned glyph) const {
    std::vector<unsigned> parts;
    const std::size_t begin = offset_of(glyph);
    const std::size_t end = offset_of(glyph + 1);
    constexpr std::size_t kHeader = 10;
    if (end > file_.size() || end <= begin + kHeader || (word(begin) & 0x8000) == 0) return parts;
    unsigned flags = kMoreParts;
    for (std::size_t at = begin + kHeader; (flags & kMoreParts) != 0 && at + 4 <= end;) {
      flags = word(at);
      parts.push_back(word(at + 2));
      at += 4 + ((flags & kWordArguments) != 0 ? 4 : 2);
      if ((flags & kOneScale) != 0) {
        at += 2;
      } else if ((flags & kTwoScales) != 0) {
        at += 4;
      } else if ((flags & kMatrix) != 0) {
        at += 8;
      }
    }
    return parts;
  }

 private:
  static constexpr unsigned kWordArguments = 0x1;
  static constexpr unsigned kOneScale = 0x8;
  static constexpr unsigned kMoreParts = 0x20;
  static constexpr unsigned kTwoScales = 0x40;
  static constexpr unsigned kMatrix = 0x80;

  unsigned word(std::size_t at) const {
    return static_cast<unsigned>(static_cast<unsigned char>(file_[at])) << 8 |
           static_cast<unsigned char>(file_[at + 1]);
  }
  std::size_t offset_of(unsigned glyph) const {
    const std::size_t unit = attr_->header.index_to_loc_format == 0 ? 2 : 1;
    return attr_->glyph_tbl.base_offset + static_cast<std::size_t>(attr_->glyph_tbl.offsets[glyph]) * unit;
  }

  const std::string& file_;
  const HPDF_TTFontDefAttr attr_;
};

void keep_composed_parts(HaruFont font, const std::string& file) {
  const HPDF_TTFontDefAttr attr = outlines(font);
  const GlyphTable table(file, attr);
  std::vector<unsigned> open;
  for (unsigned glyph = 0; glyph < attr->num_glyphs; ++glyph) {
    if (attr->glyph_tbl.flgs[glyph] != 0) open.push_back(glyph);
  }
  while (!open.empty()) {
    const unsigned glyph = open.back();
    open.pop_back();
    for (const unsigned part : table.parts_of(glyph)) {
      if (part >= attr->num_glyphs || attr->glyph_tbl.flgs[part] != 0) continue;
      attr->glyph_tbl.flgs[part] = 1;
      open.push_back(part);
    }
  }
}

std::string to_unicode_table(const std::map<std::uint32_t, std::string>& characters) {
  std::vector<std::string> entries;
  for (const auto& [glyph, text] : characters) {
    if (!text.empty()) entries.push_back("<" + hex4(glyph) + "> <" + format_utf16_hex(text) + ">\n");
  }
  std::string table =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t i = 0; i < entries.size(); i += kCharsPerList) {
    const std::size_t stop = std::min(i + kCharsPerList, entries.size());
    table += std::to_string(stop - i) + " beginbfchar\n";
    for (std::size_t j = i; j < stop; ++j) table += entries[j];
    table += "endbfchar\n";
  }
  return table + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

void replace_stream(HPDF_Dict dict, const std::string& bytes) {
  HPDF_MemStream_FreeData(dict->stream);
  if (bytes.empty()) return;
  HPDF_Stream_Write(dict->stream, reinterpret_cast<const HPDF_BYTE*>(bytes.data()),
                    static_cast<HPDF_UINT>(bytes.size()));
}

void write_characters(HaruFont font, const std::map<std::uint32_t, std::string>& characters) {
  HPDF_Dict stream = attributes(font)->cmap_stream;
  replace_stream(stream, to_unicode_table(characters));
  for (const char* key : {"Type", "CMapName", "CIDSystemInfo", "WMode"}) HPDF_Dict_RemoveElement(stream, key);
  const HPDF_Dict descendant = attributes(font)->descendant_font;
  const auto info = static_cast<HPDF_Dict>(HPDF_Dict_GetItem(descendant, "CIDSystemInfo", HPDF_OCLASS_DICT));
  if (info != nullptr) HPDF_Dict_Add(info, "Ordering", HPDF_String_New(font->mmgr, "Identity", nullptr));
}

// Character ids are glyph ids.
void write_glyph_map(HaruFont font, std::uint32_t last) {
  std::string map;
  map.reserve(2 * (last + 1));
  for (std::uint32_t glyph = 0; glyph <= last; ++glyph) {
    map += static_cast<char>(glyph >> 8);
    map += static_cast<char>(glyph & 0xFF);
  }
  replace_stream(attributes(font)->map_stream, map);
}

}  // namespace

std::string format_utf16_hex(std::string_view text) {
  std::string hex;
  for (std::size_t at = 0; at < text.size(); at += character_length(text, at)) {
    const std::uint32_t c = code_point_at(text, at);
    if (c < 0x10000) {
      hex += hex4(c);
    } else {
      hex += hex4(0xD800 + ((c - 0x10000) >> 10)) + hex4(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return hex;
}

Result<DrawnFont> DrawnFont::load(HaruDocument document, const FontFile& file) {
  DrawnFont drawn;
  drawn.document_ = document;
  drawn.file_ = &file;
  const char* name = HPDF_LoadTTFontFromFile(document, file.path.c_str(), HPDF_TRUE);
  if (name == nullptr) return broken(file, "not loaded");
  drawn.font_ = HPDF_GetFont(document, name, "UTF-8");
  if (drawn.font_ == nullptr || attributes(drawn.font_)->cmap_stream == nullptr) return broken(file, "not used");
  attributes(drawn.font_)->fontdef->flags &= ~kForceBold;
  return drawn;
}

bool DrawnFont::has_glyph(std::uint32_t glyph) const { return glyph < outlines(font_)->num_glyphs; }

bool DrawnFont::note(std::uint32_t glyph, std::string_view characters) {
  const auto [place, fresh] = characters_.try_emplace(glyph, characters);
  if (fresh) outlines(font_)->glyph_tbl.flgs[glyph] = 1;
  return fresh || place->second == characters;
}

int DrawnFont::width(std::uint32_t glyph) const {
  const HPDF_TTFontDefAttr attr = outlines(font_);
  const std::uint32_t metric = std::min<std::uint32_t>(glyph, attr->num_h_metric - 1U);
  return static_cast<int>(attr->h_metric[metric].advance_width) * 1000 / attr->header.units_per_em;
}

Result<Done> DrawnFont::complete() {
  std::ifstream in(file_->path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in || bytes.empty()) return broken(*file_, "not readable");
  keep_composed_parts(font_, bytes);
  write_characters(font_, characters_);
  write_glyph_map(font_, characters_.empty() ? 0 : characters_.rbegin()->first);

  HPDF_Array widths = HPDF_Array_New(font_->mmgr);
  HPDF_Array group = nullptr;
  std::uint32_t last = 0;
  for (const auto& [glyph, text] : characters_) {
    if (group == nullptr || glyph != last + 1) {
      HPDF_Array_AddNumber(widths, static_cast<HPDF_INT32>(glyph));
      group = HPDF_Array_New(font_->mmgr);
      HPDF_Array_Add(widths, group);
    }
    HPDF_Array_AddNumber(group, width(glyph));
    last = glyph;
  }
  HPDF_Dict_Add(attributes(font_)->descendant_font, "W", widths);
  return Done{};
}

}  // namespace app
