// Pictures on drawn pages: where they stand, below all words, each page's its own.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/paper/draw.h"
#include "tests/document_desk.h"

namespace {

using viewer_test::PrintedPages;

const app::FontSet& fonts() {
  static const auto set = app::FontSet::open(app::find_fonts());
  EXPECT_TRUE(set.ok());
  return set.value();
}

app::PictureMark mark_of(char grey, double x_pt) {
  app::PagePicture picture{1, 20, 10, 1, std::string(200, grey)};
  return {x_pt, 200, 100, 50, false, std::make_shared<const app::PagePicture>(std::move(picture))};
}

app::Page page_with(const std::string& words, std::vector<app::PictureMark> pictures) {
  app::Page page;
  page.texts.push_back({110, 230, words, 10, true, 0});
  page.pictures = std::move(pictures);
  return page;
}

TEST(DrawPicture, StandsInItsBoxBelowTheWordsAndOnItsOwnPage) {
  const std::vector<app::Page> pages = {page_with("first", {mark_of('\x40', 100), mark_of('\xB0', 300)}), page_with("second", {}),
                                        page_with("third", {mark_of('\x80', 100)})};
  const auto pdf = app::draw_pdf(pages, fonts(), "Emergency copy");
  ASSERT_TRUE(pdf.ok()) << pdf.error().detail;
  EXPECT_EQ(pdf.value().bytes, app::draw_pdf(pages, fonts(), "Emergency copy").value().bytes) << "the same pages, the same bytes";
  PrintedPages paper(pdf.value().bytes);
  paper.said_by("qpdf --check");
  EXPECT_EQ(paper.grey(1, 190, 240), 0x40);
  EXPECT_EQ(paper.grey(1, 390, 240), 0xB0);
  EXPECT_EQ(paper.grey(1, 190, 255), 255) << "and no further";
  EXPECT_EQ(paper.grey(2, 190, 240), 255) << "not on another's page";
  EXPECT_EQ(paper.grey(3, 190, 240), 0x80);
  EXPECT_EQ(paper.words(), "first\n\fsecond\n\fthird\n\f");
  int darkest = 255;
  for (int x = 110; x < 130; ++x)
    for (int y = 220; y < 232; ++y) darkest = std::min(darkest, paper.grey(3, x, y));
  EXPECT_LT(darkest, 0x40) << "words are not covered";
}

TEST(DrawPicture, TurnedHasItsTopAtTheLeft) {
  std::string rows(20 * 10, '\xC0');
  rows.replace(0, 100, 100, '\x20');  // the upper half
  app::PictureMark mark{100, 200, 50, 100, true, std::make_shared<const app::PagePicture>(app::PagePicture{1, 20, 10, 1, rows})};
  const auto pdf = app::draw_pdf({page_with("x", {mark})}, fonts(), "Emergency copy");
  ASSERT_TRUE(pdf.ok()) << pdf.error().detail;
  PrintedPages paper(pdf.value().bytes);
  for (const int y : {205, 250, 295}) {
    EXPECT_EQ(paper.grey(1, 105, y), 0x20);
    EXPECT_EQ(paper.grey(1, 140, y), 0xC0);
  }
}

}  // namespace
