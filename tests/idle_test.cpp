// A laptop on a counter: it hides on a key and locks itself, and nobody loses their place.
#include <gtest/gtest.h>

#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::kNow_s;
using viewer_test::Viewer;

class IdleLock : public testing::Test {
 protected:
  IdleLock() {
    at.unlock();
    at.type("SMITH, Anna");
    at.press(Key::enter);
    wait_min(0);
  }
  void wait_min(int minutes) {
    now_s += minutes * 60;
    at.session.tick({now_s});
    at.frame();
  }
  Viewer at;
  std::int64_t now_s = kNow_s;
};

TEST_F(IdleLock, LocksItselfAfterFiveMinutesWithoutAKeyAndShowsNobodyAnything) {
  wait_min(4);
  ASSERT_EQ(at.session.page(), Page::chart);
  at.press(Key::down);
  wait_min(4);
  EXPECT_EQ(at.session.page(), Page::chart) << "somebody was reading";
  wait_min(1);
  wait_min(4);
  EXPECT_EQ(at.session.page(), Page::unlock);
  EXPECT_FALSE(at.shows("SMITH"));
  EXPECT_TRUE(at.shows("It locked itself after 5 minutes"));
}

TEST_F(IdleLock, ThePassphraseAloneBringsBackTheSameChartAndWhatWasTyped) {
  wait_min(6);
  ASSERT_EQ(at.session.page(), Page::unlock);
  at.unlock();
  ASSERT_EQ(at.session.page(), Page::chart);
  EXPECT_EQ(at.session.sheet().banner.name, "SMITH, Anna");
  at.press(Key::escape);
  EXPECT_EQ(at.session.line().text, "SMITH, Anna");
}

TEST_F(IdleLock, LockingByHandKeepsNoPlace) {
  at.press_with_ctrl(Key::character, 'L');
  at.unlock();
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_TRUE(at.session.line().text.empty());
}

TEST_F(IdleLock, AClockThatIsSetBackDoesNotLockAndZeroNeverDoes) {
  wait_min(-600);
  EXPECT_EQ(at.session.page(), Page::chart);
  at.session.set_idle_limit(0);
  wait_min(700);
  EXPECT_EQ(at.session.page(), Page::chart);
}

TEST_F(IdleLock, F8HidesEverythingAndTheNextKeyDoesNothingButShowItAgain) {
  at.press(Key::f8);
  EXPECT_TRUE(at.shows("Press any key"));
  EXPECT_FALSE(at.shows("SMITH"));
  EXPECT_FALSE(at.shows("penicillin"));
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::chart) << "Esc only uncovered it";
  EXPECT_TRUE(at.shows("SMITH, Anna"));
  at.press(Key::f8);
  at.type("G");
  EXPECT_EQ(at.session.page(), Page::chart);
  at.press(Key::f8);
  wait_min(0);
  wait_min(6);
  EXPECT_EQ(at.session.page(), Page::unlock) << "hidden is not locked";
}

}  // namespace
