// Paper from the viewer: what is on the screen goes to the printer, through no file, and into the record.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "app/snapshot/reconcile.h"
#include "tests/command.h"
#include "viewer/print_view.h"
#include "viewer_harness.h"

namespace {

namespace fs = std::filesystem;
using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;

struct PrintingDesk {
  explicit PrintingDesk(app::Result<app::Done> outcome)
      : session(
            [] {
              viewer::Found found;
              found.copy = viewer_test::make_copy_info();
              return found;
            },
            [this](const app::CopyInfo&, const app::Request&) -> app::Result<std::unique_ptr<viewer::Records>> {
              return std::unique_ptr<viewer::Records>(std::make_unique<FakeRecords>(records));
            },
            [](const auto&, const auto&) { return app::Done{}; },
            [this, outcome](const viewer::PrintOrder& order) {
              orders.push_back(order);
              recorded_before = records.looks->empty() ? "" : records.looks->back().kind;
              return outcome;
            },
            viewer::draw_document, viewer::draw_paper, [this] { return viewer::Printers{printers, keeps}; }) {
    session.tick({viewer_test::kNow_s});
    viewer::run_jobs(session);
    session.type(viewer_test::kPassphrase);
    session.submit();
    viewer::run_jobs(session);
  }
  void print() {
    session.press({Key::character, true, false, false, 'P'});
    viewer::run_jobs(session);
  }
  void print_by(const std::string& key) {
    session.type(key);
    session.submit();
    viewer::run_jobs(session);
  }
  FakeRecords records = viewer_test::make_records();
  void press(Key key) {
    session.press({key, false, false, false, 0});
    viewer::run_jobs(session);
  }
  void type(const std::string& text) {
    session.type(text);
    viewer::run_jobs(session);
  }
  void open_chart() {
    session.type("GARCIA");
    session.submit();
  }
  // What would come out of the printer, as a reading program reads it.
  std::string paper() const {
    const tests::TemporaryFolder folder;
    tests::write(folder.path() / "a.pdf", orders.back().drawn->pdf);
    return tests::run("pdftotext -layout '" + (folder.path() / "a.pdf").string() + "' -").out;
  }
  std::vector<viewer::PrintOrder> orders;
  std::string recorded_before;  // the newest look when the printer was asked
  std::vector<std::string> printers = {"office", "desk"};
  std::string keeps;
  viewer::Session session;
};

TEST(ViewerPrint, TheListOfTheDayAndTheOpenChartArePrintedAndRecorded) {
  PrintingDesk desk{app::Done{}};
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u);
  EXPECT_FALSE(desk.orders[0].sheet);
  EXPECT_EQ(desk.orders[0].appointments.size(), 3u);
  EXPECT_TRUE(desk.orders[0].letter) << "New York prints on letter";
  desk.session.type("GARCIA");
  desk.print();
  EXPECT_EQ(desk.orders.size(), 1u) << "a list of hits is nothing to keep on paper";
  desk.session.submit();
  ASSERT_EQ(desk.session.page(), Page::chart);
  desk.print();
  ASSERT_EQ(desk.orders.size(), 2u);
  EXPECT_EQ(desk.orders[1].sheet->banner.name, "GARCIA, Ana");
  EXPECT_EQ(desk.session.print_notice(), "Sent to the printer.");
  EXPECT_EQ(desk.session.page(), Page::chart);
  ASSERT_GE(desk.records.looks->size(), 2u);
  EXPECT_EQ(desk.records.looks->back().kind, "printed");
  EXPECT_EQ(desk.records.looks->back().name, "GARCIA, Ana");
}

TEST(ViewerPrint, StandsInTheRecordBeforeItGoesToThePrinter) {
  PrintingDesk desk{app::Done{}};
  desk.print();
  EXPECT_EQ(desk.recorded_before, "printed");
  desk.open_chart();
  desk.press(Key::f6);
  desk.print_by("4");
  EXPECT_EQ(desk.recorded_before, "form printed");
}

TEST(ViewerPrint, DoesNotHappenOnceTheCopyWasLocked) {
  PrintingDesk desk{app::Done{}};
  desk.session.press({Key::character, true, false, false, 'P'});
  const auto job = desk.session.take_job();
  ASSERT_TRUE(job);
  desk.session.lock();
  desk.session.finish((*job)());
  viewer::run_jobs(desk.session);
  EXPECT_TRUE(desk.orders.empty()) << "nobody could record it any more";
  EXPECT_TRUE(desk.session.print_failed());
}

TEST(ViewerPrint, OffersAllThatAPatientMayNeedWithAKeyEach) {
  PrintingDesk desk{app::Done{}};
  desk.open_chart();
  desk.press(Key::f6);
  ASSERT_EQ(desk.session.page(), Page::print);
  const viewer::PrintView view = viewer::make_print_view(desk.session);
  EXPECT_EQ(view.sheet->banner.name, "GARCIA, Ana");
  ASSERT_GT(view.rows.size(), 8u);
  for (std::size_t i = 0; i < view.rows.size(); ++i) EXPECT_EQ(view.rows[i].key, i < 9 ? std::to_string(i + 1) : "") << view.rows[i].title;
  EXPECT_NE(view.target.find("office (1 of 2)"), std::string::npos);
  desk.print_by("2");
  ASSERT_EQ(desk.orders.size(), 1u);
  const std::string slip = desk.paper();
  for (const char* words : {"GARCIA, Ana", "100004", "penicillin", "anaphylaxis", "latex", "Elm Street Family Practice", "02:10"})
    EXPECT_NE(slip.find(words), std::string::npos) << words << "\n" << slip;
  EXPECT_EQ(slip.find("Result 1"), std::string::npos) << "only what whoever is on the phone needs";
  EXPECT_EQ(desk.orders.back().queue, "office");
  desk.press(Key::right);
  desk.print_by("3");
  EXPECT_EQ(desk.orders.back().queue, "desk");
  EXPECT_EQ(desk.records.looks->back().words, "labels");
  EXPECT_EQ(desk.records.looks->back().name, "GARCIA, Ana");
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.page(), Page::chart);
}

TEST(ViewerPrint, ANameThatIsTypedOnThePageOfChoicesGoesToTheSearchAndEnterPrintsNothing) {
  PrintingDesk desk{app::Done{}};
  desk.open_chart();
  desk.press(Key::f6);
  desk.session.type("4");
  EXPECT_EQ(desk.session.page(), Page::print);
  EXPECT_EQ(desk.session.selected_print(), 3u) << "a digit chooses";
  for (const char* letter : {"S", "M", "I", "T", "H", ",", " ", "A", "n"}) desk.session.type(letter);
  EXPECT_EQ(desk.session.page(), Page::search);
  EXPECT_EQ(desk.session.line().text, "SMITH, An") << "from its first letter, and nothing of the last search";
  desk.session.submit();
  viewer::run_jobs(desk.session);
  EXPECT_TRUE(desk.orders.empty());
  EXPECT_EQ(desk.session.page(), Page::chart);
  EXPECT_NE(desk.session.sheet().banner.name, "GARCIA, Ana");
  desk.press(Key::f6);
  desk.session.type("\u00C9");
  EXPECT_EQ(desk.session.line().text, "\u00C9") << "of any alphabet";
}

TEST(ViewerPrint, AFormCarriesThePatientAndItsNumbersAreInTheRecordAndOnTheListOfTheOutage) {
  PrintingDesk desk{app::Done{}};
  desk.session.press({Key::character, true, false, false, 'O'});
  desk.session.submit();
  desk.press(Key::escape);
  desk.press(Key::f6);
  const auto& choices = desk.session.print_choices();
  const auto registration = std::find_if(choices.begin(), choices.end(), [](const auto& choice) { return choice.form && choice.form->name == "registration"; });
  ASSERT_NE(registration, choices.end());
  desk.type("+");
  desk.session.print_choice(static_cast<std::size_t>(registration - choices.begin()));
  viewer::run_jobs(desk.session);
  ASSERT_EQ(desk.orders.size(), 1u);
  EXPECT_EQ(desk.orders[0].copies, 2);
  ASSERT_GE(desk.orders[0].drawn->numbers.size(), 2u);
  const std::string words = desk.records.looks->back().words, paper = desk.paper();
  for (const std::string& number : desk.orders[0].drawn->numbers) {
    EXPECT_NE(words.find(number), std::string::npos) << words;
    EXPECT_NE(paper.find(number), std::string::npos) << number << " is in the record and not on paper";
  }
  desk.press(Key::escape);
  desk.open_chart();
  desk.press(Key::f6);
  desk.print_by("4");
  EXPECT_NE(desk.paper().find("GARCIA, Ana"), std::string::npos);
  const app::Reconciliation list = desk.session.reconciliation();
  ASSERT_EQ(list.forms.size(), 2u);
  EXPECT_EQ(list.forms[0].what, words);
  EXPECT_NE(list.forms[1].what.find("GARCIA, Ana, MRN 100004"), std::string::npos) << list.forms[1].what;
  EXPECT_TRUE(list.papers.empty());
}

TEST(ViewerPrint, WithoutAPrinterSaysWhatToDo) {
  PrintingDesk desk{app::Done{}};
  desk.printers.clear();
  desk.press(Key::f6);
  EXPECT_NE(viewer::make_print_view(desk.session).target.find("connect one by USB"), std::string::npos);
  const std::size_t before = desk.records.looks->size();
  desk.print_by("1");
  EXPECT_TRUE(desk.orders.empty());
  EXPECT_EQ(desk.records.looks->size(), before);
  EXPECT_TRUE(desk.session.print_failed());
}

TEST(ViewerPrint, PageStandsBesideWhoItIsAndLetsNothingBeTyped) {
  viewer_test::Viewer viewer;
  viewer.unlock();
  viewer.type("GARCIA");
  viewer.press(Key::enter);
  viewer.press(Key::f6);
  viewer.work();
  EXPECT_TRUE(viewer.shows("Slip in large type"));
  EXPECT_TRUE(viewer.shows("penicillin"));
  viewer.press(Key::f8);
  EXPECT_FALSE(viewer.shows("GARCIA, Ana"));
  viewer.press(Key::f8);
  viewer.press(Key::escape);
  EXPECT_EQ(viewer.session.page(), Page::chart);
}

TEST(ViewerPrint, SaysInTheFrameThatNothingWasPrintedAndTakesItBackInTheRecord) {
  PrintingDesk desk{app::Error{app::Code::not_found, "There is no lp program to print with.", ""}};
  desk.print();
  const viewer::FrameView frame = viewer::make_frame_view(desk.session);
  ASSERT_EQ(frame.alerts.size(), 1u);
  EXPECT_EQ(frame.alerts[0], "NOT PRINTED: There is no lp program to print with.");
  EXPECT_EQ(desk.records.looks->back().kind, "not printed after all");
  const app::Reconciliation list = app::make_reconciliation(*desk.records.looks);
  EXPECT_TRUE(list.papers.empty()) << "there is no paper to destroy";
  desk.session.press({Key::escape, false, false, false, 0});
  EXPECT_TRUE(viewer::make_frame_view(desk.session).alerts.empty()) << "until the next key";
}

TEST(ViewerPrint, ThePageOfChoicesSaysWhatThePrintQueueKeepsOnThisComputer) {
  PrintingDesk desk(app::Done{});
  desk.keeps = "The queue keeps pages for 1 day.";
  desk.press(Key::f6);
  EXPECT_EQ(viewer::make_print_view(desk.session).kept, desk.keeps);
  desk.printers.clear();
  desk.press(Key::escape);
  desk.press(Key::f6);
  EXPECT_EQ(viewer::make_print_view(desk.session).kept, "") << "nothing goes there";
}

TEST(ViewerPrint, WithoutAnyPrinterThatIsSaidAndNotThatOneRefused) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "lp", "#!/bin/sh\ncat > /dev/null; exit 1\n");
  fs::permissions(folder.path() / "lp", fs::perms::owner_all);
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", (folder.path().string() + ":" + path).c_str(), 1);
  viewer::PrintOrder order;
  order.drawn = std::make_shared<const viewer::DrawnPaper>(viewer::DrawnPaper{"%PDF-1.4", {}});
  const auto say = [&](const std::string& lpstat) {
    tests::write(folder.path() / "lpstat", "#!/bin/sh\n" + lpstat + "\n");
    fs::permissions(folder.path() / "lpstat", fs::perms::owner_all);
    const auto printed = viewer::print_paper(order);
    return printed.ok() ? "it printed" : printed.error().what;
  };
  const std::string without = say("exit 1"), with = say("[ \"$1\" = -e ] && echo desk");
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(without, "This computer knows no printer. Connect one by USB, switch it on, and print again.");
  EXPECT_EQ(with, "The printer did not take the page.");
}

TEST(ViewerPrint, TheProgramOfThePrinterGetsAPdfAndATitleThatNamesNobody) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "lp", "#!/bin/sh\necho \"$@\" > '" + (folder.path() / "said").string() + "'; cat > '" +
                                         (folder.path() / "job").string() + "'\n");
  fs::permissions(folder.path() / "lp", fs::perms::owner_all);
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", (folder.path().string() + ":" + path).c_str(), 1);
  viewer::PrintOrder order;
  order.frame = {"Elm Street", "Tue 14-Oct-2025 02:10", "000123"};
  order.sheet = viewer_test::make_sheet(viewer_test::make_hit(1, "SMITH, Anna", "1980-08-14"));
  const auto printed = viewer::print_paper(order);
  ::setenv("PATH", path.c_str(), 1);
  ASSERT_TRUE(printed.ok()) << printed.error().what;
  EXPECT_EQ(tests::contents(folder.path() / "job").substr(0, 5), "%PDF-");
  EXPECT_EQ(tests::contents(folder.path() / "said"), "-t Nightchart: patient sheet --\n");
}

}  // namespace
