// The first page: which copy this is, and the field for the passphrase.
#pragma once

#include "viewer/intent.h"
#include "viewer/surface.h"
#include "viewer/views.h"

namespace viewer {

Intent draw_unlock_panel(const UnlockView& view, const Box& inside, Surface& surface);

}  // namespace viewer
