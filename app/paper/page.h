// A page before it is drawn: what stands where, as plain values.
//
// Units:   points (1/72 inch) from the top left corner, y downwards; a text's y is its baseline.
//          Grey: 0 is black, 1 is white. There is no colour but in pictures: the printer of the practice may have none.
// Errors:  none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/page_picture.h"

namespace app {

struct Paper {
  double width_pt = 595.28;  // A4
  double height_pt = 841.89;
};

inline constexpr Paper kA4{595.28, 841.89};
inline constexpr Paper kLetter{612.0, 792.0};

// One line of one weight. Every character in it has a glyph (see printable_text).
struct TextMark {
  double x_pt = 0;
  double y_pt = 0;
  std::string text;
  double size_pt = 0;
  bool bold = false;
  double grey = 0;
};

// A straight line.
struct RuleMark {
  double x_pt = 0;
  double y_pt = 0;
  double to_x_pt = 0;
  double to_y_pt = 0;
  double width_pt = 0;
  double grey = 0;
};

enum class Filling : std::uint8_t { none, grey, hatched };

struct BoxMark {
  double x_pt = 0;
  double y_pt = 0;
  double width_pt = 0;
  double height_pt = 0;
  double border_pt = 0;  // 0: no border
  Filling filling = Filling::none;
  double grey = 0;       // of a grey filling
};

// A place that leads to a part of the same document, by the part's name; whoever binds the pages makes it work.
struct LinkMark {
  double x_pt = 0;
  double y_pt = 0;
  double width_pt = 0;
  double height_pt = 0;
  std::string to;
};

// Dots of grey or colour, as large as the box; a byte each, row by row from the top.
struct PictureMark {
  double x_pt = 0;
  double y_pt = 0;
  double width_pt = 0;
  double height_pt = 0;
  bool turned = false;  // its top lies at the left: what is wider than high
  std::shared_ptr<const PagePicture> picture;
};

// Pictures are drawn first, then boxes, rules and texts: nothing ever covers a word.
struct Page {
  Paper paper;
  std::vector<BoxMark> boxes;
  std::vector<RuleMark> rules;
  std::vector<TextMark> texts;     // in the order in which they are read
  std::vector<LinkMark> links{};
  std::size_t uncovered = 0;       // characters that no font has, printed as [U+XXXX]
  std::vector<PictureMark> pictures{};
};

}  // namespace app
