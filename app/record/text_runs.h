// Lines of text taken apart into runs that one font can draw, and the places where a line may break.
//
// Units:   bytes of UTF-8.
// Source:  Unicode bidirectional algorithm, script property and line breaking (ICU).
// Errors:  none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace app {

struct TextRun {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t script = 0;  // ISO 15924 as four bytes, as HarfBuzz has it: 'L'<<24 | 'a'<<16 | …
  bool right_to_left = false;
};

// The runs of one line from left to right as they are seen. Each run has one script and one direction;
// characters of no script of their own go with their neighbours.
std::vector<TextRun> visual_runs(std::string_view line);

// Where a line may break: byte positions after which the next line may begin, ascending, the last is
// text.size(). A position behind which the text demands a new line (\n) is in it too.
std::vector<std::size_t> line_breaks(std::string_view text);

}  // namespace app
