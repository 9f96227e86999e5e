// Where several people share a keyholder: who looked is said by initials, on the screen and in the record.
#include <gtest/gtest.h>

#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;

struct SharedDesk : viewer_test::Viewer {
  explicit SharedDesk(const viewer_test::FakeRecords& records = viewer_test::make_records()) : Viewer(records), looks(records.looks) {
    session.set_asks_initials(true);
    unlock();
  }
  std::shared_ptr<std::vector<app::Look>> looks;
};

TEST(Initials, AreAskedBeforeAnythingIsShownAndStandInTheFrameAndInEveryLook) {
  SharedDesk desk;
  EXPECT_EQ(desk.session.page(), Page::initials);
  EXPECT_FALSE(desk.shows("Dr Osei")) << "today's appointments";
  desk.type("ab");
  desk.press(Key::enter);
  ASSERT_EQ(desk.session.page(), Page::search);
  EXPECT_TRUE(desk.shows("opened by reception (AB)"));
  desk.type("GARCIA");
  desk.press(Key::enter);
  ASSERT_EQ(desk.session.page(), Page::chart);
  EXPECT_EQ(desk.looks->front().kind, "opened");
  for (std::size_t i = 1; i < desk.looks->size(); ++i) EXPECT_EQ((*desk.looks)[i].who, "reception (AB)") << (*desk.looks)[i].kind;
}

TEST(Initials, AreTwoOrThreeLettersAndNothingElse) {
  SharedDesk desk;
  for (const char* typed : {"", "a", "abcd", "12", "a1", "  ", "..."}) {
    desk.press(Key::home);
    desk.session.type(typed);
    desk.press(Key::enter);
    EXPECT_EQ(desk.session.page(), Page::initials) << typed;
    EXPECT_TRUE(desk.shows("NOT TAKEN. Your initials: two or three letters")) << typed;
    for (int i = 0; i < 8; ++i) desk.press(Key::erase), desk.press(Key::backspace);
  }
  desk.type("\u00E4. \u00F6.");
  desk.press(Key::enter);
  EXPECT_TRUE(desk.shows("reception (\u00C4\u00D6)"));
}

TEST(Initials, WhatIsTypedWhileTheCopyOpensIsNotLost) {
  for (const bool asks : {false, true}) {
    viewer_test::Viewer desk;
    desk.session.set_asks_initials(asks);
    desk.work();
    desk.type("wrong");
    desk.press(Key::enter);
    desk.type("once more");
    desk.work();
    ASSERT_EQ(desk.session.page(), Page::unlock);
    desk.type(viewer_test::kPassphrase);
    desk.press(Key::enter);
    desk.type("GAX");
    desk.press(Key::backspace);
    ASSERT_EQ(desk.session.page(), Page::unlock);
    desk.work();
    EXPECT_EQ(desk.session.page(), asks ? Page::initials : Page::search);
    EXPECT_EQ(desk.session.line().text, "GA") << "and not what was typed after a wrong passphrase";
    if (!asks) {
      EXPECT_TRUE(desk.shows("GARCIA, Ana"));
    }
  }
}

TEST(Initials, AreAskedAgainAfterItLockedItself) {
  SharedDesk desk;
  desk.type("ab");
  desk.press(Key::enter);
  desk.type("GARCIA");
  desk.press(Key::enter);
  desk.session.tick({viewer_test::kNow_s});
  desk.session.tick({viewer_test::kNow_s + 3600});
  ASSERT_EQ(desk.session.page(), Page::unlock);
  desk.type(viewer_test::kPassphrase);
  desk.press(Key::enter);
  desk.work();
  ASSERT_EQ(desk.session.page(), Page::initials);
  EXPECT_FALSE(desk.shows("GARCIA, Ana"));
  desk.type("cd");
  desk.press(Key::enter);
  EXPECT_EQ(desk.session.page(), Page::chart) << "back to where somebody was";
  EXPECT_EQ(desk.looks->back().who, "reception (CD)");
}

TEST(Initials, ChangeWhenSomebodyElseSitsDown) {
  viewer_test::Viewer desk;
  desk.unlock();
  EXPECT_EQ(desk.session.page(), Page::search) << "nobody is asked who needs not be";
  desk.type("GARCIA");
  desk.press_with_ctrl(Key::character, 'I');
  ASSERT_EQ(desk.session.page(), Page::initials);
  desk.type("xy");
  desk.press(Key::enter);
  EXPECT_EQ(desk.session.page(), Page::search);
  EXPECT_TRUE(desk.shows("opened by reception (XY)"));
  EXPECT_EQ(desk.session.line().text, "GARCIA") << "what was typed stays";
  desk.press_with_ctrl(Key::character, 'I');
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.who(), "reception (XY)");
  EXPECT_EQ(desk.session.line().text, "GARCIA");
}

TEST(Initials, AreNotGivenByWhoeverTurnsBack) {
  SharedDesk desk;
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.page(), Page::unlock);
  EXPECT_EQ(desk.looks->back().kind, "locked");
}

}  // namespace
