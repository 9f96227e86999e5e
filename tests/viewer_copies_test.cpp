// Which copy the viewer stands on, and what it does when that one turns out to be another than it seemed.
#include <gtest/gtest.h>

#include <algorithm>

#include "viewer/views.h"
#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;
using viewer_test::kPassphrase;
using viewer_test::Viewer;

const app::Error kNotAsSigned{app::Code::damaged, "charts.db of this copy is damaged.", ""};

// Today's copy, and yesterday's beside it, which another key may have signed.
viewer::Found two_copies(std::uint8_t key_of_second = 0) {
  viewer::Found found;
  found.copy = viewer_test::make_copy_info();
  found.spare = {viewer_test::make_copy_info()};
  found.spare[0].folder = "/copies/2025-10-13T061004Z-000122";
  found.spare[0].manifest.sequence = 122;
  found.spare[0].manifest.as_of.s -= 24 * 3600;
  found.spare[0].manifest.verifying_key[0] = key_of_second;
  return found;
}

viewer::OpenRecords open_with(std::function<app::Result<app::Done>(const app::CopyInfo&, const app::Request&)> judge,
                              const FakeRecords& records = viewer_test::make_records()) {
  return [judge, records](const app::CopyInfo& info, const app::Request& request) -> app::Result<std::unique_ptr<viewer::Records>> {
    TRY(judge(info, request));
    auto opened = std::make_unique<FakeRecords>(records);
    opened->copy = info;
    return std::unique_ptr<viewer::Records>(std::move(opened));
  };
}

app::Result<app::Done> anybody(const app::CopyInfo&, const app::Request&) { return app::Done{}; }

struct Desk {
  Desk(viewer::FindCopy find, viewer::OpenRecords open, viewer::CheckBytes check = {})
      : session(std::move(find), std::move(open), check ? std::move(check) : [](const auto&, const auto&) { return app::Done{}; }) {
    session.tick({viewer_test::kNow_s});
    viewer::run_jobs(session);
  }
  void unlock() {
    session.type(kPassphrase);
    session.submit();
    viewer::run_jobs(session);
  }
  void press_ctrl(char character) { session.press({Key::character, true, false, false, character}); }
  std::string alerts() const {
    std::string all;
    for (const std::string& alert : viewer::make_frame_view(session).alerts) all += alert + "\n";
    return all;
  }
  viewer::Session session;
};

TEST(BytesCheck, RunsWhileTheChartsAreOpenAlreadyAndTheFrameSaysHowFarItIs) {
  viewer::Session session([] { return two_copies(); }, open_with(anybody),
                          [](const auto&, const auto&) { return app::Done{}; });
  session.tick({viewer_test::kNow_s});
  session.finish((*session.take_job())());
  session.type(kPassphrase);
  session.submit();
  session.finish((*session.take_job())());
  EXPECT_EQ(session.page(), Page::search) << "nobody waits for it";
  const auto notes = viewer::make_frame_view(session).notes;
  EXPECT_NE(std::find(notes.begin(), notes.end(), "checking every byte\u2026"), notes.end());
  auto check = session.take_check();
  ASSERT_TRUE(check);
  session.finish((*check)());
  const auto then = viewer::make_frame_view(session).notes;
  EXPECT_NE(std::find(then.begin(), then.end(), "every byte checked"), then.end());
  EXPECT_TRUE(session.is_verified());
}

TEST(BytesCheck, ACopyThatIsNotWhatThePracticeSignedSaysNotVerifiedOnEveryPageUntilAnotherIsChosen) {
  Desk desk([] { return two_copies(); }, open_with(anybody), [](const app::CopyInfo& info, const auto&) {
    return info.manifest.sequence == 123 ? app::Result<app::Done>(kNotAsSigned) : app::Done{};
  });
  desk.unlock();
  EXPECT_FALSE(desk.session.is_verified());
  EXPECT_NE(desk.alerts().find("not what the practice signed"), std::string::npos) << desk.alerts();
  desk.session.type("SMITH");
  desk.session.submit();
  ASSERT_EQ(desk.session.page(), Page::chart);
  EXPECT_FALSE(viewer::make_frame_view(desk.session).verified);
  desk.press_ctrl('L');
  EXPECT_FALSE(viewer::make_frame_view(desk.session).verified) << "it is still that copy";
  EXPECT_EQ(viewer::make_unlock_view(desk.session).problem, kNotAsSigned.what);
  desk.press_ctrl('1');
  EXPECT_TRUE(viewer::make_frame_view(desk.session).verified);
  desk.unlock();
  EXPECT_TRUE(desk.session.is_verified());
}

TEST(BytesCheck, OfACopyThatIsLockedMeanwhileSaysNothing) {
  viewer::Session session([] { return two_copies(); }, open_with(anybody),
                          [](const auto&, const std::function<bool()>& goes_on) -> app::Result<app::Done> {
                            if (goes_on()) return app::Done{};
                            return app::Error{app::Code::busy, "stopped", ""};
                          });
  session.tick({viewer_test::kNow_s});
  session.finish((*session.take_job())());
  session.type(kPassphrase);
  session.submit();
  session.finish((*session.take_job())());
  auto check = session.take_check();
  ASSERT_TRUE(check);
  session.lock();
  session.finish((*check)());
  EXPECT_EQ(session.page(), Page::unlock);
  EXPECT_TRUE(session.is_verified());
  EXPECT_FALSE(session.problem());
}

TEST(PlantedCopy, ANewerOneOfAStrangerIsPassedOverForTheOneThatThePassphraseVouchesFor) {
  for (const app::Code refused : {app::Code::forged, app::Code::wrong_passphrase}) {
    Desk desk([] { return two_copies(7); }, open_with([refused](const app::CopyInfo& info, const app::Request&) {
                return info.manifest.sequence == 123 ? app::Result<app::Done>(app::Error{refused, "It is not theirs.", ""}) : app::Done{};
              }));
    desk.unlock();
    ASSERT_EQ(desk.session.page(), Page::search);
    EXPECT_EQ(desk.session.copy()->manifest.sequence, 122u);
    EXPECT_NE(desk.alerts().find("was left closed"), std::string::npos) << desk.alerts();
    EXPECT_NE(viewer::make_frame_view(desk.session).as_of.find("13-Oct-2025"), std::string::npos);
  }
}

TEST(PlantedCopy, WithAWrongPassphraseNoOlderCopyOfTheSamePracticeOpensUnasked) {
  Desk desk([] { return two_copies(); }, open_with([](const app::CopyInfo& info, const app::Request&) {
              return info.manifest.sequence == 123 ? app::Result<app::Done>(app::Error{app::Code::wrong_passphrase, "No.", ""}) : app::Done{};
            }));
  desk.unlock();
  EXPECT_EQ(desk.session.page(), Page::unlock);
  EXPECT_EQ(desk.session.copy()->manifest.sequence, 123u);
}

TEST(OtherCopies, AreOfferedWhereTheOneThatWasAskedForCannotBeUsed) {
  Viewer at(
      [] {
        viewer::Found found;
        found.fault = kNotAsSigned;
        found.spare = {viewer_test::make_copy_info()};
        return found;
      },
      viewer_test::make_records());
  at.work();
  EXPECT_EQ(at.session.page(), Page::no_copy);
  EXPECT_TRUE(at.shows("Other copies lie beside it"));
  at.click("data as of Tue 14-Oct-2025 02:10, number 123");
  ASSERT_EQ(at.session.page(), Page::unlock);
  at.unlock();
  EXPECT_EQ(at.session.page(), Page::search);
}

TEST(OtherCopies, AChartThatCannotBeReadIsLookedForInAnotherCopyWithoutTypingItAgain) {
  FakeRecords records = viewer_test::make_records();
  records.patients.push_back(viewer_test::make_hit(9, "RUINED, Rita", "1970-01-01"));
  records.unreadable_chart = 9;
  Desk desk([] { return two_copies(); }, open_with(anybody, records));
  desk.unlock();
  desk.session.type("RUINED");
  desk.session.submit();
  const viewer::SearchView view = viewer::make_search_view(desk.session);
  EXPECT_NE(view.problem.find("Press Ctrl 1 for another copy: older"), std::string::npos) << view.problem;
  desk.press_ctrl('1');
  ASSERT_EQ(desk.session.page(), Page::unlock);
  EXPECT_EQ(desk.session.copy()->manifest.sequence, 122u);
  desk.unlock();
  ASSERT_EQ(desk.session.page(), Page::search);
  EXPECT_EQ(desk.session.line().text, "100009") << "the same patient, by the record number";
  EXPECT_EQ(desk.session.hits().hits.size(), 1u);
}

TEST(KeyholderChoice, IsMadeWithUpAndDownAndTheOthersKeysAreNotTried) {
  std::vector<std::string> tried;
  viewer::Found found = two_copies();
  found.copy->manifest.slots = {{"Anna", {}, "", "lock"}, {"Ben", {}, "", "lock"}, {"sealed envelope", {}, "", ""}};
  Viewer at([found] { return found; }, viewer_test::make_records());
  at.work();
  EXPECT_TRUE(at.shows("of any of these"));
  at.press(Key::down, 2);
  EXPECT_TRUE(at.shows("of Ben"));
  at.press(Key::down);
  EXPECT_TRUE(at.shows("of any of these")) << "nobody types a passphrase into the envelope";
  Desk desk([found] { return found; }, open_with([&tried](const app::CopyInfo&, const app::Request& request) {
              tried.push_back(request.keyholder);
              return app::Result<app::Done>(app::Done{});
            }));
  desk.session.choose_keyholder(1);
  desk.unlock();
  EXPECT_EQ(tried, std::vector<std::string>{"Anna"});
}

}  // namespace
