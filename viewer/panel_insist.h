// The page between a forged copy and whoever must open it all the same: what it may cost, why, and who says so.
#pragma once

#include "viewer/intent.h"
#include "viewer/surface.h"
#include "viewer/views.h"

namespace viewer {

Intent draw_insist_panel(const InsistView& view, const Box& inside, Surface& surface);

}  // namespace viewer
