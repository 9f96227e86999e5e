// One picture without any window: what --screenshot does, and what tests of the whole program look at.
#pragma once

#include <filesystem>

#include "app/error.h"
#include "viewer/errand.h"
#include "viewer/screen.h"

namespace viewer {

// Runs the errand to its end on this thread, draws one frame and writes it to `file`.
// Errors: those of the errand; Code::io.
app::Result<app::Done> take_screenshot(Errand errand, int width_px, int height_px, Screen& screen,
                                       Session& session, const std::filesystem::path& file);

}  // namespace viewer
