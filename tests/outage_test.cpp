// An outage from its first mark to the list that has to close to zero.
#include <gtest/gtest.h>

#include "app/paper/page_frame.h"
#include "app/paper/reconciliation_layout.h"
#include "app/snapshot/reconcile.h"
#include "tests/temporary_folder.h"
#include "viewer/outage_marks.h"
#include "viewer/views.h"
#include "viewer_harness.h"

namespace {

using app::Look;
using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;
using viewer_test::Viewer;

Look look(std::int64_t time_s, const std::string& kind, const std::string& name = "", const std::string& words = "",
          const std::string& who = "front desk") {
  Look look;
  look.time = {time_s};
  look.kind = kind, look.who = who, look.words = words, look.name = name;
  look.mrn = name.empty() ? "" : "MRN of " + name;
  return look;
}

TEST(Reconcile, ListsEachPatientOnceWithAllWhoLooked) {
  const auto list = app::make_reconciliation(
      {look(1, "viewed", "BEFORE, Old"), look(10, "outage began"), look(11, "searched", "", "GARC"),
       look(12, "viewed", "GARCIA, Ana"), look(13, "printed", "GARCIA, Ana"),
       look(20, "viewed", "GARCIA, Ana", "", "Dr Osei"), look(21, "viewed", "ABEL, Jo"), look(30, "outage ended"),
       look(31, "viewed", "AFTER, Late")});
  ASSERT_EQ(list.patients.size(), 2u);
  EXPECT_EQ(list.patients[0].name, "ABEL, Jo");
  const app::ReconciledPatient& garcia = list.patients[1];
  EXPECT_EQ(garcia.viewed, 2u);
  EXPECT_EQ(garcia.printed, 1u);
  EXPECT_EQ(garcia.who, "front desk, Dr Osei");
  EXPECT_EQ(garcia.first.s, 12);
  EXPECT_EQ(garcia.last.s, 20);
  EXPECT_EQ(list.start->s, 10);
  EXPECT_EQ(list.end->s, 30);
  EXPECT_TRUE(list.searches.empty()) << "it opened a chart";
}

TEST(Reconcile, KeepsSearchesThatOpenedNobodyAndPrintedListsAndGaps) {
  const auto list = app::make_reconciliation(
      {look(10, "outage began"), look(11, "searched", "", "SMYHT"), look(12, "searched", "", "SMITH"),
       look(13, "viewed", "SMITH, Anna"), look(14, "printed", "", "the day's list"),
       look(15, "searched", "", "5550100"), look(16, "not recorded until now", "", "disk full")});
  ASSERT_EQ(list.searches.size(), 2u);
  EXPECT_EQ(list.searches[0].what, "SMYHT");
  EXPECT_EQ(list.searches[1].what, "5550100");
  ASSERT_EQ(list.papers.size(), 1u);
  ASSERT_EQ(list.gaps.size(), 1u);
  EXPECT_FALSE(list.end);
}

TEST(Reconcile, TakesTheLastOutageAndOneThatWasMarkedTwiceAsOne) {
  const auto list = app::make_reconciliation(
      {look(1, "outage began"), look(2, "viewed", "FIRST, Outage"), look(3, "outage ended"), look(10, "outage began"),
       look(11, "viewed", "ABEL, Jo"), look(12, "opened"), look(13, "outage began"), look(14, "viewed", "BAKER, Al")});
  ASSERT_EQ(list.patients.size(), 2u) << "a program that was started anew marks it again";
  EXPECT_EQ(list.start->s, 10);
  EXPECT_EQ(app::make_reconciliation({look(1, "viewed", "ABEL, Jo")}).patients.size(), 1u)
      << "without a mark everything counts";
}

TEST(Outage, IsMarkedOnlyAfterEnterAndShownOnEveryPage) {
  const FakeRecords records = viewer_test::make_records();
  Viewer at(records);
  at.unlock();
  at.press_with_ctrl(Key::character, 'O');
  ASSERT_EQ(at.session.page(), Page::outage);
  EXPECT_TRUE(at.shows("The outage begins now"));
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_EQ(at.session.outage(), nullptr);
  EXPECT_FALSE(at.shows("outage since"));
  at.press_with_ctrl(Key::character, 'O');
  at.press(Key::enter);
  EXPECT_EQ(records.looks->back().kind, "outage began");
  at.press(Key::escape);
  EXPECT_TRUE(at.shows("outage since 09:10"));
  at.type("GARCIA");
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::chart);
  EXPECT_TRUE(at.shows("outage since 09:10"));
  at.press_with_ctrl(Key::character, 'O');
  EXPECT_TRUE(at.shows("1 patient, 0 searches"));
  EXPECT_TRUE(at.shows("The outage ends now"));
  at.press(Key::enter);
  EXPECT_EQ(records.looks->back().kind, "outage ended");
  EXPECT_TRUE(at.shows("The outage is over"));
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::chart) << "back to where it was";
  EXPECT_FALSE(at.shows("outage since"));
}

TEST(Outage, TheListOutlivesALockingAndShowsNothingBeforeThePassphrase) {
  Viewer at;
  at.unlock();
  at.press_with_ctrl(Key::character, 'O');
  at.press(Key::enter);
  at.press(Key::escape);
  at.type("GARCIA");
  at.press(Key::enter);
  at.press_with_ctrl(Key::character, 'L');
  EXPECT_EQ(at.session.outage(), nullptr);
  EXPECT_TRUE(at.session.reconciliation().patients.empty());
  EXPECT_FALSE(at.shows("GARCIA"));
  at.unlock();
  ASSERT_EQ(at.session.reconciliation().patients.size(), 1u);
  EXPECT_EQ(at.session.reconciliation().patients[0].name, "GARCIA, Ana");
  EXPECT_EQ(at.session.reconciliation().patients[0].who, "reception");
}

TEST(Outage, ItsLooksAreListedAlsoWhereNoRecordCanBeWritten) {
  const FakeRecords records = viewer_test::make_records();
  Viewer at(records);
  at.unlock();
  at.press_with_ctrl(Key::character, 'O');
  at.press(Key::enter);
  *records.unwritable = true;
  at.press(Key::escape);
  at.type("GARCIA");
  at.press(Key::enter);
  EXPECT_EQ(at.session.reconciliation().patients.size(), 1u);
}

TEST(Outage, GoesOnInAProgramThatIsStartedAgainWhichSaysWhereItsListBegins) {
  const FakeRecords records = viewer_test::make_records();
  {
    Viewer before(records);
    before.unlock();
    before.press_with_ctrl(Key::character, 'O');
    before.press(Key::enter);
    before.press(Key::escape);
    before.type("GARCIA");
    before.press(Key::enter);
  }
  Viewer at(records);
  EXPECT_FALSE(at.shows("outage since")) << "it is locked";
  at.session.tick({viewer_test::kNow_s + 1800});
  at.unlock();
  EXPECT_TRUE(at.shows("outage since 09:10"));
  at.type("SMITH, Anna");
  at.press(Key::enter);
  at.press_with_ctrl(Key::character, 'O');
  EXPECT_TRUE(at.shows("Outage since Tue 14-Oct-2025 09:10"));
  EXPECT_TRUE(at.shows("started again at Tue 14-Oct-2025 09:40"));
  const app::Reconciliation list = at.session.reconciliation();
  EXPECT_EQ(list.start->s, viewer_test::kNow_s);
  ASSERT_EQ(list.patients.size(), 1u);
  ASSERT_EQ(list.gaps.size(), 1u) << "the paper says so too";
  at.press(Key::enter);
  EXPECT_TRUE(at.shows("The outage is over"));
  Viewer after(records);
  after.unlock();
  EXPECT_FALSE(after.shows("outage since"));
}

// To the page of the outage, and its button.
void mark(Viewer& at) {
  if (at.session.page() != Page::outage) at.press_with_ctrl(Key::character, 'O');
  at.press(Key::enter);
}
void open_chart(Viewer& at, const std::string& name) {
  at.type(name);
  at.press(Key::enter);
  ASSERT_EQ(at.session.page(), Page::chart);
}

TEST(Outage, ALetterOnItsPageBeginsTheNextSearchAndTwoEntersMarkItsBeginningOnly) {
  Viewer at;
  at.unlock();
  mark(at);
  EXPECT_EQ(at.session.page(), Page::search) << "back to where it was";
  at.press(Key::enter);
  ASSERT_NE(at.session.outage(), nullptr);
  EXPECT_TRUE(at.session.outage()->runs());
  at.press_with_ctrl(Key::character, 'O');
  at.type("GARC");
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_EQ(at.session.line().text, "GARC");
  EXPECT_TRUE(at.shows("GARCIA, Ana"));
}

TEST(Outage, NoLookIsThrownAwayBeforeItIsPrinted) {
  const FakeRecords records = viewer_test::make_records();
  Viewer at(records);
  at.unlock();
  mark(at);
  open_chart(at, "GARCIA");
  mark(at);
  EXPECT_TRUE(at.shows("NOT PRINTED yet"));
  at.session.tick({viewer_test::kNow_s + 3600});
  mark(at);
  open_chart(at, "SMYTHE");
  at.press_with_ctrl(Key::character, 'O');
  EXPECT_TRUE(at.shows("it goes on in this one"));
  app::Reconciliation list = at.session.reconciliation();
  ASSERT_EQ(list.patients.size(), 2u);
  EXPECT_EQ(list.start->s, viewer_test::kNow_s);
  at.press_with_ctrl(Key::character, 'P');
  at.work();
  EXPECT_TRUE(at.session.has_unprinted_looks()) << "there is no printer";
  *records.has_printer = true;
  at.press_with_ctrl(Key::character, 'P');
  at.work();
  EXPECT_FALSE(at.session.has_unprinted_looks());
  at.press(Key::enter);
  EXPECT_FALSE(at.shows("NOT PRINTED yet"));
  mark(at);
  EXPECT_TRUE(at.session.reconciliation().patients.empty()) << "it is on paper";
}

TEST(Outage, ItsListIsReadOnTheScreenToTheLastLine) {
  FakeRecords records = viewer_test::make_records();
  for (app::ChartId i = 10; i < 40; ++i) records.patients.push_back(viewer_test::make_hit(i, "LISTED" + std::to_string(i) + ", Jo", "1980-01-01"));
  Viewer at(records);
  at.unlock();
  mark(at);
  for (int i = 10; i < 40; ++i) open_chart(at, "LISTED" + std::to_string(i));
  at.type("NOBODY");
  at.press_with_ctrl(Key::character, 'O');
  EXPECT_TRUE(at.shows("Patients (30)"));
  EXPECT_TRUE(at.shows("LISTED10, Jo"));
  EXPECT_TRUE(at.shows("MRN 100010, viewed once, Tue 14-Oct-2025 09:10, by reception"));
  EXPECT_TRUE(at.shows("There is more below"));
  EXPECT_FALSE(at.shows("LISTED39, Jo"));
  bool last = false;
  for (int i = 0; i < 12; ++i) at.press(Key::page_down), last = last || at.shows("LISTED39, Jo");
  EXPECT_TRUE(last);
  EXPECT_TRUE(at.shows("The list ends here"));
  at.press(Key::page_up, 12);
  EXPECT_TRUE(at.shows("Outage since"));
}

TEST(OutageMarks, AreKeptOfEachPracticeAloneAndNonsenseIsNoMark) {
  const tests::TemporaryFolder folder;
  const std::string elm(64, 'a'), oak(64, 'b');
  EXPECT_FALSE(viewer::read_outage_mark(folder.path(), elm));
  ASSERT_TRUE(viewer::keep_outage_mark(folder.path() / "state", elm, app::Instant{1000}).ok());
  ASSERT_TRUE(viewer::keep_outage_mark(folder.path() / "state", oak, app::Instant{2000}).ok());
  EXPECT_EQ(viewer::read_outage_mark(folder.path() / "state", elm)->s, 1000);
  ASSERT_TRUE(viewer::keep_outage_mark(folder.path() / "state", elm, std::nullopt).ok());
  EXPECT_FALSE(viewer::read_outage_mark(folder.path() / "state", elm));
  EXPECT_EQ(viewer::read_outage_mark(folder.path() / "state", oak)->s, 2000);
  EXPECT_FALSE(viewer::keep_outage_mark("", elm, app::Instant{1}).ok());
  for (const char* nonsense : {"", "{", "[]", R"({"nightchart":"running outages","version":2,"outages":[]})",
                               R"({"nightchart":"running outages","version":1,"outages":[{"practice":"zz","began":"now"}]})"})
    EXPECT_TRUE(viewer::parse_outage_marks(nonsense).empty()) << nonsense;
}

TEST(Outage, ThePageHasABoxForEachLineAndLinesForTheForms) {
  const auto list = app::make_reconciliation({look(10, "outage began"), look(11, "viewed", "GARCIA, Ana"),
                                              look(12, "viewed", "ABEL, Jo"), look(13, "printed", "", "the day's list"),
                                              look(14, "searched", "", "SMYHT")});
  const auto fonts = app::FontSet::open(app::find_fonts());
  ASSERT_TRUE(fonts.ok());
  const auto pages = app::lay_out_reconciliation(list, "UTC", {"Elm Street", "Tue 14-Oct-2025 02:10", "000123"},
                                                 app::kLetter, fonts.value());
  ASSERT_EQ(pages.size(), 1u);
  std::size_t boxes = 0;
  for (const auto& box : pages[0].boxes) boxes += box.width_pt == 10 && box.height_pt == 10;
  EXPECT_EQ(boxes, 4u + 8u);
  for (const char* words : {"GARCIA, Ana", "ABEL, Jo", "SMYHT", "the day's list"}) {
    bool said = false;
    for (const auto& text : pages[0].texts) said = said || text.text.find(words) != std::string::npos;
    EXPECT_TRUE(said) << words;
  }
}

}  // namespace
