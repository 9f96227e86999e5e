#include "viewer/headless.h"

#include "viewer/job_runner.h"
#include "viewer/render.h"
#include "viewer/screenshot.h"

namespace viewer {

app::Result<app::Done> take_screenshot(Errand errand, int width_px, int height_px, Screen& screen,
                                       Session& session, const std::filesystem::path& file) {
  session.tick(app::now());
  screen.resize(width_px, height_px);
  run_jobs(session);
  app::Result<app::Done> done = run_errand(errand, session);
  run_jobs(session);
  if (done.ok()) done = run_errand(errand, session);
  if (done.ok() && session.page() == Page::no_copy) {
    done = session.found().fault.value_or(
        app::Error{app::Code::not_a_copy, "There is no emergency copy here.", "the picture says where it was looked for"});
  }
  Picture picture;
  picture.resize(width_px, height_px);
  const ImDrawData& drawn = screen.draw();  // first: drawing may make the atlas anew
  render(drawn, screen.atlas().image(), screen.theme().fill(Ground::page), picture);
  session.lock();  // which records the search that the picture shows
  TRY(write_png(picture, file));
  return done;
}

}  // namespace viewer
