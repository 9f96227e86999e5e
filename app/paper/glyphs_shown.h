// Which glyphs of which fonts a page or a document shows.
//
// Errors:  none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace app {

// By font: its place in the font set.
class GlyphsShown {
 public:
  void add(std::size_t font, std::uint32_t glyph);
  void add(const GlyphsShown& other);
  // The fonts that have any.
  std::vector<std::size_t> fonts() const;
  // Ascending.
  std::vector<std::uint32_t> of(std::size_t font) const;

 private:
  std::vector<std::vector<std::uint64_t>> bits_;  // by font; a bit for each glyph
};

}  // namespace app
