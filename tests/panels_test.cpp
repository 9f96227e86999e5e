// What a receptionist sees and presses, page by page; the harness checks frame and banner at every step.
#include <gtest/gtest.h>

#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::Viewer;

TEST(UnlockPanel, SaysWhatTheCopyIsBeforeAnyPassphrase) {
  Viewer at;
  at.work();
  EXPECT_EQ(at.session.page(), Page::unlock);
  for (const char* words :
       {"Elm Street Family Practice", "2,000", "7 h old", "number 123", "reception, sealed envelope"})
    EXPECT_TRUE(at.shows(words)) << words;
  EXPECT_FALSE(at.shows("SMITH"));
}

TEST(UnlockPanel, OpensOnEnterAndNeverShowsThePassphrase) {
  Viewer at;
  at.work();
  at.type(viewer_test::kPassphrase);
  EXPECT_FALSE(at.shows("correct"));
  at.press(Key::enter);
  EXPECT_TRUE(at.shows("Opening"));
  at.work();
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_TRUE(at.session.line().text.empty()) << "the passphrase must not become a search";
}

TEST(UnlockPanel, SaysInPlainWordsThatThePassphraseIsWrong) {
  Viewer at;
  at.work();
  at.type("wrong");
  at.press(Key::enter);
  at.work();
  EXPECT_EQ(at.session.page(), Page::unlock);
  EXPECT_TRUE(at.shows("This passphrase does not open the copy."));
  at.type(viewer_test::kPassphrase);
  at.click("Open", true);
  at.work();
  EXPECT_EQ(at.session.page(), Page::search);
}

TEST(UnlockPanel, ShowsTheEnvelopesLinesWhileTheyAreTypedAndNamesTheOneWithTheMistake) {
  Viewer at;
  at.work();
  EXPECT_TRUE(at.shows("sealed envelope, or scan"));
  at.type("2c1h 68sk 8d9p 6bvq");
  at.press(Key::enter);  // whoever presses it after each line loses nothing
  EXPECT_TRUE(at.shows("1 of 4 lines typed, without a mistake. Go on with line 2."));
  EXPECT_TRUE(at.shows("2C1H 68SK 8D9P 6BVQ"));
  at.type("WW3J-RB2C");
  EXPECT_TRUE(at.shows("Line 2: WW3J RB2C"));
  at.type("-DJ6A-SRDX");
  EXPECT_TRUE(at.shows("Line 2 of the sealed envelope has a mistake, probably in its last group"));
  at.press(Key::backspace);
  at.type("hGQSQ3VS8ZJM2YN8VTC33DWPWPZ0N3JQK");
  EXPECT_TRUE(at.shows("All four lines of the sealed envelope are right"));
}

TEST(UnlockPanel, WarnsOfCapsLock) {
  Viewer at;
  at.work();
  EXPECT_FALSE(at.shows("CAPS LOCK"));
  at.session.set_caps_lock(true);
  at.frame();
  EXPECT_TRUE(at.shows("CAPS LOCK IS ON"));
}

TEST(UnlockPanel, NamesOtherCopiesAndTheirFaults) {
  Viewer at(
      [] {
        viewer::Found found;
        found.copy = viewer_test::make_copy_info();
        found.others.emplace_back();
        found.others.back().folder = "/copies/night-122";
        found.others.back().fault = app::Error{app::Code::damaged, "charts.db is cut short.", ""};
        return found;
      },
      viewer_test::make_records());
  at.work();
  EXPECT_TRUE(at.shows("night-122: cannot be used. charts.db is cut short."));
}

TEST(FaultPanel, SaysWhatToDoWithoutACopy) {
  Viewer at([] { return viewer::Found{}; }, viewer_test::make_records());
  EXPECT_TRUE(at.shows("Looking for the emergency copy"));
  at.work();
  EXPECT_TRUE(at.shows("There is no emergency copy here"));
  EXPECT_TRUE(at.shows("Then press Enter."));
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::looking);
}

TEST(FaultPanel, SaysWhyACopyCannotBeUsed) {
  Viewer at(
      [] {
        viewer::Found found;
        found.fault = app::Error{app::Code::damaged, "charts.db is not what was exported.", "charts.db"};
        return found;
      },
      viewer_test::make_records());
  at.work();
  EXPECT_TRUE(at.shows("charts.db is not what was exported."));
}

TEST(SearchPanel, IsNeverBlankBeforeTyping) {
  Viewer at;
  at.unlock();
  EXPECT_TRUE(at.shows("Appointments today, Tue 14-Oct-2025: 3"));
  EXPECT_TRUE(at.shows("08:30"));
  EXPECT_TRUE(at.shows("Dr Osei"));
}

TEST(SearchPanel, OpensNobodyUntilSomebodyIsChosen) {
  Viewer at;
  at.unlock();
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::search) << "the first appointment is nobody's wish";
  at.press(Key::down);
  EXPECT_EQ(at.session.selected(), 0u);
  at.press(Key::enter);
  ASSERT_EQ(at.session.page(), Page::chart);
  EXPECT_EQ(at.session.sheet().banner.name, "SMITH, Anna");
}

TEST(SearchPanel, SaysWhyAHitIsThereWhenTheListDoesNotShowIt) {
  auto records = viewer_test::make_records();
  records.why[4] = "maiden name SMITHERS, Ana";
  Viewer at(records);
  at.unlock();
  at.type("GARCIA");
  EXPECT_TRUE(at.shows("maiden name SMITHERS, Ana"));
}

TEST(SearchPanel, SaysWhenTheNextAppointmentsAre) {
  auto records = viewer_test::make_records();
  records.schedule_day = 20251016;
  Viewer next(records);
  next.unlock();
  EXPECT_TRUE(next.shows("No appointments today. The next are on Thu 16-Oct-2025"));
  records.appointments.clear();
  Viewer none(records);
  none.unlock();
  EXPECT_TRUE(none.shows("no appointments for the next 7 days"));
}

TEST(SearchPanel, ShowsWhatTellsPatientsApart) {
  Viewer at;
  at.unlock();
  at.type("SMITH");
  EXPECT_TRUE(at.shows("2 found, all in this list"));
  for (const char* words : {"SMITH, Anna", "14-Aug-1980 (45y)", "female", "100001", "Elmswell", "DECEASED"})
    EXPECT_TRUE(at.shows(words)) << words;
  EXPECT_FALSE(at.shows("GARCIA"));
}

TEST(SearchPanel, WarnsOfSimilarNames) {
  Viewer at;
  at.unlock();
  at.type("SM");
  EXPECT_TRUE(at.shows("3 patients with names similar to the chosen one")) << "as many as are marked";
  at.press(Key::escape);
  at.type("GARCIA");
  EXPECT_FALSE(at.shows("similar"));
}

TEST(SearchPanel, SaysThatNobodyWasFound) {
  Viewer at;
  at.unlock();
  at.type("zzz");
  EXPECT_TRUE(at.shows("Nobody found for \u201Czzz\u201D"));
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::search);
}

TEST(SearchPanel, SaysHowManyAreNotShown) {
  auto records = viewer_test::make_records();
  for (app::ChartId i = 10; i < 250; ++i)
    records.patients.push_back(viewer_test::make_hit(i, "NGUYEN, Van", "1990-01-01"));
  Viewer at(records);
  at.unlock();
  at.type("NGUYEN");
  EXPECT_TRUE(at.shows("240 found, the best 100 in this list"));
}

TEST(SearchPanel, KeysAloneSuffice) {
  auto records = viewer_test::make_records();
  for (app::ChartId i = 10; i < 90; ++i)
    records.patients.push_back(viewer_test::make_hit(i, "NGUYEN, Van", "1990-01-01"));
  Viewer at(records);
  at.unlock();
  at.type("NGUYEN");
  at.press(Key::up);
  EXPECT_EQ(at.session.selected(), 0u);
  at.press(Key::down, 40);
  EXPECT_EQ(at.session.selected(), 40u);
  EXPECT_TRUE(at.shows("100050")) << "the chosen row must be in sight";
  at.press(Key::page_down, 30);
  EXPECT_EQ(at.session.selected(), 79u);
  at.press(Key::page_up, 30);
  EXPECT_EQ(at.session.selected(), 0u);
  at.press(Key::page_down);
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::chart);
  EXPECT_NE(at.session.sheet().banner.mrn, "100010");
}

TEST(SearchPanel, AClickOpensTheRowThatWasClicked) {
  Viewer at;
  at.unlock();
  at.type("SM");
  at.click("SMYTHE");
  EXPECT_EQ(at.session.page(), Page::chart);
  EXPECT_EQ(at.session.sheet().banner.name, "SMYTHE, Ada");
}

TEST(SearchPanel, SaysThatAChartCannotBeReadAndGoesOn) {
  auto records = viewer_test::make_records();
  records.appointments[0].chart = 77;
  Viewer at(records);
  at.unlock();
  at.press(Key::down);
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_TRUE(at.shows("This chart cannot be read."));
  at.type("GARCIA");
  at.press(Key::enter);
  EXPECT_EQ(at.session.page(), Page::chart);
}

class ChartPanel : public testing::Test {
 protected:
  ChartPanel() {
    at.unlock();
    at.type("SMITH, Anna");
    at.press(Key::enter);
  }
  Viewer at;
};

TEST_F(ChartPanel, ShowsSectionsAndTheirRows) {
  ASSERT_EQ(at.session.page(), Page::chart);
  for (const char* words :
       {"Allergies and intolerances (2)", "anaphylaxis severe", "05-Mar-2010", "SNOMED CT 91936005",
        "Not recorded: ask the patient", "Result 0", "12 Mill Lane, Elmswell, NY 10001"})
    EXPECT_TRUE(at.shows(words)) << words;
}

TEST_F(ChartPanel, ScrollsByKeysToEveryRow) {
  EXPECT_FALSE(at.shows("Result 59"));
  at.press(Key::end);
  EXPECT_TRUE(at.shows("Result 59"));
  at.press(Key::home);
  EXPECT_TRUE(at.shows("penicillin"));
  at.press(Key::down, 400);
  EXPECT_TRUE(at.shows("Result 59"));
  at.press(Key::page_up, 30);
  EXPECT_TRUE(at.shows("anaphylaxis"));
}

TEST_F(ChartPanel, EachSectionHasAKey) {
  at.press_with_alt('4');
  EXPECT_TRUE(at.shows("Result 5"));
  EXPECT_FALSE(at.shows("Not recorded"));
  at.press_with_alt('1');
  EXPECT_TRUE(at.shows("anaphylaxis"));
  at.press(Key::tab, 2);
  EXPECT_FALSE(at.shows("Not recorded"));
}

TEST_F(ChartPanel, EscapeGoesBackAndKeepsTheQuery) {
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_EQ(at.session.line().text, "SMITH, Anna");
  EXPECT_TRUE(at.shows("1 found"));
}

TEST_F(ChartPanel, AfterEscapeTheNextLetterTakesThePlaceOfTheQuery) {
  at.press(Key::escape);
  at.type("S");
  at.type("M");
  EXPECT_EQ(at.session.line().text, "SM");
  EXPECT_TRUE(at.shows("SMYTHE, Ada"));
  at.press(Key::enter);
  at.press(Key::escape);
  at.press(Key::end);
  at.type("Y");
  EXPECT_EQ(at.session.line().text, "SMY") << "whoever goes on in the same query can";
  at.press(Key::enter);
  at.press(Key::escape);
  at.press(Key::backspace);
  EXPECT_EQ(at.session.line().text, "");
}

TEST_F(ChartPanel, EscapeAfterAPrintThatFailedStaysOnTheChart) {
  at.press_with_ctrl(Key::character, 'P');
  at.work();
  ASSERT_TRUE(at.shows("NOT PRINTED"));
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::chart);
  EXPECT_FALSE(at.shows("NOT PRINTED"));
  at.press(Key::escape);
  EXPECT_EQ(at.session.page(), Page::search);
}

// Harmless ones enough for a whole page, and two that kill.
TEST(ChartBanner, WhereItIsCutTheSevereAllergiesStayAndTheOthersAreCounted) {
  for (const std::size_t harmless : {4u, 30u}) {
    auto records = viewer_test::make_records();
    records.alter = [harmless](app::Sheet& sheet) {
      app::Banner& banner = sheet.banner;
      sheet.sections[0].rows.clear();
      banner.allergies = "Allergies: ";
      const auto add = [&](const std::string& name, const std::string& beside, app::Weight weight) {
        sheet.sections[0].rows.push_back({name, {{beside, weight}}, "", "", weight});
        banner.allergies += (sheet.sections[0].rows.size() == 1 ? "" : ", ") + name + " (" + beside + ")";
      };
      add("penicillin", "anaphylaxis", app::Weight::alarm);
      add("wasp venom", "criticality high", app::Weight::alarm);
      for (std::size_t i = 0; i < harmless; ++i)
        add("pollen of the tree number " + std::to_string(i), "a long runny nose, in the spring; mild", app::Weight::strong);
      banner.allergies += "; 1 entry UNREADABLE";
    };
    Viewer at(records);
    at.screen->resize(1366, 768);
    at.screen->set_scale(1.6f);
    at.session.tick({viewer_test::kNow_s});
    viewer::run_jobs(at.session);
    at.session.type(viewer_test::kPassphrase);
    at.session.submit();
    viewer::run_jobs(at.session);
    at.session.type("SMITH, Anna");
    at.session.submit();
    std::string all;
    for (const std::string& line : viewer_test::read_lines(at.screen->draw(), at.screen->atlas())) all += line + ' ';
    EXPECT_NE(all.find("penicillin (anaphylaxis), wasp venom (criticality high), pollen"), std::string::npos) << all;
    EXPECT_EQ(all.find("runny nose"), std::string::npos) << "before any name";
    EXPECT_NE(all.find("1 entry UNREADABLE"), std::string::npos) << all;
    std::size_t named = 0;
    for (std::size_t i = 0; i < harmless; ++i)
      if (all.find("number " + std::to_string(i)  + ",") != std::string::npos || all.find("number " + std::to_string(i) + " \u2026") != std::string::npos) ++named;
    if (named < harmless) {
      EXPECT_NE(all.find("AND " + std::to_string(harmless - named) + " MORE"), std::string::npos) << all;
    } else {
      EXPECT_EQ(all.find(" MORE"), std::string::npos) << all;
    }
    if (harmless == 30) {
      EXPECT_LT(named, harmless) << all;
    }
  }
}

TEST_F(ChartPanel, ALetterStartsANewSearch) {
  at.type("G");
  EXPECT_EQ(at.session.page(), Page::search);
  EXPECT_EQ(at.session.line().text, "G");
  EXPECT_TRUE(at.shows("GARCIA, Ana"));
}

TEST_F(ChartPanel, LockingForgetsThePatient) {
  at.press_with_ctrl(Key::character, 'L');
  EXPECT_EQ(at.session.page(), Page::unlock);
  EXPECT_FALSE(at.shows("SMITH"));
  EXPECT_TRUE(at.session.sheet().sections.empty());
}

TEST_F(ChartPanel, HoldsAtEverySizeOfTypeAndWindow) {
  for (const float scale : {0.6f, 1.0f, 1.6f}) {
    for (const auto& [width, height] : {std::pair{800, 600}, {1366, 768}, {2560, 1440}}) {
      at.screen->set_scale(scale);
      at.screen->resize(width, height);
      at.frame();
      at.press(Key::end);
      EXPECT_TRUE(at.shows("Result 59"));
    }
  }
}

TEST(ChartText, ReadsAsItsScriptIsWritten) {
  Viewer at;
  at.unlock();
  at.type("100005");
  EXPECT_TRUE(at.shows("\u0645\u062D\u0645\u062F")) << "an Arabic word is one shaped glyph";
}

}  // namespace
