// The open document on paper: all its pages in a frame each, what of it cannot be drawn said in its place, recorded first.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "app/paper/scan_page.h"
#include "tests/document_desk.h"
#include "tests/print_queue.h"
#include "viewer/document_paper.h"
#include "viewer/document_view.h"
#include "viewer/print_view.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::DocumentDesk;
using viewer_test::PrintedPages;

const std::string kThreePages = tests::make_letter({tests::words_of_pdf("one"), "0 0 0 rg 0 421 595 421 re f", tests::words_of_pdf("three")});

// As large as it is wanted, all of one grey; `pages` of them, and one that can be drawn for the screen alone.
viewer::DrawDocument draw_grey(int pages, int lost = 0) {
  return [pages, lost](const std::string&, const viewer::PageWish& wish, const std::function<bool()>&) -> app::Result<app::PagePicture> {
    if (wish.page == lost && wish.width_px == wish.height_px) return app::Error{app::Code::out_of_time, "", ""};
    app::PagePicture picture{pages, wish.width_px * 3 / 4, wish.width_px, 1, {}};
    picture.pixels.assign(picture.row_bytes() * static_cast<std::size_t>(picture.height), '\x80');
    return picture;
  };
}

TEST(ViewerPrintDocument, PrintsEveryPageInAFrameThatSaysWhoseItIsWhatItIsAndThatItIsACopy) {
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
  EXPECT_EQ(desk.session.print_notice(), "Sent to the printer.");
  EXPECT_EQ(desk.session.page(), Page::document);
  EXPECT_EQ(viewer::title_of(desk.orders[0]), "Nightchart: document") << "the queue's list names nobody";
  const PrintedPages paper(desk.orders[0].drawn->pdf);
  ASSERT_EQ(paper.count(), 3);
  paper.said_by("qpdf --check");
  paper.said_by("mutool draw -q -F text");
  for (int page = 1; page <= 3; ++page) {
    const std::string words = paper.words(page), number = std::to_string(page);
    for (const std::string& said : {std::string("GARCIA, Ana"), std::string("born 14-Aug-1980"), std::string("MRN 100004"), std::string("Copy of a scan:"),
                                    std::string("Cardiology letter, 03-Mar-2026"), "its page " + number + " of 3", "page " + number + " of 3",
                                    std::string("not the live record"), std::string("Data as of Tue 14-Oct-2025 02:10"), std::string("Elm Street")})
      EXPECT_NE(words.find(said), std::string::npos) << said << "\n" << words;
    EXPECT_EQ(words.find("NOT THE END"), std::string::npos);
  }
  EXPECT_EQ(desk.orders[0].drawn->pdf.find("GARCIA"), std::string::npos) << "no name in the file's own description";
}

TEST(ViewerPrintDocument, PutsTheInkWhereTheScanHasItWhicheverWayItLies) {
  const auto fonts = app::FontSet::open(app::find_fonts());
  constexpr int kGreys[4] = {0x10, 0x50, 0x90, 0xC8};  // the quarters as they lie in the file: upper left, right, lower left, right
  std::string rows(200 * 100, '\0');
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<char>(kGreys[(i / 200 >= 50 ? 2 : 0) + (i % 200 >= 100 ? 1 : 0)]);
  // Upright, clockwise from the upper left.
  constexpr std::size_t kCorners[][4] = {{0, 1, 3, 2}, {1, 0, 2, 3}, {3, 2, 0, 1}, {2, 3, 1, 0}, {0, 2, 3, 1}, {2, 0, 1, 3}, {3, 1, 0, 2}, {1, 3, 2, 0}};
  for (unsigned orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    DocumentDesk desk(tests::make_tiff(200, 100, 100, 100, rows, orientation));
    desk.open();
    desk.print();
    ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
    PrintedPages paper(desk.orders[0].drawn->pdf);
    app::BoxMark room;
    (void)app::lay_out_scan_page(app::kCopyOfScan, "Cardiology letter, 03-Mar-2026", "GARCIA, Ana   born 14-Aug-1980 (45y)   MRN 100004",
                                 desk.orders[0].frame, app::kLetter, fonts.value(), room);
    // Twice as high as wide on paper, whichever way round: a wide one lies with its top at the left.
    const double height = room.height_pt, width = height / 2, x = room.x_pt + room.width_pt / 2, y = room.y_pt + height / 2;
    const double places[][2] = {{x - width / 4, y - height / 4}, {x + width / 4, y - height / 4}, {x + width / 4, y + height / 4}, {x - width / 4, y + height / 4}};
    const bool turned = orientation < 5;
    for (std::size_t i = 0; i < 4; ++i) {
      const int expected = kGreys[kCorners[orientation - 1][(i + (turned ? 1 : 0)) % 4]];
      EXPECT_NEAR(paper.grey(1, places[i][0], places[i][1]), expected, 4) << "corner " << i;
    }
    EXPECT_EQ(paper.grey(1, x - width / 2 - 6, y), 255) << "beside it is paper";
    EXPECT_LT(paper.grey(1, x - width / 2 + 6, y - height / 2 + 8), 255) << "and it reaches to its edge";
  }
}

TEST(ViewerPrintDocument, PrintsBothPagesOfAFaxEachWithItsOwnInk) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "a.tif", tests::make_tiff(100, 150, 100, 100, std::string(15'000, '\x30')));
  tests::write(folder.path() / "b.tif", tests::make_tiff(100, 150, 100, 100, std::string(15'000, '\xA0')));
  const auto fax = tests::run("cd '" + folder.path().string() + "' && tiffcp a.tif b.tif c.tif && cat c.tif");
  ASSERT_EQ(fax.exit_code, 0) << fax.err;
  DocumentDesk desk(fax.out);
  desk.open();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
  PrintedPages paper(desk.orders[0].drawn->pdf);
  ASSERT_EQ(paper.count(), 2);
  EXPECT_NEAR(paper.grey(1, 306, 400), 0x30, 3);
  EXPECT_NEAR(paper.grey(2, 306, 400), 0xA0, 3);
  EXPECT_NE(paper.said_by("pdfimages -list").find("gray"), std::string::npos);
  EXPECT_EQ(paper.said_by("pdfimages -list").find("rgb"), std::string::npos) << "grey stays grey";
}

TEST(ViewerPrintDocument, KeepsTheColourOfAPageThatHasOne) {
  DocumentDesk desk(tests::make_letter({"1 0 0 rg 0 0 595 842 re f"}));
  desk.open();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u);
  const PrintedPages paper(desk.orders[0].drawn->pdf);
  EXPECT_NE(paper.said_by("pdfimages -list").find("rgb"), std::string::npos);
  const std::string image = paper.said_by("pdftoppm -r 36 -singlefile");
  EXPECT_NE(image.find(std::string("\xFF\x00\x00\xFF\x00\x00", 6)), std::string::npos) << "red";
}

TEST(ViewerPrintDocument, OfPlainTextLosesNoLine) {
  std::string text = "Dear colleague,\r\nM\xFCller came at ten.\r\n\r\n";  // Windows-1252
  for (int i = 0; i < 150; ++i) text += "line number " + std::to_string(i) + " of it\n";
  DocumentDesk desk(text);
  desk.open();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
  const PrintedPages paper(desk.orders[0].drawn->pdf);
  ASSERT_GE(paper.count(), 3);
  const std::string words = paper.words();
  std::size_t at = 0;
  for (int i = 0; i < 150; ++i) {
    const std::size_t found = words.find("line number " + std::to_string(i) + " of it", at);
    ASSERT_NE(found, std::string::npos) << i;
    at = found;
  }
  for (const char* said : {"M\u00FCller came at ten.", "Copy of a document:", "its page 1 of ", "MRN 100004"}) EXPECT_NE(words.find(said), std::string::npos) << said;
  EXPECT_EQ(words.find("NOT THE END"), std::string::npos);
}

// The screen ends a page in the middle of a line where the lines are long.
TEST(ViewerPrintDocument, OfPlainTextBreaksALineOnlyWhereThePaperEnds) {
  std::string text;
  for (int i = 100; i < 220; ++i) text += std::to_string(i) + ". Finding of the day, " + std::string(80, 'x') + " and so on to its end.\n";
  DocumentDesk desk(text);
  desk.open();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
  const std::string words = PrintedPages(desk.orders[0].drawn->pdf).words();
  for (int i = 100; i < 220; ++i) {
    EXPECT_NE(words.find(std::to_string(i) + ". Finding of the day"), std::string::npos) << i;
  }
}

TEST(ViewerPrintDocument, ThatIsLongerThanIsPrintedSaysOnItsLastPageThatItIsNotTheEnd) {
  DocumentDesk desk("%PDF- of which only the length counts", draw_grey(40));
  desk.open();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u);
  const PrintedPages paper(desk.orders[0].drawn->pdf);
  EXPECT_EQ(paper.count(), 30);
  EXPECT_NE(paper.words(1).find("its page 1 of 40"), std::string::npos);
  EXPECT_EQ(paper.words(29).find("NOT THE END"), std::string::npos);
  EXPECT_NE(paper.words(30).find("NOT THE END: 10 pages more are not printed; the emergency viewer shows all of it."), std::string::npos) << paper.words(30);
  EXPECT_NE(desk.recorded_before.words.find("its first 30 pages of 40"), std::string::npos) << desk.recorded_before.words;
  std::string endless;
  for (int i = 0; i < 4000; ++i) endless += "line " + std::to_string(i) + "\n";
  DocumentDesk text(endless);
  text.open();
  text.print();
  ASSERT_EQ(text.orders.size(), 1u);
  const PrintedPages lines(text.orders[0].drawn->pdf);
  EXPECT_EQ(lines.count(), 30);
  EXPECT_NE(lines.words(30).find("NOT THE END: the rest is not printed"), std::string::npos);
}

TEST(ViewerPrintDocument, APageThatCannotBeDrawnIsAPageThatSaysSo) {
  for (const int lost : {1, 2}) {
    DocumentDesk desk("%PDF- of which only the length counts", draw_grey(3, lost));
    desk.open();
    desk.print();
    ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
    const PrintedPages paper(desk.orders[0].drawn->pdf);
    ASSERT_EQ(paper.count(), 3);
    const std::string words = paper.words(lost), number = std::to_string(lost);
    for (const std::string& said : {std::string("A page that could not be printed"), "its page " + number + " of 3", std::string("takes too long"),
                                    std::string("It is not lost"), std::string("GARCIA, Ana"), std::string("MRN 100004"), "page " + number + " of 3"})
      EXPECT_NE(words.find(said), std::string::npos) << said << "\n" << words;
    for (int page = 1; page <= 3; ++page) EXPECT_EQ(paper.words(page).find("could not be printed") != std::string::npos, page == lost) << page;
  }
}

TEST(ViewerPrintDocument, OfWhichNothingCanBeDrawnGoesNowhereAndSaysWhy) {
  for (const auto& [bytes, why] : {std::pair<std::string, std::string>{kThreePages.substr(0, 200), "damaged or cut short"}, {"", "it is EMPTY in the record system"},
                                   {std::string("MZ\x90\0\3\0", 6), "neither a PDF, a picture"}}) {
    DocumentDesk desk(bytes);
    desk.open();
    desk.print();
    EXPECT_TRUE(desk.orders.empty()) << why;
    EXPECT_TRUE(desk.session.print_failed());
    EXPECT_EQ(desk.session.print_notice().find("NOT PRINTED: it cannot be drawn, because "), 0u) << desk.session.print_notice();
    EXPECT_NE(desk.session.print_notice().find(why), std::string::npos) << desk.session.print_notice();
    EXPECT_EQ(desk.looks().find("printed"), std::string::npos) << "nothing went anywhere: " << desk.looks();
    EXPECT_FALSE(desk.session.is_working());
  }
}

TEST(ViewerPrintDocument, StandsInTheRecordBeforeItGoesToThePrinterAndOnTheListOfTheOutage) {
  DocumentDesk desk(kThreePages);
  desk.press(Key::character, true, 'O');
  desk.session.submit();
  desk.press(Key::escape);
  desk.open();
  desk.print();
  EXPECT_EQ(desk.recorded_before.kind, "printed");
  EXPECT_EQ(desk.recorded_before.words, "document \u201CCardiology letter, 03-Mar-2026\u201D, 3 pages");
  EXPECT_EQ(desk.recorded_before.name, "GARCIA, Ana");
  EXPECT_EQ(desk.recorded_before.mrn, "100004");
  EXPECT_EQ(desk.looks().find("printed: "), desk.looks().rfind("printed: ")) << "once";
  const app::Reconciliation list = desk.session.reconciliation();
  ASSERT_EQ(list.patients.size(), 1u);
  EXPECT_EQ(list.patients[0].printed, 1);
}

TEST(ViewerPrintDocument, ThatThePrinterRefusesIsSaidAndTakenBack) {
  DocumentDesk desk(kThreePages, viewer::draw_document, app::Error{app::Code::io, "The printer did not take the page.", ""});
  desk.open();
  desk.print();
  EXPECT_EQ(viewer::make_frame_view(desk.session).alerts.at(0), "NOT PRINTED: The printer did not take the page.");
  EXPECT_EQ(desk.records.looks->back().kind, "not printed after all");
  EXPECT_EQ(desk.records.looks->back().name, "GARCIA, Ana");
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.page(), Page::document) << "Esc takes the words away, and nobody from the page";
}

TEST(ViewerPrintDocument, SaysHowFarItIsAndStopsAtEsc) {
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.press(Key::character, true, 'P');
  EXPECT_EQ(desk.session.print_notice(), "Drawing its first page for paper\u2026 Esc stops.");
  desk.step();
  EXPECT_EQ(desk.session.print_notice(), "Drawing page 2 of 3 for paper\u2026 Esc stops.");
  EXPECT_NE(viewer::make_frame_view(desk.session).notes.at(0).find("page 2 of 3"), std::string::npos);
  desk.press(Key::f6);
  desk.session.type("a");
  EXPECT_NE(desk.session.print_notice().find("page 2 of 3"), std::string::npos) << "another key changes nothing";
  EXPECT_EQ(desk.session.page(), Page::document);
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.page(), Page::document) << "stops, and leaves nothing";
  desk.work();
  EXPECT_TRUE(desk.orders.empty());
  EXPECT_EQ(desk.session.print_notice(), "NOT PRINTED: you stopped it.");
  EXPECT_FALSE(desk.session.is_working());
  EXPECT_EQ(desk.looks().find("printed"), std::string::npos) << desk.looks();
  desk.print();
  EXPECT_EQ(desk.orders.size(), 1u) << "and it can be printed again";
}

TEST(ViewerPrintDocument, DoesNotHappenOnceTheCopyWasLocked) {
  for (const int steps : {0, 1, 2}) {
    DocumentDesk desk(kThreePages);
    desk.open();
    desk.press(Key::character, true, 'P');
    for (int i = 0; i < steps; ++i) desk.step();
    auto job = desk.session.take_job();
    ASSERT_TRUE(job);
    auto outcome = (*job)();
    desk.press(Key::character, true, 'L');
    desk.session.finish(outcome);
    desk.work();
    EXPECT_TRUE(desk.orders.empty()) << "nobody could record it any more";
    EXPECT_EQ(desk.session.print_notice(), "NOT PRINTED: the copy was locked first.");
    EXPECT_EQ(desk.looks().find("printed"), std::string::npos) << desk.looks();
    EXPECT_FALSE(desk.session.is_working());
  }
}

TEST(ViewerPrintDocument, IsOfferedFirstOnThePageOfWhatCanBePrintedAndGoesOnAStickLocked) {
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.press(Key::f6);
  desk.work();
  ASSERT_EQ(desk.session.page(), Page::print);
  const viewer::PrintView view = viewer::make_print_view(desk.session);
  ASSERT_GT(view.rows.size(), 4u);
  EXPECT_EQ(view.rows[0].title, "This document");
  EXPECT_EQ(view.rows[0].detail, "Cardiology letter, 03-Mar-2026");
  EXPECT_EQ(view.rows[1].title, "The whole chart");
  ASSERT_NE(view.sheet, nullptr);
  desk.session.submit();
  desk.work();
  ASSERT_EQ(desk.orders.size(), 1u);
  EXPECT_EQ(desk.orders[0].queue, "office");
  desk.press(Key::tab);
  desk.work();
  desk.session.submit();
  EXPECT_EQ(viewer::make_print_view(desk.session).keys.at(0).value, "stop");
  desk.work();
  ASSERT_EQ(desk.session.page(), Page::stick) << desk.session.print_notice();
  const viewer::LockedPdf put = *desk.session.on_stick();
  const PrintedPages locked(tests::contents(put.file));
  EXPECT_NE(locked.said_by("pdftotext -upw '" + put.password + "' -f 3 -l 3", "-").find("its page 3 of 3"), std::string::npos);
  EXPECT_NE(tests::run("pdftotext '" + put.file.string() + "' -").exit_code, 0) << "without its password";
  EXPECT_NE(desk.records.looks->back().words.find("3 pages, put on a stick as PDF, nightchart-2025-10-14-0910.pdf"), std::string::npos) << desk.looks();
  desk.press(Key::escape);
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.page(), Page::document) << "back to where it was read";
  EXPECT_EQ(desk.session.document()->pages(), 3);
}

TEST(ViewerPrintDocument, KeysAreNamedWhereTheyWork) {
  viewer_test::FakeRecords records = viewer_test::make_records();
  records.documents = {viewer_test::make_document("Cardiology letter")};
  records.document_bytes["Cardiology letter"] = kThreePages;
  *records.has_printer = true;
  viewer_test::Viewer viewer(records);
  viewer.unlock();
  viewer.type("GARCIA");
  viewer.press(Key::enter);
  viewer.press_with_ctrl(Key::character, 'D');
  viewer.press(Key::enter);
  viewer.work();
  EXPECT_TRUE(viewer.shows("Ctrl P"));
  viewer.press_with_ctrl(Key::character, 'P');
  EXPECT_TRUE(viewer.shows("Esc stops")) << "in sight while it goes on";
  EXPECT_TRUE(viewer.shows("stop printing"));
  EXPECT_FALSE(viewer.shows("back to the list")) << "which Esc does not do now";
  viewer.work();
  EXPECT_TRUE(viewer.shows("Sent to the printer."));
}

std::size_t resident_bytes() {
  std::size_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * 4096;
}

TEST(ViewerPrintDocument, HoldsTheDotsOfOnePageAtATime) {
  std::vector<std::size_t> held;
  std::size_t dots = 0;
  const auto draw = draw_grey(30);
  DocumentDesk desk("%PDF- of which only the length counts", [&](const std::string& bytes, const viewer::PageWish& wish, const std::function<bool()>& goes_on) {
    if (wish.width_px == wish.height_px) held.push_back(resident_bytes());
    auto drawn = draw(bytes, wish, goes_on);
    dots = drawn.value().pixels.size();
    return drawn;
  });
  desk.open();
  held.clear();
  desk.print();
  ASSERT_EQ(held.size(), 30u);
  ASSERT_GT(dots, 1'000'000u);
  EXPECT_LT(held[29], held[3] + 4 * dots) << "not those of the 26 pages between";
}

TEST(ViewerPrintDocument, ComesOutOfARealQueueAsItWasDrawn) {
  const tests::PrintQueue queue;
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u);
  viewer::PrintOrder order = desk.orders[0];
  order.queue = "front";
  const auto printed = viewer::print_paper(order);
  ASSERT_TRUE(printed.ok()) << printed.error().what << printed.error().detail;
  EXPECT_EQ(queue.printed(), order.drawn->pdf);
}

}  // namespace
