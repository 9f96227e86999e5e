// Paper from the viewer: what is on the screen goes to the printer, through no file, and into the record.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/command.h"
#include "viewer/views.h"
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
              return outcome;
            }) {
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
  FakeRecords records = viewer_test::make_records();
  std::vector<viewer::PrintOrder> orders;
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

TEST(ViewerPrint, SaysInTheFrameThatNothingWasPrintedAndRecordsNoPaper) {
  PrintingDesk desk{app::Error{app::Code::not_found, "There is no lp program to print with.", ""}};
  desk.print();
  const viewer::FrameView frame = viewer::make_frame_view(desk.session);
  ASSERT_EQ(frame.alerts.size(), 1u);
  EXPECT_EQ(frame.alerts[0], "NOT PRINTED: There is no lp program to print with.");
  for (const app::Look& look : *desk.records.looks) EXPECT_NE(look.kind, "printed");
  desk.session.press({Key::escape, false, false, false, 0});
  EXPECT_TRUE(viewer::make_frame_view(desk.session).alerts.empty()) << "until the next key";
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
