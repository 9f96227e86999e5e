// Glyphs shaped by app::FontSet, painted by FreeType into small pictures.
//
// Units:   pixels.
// Errors:  open: Code::io. A font or glyph that FreeType refuses leaves its place empty.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace viewer {

// One glyph of the atlas: a letter, or a whole word.
struct Cell {
  int left = 0;  // from the pen to the picture's first column
  int top = 0;   // from the baseline up to the picture's first row
  int width = 0;
  int height = 0;
  float advance = 0;
  std::vector<std::uint8_t> alpha;
};

class CellPainter {
 public:
  static app::Result<CellPainter> open(const std::filesystem::path& fonts_folder);
  ~CellPainter();
  CellPainter(CellPainter&&) noexcept;
  CellPainter& operator=(CellPainter&&) noexcept;

  bool covers(std::uint32_t code_point) const;
  // `em_px`: the size of the font's em square.
  Cell paint(std::string_view text, bool bold, double em_px);
  // The first font of the chain, which decides where lines stand.
  std::filesystem::path base_font() const;
  // Its height from ascender to descender, and its ascent, per em.
  double base_height_em() const;
  double base_ascent_em() const;

 private:
  struct State;
  explicit CellPainter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace viewer
