// The window: hands keys and clicks to the screen, shows its frames, and sleeps in between.
//
// Shape:   a frame is drawn after an event, after a slow step, and when the minute changes; one that looks
//          like the last is not painted. In between the program does not run at all.
// Errors:  Code::io when there is no display or no window can be had.
#pragma once

#include "app/error.h"
#include "viewer/errand.h"
#include "viewer/screen.h"

namespace viewer {

struct WindowSize {
  int width_px = 1366;
  int height_px = 768;
  bool maximized = true;
};

// Returns when the window is closed.
app::Result<app::Done> run_window(const WindowSize& size, Errand errand, Screen& screen, Session& session);

}  // namespace viewer
