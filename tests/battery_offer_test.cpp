// At the level that the practice chose, the laptop offers once to print the day's list.
#include <gtest/gtest.h>

#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer::Power;
using viewer_test::FakeRecords;
using viewer_test::Viewer;

constexpr const char* kOffer = "F7 prints it now, Esc does not.";

class BatteryOffer : public testing::Test {
 protected:
  BatteryOffer() : at(records_at(40)) {
    at.session.set_power(Power{60, false, 120});
    at.unlock();
  }
  static FakeRecords records_at(int percent) {
    FakeRecords records = viewer_test::make_records();
    records.print_at = percent;
    return records;
  }
  void drain(int percent, bool charging = false) {
    at.session.set_power(Power{percent, charging, std::nullopt});
    at.frame();
  }
  Viewer at;
};

TEST_F(BatteryOffer, ComesAtThePracticesLevelAndIsAcceptedWithOneKeyFromAnyPage) {
  drain(41);
  EXPECT_FALSE(at.shows(kOffer));
  drain(40);
  EXPECT_TRUE(at.shows(kOffer));
  at.type("GARCIA");
  at.press(Key::enter);
  ASSERT_EQ(at.session.page(), Page::chart);
  EXPECT_TRUE(at.shows(kOffer)) << "letters and charts go on meanwhile";
  at.press(Key::f7);
  EXPECT_FALSE(at.shows(kOffer));
  EXPECT_TRUE(at.session.is_working());
  EXPECT_EQ(at.session.page(), Page::chart);
}

TEST_F(BatteryOffer, ComesOnceAndEscSendsItAwayAndDoesNothingElse) {
  at.type("GARCIA");
  drain(30);
  at.press(Key::escape);
  EXPECT_FALSE(at.shows(kOffer));
  EXPECT_EQ(at.session.line().text, "GARCIA") << "Esc answered the offer";
  drain(29);
  EXPECT_FALSE(at.shows(kOffer)) << "it was answered";
  at.press(Key::f7);
  EXPECT_FALSE(at.session.is_working());
  drain(29, true);
  drain(28);
  EXPECT_TRUE(at.shows(kOffer)) << "the power went a second time";
}

TEST_F(BatteryOffer, IsMadeToNobodyWithoutACopyADayOrALevel) {
  drain(20, true);
  EXPECT_FALSE(at.shows(kOffer)) << "it is plugged in";
  at.session.lock();
  drain(20);
  EXPECT_FALSE(at.shows(kOffer)) << "it is locked";
  at.unlock();
  EXPECT_TRUE(at.shows(kOffer)) << "low already when it was opened";
  Viewer never(records_at(0));
  never.session.set_power(Power{1, false, std::nullopt});
  never.unlock();
  EXPECT_FALSE(never.shows(kOffer));
  FakeRecords empty = records_at(40);
  empty.appointments.clear();
  Viewer nobody(empty);
  nobody.session.set_power(Power{20, false, std::nullopt});
  nobody.unlock();
  EXPECT_FALSE(nobody.shows(kOffer)) << "there is no list";
}

}  // namespace
