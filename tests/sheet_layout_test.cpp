#include "app/paper/sheet_layout.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sample_sheets.h"

namespace {

const app::FontSet& fonts() {
  static const auto set = app::FontSet::open(app::find_fonts());
  EXPECT_TRUE(set.ok());
  return set.value();
}

std::vector<app::Page> pages_of(const app::Sheet& sheet, const app::Paper& paper = app::kA4) {
  return app::lay_out_sheet(sheet, sample::frame(), paper, fonts());
}

// All words of a page, one blank between the marks.
std::string text_of(const app::Page& page) {
  std::string text;
  for (const auto& mark : page.texts) text += (mark.text.starts_with(" ") ? "" : " ") + mark.text;
  return text;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

std::size_t count_of(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

app::Sheet sheet_with_rows(int rows) {
  app::Sheet sheet = sample::empty_sheet();
  app::SheetSection drugs{"medications", "Medications", "", app::Weight::plain, {}};
  for (int i = 0; i < rows; ++i) {
    drugs.rows.push_back({"drug" + std::to_string(i) + "x", {{"5 mg"}}, "2020", "", app::Weight::plain});
  }
  sheet.sections[1] = drugs;
  return sheet;
}

TEST(SheetLayout, EveryRowIsPrintedOnceAndOnlyOnce) {
  for (int rows = 0; rows < 130; rows += 7) {
    std::string all;
    for (const auto& page : pages_of(sheet_with_rows(rows))) all += text_of(page);
    for (int i = 0; i < rows; ++i) {
      ASSERT_EQ(count_of(all, "drug" + std::to_string(i) + "x"), 1u) << i << " of " << rows;
    }
  }
}

TEST(SheetLayout, EveryPageSaysWhoFromWhenWhichPageAndThatItIsNotTheLiveRecord) {
  for (const auto& paper : {app::kA4, app::kLetter}) {
    auto sheet = sheet_with_rows(200);
    sheet.banner = sample::full_sheet().banner;
    const auto pages = pages_of(sheet, paper);
    ASSERT_GT(pages.size(), 2u);
    for (std::size_t i = 0; i < pages.size(); ++i) {
      const std::string text = text_of(pages[i]);
      for (const std::string& part :
           {sheet.banner.name, sheet.banner.born, sheet.banner.sex, "MRN " + sheet.banner.mrn,
            "Data as of " + sample::frame().as_of, std::string("EMERGENCY COPY – not the live record"),
            sample::frame().practice, "copy " + sample::frame().copy, "sheet " + sheet.id,
            "page " + std::to_string(i + 1) + " of " + std::to_string(pages.size()),
            std::string(i == 0 ? "Not recorded: ask the patient" : "penicillin (SEVERE anaphylaxis")}) {
        EXPECT_NE(text.find(part), std::string::npos) << "page " << i + 1 << ": " << part;
      }
      EXPECT_EQ(text.find("Medications (continued)") != std::string::npos,
                i > 0 && text.find("drug") != std::string::npos);
    }
  }
}

TEST(SheetLayout, NothingStandsInTheMarginsOrOverTheFoot) {
  app::Sheet sheet = sample::full_sheet();
  sheet.sections[2].rows.push_back({std::string(300, 'W'), {{std::string(900, 'M')}}, std::string(80, '8'),
                                    "مُحَمَّد عَبْدُ اللهِ น้ำผึ้งน้ำผึ้งน้ำผึ้งน้ำผึ้งน้ำผึ้ง 王小明王小明王小明王小明王小明王小明王小明王小明"});
  for (const auto& paper : {app::kA4, app::kLetter}) {
    for (const auto& page : pages_of(sheet, paper)) {
      for (const auto& mark : page.texts) {
        const double right = mark.x_pt + fonts().width(mark.text, mark.bold, mark.size_pt);
        EXPECT_GE(mark.x_pt, app::kSideMargin_pt - 0.01) << mark.text;
        EXPECT_LE(right, paper.width_pt - app::kSideMargin_pt + 0.5) << mark.text;
        EXPECT_GE(mark.y_pt - mark.size_pt, app::kEdgeMargin_pt - 1) << mark.text;
        EXPECT_LE(mark.y_pt, paper.height_pt - app::kEdgeMargin_pt) << mark.text;
        const bool is_foot = mark.text.starts_with("MRN 0") || mark.text.starts_with("page ") ||
                             mark.text.starts_with(sample::frame().practice);
        EXPECT_TRUE(is_foot || mark.y_pt <= app::foot_top_pt(paper)) << mark.text;
      }
    }
  }
}

TEST(SheetLayout, LinesOfOneColumnNeverOverlap) {
  for (const auto& page : pages_of(sample::full_sheet())) {
    for (std::size_t i = 0; i < page.texts.size(); ++i) {
      for (std::size_t j = i + 1; j < page.texts.size(); ++j) {
        const auto& a = page.texts[i];
        const auto& b = page.texts[j];
        if (std::abs(a.y_pt - b.y_pt) > 0.7 * std::min(a.size_pt, b.size_pt)) continue;
        const double a_end = a.x_pt + fonts().width(a.text, a.bold, a.size_pt);
        const double b_end = b.x_pt + fonts().width(b.text, b.bold, b.size_pt);
        EXPECT_TRUE(a_end <= b.x_pt + 0.01 || b_end <= a.x_pt + 0.01) << a.text << " | " << b.text;
      }
    }
  }
}

TEST(SheetLayout, ANoteOfFiveThousandCharactersSurvivesWhole) {
  std::string note;
  for (int i = 0; note.size() < 5000; ++i) note += "Word" + std::to_string(i) + (i % 40 == 39 ? ".\n" : " ");
  app::Sheet sheet = sample::empty_sheet();
  sheet.sections[4].rows.push_back({"Visit note", {{note}}, "20-Nov-2026", "Dr X", app::Weight::plain});
  const auto pages = pages_of(sheet);
  EXPECT_GT(pages.size(), 1u);
  std::string printed;
  for (const auto& page : pages) {
    for (const auto& mark : page.texts) {
      if (mark.text.find("Word") != std::string::npos) printed += mark.text;
    }
  }
  EXPECT_EQ(without_blanks(printed), without_blanks(note));
  EXPECT_NE(text_of(pages[1]).find("Visit note (continued)"), std::string::npos);
}

TEST(SheetLayout, AnEmptyChartIsOnePageWithEveryStateInWords) {
  const auto pages = pages_of(sample::empty_sheet());
  ASSERT_EQ(pages.size(), 1u);
  const std::string text = text_of(pages[0]);
  for (const char* state : {"Not recorded: ask the patient", "recorded as none", "Not in this copy",
                            "Withheld by the practice's policy", "None recorded", "page 1 of 1"}) {
    EXPECT_NE(text.find(state), std::string::npos) << state;
  }
}

TEST(SheetLayout, AFullPatientTakesTwoPagesOfA4) {
  EXPECT_LE(pages_of(sample::full_sheet()).size(), 2u);
}

TEST(SheetLayout, AllergiesComeFirstInTheHeaviestBoxWhateverTheOrderOfTheTemplate) {
  app::Sheet sheet = sample::full_sheet();
  std::reverse(sheet.sections.begin(), sheet.sections.end());
  const auto pages = pages_of(sheet);
  const std::string text = text_of(pages[0]);
  EXPECT_LT(text.find("Allergies and intolerances"), text.find("Notes (1)"));
  double heaviest = 0;
  for (const auto& box : pages[0].boxes) heaviest = std::max(heaviest, box.border_pt);
  const auto title = std::find_if(pages[0].texts.begin(), pages[0].texts.end(), [](const app::TextMark& mark) {
    return mark.text.starts_with("Allergies and");
  });
  ASSERT_NE(title, pages[0].texts.end());
  bool boxed = false;
  for (const auto& box : pages[0].boxes) {
    boxed = boxed || (box.border_pt == heaviest && box.y_pt < title->y_pt && title->y_pt < box.y_pt + box.height_pt);
  }
  EXPECT_TRUE(boxed);
  EXPECT_GE(heaviest, 2);
}

TEST(SheetLayout, NoShadeCoversABoxThatStandsOnIt) {
  for (const auto& page : pages_of(sample::full_sheet())) {
    bool shades_are_over = false;
    for (const auto& box : page.boxes) {
      const bool is_shade = box.filling == app::Filling::grey && box.grey > 0.9;
      shades_are_over = shades_are_over || !is_shade;
      EXPECT_FALSE(is_shade && shades_are_over);
    }
  }
}

TEST(SheetLayout, ADateANumberAndItsUnitStayOnOneLine) {
  std::size_t uncovered = 0;
  const std::string text = "taken 14-Aug-1980 then 1,000 mg and 148/86 mmHg or 94 % of 555-0104";
  for (double width = 10; width < 120; width += 3) {
    for (const auto& line : app::wrap_lines({{text, {10}}}, width, fonts(), uncovered)) {
      const std::string words = line.empty() ? "" : line[0].text;
      if (fonts().width("148/86 mmHg", false, 10) > width) continue;  // the longest that must stay whole
      for (const char* part : {"-", "86", "1,000", "94", "/"}) EXPECT_FALSE(words.ends_with(part)) << width << words;
    }
  }
}

TEST(SheetLayout, ANameOfAnyLengthIsPrintedWhole) {
  app::Sheet sheet = sample::empty_sheet();
  std::string name;
  for (int i = 0; i < 400; ++i) name += "Name" + std::to_string(i) + " ";
  sheet.banner.name = name;
  sheet.banner.allergies = "Allergies: " + name;
  sheet.sections.erase(sheet.sections.begin());
  std::string all;
  for (const auto& page : pages_of(sheet)) all += text_of(page);
  EXPECT_EQ(count_of(without_blanks(all), "Name399"), 2u);
}

TEST(SheetLayout, ALongNameStandsOnEveryPageInSmallerTypeOrWithItsFirstLines) {
  app::Sheet sheet = sample::empty_sheet();
  sheet.sections.push_back({"long", "Long", "", app::Weight::plain, std::vector<app::Row>(90, {"entry", {{"said", app::Weight::plain}}, "", ""})});
  for (const int words : {40, 400}) {
    sheet.banner.name.clear();
    for (int i = 0; i < words; ++i) sheet.banner.name += "Name" + std::to_string(i) + " ";
    const auto pages = pages_of(sheet);
    ASSERT_GT(pages.size(), 1u);
    for (std::size_t i = 0; i < pages.size(); ++i) {
      const std::string text = without_blanks(text_of(pages[i]));
      EXPECT_NE(text.find("Name0Name1Name2"), std::string::npos) << i;
      EXPECT_EQ(text.find("thewholenameisonpage1") != std::string::npos, words == 400 && i > 0) << i;
      EXPECT_TRUE(words == 400 || text.find("Name39") != std::string::npos) << i;
    }
  }
}

TEST(SheetLayout, AHeadingIsNeverTheLastRowOfAPage) {
  for (int before = 20; before < 60; ++before) {
    app::Sheet sheet = sheet_with_rows(before);
    auto& rows = sheet.sections[1].rows;
    rows.push_back({"Lipid panel", {{"2 tests"}}, "", "", app::Weight::strong, true});
    rows.push_back({"LDL cholesterol", {{"162 mg/dL"}}, "14-Sep-2026", "small print", app::Weight::plain});
    for (const auto& page : pages_of(sheet)) {
      const std::string text = text_of(page);
      EXPECT_EQ(text.find("Lipid panel") == std::string::npos, text.find("LDL cholesterol") == std::string::npos) << before;
    }
  }
}

TEST(SheetLayout, PagesOfAnOlderCopySaySoAboveTheName) {
  app::PrintFrame frame = sample::frame();
  frame.warning = "OLDER COPY: a newer one lies beside it.";
  for (const auto& page : app::lay_out_sheet(sample::full_sheet(), frame, app::kLetter, fonts())) {
    const std::string text = text_of(page);
    EXPECT_LT(text.find(frame.warning), text.find("AL-RASHIDI"));
  }
}

TEST(SheetLayout, TheDeceasedAreHatchedAtBothEndsAndNamedSoOnEveryPage) {
  app::Sheet sheet = sample::full_sheet();
  const auto hatched = [](const app::Page& page) {
    return std::count_if(page.boxes.begin(), page.boxes.end(), [](const app::BoxMark& box) {
      return box.filling == app::Filling::hatched && box.width_pt > 40;
    });
  };
  for (const auto& page : pages_of(sheet)) EXPECT_EQ(hatched(page), 0);
  sheet.banner.deceased = "Died 03-Mar-2021";
  for (const auto& page : pages_of(sheet)) {
    EXPECT_EQ(hatched(page), 2);
    EXPECT_NE(text_of(page).find("Died 03-Mar-2021"), std::string::npos);
  }
}

TEST(SheetLayout, APlotStandsInItsColumnAndNothingElseStandsThere) {
  app::Sheet sheet = sample::empty_sheet();
  app::Row row{"INR", {{"2.4", app::Weight::strong}}, "20-Nov-2026 09:12", "", app::Weight::plain};
  row.plot.lines = {{{100, 1.1}, {130, 4.8}, {160, 2.4}}};
  row.plot.range = std::pair(2.0, 3.0);
  sheet.sections[3].rows = {row, {"Next", {{"row"}}, "", ""}};
  const app::Page page = pages_of(sheet)[0];
  const auto next = std::find_if(page.texts.begin(), page.texts.end(), [](const auto& mark) { return mark.text == "Next"; });
  ASSERT_NE(next, page.texts.end());
  std::vector<app::BoxMark> dots;
  bool has_band = false;
  for (const app::BoxMark& box : page.boxes) {
    if (box.filling == app::Filling::grey && box.grey == 0 && box.width_pt < 4) dots.push_back(box);
    has_band = has_band || (box.filling == app::Filling::grey && box.grey > 0.7 && box.grey < 0.85 && box.width_pt < 100);
  }
  ASSERT_EQ(dots.size(), 3u);
  EXPECT_TRUE(has_band) << "the reference range";
  EXPECT_LT(dots[0].x_pt, dots[1].x_pt);
  EXPECT_LT(dots[1].y_pt, dots[2].y_pt) << "4.8 stands above 2.4";
  EXPECT_LT(dots[2].y_pt, dots[0].y_pt) << "2.4 stands above 1.1";
  EXPECT_GT(dots[2].width_pt, dots[1].width_pt) << "the last is the largest";
  for (const app::BoxMark& dot : dots) {
    EXPECT_LT(dot.y_pt + dot.height_pt, next->y_pt - next->size_pt) << "into the next row";
    EXPECT_LE(dot.x_pt + dot.width_pt, app::kA4.width_pt - app::kSideMargin_pt);
  }
}

TEST(SheetLayout, ACharacterThatNoFontHasIsPrintedAsItsNumberAndCounted) {
  app::Sheet sheet = sample::empty_sheet();
  sheet.sections[1].rows.push_back({"Drug", {{"5 \U00013000 mg \U0010FFFD"}}, "", "", app::Weight::plain});
  const auto pages = pages_of(sheet);
  EXPECT_NE(text_of(pages[0]).find("5 [U+13000] mg [U+10FFFD]"), std::string::npos);
  EXPECT_EQ(pages[0].uncovered, 2u);
}

}  // namespace
