// A page of words: looking for a copy, none found, or one that cannot be used, and what to do about it.
#pragma once

#include "viewer/intent.h"
#include "viewer/surface.h"
#include "viewer/views.h"

namespace viewer {

Intent draw_fault_panel(const FaultView& view, const Box& inside, Surface& surface);

}  // namespace viewer
