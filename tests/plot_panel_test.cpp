// Numbers over time on a chart: drawn beside the words, in every theme, without a word less.
#include <gtest/gtest.h>

#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer_test::FakeRecords;
using viewer_test::Viewer;

// Charts whose only section is a panel of two tests; the first has a past.
FakeRecords plotted_records() {
  FakeRecords records = viewer_test::make_records();
  records.alter = [](app::Sheet& sheet) {
    app::SheetSection results{"results", "Results (2)", "", app::Weight::plain, {}};
    app::Row heading{"Metabolic panel", {{"2 tests", app::Weight::muted}}, "", "", app::Weight::strong};
    heading.heads = true;
    app::Row potassium{"Potassium",
                       {{"6.25 mmol/L", app::Weight::strong}, {"HIGH", app::Weight::alarm}},
                       "14-Oct-2025",
                       "",
                       app::Weight::alarm};
    potassium.plot.lines = {{{20000, 4.5}, {20100, 3.125}, {20200, 6.25}}};
    potassium.plot.range = std::pair(3.5, 5.1);
    app::Row sodium{"Sodium", {{"140 mmol/L", app::Weight::strong}}, "14-Oct-2025", "", app::Weight::plain};
    results.rows = {heading, potassium, sodium};
    sheet.sections = {results};
  };
  return records;
}

struct PlottedViewer : Viewer {
  PlottedViewer() : Viewer(plotted_records()) {
    unlock();
    type("GARCIA");
    press(Key::enter);
  }
  const viewer::Written* find(const std::string& text) const {
    for (const viewer::Written& written : screen->written())
      if (written.text == text) return &written;
    return nullptr;
  }
  viewer::Picture picture() {
    viewer::Picture picture;
    picture.resize(1366, 768);
    const ImDrawData& data = screen->draw();
    viewer::render(data, screen->atlas().image(), 0, picture);
    return picture;
  }
};

std::size_t count(const viewer::Picture& picture, const viewer::Box& box, viewer::Rgb colour) {
  std::size_t pixels = 0;
  for (int y = static_cast<int>(box.y); y < static_cast<int>(box.bottom()); ++y)
    for (int x = static_cast<int>(box.x); x < static_cast<int>(box.right()); ++x)
      pixels += picture.pixels[static_cast<std::size_t>(y * picture.width + x)] == colour;
  return pixels;
}

TEST(PlotPanel, DrawsTheNumbersOnTheirRangeInEveryTheme) {
  PlottedViewer at;
  for (std::size_t theme = 0; theme < viewer::kThemes; ++theme) {
    at.screen->set_theme(static_cast<viewer::ThemeName>(theme));
    at.frame();
    const viewer::Written *high = at.find("6.25"), *low = at.find("3.125");
    ASSERT_TRUE(high && low) << "the highest and the lowest are said beside it";
    EXPECT_LT(high->box.y, low->box.y);
    const viewer::Box drawn{high->box.x - 100, high->box.y, 96, low->box.bottom() - high->box.y};
    const viewer::Picture picture = at.picture();
    EXPECT_GT(count(picture, drawn, at.screen->theme().range), 200u) << at.screen->theme().name;
    EXPECT_GT(count(picture, drawn, at.screen->theme().ink(viewer::Ground::page, viewer::Ink::plain)), 60u)
        << at.screen->theme().name;
  }
}

TEST(PlotPanel, TheHighestStandsAboveTheLowestAndTheLatestAtTheRight) {
  PlottedViewer at;
  const viewer::Written *high = at.find("6.25"), *low = at.find("3.125");
  ASSERT_TRUE(high && low);
  const viewer::Picture picture = at.picture();
  const viewer::Rgb ink = at.screen->theme().ink(viewer::Ground::page, viewer::Ink::plain);
  const float middle = (high->box.y + low->box.bottom()) / 2;
  const viewer::Box upper_right{high->box.x - 30, high->box.y, 26, middle - high->box.y};
  const viewer::Box lower_right{high->box.x - 30, middle + 8, 26, low->box.bottom() - middle - 8};
  EXPECT_GT(count(picture, upper_right, ink), count(picture, lower_right, ink)) << "potassium went up";
}

TEST(PlotPanel, IsOnTheChartAtEverySizeOfTypeAndWindow) {
  PlottedViewer at;
  for (const float scale : {0.6f, 1.0f, 1.6f}) {
    for (const auto& [width, height] : {std::pair{800, 600}, {1366, 768}, {3840, 2160}}) {
      at.screen->set_scale(scale);
      at.screen->resize(width, height);
      at.frame();
      at.press(Key::home);
      bool in_words = false, drawn = false;
      for (int step = 0; step < 12; ++step) {
        in_words = in_words || at.shows("6.25 mmol/L");
        drawn = drawn || at.find("3.125") != nullptr;
        at.press(Key::down);
      }
      EXPECT_TRUE(in_words && drawn) << width << " at " << scale;
    }
  }
}

TEST(PlotPanel, AHeadingOfTestsStandsOutFromThem) {
  PlottedViewer at;
  const viewer::Written *heading = at.find("Metabolic panel"), *test = at.find("Potassium");
  ASSERT_TRUE(heading && test);
  EXPECT_EQ(heading->ground, viewer::Ground::side);
  EXPECT_EQ(test->ground, viewer::Ground::page);
}

}  // namespace
