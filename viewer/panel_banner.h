// Who it is: above every chart, full width, never covered and never scrolled away.
#pragma once

#include "app/record/sheet.h"
#include "viewer/surface.h"

namespace viewer {

// Draws it at the top of `inside` and returns what is left below.
Box draw_banner_panel(const app::Sheet& sheet, const Box& inside, Surface& surface);

}  // namespace viewer
