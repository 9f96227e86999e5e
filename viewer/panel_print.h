// Everything that can be printed, a line and a key each.
#pragma once

#include "viewer/intent.h"
#include "viewer/print_view.h"
#include "viewer/surface.h"

namespace viewer {

Intent draw_print_panel(const PrintView& view, const Box& inside, Surface& surface);

}  // namespace viewer
