// What must be on the screen however small the window and however large the type.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "viewer/views.h"
#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;
using viewer_test::Viewer;

struct Size {
  int width, height;
  float scale;
};
const Size kSizes[] = {{1366, 768, 3.0f}, {1366, 768, 1.6f}, {800, 600, 1.4f}, {800, 600, 3.0f}, {800, 600, 1.0f}};

void show_at(const Size& size, Viewer& at) {
  at.screen->resize(size.width, size.height);
  at.screen->set_scale(size.scale);
  at.frame();
}

const viewer::Written* find_words(const Viewer& at, const std::string& words) {
  for (const viewer::Written& written : at.screen->written())
    if (written.text.find(words) != std::string::npos) return &written;
  return nullptr;
}

TEST(SmallWindow, HasTheFieldForThePassphraseAboveTheKeysAlsoAfterAWrongOne) {
  for (const Size& size : kSizes) {
    SCOPED_TRACE(std::to_string(size.width) + " x " + std::to_string(size.height) + " at " + std::to_string(size.scale));
    Viewer at;
    at.work();
    show_at(size, at);
    for (int attempt = 0; attempt < 2; ++attempt) {
      const viewer::Written* button = find_words(at, "Open");
      for (const viewer::Written& written : at.screen->written())
        if (written.text == "Open") button = &written;
      ASSERT_NE(button, nullptr);
      EXPECT_EQ(button->text, "Open");
      float keys_y = static_cast<float>(size.height);
      for (const viewer::Written& written : at.screen->written())
        if (written.text == "Enter" && written.ground == viewer::Ground::side) keys_y = written.box.y;
      EXPECT_LT(button->box.bottom() + at.screen->atlas().size(viewer::Face::body) * 0.3f, keys_y);
      EXPECT_NE(find_words(at, "Passphrase"), nullptr);
      at.type("wrong");
      at.press(Key::enter);
      at.work();
    }
  }
}

TEST(SmallWindow, HasWhoItIsAndTheAllergiesBeforeAnythingElse) {
  for (const bool long_name : {false, true}) {
    FakeRecords records = viewer_test::make_records();
    std::string name = "SMITH, Anna";
    if (long_name)
      for (int i = 0; i < 30; ++i) name += " Marguerite";
    records.alter = [name](app::Sheet& sheet) {
      sheet.banner.name = name;
      sheet.banner.other_names = "Also known as JONES, Anna, and as MILLER, Annabel";
      sheet.banner.language = "Haitian Creole, interpreter needed";
      sheet.banner.address = "Flat 12, The Old Dairy, 1200 Long Mill Lane, Upper Elmswell under the Hill, NY 10001-1234";
    };
    for (const Size& size : kSizes) {
      SCOPED_TRACE(std::to_string(size.width) + " x " + std::to_string(size.height) + " at " + std::to_string(size.scale));
      Viewer at(records);
      at.unlock();
      at.screen->resize(size.width, size.height);
      at.screen->set_scale(size.scale);
      at.screen->type("SMITH, Anna");
      at.screen->press({Key::enter, false, false, false, 0});
      at.screen->draw();
      ASSERT_EQ(at.session.page(), Page::chart);
      const viewer::Written* allergies = find_words(at, "penicillin");
      ASSERT_NE(allergies, nullptr);
      EXPECT_EQ(allergies->ground, viewer::Ground::alarm);
      EXPECT_LE(allergies->box.bottom(), static_cast<float>(size.height) - at.screen->atlas().size(viewer::Face::body) * 2);
      EXPECT_NE(find_words(at, "SMITH, Anna"), nullptr);
      EXPECT_NE(find_words(at, "14-Aug-1980"), nullptr);
      EXPECT_NE(find_words(at, "100001"), nullptr);
    }
  }
}

TEST(SmallWindow, SaysWhoLooksTheOutageAndWhatIsNotRecordedAndDropsTheRestFirst) {
  const auto make = [] {
    FakeRecords made = viewer_test::make_records();
    made.officer = false;
    made.holder = "reception desk";
    return made;
  };
  for (const Size& size : kSizes) {
    FakeRecords records = make();  // an outage goes on beyond one viewer
    SCOPED_TRACE(std::to_string(size.width) + " x " + std::to_string(size.height) + " at " + std::to_string(size.scale));
    Viewer at(records);
    at.unlock();
    at.press_with_ctrl(Key::character, 'O');
    at.press(Key::enter);
    at.session.set_power(viewer::Power{90, false, 200});
    show_at(size, at);
    std::string said;  // over the ends of lines
    for (const viewer::Written& written : at.screen->written()) said += written.text + (written.text.ends_with(" ") ? "" : " ");
    for (const char* words : {"opened by reception desk", "looks are not recorded", "outage since 09:10"})
      EXPECT_NE(said.find(words), std::string::npos) << words << " in: " << said.substr(0, 600);
  }
  FakeRecords records = make();
  Viewer at(records);
  at.unlock();
  show_at({800, 600, 1.0f}, at);
  EXPECT_FALSE(at.shows("Elm Street Family Practice")) << "the record has the room";
  at.session.set_power(viewer::Power{8, false, 12});
  at.frame();
  EXPECT_TRUE(at.shows("BATTERY LOW: 8 %"));
  const auto view = viewer::make_frame_view(at.session);
  EXPECT_EQ(std::count(view.passing.begin(), view.passing.end(), "battery 8 %, about 12 min left"), 0) << "a low one is no note to drop";
}

TEST(SmallWindow, GivesTypeBackByOneKeyHoweverLargeItWasAskedFor) {
  Viewer at;
  at.unlock();
  show_at({800, 600, 3.0f}, at);
  const float shown = at.screen->atlas().size(viewer::Face::body);
  EXPECT_LE(shown, 800 / 24.0f);
  at.press_with_ctrl(Key::minus);
  EXPECT_LT(at.screen->atlas().size(viewer::Face::body), shown);
}

}  // namespace
