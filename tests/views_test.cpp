// The words of every page, without drawing any.
#include "viewer/views.h"

#include <gtest/gtest.h>

#include "viewer/errand.h"
#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer_test::kAsOf_s;

viewer::Session make_session(const viewer_test::FakeRecords& records = viewer_test::make_records()) {
  viewer::Session session(
      [info = records.copy] {
        viewer::Found found;
        found.copy = info;
        return found;
      },
      [records](const app::CopyInfo&,
                const app::Request& request) -> app::Result<std::unique_ptr<viewer::Records>> {
        if (request.passphrase != viewer_test::kPassphrase) return app::Error{app::Code::wrong_passphrase, "No.", ""};
        return std::unique_ptr<viewer::Records>(std::make_unique<viewer_test::FakeRecords>(records));
      });
  session.tick({viewer_test::kNow_s});
  viewer::run_jobs(session);
  return session;
}

TEST(FrameView, SaysTheAgeInWordsNotOnlyInColour) {
  viewer::Session session = make_session();
  const auto warning_at = [&](std::int64_t hours) {
    session.tick({kAsOf_s + hours * 3600});
    return viewer::make_frame_view(session).warning;
  };
  EXPECT_EQ(warning_at(7), "");
  EXPECT_NE(warning_at(30).find("STALE"), std::string::npos);
  EXPECT_NE(warning_at(24 * 8).find("OLD"), std::string::npos);
  EXPECT_NE(warning_at(-2).find("CLOCK WRONG"), std::string::npos);
}

TEST(FrameView, SaysWhatWhoseAndWhen) {
  const viewer::Session session = make_session();
  const viewer::FrameView view = viewer::make_frame_view(session);
  EXPECT_EQ(view.words, "EMERGENCY COPY \u00B7 READ ONLY");
  EXPECT_EQ(view.notes.at(0), "Elm Street Family Practice");
  EXPECT_EQ(view.as_of, "data as of Tue 14-Oct-2025 02:10 (7 h old)");
}

TEST(SearchView, AgesAreOfTodayAndUnknownBirthsAreWords) {
  auto records = viewer_test::make_records();
  records.patients[0].born = "";
  records.patients[1].born = "31/02/1975";
  viewer::Session session = make_session(records);
  session.type(viewer_test::kPassphrase);
  session.submit();
  viewer::run_jobs(session);
  session.type("S");
  const viewer::SearchView view = viewer::make_search_view(session);
  ASSERT_GE(view.rows.size(), 3u);
  EXPECT_EQ(view.rows[0].cells[1], "not recorded");
  EXPECT_EQ(view.rows[1].cells[1], "unreadable (31/02/1975)");
  EXPECT_EQ(view.rows[2].cells[1], "03-Feb-1950 (75y)");
}

viewer::Session make_unlocked(const viewer_test::FakeRecords& records) {
  viewer::Session session = make_session(records);
  session.type(viewer_test::kPassphrase);
  session.submit();
  viewer::run_jobs(session);
  EXPECT_EQ(session.page(), viewer::Page::search);
  return session;
}

TEST(SearchView, SaysThatAppointmentsCouldNotBeReadAndDoesNotCallThemNone) {
  auto records = viewer_test::make_records();
  records.unreadable_day = records.schedule_day;
  viewer::Session session = make_unlocked(records);
  const std::string words = "Today's appointments could not be read: A page of charts.db is damaged.";
  EXPECT_EQ(viewer::make_search_view(session).empty.find(words), 0u);
  session.type("SM");
  session.back();
  EXPECT_EQ(viewer::make_search_view(session).empty.find(words), 0u) << "it holds until they can be read";

  records.unreadable_day = 20251016;
  records.appointments.clear();
  EXPECT_EQ(viewer::make_search_view(make_unlocked(records))
                .empty.find("There are none today, and the appointments of 16-Oct-2025 could not be read"),
            0u);
}

TEST(SearchView, PastMidnightTheScheduleIsTheNewDays) {
  auto records = viewer_test::make_records();
  viewer::Session session = make_unlocked(records);
  session.move_selection(2);
  session.tick({viewer_test::kNow_s + 24 * 3600});
  EXPECT_EQ(viewer::make_search_view(session).heading, "Appointments") << "none in the days after";
  EXPECT_EQ(session.selected(), 0u);

  records.schedule_day = 20251015;
  viewer::Session evening = make_unlocked(records);
  evening.move_selection(2);
  EXPECT_EQ(viewer::make_search_view(evening).heading,
            "No appointments today. The next are on Wed 15-Oct-2025: 3, by provider and time");
  evening.tick({viewer_test::kNow_s + 24 * 3600});
  EXPECT_EQ(viewer::make_search_view(evening).heading, "Appointments today, Wed 15-Oct-2025: 3, by provider and time");
  EXPECT_EQ(evening.selected(), 2u);
}

TEST(UnlockView, AnotherCopyCanBeChosenByItsNumberWhenTheNewestFails) {
  viewer::Session session(
      [] {
        viewer::Found found;
        found.copy = viewer_test::make_copy_info();
        for (const std::uint64_t before : {1u, 2u}) {
          found.spare.push_back(viewer_test::make_copy_info());
          found.spare.back().manifest.sequence -= before;
          found.spare.back().manifest.as_of.s -= static_cast<std::int64_t>(before) * 24 * 3600;
        }
        return found;
      },
      [](const app::CopyInfo& info, const app::Request&) -> app::Result<std::unique_ptr<viewer::Records>> {
        if (info.manifest.sequence == 123) return app::Error{app::Code::damaged, "It is damaged.", ""};
        return std::unique_ptr<viewer::Records>(
            std::make_unique<viewer_test::FakeRecords>(viewer_test::make_records()));
      });
  session.tick({viewer_test::kNow_s});
  viewer::run_jobs(session);
  session.type("any");
  session.submit();
  viewer::run_jobs(session);
  const viewer::UnlockView failed = viewer::make_unlock_view(session);
  EXPECT_EQ(failed.problem, "It is damaged.");
  EXPECT_NE(failed.advice.find("Press Ctrl 1 for another copy"), std::string::npos) << failed.advice;
  ASSERT_EQ(failed.spare.size(), 2u);
  EXPECT_EQ(failed.spare[0].label, "Ctrl 1");
  EXPECT_EQ(failed.spare[0].value, "older, data as of Mon 13-Oct-2025 02:10, number 122");

  session.press({Key::character, true, false, false, '3'});
  EXPECT_EQ(session.copy()->manifest.sequence, 123u) << "there is no third";
  session.press({Key::character, true, false, false, '1'});
  EXPECT_EQ(session.copy()->manifest.sequence, 122u);
  EXPECT_FALSE(session.problem());
  EXPECT_NE(viewer::make_frame_view(session).as_of.find("13-Oct-2025"), std::string::npos);
  EXPECT_EQ(viewer::make_unlock_view(session).spare[0].value,
            "newer, data as of Tue 14-Oct-2025 02:10, number 123");
  session.type("any");
  session.submit();
  viewer::run_jobs(session);
  EXPECT_EQ(session.page(), viewer::Page::search);
  session.press({Key::character, true, false, false, '1'});
  EXPECT_EQ(session.copy()->manifest.sequence, 122u) << "never under an open copy";
}

TEST(ChartView, GivesEachSectionItsOwnKeyWhateverElseTheChartHas) {
  app::Sheet whole, less;
  std::vector<std::string> ids = {"left_out", "unreadable", "not_recorded"};
  for (const auto& section : app::default_sheet_template().sections) ids.push_back(section.id);
  std::string seen = "L";  // Alt with it locks
  for (const std::string& id : ids) {
    app::SheetSection section;
    section.id = id;
    whole.sections.push_back(section);
    if (id == "results" || id == "medications") less.sections.push_back(section);
    const std::string key = viewer::key_of_section(id);
    ASSERT_EQ(key.size(), 1u) << id;
    EXPECT_EQ(seen.find(key), std::string::npos) << id;
    seen += key;
    EXPECT_EQ(whole.sections[static_cast<std::size_t>(viewer::section_of_key(whole, key[0]))].id, id);
  }
  ASSERT_EQ(less.sections.size(), 2u);
  EXPECT_EQ(viewer::key_of_section("medications"), "2");
  EXPECT_EQ(less.sections[static_cast<std::size_t>(viewer::section_of_key(less, '4'))].id, "results");
  EXPECT_EQ(viewer::section_of_key(less, '1'), -1) << "absent, and no other in its place";
}

TEST(Counts, AreReadableAloud) {
  EXPECT_EQ(viewer::format_count(0), "0");
  EXPECT_EQ(viewer::format_count(999), "999");
  EXPECT_EQ(viewer::format_count(1000), "1,000");
  EXPECT_EQ(viewer::format_count(1234567), "1,234,567");
}

TEST(EditLine, MovesAndErasesByWholeCharacters) {
  viewer::EditLine line;
  line.insert("a\u00E9\u738B");
  line.press({Key::left, false, false, false, 0});
  line.press({Key::backspace, false, false, false, 0});
  EXPECT_EQ(line.text, "a\u738B");
  line.press({Key::erase, false, false, false, 0});
  EXPECT_EQ(line.text, "a");
  line.insert("bc def");
  line.press({Key::backspace, true, false, false, 0});
  EXPECT_EQ(line.text, "abc ");
  line.press({Key::home, false, false, false, 0});
  line.press({Key::backspace, false, false, false, 0});
  line.press({Key::left, false, false, false, 0});
  EXPECT_EQ(line.caret, 0u);
  line.press({Key::end, false, false, false, 0});
  line.press({Key::right, false, false, false, 0});
  EXPECT_EQ(line.caret, 4u);
}

TEST(EditLine, TakesPastedTextAsOneLineAndNotWithoutEnd) {
  viewer::EditLine line;
  line.insert("a\nb\x01\xFF");
  EXPECT_EQ(line.text, "ab\uFFFD");
  line.insert(std::string(100000, 'x'));
  EXPECT_EQ(line.text, "ab\uFFFD");
}

TEST(Errand, UnlocksFindsAndOpensTheOnlyHit) {
  viewer::Session session = make_session();
  viewer::Errand errand{viewer_test::kPassphrase, "GARCIA", ""};
  EXPECT_TRUE(viewer::run_errand(errand, session).ok());
  viewer::run_jobs(session);
  EXPECT_TRUE(viewer::run_errand(errand, session).ok());
  EXPECT_EQ(session.page(), viewer::Page::chart);
  EXPECT_EQ(session.sheet().banner.name, "GARCIA, Ana");
}

TEST(Errand, ManyHitsStayAListAndAWrongPassphraseIsAnError) {
  viewer::Session many = make_session();
  viewer::Errand errand{viewer_test::kPassphrase, "SMITH", ""};
  (void)viewer::run_errand(errand, many);
  viewer::run_jobs(many);
  EXPECT_TRUE(viewer::run_errand(errand, many).ok());
  EXPECT_EQ(many.page(), viewer::Page::search);
  EXPECT_EQ(many.hits().hits.size(), 2u);

  viewer::Session wrong = make_session();
  viewer::Errand fails{"guess", "SMITH", ""};
  (void)viewer::run_errand(fails, wrong);
  viewer::run_jobs(wrong);
  const auto done = viewer::run_errand(fails, wrong);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, app::Code::wrong_passphrase);
}

TEST(Errand, OpensByRecordNumberOrSaysThatThereIsNone) {
  viewer::Session session = make_session();
  viewer::Errand errand{viewer_test::kPassphrase, "", "100003"};
  (void)viewer::run_errand(errand, session);
  viewer::run_jobs(session);
  EXPECT_TRUE(viewer::run_errand(errand, session).ok());
  EXPECT_EQ(session.sheet().banner.name, "SMYTHE, Ada");
  session.back();
  viewer::Errand unknown{"", "", "nobody"};
  const auto done = viewer::run_errand(unknown, session);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, app::Code::not_found);
  EXPECT_NE(viewer::make_search_view(session).problem.find("No patient of this copy has this record number."),
            std::string::npos);
}

TEST(Errand, ARecordNumberOfSeveralPatientsBecomesASearch) {
  auto records = viewer_test::make_records();
  records.patients[2].mrn = records.patients[0].mrn;
  viewer::Session session = make_session(records);
  viewer::Errand errand{viewer_test::kPassphrase, "", records.patients[0].mrn};
  (void)viewer::run_errand(errand, session);
  viewer::run_jobs(session);
  EXPECT_TRUE(viewer::run_errand(errand, session).ok());
  EXPECT_EQ(session.page(), viewer::Page::search);
  EXPECT_EQ(session.line().text, records.patients[0].mrn);
  EXPECT_EQ(session.hits().hits.size(), 2u);
}

TEST(Errand, AnOnlyHitThatAssumesATypingErrorStaysAList) {
  auto records = viewer_test::make_records();
  records.patients[3].exact = false;
  viewer::Session session = make_session(records);
  viewer::Errand errand{viewer_test::kPassphrase, "GARCIA", ""};
  (void)viewer::run_errand(errand, session);
  viewer::run_jobs(session);
  EXPECT_TRUE(viewer::run_errand(errand, session).ok());
  EXPECT_EQ(session.hits().hits.size(), 1u);
  EXPECT_EQ(session.page(), viewer::Page::search);
}

}  // namespace
