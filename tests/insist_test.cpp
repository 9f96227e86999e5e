// What the viewer says of whose copy it is, and the way on when a forged one is all there is.
#include <gtest/gtest.h>

#include "tests/viewer_harness.h"
#include "viewer/views.h"

namespace {

using app::Warning;
using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;
using viewer_test::kPassphrase;
using viewer_test::Viewer;

FakeRecords forged_records() {
  FakeRecords records = viewer_test::make_records();
  records.verified = false;
  records.said = {{Warning::Kind::not_verified, "NOT VERIFIED: it may be false."}};
  return records;
}

void try_to_open(Viewer& at) {
  at.type(kPassphrase);
  at.press(Key::enter);
  at.work();
}

TEST(Insist, AForgedCopyStaysClosedUntilSomebodyGivesAReasonAndInitials) {
  Viewer at(forged_records());
  at.work();
  try_to_open(at);
  EXPECT_EQ(at.session.page(), Page::unlock);
  EXPECT_TRUE(at.shows("was not made by Elm Street"));
  EXPECT_TRUE(at.shows("In an emergency: open it anyway"));

  at.press_with_ctrl(Key::character, 'E');
  ASSERT_EQ(at.session.page(), Page::insist);
  EXPECT_TRUE(at.shows("What this copy shows may be false"));
  at.press(Key::enter);
  EXPECT_TRUE(at.session.insistence().reason.empty()) << "an empty reason is none";
  at.type("  x ");
  at.press(Key::enter);
  EXPECT_TRUE(at.session.insistence().reason.empty()) << "neither is one letter";
  at.press(Key::backspace, 4);
  at.type("patient at the desk");
  at.press(Key::enter);
  EXPECT_EQ(at.session.insistence().reason, "patient at the desk");
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::insist) << "whose word it is must be said too";
  at.type("QR");
  at.press(Key::enter);
  EXPECT_EQ(at.session.insistence().initials, "QR");
  ASSERT_EQ(at.session.page(), Page::unlock);
  try_to_open(at);
  EXPECT_EQ(at.session.page(), Page::search);
}

TEST(Insist, TheFrameSaysNotVerifiedOnEveryPageUntilItIsLocked) {
  Viewer at(forged_records());
  at.work();
  try_to_open(at);
  at.click("In an emergency: open it anyway");
  at.type("patient at the desk");
  at.click("Go on", true);
  at.type("QR");
  at.click("Open it anyway", true);
  EXPECT_TRUE(at.shows("NOT VERIFIED")) << "already before the passphrase is typed anew";
  try_to_open(at);
  EXPECT_TRUE(at.shows("NOT VERIFIED"));
  at.type("SMITH");
  EXPECT_TRUE(at.shows("NOT VERIFIED"));
  at.press(Key::enter);
  ASSERT_EQ(at.session.page(), Page::chart);
  EXPECT_TRUE(at.shows("NOT VERIFIED"));
  EXPECT_FALSE(viewer::make_frame_view(at.session).verified);
  at.press_with_ctrl(Key::character, 'L');
  EXPECT_EQ(at.session.page(), Page::unlock);
  EXPECT_FALSE(at.shows("NOT VERIFIED"));
  try_to_open(at);
  EXPECT_EQ(at.session.page(), Page::unlock) << "one word opens it once";
}

TEST(Insist, EscapeTakesNothingUponOneself) {
  Viewer at(forged_records());
  at.work();
  try_to_open(at);
  at.press_with_ctrl(Key::character, 'E');
  at.type("patient at the desk");
  at.press(Key::enter);
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::unlock);
  EXPECT_TRUE(at.shows("was not made by Elm Street")) << "what was said of it still stands there";
  EXPECT_FALSE(at.session.insistence().is_given());
}

TEST(Insist, NoOtherFaultHasThisWayOn) {
  Viewer at;
  at.work();
  at.type("wrong");
  at.press(Key::enter);
  at.work();
  EXPECT_FALSE(at.shows("open it anyway"));
  at.press_with_ctrl(Key::character, 'E');
  EXPECT_EQ(at.session.page(), Page::unlock);
}

viewer::Found found_with(const app::Pairing& pairing) {
  viewer::Found found;
  found.copy = viewer_test::make_copy_info();
  found.known.practices = {pairing};
  return found;
}

app::Pairing pairing_of(std::uint8_t key, std::uint64_t sequence) {
  app::Pairing pairing;
  pairing.verifying_key[0] = key;
  pairing.practice = "ELM STREET family practice";
  pairing.time_zone = "America/New_York";
  pairing.paired = {viewer_test::kAsOf_s - 90 * 86'400};
  pairing.sequence = sequence;
  pairing.as_of = {viewer_test::kAsOf_s + 86'400};
  return pairing;
}

TEST(Insist, AnOlderCopyThanOneThatWasOpenedHereSaysSoInTheFrame) {
  FakeRecords records = viewer_test::make_records();
  Viewer at([] { return found_with(pairing_of(0, 124)); }, records);
  at.work();
  EXPECT_TRUE(at.shows("OLDER: a newer copy was opened on this computer, of Wed 15-Oct-2025 02:10")) << testing::PrintToString(at.lines);
  EXPECT_TRUE(at.shows("known on this computer since 16-Jul-2025"));
}

TEST(Insist, AnotherKeyThanThePracticeHadIsSaidBeforeThePassphraseIsTyped) {
  Viewer at([] { return found_with(pairing_of(9, 100)); }, viewer_test::make_records());
  at.work();
  EXPECT_TRUE(at.shows("signed with another key than"));
  EXPECT_TRUE(at.shows("not seen on this computer before"));
}

}  // namespace
