// An open document beside what else can be printed: what of it goes out, and where the keys lead that are pressed meanwhile.
#include <gtest/gtest.h>

#include "tests/document_desk.h"
#include "viewer/document_view.h"
#include "viewer/print_view.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::DocumentDesk;
using viewer_test::PrintedPages;

const std::string kThreePages = tests::make_letter({tests::words_of_pdf("one"), tests::words_of_pdf("two"), tests::words_of_pdf("three")});

viewer::DrawDocument draw_grey(int pages) {
  return [pages](const std::string&, const viewer::PageWish& wish, const std::function<bool()>&) -> app::Result<app::PagePicture> {
    app::PagePicture picture{pages, wish.width_px * 3 / 4, wish.width_px, 1, {}};
    picture.pixels.assign(picture.row_bytes() * static_cast<std::size_t>(picture.height), '\x80');
    return picture;
  };
}

TEST(ViewerPrintDocument, ForAStickThatALockEndsIsSaidOfTheStick) {
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.press(Key::f6);
  desk.work();
  desk.press(Key::tab);
  desk.work();
  desk.session.submit();
  auto job = desk.session.take_job();
  ASSERT_TRUE(job);
  const auto outcome = (*job)();
  desk.press(Key::character, true, 'L');
  desk.session.finish(outcome);
  EXPECT_EQ(desk.session.print_notice(), "NOT ON THE STICK: the copy was locked first.");
}

TEST(ViewerPrintDocument, PageOfChoicesThatLocksItselfComesBackAsTheChartThatWasOpen) {
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.press(Key::f6);
  desk.work();
  desk.session.tick({viewer_test::kNow_s});
  desk.session.tick({viewer_test::kNow_s + viewer::kIdleMinutes * 60});
  ASSERT_EQ(desk.session.page(), Page::unlock);
  desk.session.type(viewer_test::kPassphrase);
  desk.session.submit();
  desk.work();
  EXPECT_EQ(desk.session.page(), Page::chart);
  EXPECT_EQ(desk.session.sheet().banner.name, "GARCIA, Ana");
}

TEST(ViewerPrintDocument, PageOfChoicesGivesALetterToTheSearchAndClosesTheDocument) {
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.press(Key::f6);
  desk.work();
  desk.session.type("S");
  EXPECT_EQ(desk.session.page(), Page::search);
  EXPECT_EQ(desk.session.line().text, "S");
  EXPECT_EQ(desk.session.document(), nullptr);
}

TEST(ViewerPrintDocument, KeysLineSaysThatEscTakesTheNoticeAwayFirst) {
  DocumentDesk desk(kThreePages, viewer::draw_document, app::Error{app::Code::io, "The printer did not take the page.", ""});
  desk.open();
  const auto esc = [&] {
    for (const viewer::Fact& fact : viewer::make_document_view(desk.session).keys)
      if (fact.label == "Esc") return fact.value;
    return std::string();
  };
  EXPECT_EQ(esc(), "back to the list");
  desk.print();
  EXPECT_EQ(esc(), "remove the notice");
  desk.press(Key::escape);
  EXPECT_EQ(esc(), "back to the list");
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.page(), Page::documents);
}

TEST(ViewerPrintDocument, ThatIsLongBeginsAtThePageThatIsShownAndSaysHowMuchOfItWentOut) {
  DocumentDesk desk("%PDF- of which only the length counts", draw_grey(45));
  desk.open();
  desk.print();
  EXPECT_EQ(desk.session.print_notice().find("Sent: the first 30 of 45 pages."), 0u) << desk.session.print_notice();
  ASSERT_EQ(desk.orders.size(), 1u);
  EXPECT_NE(PrintedPages(desk.orders[0].drawn->pdf).words(1).find("NOT ALL OF IT: here are the first 30 of 45 pages."), std::string::npos);
  desk.session.document()->to_page(31);
  desk.work();
  desk.print();
  EXPECT_EQ(desk.session.print_notice().find("Sent: pages 31 to 45 of 45."), 0u) << desk.session.print_notice();
  EXPECT_NE(desk.recorded_before.words.find("pages 31 to 45 of 45"), std::string::npos) << desk.recorded_before.words;
  ASSERT_EQ(desk.orders.size(), 2u);
  const PrintedPages rest(desk.orders[1].drawn->pdf);
  EXPECT_EQ(rest.count(), 15);
  EXPECT_NE(rest.words(1).find("its page 31 of 45"), std::string::npos) << rest.words(1);
  EXPECT_NE(rest.words(1).find("NOT ALL OF IT: here are pages 31 to 45 of 45."), std::string::npos) << rest.words(1);
  EXPECT_NE(rest.words(15).find("its page 45 of 45"), std::string::npos) << rest.words(15);
  EXPECT_EQ(rest.words(15).find("NOT THE END"), std::string::npos);
}

TEST(ViewerPrintDocument, ThatIsShortIsPrintedFromItsBeginningWhateverPageIsShown) {
  DocumentDesk desk(kThreePages);
  desk.open();
  desk.session.document()->to_page(3);
  desk.work();
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
  EXPECT_EQ(PrintedPages(desk.orders[0].drawn->pdf).count(), 3);
  EXPECT_EQ(desk.session.print_notice(), "Sent to the printer.");
}

TEST(ViewerPrintDocument, ThatCannotBeDrawnIsNotOfferedAmongWhatCanBePrinted) {
  DocumentDesk desk("");
  desk.open();
  const viewer::DocumentView view = viewer::make_document_view(desk.session);
  EXPECT_NE(view.message.find("EMPTY in the record system"), std::string::npos) << view.message;
  EXPECT_NE(view.advice.find("Ask the patient"), std::string::npos) << view.advice;
  EXPECT_EQ(view.for_it, "") << "there is nothing to fetch";
  desk.press(Key::f6);
  desk.work();
  const viewer::PrintView choices = viewer::make_print_view(desk.session);
  ASSERT_FALSE(choices.rows.empty());
  EXPECT_EQ(choices.rows[0].title, "The whole chart");
}

}  // namespace
