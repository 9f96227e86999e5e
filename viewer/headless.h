// One picture without any window: what --screenshot does, and what tests of the whole program look at.
#pragma once

#include <filesystem>

#include "app/error.h"
#include "viewer/errand.h"
#include "viewer/screen.h"

namespace viewer {

// Runs the errand to its end on this thread, draws one frame and writes it to `file`.
// The picture is drawn also when the errand fails: it shows what a person would see.
// Errors: those of the errand; why there is no copy to open; Code::io.
app::Result<app::Done> take_screenshot(Errand errand, int width_px, int height_px, Screen& screen,
                                       Session& session, const std::filesystem::path& file);

}  // namespace viewer
