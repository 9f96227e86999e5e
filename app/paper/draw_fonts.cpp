#include "app/paper/draw_fonts.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_streams.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/paper/draw_text.h"

namespace app {
namespace {

constexpr std::size_t kCharsPerList = 100;  // PDF's limit for one bfchar list
constexpr int kStemWidth = 80;              // readers use it only for fonts that are not embedded

std::string hex4(std::uint32_t number) {
  std::array<char, 12> digits{};
  std::snprintf(digits.data(), digits.size(), "%04X", static_cast<unsigned>(number));
  return digits.data();
}

std::string to_unicode_table(const FontFacts& facts, const std::vector<std::uint32_t>& glyphs,
                             const GlyphMeanings& meanings) {
  std::vector<std::string> entries;
  for (const std::uint32_t glyph : glyphs) {
    const auto shown_for = meanings.find(glyph);
    const std::string& text = shown_for == meanings.end() ? facts.meanings[glyph] : shown_for->second;
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

// Character ids are the glyphs' ids in the whole font.
std::string glyph_map(const FontSubset& subset) {
  std::string map(subset.kept.empty() ? 2 : 2 * (subset.kept.back().glyph + std::size_t{1}), '\0');
  for (const FontSubset::Kept& kept : subset.kept) {
    map[2 * kept.glyph] = static_cast<char>(kept.in_subset >> 8);
    map[2 * kept.glyph + 1] = static_cast<char>(kept.in_subset & 0xFF);
  }
  return map;
}

// Six letters that differ where the glyphs differ, so that merged documents never confuse two subsets.
std::string subset_tag(const std::vector<std::uint32_t>& glyphs) {
  constexpr std::uint64_t kPrime = 0x100000001B3;
  std::uint64_t sum = 0xCBF29CE484222325;
  for (const std::uint32_t glyph : glyphs) sum = (sum ^ glyph) * kPrime;
  sum ^= sum >> 29;
  std::string tag;
  for (int i = 0; i < 6; ++i, sum /= 26) tag += static_cast<char>('A' + sum % 26);
  return tag;
}

HPDF_Dict add_stream(HPDF_Doc document, std::string_view bytes) {
  HPDF_Dict stream = HPDF_DictStream_New(document->mmgr, document->xref);
  if (stream != nullptr) put_squeezed(stream, squeeze(bytes));
  return stream;
}

HPDF_Dict add_dict(HPDF_Doc document, const char* type) {
  HPDF_Dict dict = HPDF_Dict_New(document->mmgr);
  if (dict == nullptr) return nullptr;
  HPDF_Xref_Add(document->xref, dict);
  HPDF_Dict_AddName(dict, "Type", type);
  return dict;
}

HPDF_Dict add_descriptor(HPDF_Doc document, const FontFile& file, const FontFacts& facts,
                         const std::string& name, const std::string& bytes) {
  HPDF_Dict descriptor = add_dict(document, "FontDescriptor");
  HPDF_Dict data = add_stream(document, bytes);
  if (descriptor == nullptr || data == nullptr) return nullptr;
  const auto thousandths = [&](int units) { return units * 1000 / file.units_per_em; };
  HPDF_Dict_AddNumber(data, "Length1", static_cast<HPDF_INT32>(bytes.size()));
  HPDF_Dict_AddName(descriptor, "FontName", name.c_str());
  HPDF_Dict_AddNumber(descriptor, "Flags", 4);  // glyphs of its own, not those of a standard alphabet
  HPDF_Array box = HPDF_Array_New(document->mmgr);
  for (const int side : facts.box) HPDF_Array_AddNumber(box, side);
  HPDF_Dict_Add(descriptor, "FontBBox", box);
  HPDF_Dict_AddNumber(descriptor, "ItalicAngle", 0);
  HPDF_Dict_AddNumber(descriptor, "Ascent", thousandths(file.ascent));
  HPDF_Dict_AddNumber(descriptor, "Descent", thousandths(file.descent));
  HPDF_Dict_AddNumber(descriptor, "CapHeight", thousandths(file.ascent));
  HPDF_Dict_AddNumber(descriptor, "StemV", kStemWidth);
  HPDF_Dict_Add(descriptor, "FontFile2", data);
  return descriptor;
}

HPDF_Array widths_of(HPDF_Doc document, const FontFacts& facts, const std::vector<std::uint32_t>& glyphs) {
  HPDF_Array widths = HPDF_Array_New(document->mmgr);
  HPDF_Array group = nullptr;
  std::uint32_t last = 0;
  for (const std::uint32_t glyph : glyphs) {
    if (group == nullptr || glyph != last + 1) {
      HPDF_Array_AddNumber(widths, static_cast<HPDF_INT32>(glyph));
      group = HPDF_Array_New(document->mmgr);
      HPDF_Array_Add(widths, group);
    }
    HPDF_Array_AddNumber(group, facts.widths[glyph]);
    last = glyph;
  }
  return widths;
}

HPDF_Dict add_descendant(HPDF_Doc document, const FontSet& fonts, std::size_t font, const std::string& name,
                         const FontSubset& subset, const std::vector<std::uint32_t>& glyphs) {
  const FontFacts& facts = fonts.facts(font);
  HPDF_Dict descriptor = add_descriptor(document, fonts.fonts()[font], facts, name, subset.bytes);
  HPDF_Dict descendant = add_dict(document, "Font");
  if (descriptor == nullptr || descendant == nullptr) return nullptr;
  HPDF_Dict_AddName(descendant, "Subtype", "CIDFontType2");
  HPDF_Dict_AddName(descendant, "BaseFont", name.c_str());
  HPDF_Dict_Add(descendant, "FontDescriptor", descriptor);
  HPDF_Dict system = HPDF_Dict_New(document->mmgr);
  HPDF_Dict_Add(descendant, "CIDSystemInfo", system);
  HPDF_Dict_Add(system, "Registry", HPDF_String_New(document->mmgr, "Adobe", nullptr));
  HPDF_Dict_Add(system, "Ordering", HPDF_String_New(document->mmgr, "Identity", nullptr));
  HPDF_Dict_AddNumber(system, "Supplement", 0);
  HPDF_Dict_AddNumber(descendant, "DW", 1000);
  HPDF_Dict_Add(descendant, "W", widths_of(document, facts, glyphs));
  HPDF_Dict_Add(descendant, "CIDToGIDMap", add_stream(document, glyph_map(subset)));
  return descendant;
}

}  // namespace

Result<HaruDict> add_font(HaruDocument document, const FontSet& fonts, std::size_t font,
                          const std::vector<std::uint32_t>& glyphs, const GlyphMeanings& meanings) {
  TRY_GET(const FontSubset subset, fonts.cut(font, glyphs));
  const std::string name = subset_tag(glyphs) + "+" + fonts.fonts()[font].name;
  HPDF_Dict descendant = add_descendant(document, fonts, font, name, subset, glyphs);
  HPDF_Dict whole = add_dict(document, "Font");
  if (descendant == nullptr || whole == nullptr) return HaruDict{nullptr};
  HPDF_Dict_AddName(whole, "Subtype", "Type0");
  HPDF_Dict_AddName(whole, "BaseFont", name.c_str());
  HPDF_Dict_AddName(whole, "Encoding", "Identity-H");
  HPDF_Array descendants = HPDF_Array_New(document->mmgr);
  HPDF_Array_Add(descendants, descendant);
  HPDF_Dict_Add(whole, "DescendantFonts", descendants);
  HPDF_Dict_Add(whole, "ToUnicode", add_stream(document, to_unicode_table(fonts.facts(font), glyphs, meanings)));
  return whole;
}

}  // namespace app
