#include <exception>
#include <iostream>

#include "app/paper/shape.h"
#include "app/process_faults_posix.h"
#include "viewer/headless.h"
#include "viewer/options.h"
#include "viewer/process_posix.h"
#include "viewer/records.h"
#include "viewer/screen.h"
#include "viewer/window.h"

namespace {

int fail(const app::Error& error) {
  std::cerr << app::format_error(error);
  return static_cast<int>(error.code);
}

int run(int argc, char** argv) {
  const viewer::ReadOptions read = viewer::read_options(argc, argv);
  if (!read.options) return read.exit_code;
  const viewer::Options& options = *read.options;

  viewer::Session session(
      [copy = options.copy, memory = options.memory] {
        if (!copy.empty()) return viewer::find_copy({copy}, app::LaptopMemory::read(memory));
        return viewer::find_copy(viewer::usual_places(viewer::program_folder()), app::LaptopMemory::read(memory));
      },
      viewer::make_opener(options.memory, options.pair_anew, options.receipts));
  session.set_idle_limit(options.lock_after_min);
  session.set_asks_initials(options.initials);
  auto screen = viewer::Screen::open(app::find_fonts(), session);
  if (!screen.ok()) return fail(screen.error());
  screen.value().set_theme(options.theme);
  screen.value().set_scale(options.scale);

  const auto done = options.screenshot.empty()
                        ? viewer::run_window({options.width_px, options.height_px, !options.size_given},
                                             options.errand, screen.value(), session)
                        : viewer::take_screenshot(options.errand, options.width_px, options.height_px,
                                                  screen.value(), session, options.screenshot);
  return done.ok() ? 0 : fail(done.error());
}

}  // namespace

int main(int argc, char** argv) {
  app::forbid_core_dumps();
  app::survive_file_limits();
  try {
    return run(argc, argv);
  } catch (const std::exception&) {
    // What it says may hold what was being read, so nothing of it is shown.
    std::cerr << "The viewer had to stop, because this computer ran out of memory or refused it something.\n";
    return static_cast<int>(app::Code::io);
  }
}
