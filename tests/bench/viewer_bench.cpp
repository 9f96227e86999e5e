// What the viewer costs a battery: CPU for each frame that is drawn, the time to the first frame, and what it does and
// holds while nobody touches it. Each figure stands beside its target. Usage: viewer_bench [PATIENTS]
// The second half needs Xvfb, and runs the real program on an invented practice.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <iterator>

#include "tests/command.h"
#include "tests/house_places.h"
#include "tests/running_program_posix.h"
#include "tests/viewer_harness.h"

namespace {

using viewer::Key;

double cpu_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

bool all_met = true;

void say(const char* what, double seen, const char* unit, double target) {
  const bool met = seen <= target;
  all_met = all_met && met;
  std::printf("  %-58s %8.2f %-3s (at most %g)%s\n", what, seen, unit, target, met ? "" : "   MISSED");
}

viewer_test::FakeRecords make_town() {
  viewer_test::FakeRecords records = viewer_test::make_records();
  for (app::ChartId id = 10; id < 400; ++id)
    records.patients.push_back(viewer_test::make_hit(id, "SMITHSON, Given" + std::to_string(id), "1970-03-04"));
  for (int i = 0; i < 60; ++i) records.appointments.push_back(records.appointments[static_cast<std::size_t>(i % 3)]);
  return records;
}

// Makes a change, then what the window makes of it: the frame, its hash, its pixels.
class Desk {
 public:
  Desk(int width_px, int height_px, float display_scale) : viewer_(make_town()) {
    viewer_.screen->resize(width_px, height_px);
    viewer_.screen->set_display_scale(display_scale);
    picture_.resize(width_px, height_px);
    viewer_.unlock();
  }
  void measure(const char* what, double target_ms, const std::function<void(viewer::Screen&, int)>& change) {
    std::vector<double> times;
    for (int i = 0; i < 220; ++i) {
      change(*viewer_.screen, i);
      const double start = cpu_ms();
      const ImDrawData& drawn = viewer_.screen->draw();
      const auto image = viewer_.screen->atlas().image();
      const viewer::Rgb background = viewer_.screen->theme().fill(viewer::Ground::page);
      (void)viewer::hash_of(drawn, image, background);
      viewer::render(drawn, image, background, picture_);
      if (i >= 20) times.push_back(cpu_ms() - start);
    }
    std::sort(times.begin(), times.end());
    say(what, times[times.size() / 2], "ms", target_ms);
    std::printf("  %-58s %8.2f ms\n", "  the slowest of a hundred", times[times.size() * 99 / 100]);
  }
  viewer_test::Viewer& viewer() { return viewer_; }

 private:
  viewer_test::Viewer viewer_;
  viewer::Picture picture_;
};

void measure_frames(const char* name, int width_px, int height_px, float display_scale, double target_ms) {
  std::printf("A frame at %s, CPU:\n", name);
  Desk desk(width_px, height_px, display_scale);
  desk.measure("the day, another row chosen", target_ms,
               [](viewer::Screen& screen, int) { screen.press({Key::down, false, false, false, 0}); });
  desk.measure("a letter typed, a hundred hits", target_ms, [](viewer::Screen& screen, int i) {
    i % 2 == 0 ? screen.type("S") : screen.press({Key::backspace, false, false, false, 0});
  });
  desk.viewer().type("SMITH, Anna");
  desk.viewer().press(Key::enter);
  desk.measure("a chart read on", target_ms, [](viewer::Screen& screen, int i) {
    screen.press({i % 20 < 10 ? Key::down : Key::up, false, false, false, 0});
  });
}

class Display {
 public:
  explicit Display(const std::filesystem::path& root)
      : root_(root), server_("Xvfb -displayfd 1 -screen 0 1366x768x24 -nocursor -nolisten tcp -fbdir '" + root.string() + "' >'" +
                             root.string() + "/display' 2>/dev/null") {
    if (!tests::wait_until([&] { return tests::contents(root / "display").find('\n') != std::string::npos; })) return;
    const std::string number = tests::contents(root / "display");
    name_ = "DISPLAY=:" + number.substr(0, number.find('\n')) + " ";
  }
  const std::string& name() const { return name_; }
  bool is_dark() const {
    const std::string bytes = tests::contents(root_ / "Xvfb_screen0");
    return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2 + 4096),
                       [](char c) { return c == 0; });
  }

 private:
  std::filesystem::path root_;
  tests::RunningProgram server_;
  std::string name_;
};

double start_ms(const Display& display, const std::string& command) {
  const auto start = std::chrono::steady_clock::now();
  tests::RunningProgram program("env " + display.name() + command + " >/dev/null 2>&1");
  while (display.is_dark() && std::chrono::steady_clock::now() - start < std::chrono::seconds(5)) continue;
  const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return took;
}

void measure_program(const std::string& patients) {
  const tests::TemporaryFolder folder;
  const std::string root = folder.path().string();
  tests::write(folder.path() / "phrase", "lantern copper window seven\n");
  const auto made = tests::run("set -e; cd '" + root + "'; $NIGHTCHART practice --patients " + patients + " --seed 5 --out emr.sqlite; "
      "$NIGHTCHART init practice --name 'Elm Street' --time-zone America/New_York --keyholder reception --passphrase-file phrase "
      "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" --copies \"$PWD/copies\"; "
      "$NIGHTCHART night --config practice/nightchart.toml");
  if (made.exit_code != 0) return void(std::printf("No copy could be made: %s\n", made.err.c_str()));
  const Display display(folder.path());
  if (display.name().empty()) return void(std::printf("No Xvfb here: the rest was not measured.\n"));
  const std::string viewer = "XDG_STATE_HOME='" + root + "/state' '" + std::string(tests::kPrograms) + "/nightchart-viewer' '" + root + "/copies' --size 1366x768";
  std::printf("The program, on a copy of %s patients:\n", patients.c_str());
  std::vector<double> starts;
  for (int i = 0; i < 7; ++i) {
    starts.push_back(start_ms(display, viewer));
    tests::wait_until([&] { return display.is_dark(); });
  }
  say("started to its first frame, the best of seven", *std::min_element(starts.begin(), starts.end()), "ms", 60);

  const tests::RunningProgram open("env " + display.name() + viewer + " --lock-after 0 --passphrase-file '" + root + "/phrase' >/dev/null 2>&1");
  std::this_thread::sleep_for(std::chrono::seconds(5));
  while (std::time(nullptr) % 60 > 45 || std::time(nullptr) % 60 < 2) std::this_thread::sleep_for(std::chrono::seconds(1));
  const long ticks = open.time_used(), switches = open.status("voluntary_ctxt_switches:");
  std::this_thread::sleep_for(std::chrono::seconds(10));
  say("open and idle between two minutes, of one processor", static_cast<double>(open.time_used() - ticks) / 10, "%", 0);
  say("times that it woke up in those ten seconds", static_cast<double>(open.status("voluntary_ctxt_switches:") - switches), "", 0);
  say("memory, the copy's search index among it", static_cast<double>(open.status("VmRSS:")) / 1024, "MB", 60);
  std::printf("  %-58s %8.2f MB\n", "  the most it ever had", static_cast<double>(open.status("VmHWM:")) / 1024);
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  measure_frames("1366x768", 1366, 768, 1, 3);
  measure_frames("3840x2160, twice the scale", 3840, 2160, 2, 12);
  measure_program(argc > 1 ? argv[1] : "2000");
  std::printf(all_met ? "All targets are met.\n" : "A target is MISSED.\n");
  return 0;
}
