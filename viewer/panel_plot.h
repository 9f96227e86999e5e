// Numbers over time as a small drawing beside the words that say each of them: how they moved, for the eye.
//
// A line with a square at each number, the last one larger; the reference range as a band behind it, with an edge where
// it ends. What differs, differs in lightness too.
#pragma once

#include "app/record/sheet.h"
#include "viewer/surface.h"

namespace viewer {

void draw_plot(const app::Plot& plot, const Box& box, Ground ground, Surface& surface);

}  // namespace viewer
