// What panels draw on: boxes and words in the theme's colours, and where a click fell.
//
// Shape:   thin over ImGui's draw list. Everything written is also noted, as plain text with its place: that
//          note is what tests read, and the seed of what a screen reader would be told.
// Units:   pixels from the top left; em() is the height of body text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viewer/page_image.h"
#include "viewer/style.h"
#include "viewer/text_atlas.h"

struct ImDrawList;

namespace viewer {

struct Box {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  bool holds(float px, float py) const { return px >= x && px < right() && py >= y && py < bottom(); }
  Box inset(float dx, float dy) const { return {x + dx, y + dy, w - 2 * dx, h - 2 * dy}; }
};

struct Pointer {
  float x = -1, y = -1;
  bool clicked = false;
  float wheel = 0;
};

struct Written {
  std::string text;
  Box box;
  Face face;
  Ground ground;
  Ink ink;
};

class Surface {
 public:
  Surface(TextAtlas& atlas, const Theme& theme, const Pointer& pointer, Box whole);

  TextAtlas& atlas() { return atlas_; }
  const Theme& theme() const { return theme_; }
  const Box& whole() const { return whole_; }
  float em() const;
  float line_height(Face face) const;

  void fill(const Box& box, Ground ground);
  void fill(const Box& box, Rgb colour);
  void outline(const Box& box, float thickness, Rgb colour);
  void line(float from_x, float from_y, float to_x, float to_y, float thickness, Rgb colour);
  // A page of a document, as large as the box. It must stay where it is until the frame is painted.
  void picture(const Box& box, const PageImage& image);
  // Slanting lines: what is meant shows without colour too.
  void hatch(const Box& box, Rgb colour);

  // One line with its top left corner at (x, y); its width.
  float write(float x, float y, std::string_view line, Face face, Ground ground, Ink ink);
  // Wrapped to `width`; its height.
  float write_wrapped(float x, float y, float width, std::string_view text, Face face, Ground ground,
                      Ink ink);
  float wrapped_height(float width, std::string_view text, Face face);
  std::vector<std::string> wrap(float width, std::string_view text, Face face);

  // Until unclip(), only what lies inside `box` is drawn and clicked.
  void clip(const Box& box);
  void unclip();

  bool hovers(const Box& box) const;
  bool clicked(const Box& box) const;
  float wheel(const Box& box) const;

  const std::vector<Written>& written() const { return written_; }

 private:
  TextAtlas& atlas_;
  const Theme& theme_;
  Pointer pointer_;
  Box whole_;
  Box clip_;
  ImDrawList& list_;
  std::vector<Written> written_;
};

}  // namespace viewer
