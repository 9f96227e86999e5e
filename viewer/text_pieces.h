// One line of text taken apart into what is drawn as one glyph each, in the order in which it is seen.
//
// Source:  app::visual_runs for directions and scripts.
// Errors:  none. Characters that no font has arrive as the letters of "[U+1F600]".
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace viewer {

struct TextPiece {
  std::string text;
  bool whole = false;  // shaped together as one glyph; else each code point is a glyph of its own
};

using Covers = std::function<bool(std::uint32_t code_point)>;

std::vector<TextPiece> split_line(std::string_view line, const Covers& covers);

void append_utf8(std::uint32_t code_point, std::string& out);

}  // namespace viewer
