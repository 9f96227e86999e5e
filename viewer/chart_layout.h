// Where every word of a chart stands below its banner: lines and boxes on one long page, ready to scroll.
//
// Units:   pixels from the top left of that page.
// Errors:  none; every text of the sheet is on the page in full.
#pragma once

#include <string>
#include <vector>

#include "app/record/sheet.h"
#include "viewer/surface.h"

namespace viewer {

struct PlacedText {
  float x = 0, y = 0;
  std::string text;
  Face face = Face::body;
  Ground ground = Ground::page;
  Ink ink = Ink::plain;
};

struct PlacedBox {
  enum class Kind { fill, bar, outline, rule };
  Box box;
  Kind kind = Kind::fill;
  Ground ground = Ground::page;
};

// Numbers over time, drawn in this box.
struct PlacedPlot {
  Box box;
  app::Plot plot;
  Ground ground = Ground::page;
};

struct ChartLayout {
  std::vector<PlacedText> texts;  // from top to bottom
  std::vector<PlacedBox> boxes;   // from top to bottom
  std::vector<PlacedPlot> plots;  // from top to bottom
  std::vector<float> section_tops;
  float height = 0;
};

ChartLayout lay_out_chart(const app::Sheet& sheet, float width, Surface& surface);

}  // namespace viewer
