// The password of what was put on a stick, in letters that can be read across the desk.
#pragma once

#include "viewer/intent.h"
#include "viewer/stick_view.h"
#include "viewer/surface.h"

namespace viewer {

Intent draw_stick_panel(const StickView& view, const Box& inside, Surface& surface);

}  // namespace viewer
