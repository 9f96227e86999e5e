// Text into glyphs: every script as its readers write it.
//
// Units:   font units for positions (see Font::units_per_em); bytes of UTF-8 for clusters.
// Source:  HarfBuzz; fonts are TrueType files from assets/fonts.txt, copied beside the programs.
// Errors:  open: Code::io. A character that no font has is shaped as glyph 0 and counted as uncovered.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/paper/font_subset.h"

namespace app {

struct Glyph {
  std::uint32_t id = 0;       // glyph id in the font
  std::uint32_t cluster = 0;  // the byte where its characters begin in the shaped text
  std::int32_t advance = 0;
  std::int32_t x_offset = 0;
  std::int32_t y_offset = 0;
};

// Glyphs of one font, from left to right.
struct GlyphRun {
  std::size_t font = 0;  // index into FontSet::fonts()
  bool right_to_left = false;
  std::size_t begin = 0;  // the bytes of the line that it shows
  std::size_t end = 0;
  std::vector<Glyph> glyphs;
};

struct FontFile {
  std::string name;
  std::filesystem::path path;
  bool bold = false;
  int units_per_em = 1000;
  int ascent = 0;   // above the baseline, font units
  int descent = 0;  // below, negative
};

// A chain of fonts: the first that has a character draws it. Not for two threads at once.
class FontSet {
 public:
  // The fonts of assets/fonts.txt, from `folder`, in that order.
  static Result<FontSet> open(const std::filesystem::path& folder);
  ~FontSet();
  FontSet(FontSet&&) noexcept;
  FontSet& operator=(FontSet&&) noexcept;

  const std::vector<FontFile>& fonts() const;
  // Whether some font of the chain has this code point.
  bool covers(std::uint32_t code_point) const;

  // What a drawing must know of a font's glyphs; read when it is first asked for.
  const FontFacts& facts(std::size_t font) const;
  // These glyphs of a font, ascending.
  Result<FontSubset> cut(std::size_t font, const std::vector<std::uint32_t>& glyphs) const;

  // One line of clean text, bidirectional, as runs from left to right; the line as a whole goes from left
  // to right, whatever its first letter. Bold is used where a script has a bold font.
  std::vector<GlyphRun> shape(std::string_view line, bool bold) const;
  // Its width at a size, in the unit of the size.
  double width(std::string_view line, bool bold, double size) const;

 private:
  struct State;
  explicit FontSet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The folder of fonts that lies with the programs (app/find_share.h).
std::filesystem::path find_fonts();

}  // namespace app
