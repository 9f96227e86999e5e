// Which looks the viewer records, and what it does where it cannot.
#include <gtest/gtest.h>

#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;
using viewer_test::Viewer;

// "searched SMITH", "viewed SMITH, Anna", one after the other.
std::vector<std::string> said(const FakeRecords& records) {
  std::vector<std::string> said;
  for (const app::Look& look : *records.looks)
    said.push_back(look.kind + (look.words.empty() ? "" : " " + look.words) + (look.name.empty() ? "" : " " + look.name));
  return said;
}

using Said = std::vector<std::string>;

TEST(Looks, OpeningSearchingViewingAndLockingAreRecordedInTheirOrder) {
  const FakeRecords records = viewer_test::make_records();
  Viewer at(records);
  at.unlock();
  at.type("SMI");
  at.type("TH, Anna");
  at.press(Key::enter);
  at.type("GARCIA");
  at.press(Key::escape);
  at.press(Key::down);
  at.press(Key::enter);
  at.press_with_ctrl(Key::character, 'L');
  EXPECT_EQ(said(records), (Said{"opened", "searched SMITH, Anna", "viewed SMITH, Anna", "searched GARCIA", "viewed SMITH, Anna", "locked"}));
  EXPECT_EQ((*records.looks)[2].mrn, "100001");
}

TEST(Looks, ASearchThatIsErasedForAnotherIsRecordedAsFarAsItWasTyped) {
  const FakeRecords records = viewer_test::make_records();
  Viewer at(records);
  at.unlock();
  at.type("SMITH");
  at.press(Key::backspace, 4);
  at.type("ANNA");
  at.press_with_ctrl(Key::character, 'L');
  EXPECT_EQ(said(records), (Said{"opened", "searched SMITH", "searched SANNA", "locked"}));
}

TEST(Looks, LockingItselfAndComingBackAreRecordedToo) {
  const FakeRecords records = viewer_test::make_records();
  Viewer at(records);
  at.unlock();
  at.type("GARCIA");
  at.press(Key::enter);
  at.session.tick({viewer_test::kNow_s + 1});
  at.session.tick({viewer_test::kNow_s + 3600});
  ASSERT_EQ(at.session.page(), Page::unlock);
  at.unlock();
  EXPECT_EQ(said(records), (Said{"opened", "searched GARCIA", "viewed GARCIA, Ana", "locked itself", "opened", "searched GARCIA", "viewed GARCIA, Ana"}));
}

TEST(Looks, WhereNothingCanBeWrittenItOpensAfterAReasonAndSaysNotRecordedOnEveryPage) {
  const FakeRecords records = viewer_test::make_records();
  *records.unwritable = true;
  Viewer at(records);
  at.unlock();
  ASSERT_EQ(at.session.page(), Page::unrecorded);
  EXPECT_TRUE(at.shows("cannot keep a record"));
  EXPECT_FALSE(at.shows("SMITH"));
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::unrecorded) << "no reason is none";
  at.type("only laptop with power");
  at.press(Key::enter);
  ASSERT_EQ(at.session.page(), Page::search);
  EXPECT_TRUE(at.session.line().text.empty());
  EXPECT_TRUE(at.shows("NOT RECORDED"));
  EXPECT_TRUE(at.shows("only laptop with power"));
  at.type("GARCIA");
  at.press(Key::enter);
  EXPECT_TRUE(at.shows("NOT RECORDED"));

  *records.unwritable = false;
  at.press_with_ctrl(Key::character, 'L');
  EXPECT_EQ(said(records), (Said{"locked", "not recorded until now only laptop with power"})) << "the gap is said";
  at.unlock();
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_FALSE(at.shows("NOT RECORDED"));
}

TEST(Looks, EscapeLocksACopyThatCouldNotBeRecorded) {
  const FakeRecords records = viewer_test::make_records();
  *records.unwritable = true;
  Viewer at(records);
  at.unlock();
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::unlock);
  EXPECT_FALSE(at.shows("SMITH"));
}

TEST(Looks, WithoutAPrivacyOfficerTheFrameSaysThatTheyAreNotRecorded) {
  FakeRecords records = viewer_test::make_records();
  records.officer = false;
  Viewer at(records);
  at.unlock();
  EXPECT_TRUE(at.shows("looks are not recorded"));
  Viewer with;
  with.unlock();
  EXPECT_FALSE(with.shows("looks are not recorded"));
}

}  // namespace
