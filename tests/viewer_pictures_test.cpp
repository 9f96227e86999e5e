// The viewer's pages as they were when somebody last looked at them and found them good.
// After a change that is meant: NIGHTCHART_PICTURES=keep build/bin/nightchart-tests --gtest_filter='ReferencePictures.*',
// then look at the pages themselves before the small pictures are committed.
#include "tests/house_places.h"
#include "tests/viewer_pictures.h"

namespace {

namespace fs = std::filesystem;
using viewer::Key;
using viewer::ThemeName;
using viewer_test::difference;
using viewer_test::FakeRecords;
using viewer_test::paint;
using viewer_test::Viewer;

constexpr double kAlike = 2;  // hundredths of all cells that fonts of another Debian may change

struct Shot {
  std::string name;
  ThemeName theme;
  std::function<void(Viewer&)> go;
  int width_px = 1366, height_px = 768;
};

void open_smith(Viewer& at) {
  at.unlock();
  at.type("SMITH, Anna");
  at.press(Key::enter);
}
void begin_outage(Viewer& at) {
  open_smith(at);
  at.press_with_ctrl(Key::character, 'O');
  at.press(Key::enter);
  at.type("GARCIA");
  at.press(Key::enter);
  at.press_with_ctrl(Key::character, 'O');
}

std::vector<Shot> all_shots() {
  const auto search = [](Viewer& at) { at.unlock(), at.type("SMI"); };
  return {{"unlock", ThemeName::light, [](Viewer& at) { at.work(); }},
          {"day", ThemeName::light, [](Viewer& at) { at.unlock(); }},
          {"search-light", ThemeName::light, search},
          {"search-dark", ThemeName::dark, search},
          {"search-contrast", ThemeName::contrast, search},
          {"chart-light", ThemeName::light, open_smith},
          {"chart-dark", ThemeName::dark, open_smith},
          {"chart-contrast", ThemeName::contrast, open_smith},
          {"chart-4k", ThemeName::light, open_smith, 3840, 2160},
          {"deceased", ThemeName::light, [](Viewer& at) { at.unlock(), at.type("SMITH, Andrew"), at.press(Key::enter); }},
          {"stale", ThemeName::light, [](Viewer& at) { at.session.tick({viewer_test::kNow_s + 3 * 86400}), open_smith(at); }},
          {"outage", ThemeName::light, begin_outage},
          {"hidden", ThemeName::light, [](Viewer& at) { open_smith(at), at.press(Key::f8); }},
          {"no-copy", ThemeName::light, {}}};
}

viewer::Picture take(const Shot& shot) {
  const auto nothing = [] { return viewer::Found{}; };
  std::optional<Viewer> at;
  if (shot.go) at.emplace();
  else at.emplace(nothing, viewer_test::make_records());
  at->screen->resize(shot.width_px, shot.height_px);
  if (shot.width_px > 2000) at->screen->set_display_scale(2);
  at->screen->set_theme(shot.theme);
  if (shot.go) shot.go(*at);
  else at->work();
  return paint(*at);
}

fs::path file_of(const Shot& shot) { return fs::path(tests::kHouseRoot) / "tests/pictures" / (shot.name + ".png"); }

TEST(ReferencePictures, EveryPageLooksAsItDid) {
  const bool keeps = std::getenv("NIGHTCHART_PICTURES") != nullptr;
  for (const Shot& shot : all_shots()) {
    const viewer::Picture small = viewer_test::shrink(take(shot));
    if (keeps) {
      ASSERT_TRUE(viewer::write_png(small, file_of(shot)).ok());
    }
    EXPECT_LT(difference(small, viewer_test::read_png(file_of(shot))), kAlike) << shot.name;
  }
}

// What they are for: each of these would be seen.
TEST(ReferencePictures, SeeABannerOrAFrameThatIsMissingAndNoOtherPage) {
  const auto shots = all_shots();
  const auto find = [&](const std::string& name) {
    return *std::find_if(shots.begin(), shots.end(), [&](const Shot& shot) { return shot.name == name; });
  };
  for (const std::string name : {"chart-light", "chart-dark", "chart-contrast", "chart-4k"}) {
    const viewer::Picture kept = viewer_test::read_png(file_of(find(name)));
    const viewer::Picture good = take(find(name));
    const auto without = [&](int from, int to) {
      viewer::Picture bad = good;
      for (std::size_t i = static_cast<std::size_t>(from * bad.width); i < static_cast<std::size_t>(to * bad.width); ++i)
        bad.pixels[i] = bad.pixels[static_cast<std::size_t>(bad.height / 2 * bad.width + bad.width * 9 / 10)];
      return viewer_test::shrink(bad);
    };
    const int frame = good.height * 36 / 768, banner = good.height * 130 / 768;
    EXPECT_GT(difference(without(0, frame), kept), kAlike) << name << " without its frame";
    EXPECT_GT(difference(without(frame, banner), kept), kAlike) << name << " without its banner";
  }
  EXPECT_GT(difference(viewer_test::shrink(take(find("chart-light"))), viewer_test::read_png(file_of(find("deceased")))), kAlike);
}

double luminance_contrast(std::uint32_t a, std::uint32_t b) { return viewer::contrast_ratio(a & 0xFFFFFF, b & 0xFFFFFF); }

// The style says which ink stands on which ground; the pixels say whether it came out so.
TEST(PixelContrast, OfEveryWordOnEveryPageIsSevenToOneAlsoWhereARowIsChosen) {
  std::size_t on_selected = 0;
  for (const Shot& shot : all_shots()) {
    if (shot.width_px != 1366 || shot.theme != ThemeName::light) continue;
    for (const ThemeName theme : {ThemeName::light, ThemeName::dark, ThemeName::contrast}) {
      Viewer at;
      at.screen->set_theme(theme);
      if (shot.go) shot.go(at);
      const viewer::Picture picture = paint(at);
      for (const viewer::Written& written : at.screen->written()) {
        const int left = static_cast<int>(written.box.x), top = static_cast<int>(written.box.y);
        const int right = static_cast<int>(written.box.right()), bottom = static_cast<int>(written.box.bottom());
        if (written.text.size() < 4 || left < 0 || top < 0 || right > picture.width || bottom > picture.height) continue;
        std::map<std::uint32_t, int> pixels;
        for (int y = top; y < bottom; ++y)
          for (int x = left; x < right; ++x) ++pixels[picture.pixels[static_cast<std::size_t>(y * picture.width + x)] & 0xFFFFFF];
        const auto ground = std::max_element(pixels.begin(), pixels.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        double best = 0;
        for (const auto& [pixel, count] : pixels) best = std::max(best, luminance_contrast(pixel, ground->first));
        EXPECT_GE(best, 7.0) << shot.name << ", theme " << static_cast<int>(theme) << ": " << written.text;
        on_selected += written.ground == viewer::Ground::selected ? 1 : 0;
      }
    }
  }
  EXPECT_GT(on_selected, 20u) << "no row was chosen";
}

}  // namespace
