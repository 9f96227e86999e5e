// The real program in a real window, on a copy that the real night made: three letters and Return show a
// chart, pixel for pixel.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iterator>

#include "app/paper/shape.h"
#include "tests/command.h"
#include "tests/house_places.h"
#include "tests/running_program_posix.h"
#include "viewer/errand.h"
#include "viewer/job_runner.h"
#include "viewer/render.h"
#include "viewer/screen.h"

namespace {

namespace fs = std::filesystem;
using tests::contents;
using tests::run;
using tests::RunningProgram;
using tests::wait_until;

constexpr int kWidth_px = 1000, kHeight_px = 640;
constexpr char kPhrase[] = "lantern copper window seven";

// The X server keeps what it shows in a file in the format of xwd: a header of 32-bit numbers, the most
// significant byte first, then the colours, twelve bytes each, then the rows.
viewer::Picture read_framebuffer(const fs::path& file) {
  viewer::Picture picture;
  const std::string bytes = contents(file);
  if (bytes.size() < 100) return picture;
  const auto number = [&](std::size_t index) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[index * 4 + i]);
    return value;
  };
  const std::size_t width = number(4), height = number(5), row_bytes = number(12);
  const std::size_t start = number(0) + number(19) * 12;
  if (number(11) != 32 || bytes.size() < start + row_bytes * height) return picture;
  picture.resize(static_cast<int>(width), static_cast<int>(height));
  for (std::size_t y = 0; y < height; ++y)
    std::memcpy(&picture.pixels[y * width], &bytes[start + y * row_bytes], width * 4);
  return picture;
}

// Wherever the window manager put it.
bool holds(const viewer::Picture& whole, const viewer::Picture& part) {
  const auto row = [](const viewer::Picture& picture, int y) {
    return picture.pixels.begin() + static_cast<std::ptrdiff_t>(y) * picture.width;
  };
  const auto is_at = [&](int left, int top) {
    for (int y = 0; y < part.height; ++y)
      if (!std::equal(row(part, y), row(part, y) + part.width, row(whole, top + y) + left,
                      [](std::uint32_t a, std::uint32_t b) { return ((a ^ b) & 0xFFFFFF) == 0; }))
        return false;
    return true;
  };
  for (int top = 0; top + part.height <= whole.height; ++top)
    for (int left = 0; left + part.width <= whole.width; ++left)
      if (is_at(left, top)) return true;
  return false;
}

// A display of its own, a window manager, and a copy of a dozen invented patients.
class ViewerWindow : public testing::Test {
 protected:
  void SetUp() override {
    if (run("command -v Xvfb && command -v xdotool && command -v openbox").exit_code != 0)
      GTEST_SKIP() << "needs xvfb, xdotool and openbox";
    const std::string root = folder_.path().string();
    tests::write(folder_.path() / "phrase", std::string(kPhrase) + "\n");
    const auto made = run(
        "set -e; cd '" + root + "'; $NIGHTCHART practice --patients 12 --seed 5 --out emr.sqlite; "
        "$NIGHTCHART init practice --name 'Elm Street' --time-zone America/New_York --keyholder reception "
        "--passphrase-file phrase --emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" "
        "--copies \"$PWD/copies\"; $NIGHTCHART night --config practice/nightchart.toml");
    ASSERT_EQ(made.exit_code, 0) << made.err;
    server_.emplace("Xvfb -displayfd 1 -screen 0 1100x720x24 -nocursor -nolisten tcp -fbdir '" + root +
                    "' >'" + root + "/display' 2>/dev/null");
    ASSERT_TRUE(wait_until(
        [&] { return contents(folder_.path() / "display").find('\n') != std::string::npos; }));
    const std::string number = contents(folder_.path() / "display");
    display_ = "DISPLAY=:" + number.substr(0, number.find('\n')) + " ";
    window_manager_.emplace("env " + display_ + "openbox --sm-disable >/dev/null 2>&1");
    // A window that is there before its manager is never given the keys.
    ASSERT_TRUE(wait_until([&] { return run(display_ + "xdotool get_num_desktops").exit_code == 0; }));
    viewer_.emplace("env " + display_ + "'" + tests::kPrograms + "/nightchart-viewer' '" + root + "/copies' --size " +
                    std::to_string(kWidth_px) + "x" + std::to_string(kHeight_px) + " --passphrase-file '" +
                    root + "/phrase' >/dev/null 2>'" + root + "/viewer.err'");
  }

  // What the same keys show without a window.
  viewer::Picture expected(viewer::Session& session, viewer::Screen& screen) {
    session.tick(app::now());
    screen.resize(kWidth_px, kHeight_px);
    viewer::Picture picture;
    picture.resize(kWidth_px, kHeight_px);
    const ImDrawData& drawn = screen.draw();
    viewer::render(drawn, screen.atlas().image(), screen.theme().fill(viewer::Ground::page), picture);
    return picture;
  }
  testing::AssertionResult comes_to_show(viewer::Session& session, viewer::Screen& screen) {
    const bool shown = wait_until(
        [&] { return holds(read_framebuffer(folder_.path() / "Xvfb_screen0"), expected(session, screen)); });
    if (shown) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "the window shows something else. "
                                       << contents(folder_.path() / "viewer.err");
  }
  void press(const std::string& keys) {
    EXPECT_EQ(run(display_ + "xdotool key --clearmodifiers " + keys).exit_code, 0);
  }

  tests::TemporaryFolder folder_;
  std::string display_;
  std::optional<RunningProgram> server_, window_manager_, viewer_;
};

// Three letters that begin the name of somebody who is found by them first.
std::string find_letters(viewer::Session& session) {
  for (char first = 'a'; first <= 'z'; ++first) {
    session.back();
    session.type(std::string(1, first));
    if (session.hits().hits.empty()) continue;
    std::string letters;
    for (const char c : session.hits().hits.front().name.substr(0, 3))
      letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    session.back();
    const bool plain =
        std::all_of(letters.begin(), letters.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (plain) return letters;
  }
  return "";
}

TEST_F(ViewerWindow, ThreeLettersAndReturnShowAChartAndThenItRestsUntilItIsClosed) {
  viewer::Session session([this] { return viewer::find_copy({folder_.path() / "copies"}, app::LaptopMemory::read()); },
                          viewer::make_opener());
  session.tick(app::now());
  viewer::Errand errand{kPhrase, "", ""};
  viewer::run_jobs(session);
  ASSERT_TRUE(viewer::run_errand(errand, session).ok());
  viewer::run_jobs(session);
  ASSERT_EQ(session.page(), viewer::Page::search);
  const std::string letters = find_letters(session);
  ASSERT_EQ(letters.size(), 3u);
  auto opened = viewer::Screen::open(app::find_fonts(), session);
  ASSERT_TRUE(opened.ok());
  viewer::Screen& screen = opened.value();

  ASSERT_TRUE(comes_to_show(session, screen)) << "the search page";
  const std::string is_active = display_ + "xdotool getactivewindow getwindowname";
  ASSERT_TRUE(wait_until([&] {
    run(display_ + "xdotool search --name Nightchart windowactivate");
    return run(is_active).out.find("Nightchart") != std::string::npos;
  }));
  for (const char letter : letters) press(std::string(1, letter));
  session.type(letters);
  ASSERT_TRUE(comes_to_show(session, screen)) << "the hits";
  press("Return");
  session.submit();
  ASSERT_EQ(session.page(), viewer::Page::chart);
  ASSERT_TRUE(comes_to_show(session, screen)) << "the chart";

  const long before = viewer_->time_used();
  EXPECT_GT(before, 0);
  std::this_thread::sleep_for(std::chrono::seconds(2));  // what it does while nothing happens
  EXPECT_LT(viewer_->time_used() - before, 20) << "a battery must last";

  press("alt+F4");
  ASSERT_TRUE(wait_until([&] { return viewer_->ended(); }));
  EXPECT_EQ(viewer_->exit_code(), 0) << contents(folder_.path() / "viewer.err");
}

TEST(ViewerProgram, EndsWithOneSentenceWhenThereIsNoMemoryLeft) {
  const tests::TemporaryFolder folder;
  const auto outcome = run("cd '" + folder.path().string() +
                           "'; ulimit -v 400000; $VIEWER . --size 8192x8192 --screenshot picture.png");
  EXPECT_EQ(outcome.exit_code, 16) << outcome.err;
  EXPECT_EQ(outcome.err.find("The viewer had to stop"), 0u) << outcome.err;
  EXPECT_FALSE(fs::exists(folder.path() / "picture.png"));
}

}  // namespace
