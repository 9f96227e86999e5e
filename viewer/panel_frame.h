// The frame around every page: that this is the emergency copy, whose, and how old.
#pragma once

#include <vector>

#include "viewer/intent.h"
#include "viewer/surface.h"
#include "viewer/views.h"

namespace viewer {

// Draws it around the whole surface and returns what is left for the page.
Box draw_frame_panel(const FrameView& view, Surface& surface);

// A list of other copies, each with its key; a click chooses one. Ends where the room does; `y` moves on.
Intent draw_spare(const std::vector<Fact>& spare, const Box& room, float& y, Surface& surface);

// The bottom line that says what each key does; what is left above it.
Box draw_keys_line(const std::vector<Fact>& keys, const Box& inside, Surface& surface);

}  // namespace viewer
