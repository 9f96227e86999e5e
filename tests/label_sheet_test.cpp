// Labels: where on the sheet they are, and what a scanner reads off the printed page.
#include "app/paper/label_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "app/paper/code128.h"
#include "app/paper/draw.h"
#include "tests/command.h"

namespace {

constexpr double kPoints = 72 / 25.4;

const app::FontSet& fonts() {
  static const auto set = app::FontSet::open(app::find_fonts());
  return set.value();
}

app::Label label_of(const std::string& mrn, const std::string& name = "SMITH, John (Mr)") {
  return {name, "03-Mar-1975 (51y)", "male", mrn, "7KD2-M4QX", "22-Nov-2026"};
}

// What zbar sees on the drawn pages, one code a line, counted.
std::map<std::string, int> scan(const std::vector<app::Page>& pages, const std::string& dpi) {
  const tests::TemporaryFolder folder;
  const auto pdf = app::draw_pdf(pages, fonts(), "labels");
  EXPECT_TRUE(pdf.ok());
  tests::write(folder.path() / "labels.pdf", pdf.value().bytes);
  const std::string out = tests::run("cd '" + folder.path().string() + "'; pdftoppm -r " + dpi + " -gray -png labels.pdf page && zbarimg -q page*.png").out;
  std::map<std::string, int> codes;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) ++codes[line];
  return codes;
}

TEST(LabelSheet, StandsWhereAverysSheetsHaveTheirLabelsToATenthOfAMillimetre) {
  // Avery's own figures: 30 labels of 66.7 x 25.4 mm on US Letter, 21 of 63.5 x 38.1 mm on A4.
  const struct {
    app::LabelSheet sheet;
    double right_mm;   // left over beside the last column
    double bottom_mm;
  } kSheets[] = {{app::kAvery5160, 4.7625, 12.7}, {app::kAveryL7160, 7.21, 15.15}};
  for (const auto& [sheet, right_mm, bottom_mm] : kSheets) {
    EXPECT_NEAR(sheet.left_mm + (sheet.columns - 1) * sheet.across_mm + sheet.width_mm + right_mm, sheet.paper.width_pt / kPoints, 0.05);
    EXPECT_NEAR(sheet.top_mm + (sheet.rows - 1) * sheet.down_mm + sheet.height_mm + bottom_mm, sheet.paper.height_pt / kPoints, 0.05);
    const std::vector<app::Label> labels(static_cast<std::size_t>(sheet.labels()), label_of("00104427"));
    const auto pages = app::lay_out_labels(labels, sheet, 1, fonts()).value();
    ASSERT_EQ(pages.size(), 1u);
    std::vector<app::TextMark> names;
    for (const app::TextMark& mark : pages[0].texts) {
      if (mark.text.starts_with("SMITH")) names.push_back(mark);
    }
    ASSERT_EQ(names.size(), labels.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      const int column = static_cast<int>(i) % sheet.columns;
      const int row = static_cast<int>(i) / sheet.columns;
      EXPECT_NEAR((names[i].x_pt - names[0].x_pt) / kPoints, column * sheet.across_mm, 0.05);
      EXPECT_NEAR((names[i].y_pt - names[0].y_pt) / kPoints, row * sheet.down_mm, 0.05);
    }
    EXPECT_NEAR(names[0].x_pt / kPoints, sheet.left_mm + 2.2, 0.05);
    // Nothing reaches over an edge of its label, or nearer to it than a printer's feed wanders.
    for (const app::BoxMark& box : pages[0].boxes) {
      const double x_mm = box.x_pt / kPoints - sheet.left_mm;
      const double y_mm = box.y_pt / kPoints - sheet.top_mm;
      const double from_left = x_mm - sheet.across_mm * static_cast<int>(x_mm / sheet.across_mm);
      const double from_top = y_mm - sheet.down_mm * static_cast<int>(y_mm / sheet.down_mm);
      ASSERT_GE(from_left, 2.1);
      ASSERT_LE(from_left + box.width_pt / kPoints, sheet.width_mm - 2.1);
      ASSERT_GE(from_top, 2.1);
      ASSERT_LE(from_top + box.height_pt / kPoints, sheet.height_mm - 2.1);
    }
  }
}

TEST(LabelSheet, ASquareCodeAndABarCodeAreReadBackFromThePrintedPage) {
  for (const app::LabelSheet& sheet : {app::kAvery5160, app::kAveryL7160}) {
    const std::vector<app::Label> labels = {label_of("00104427"), label_of("MRN-12345"), label_of("1044275"), label_of("7")};
    const auto codes = scan(app::lay_out_labels(labels, sheet, 2, fonts()).value(), "300");
    for (const app::Label& label : labels) {
      EXPECT_EQ(codes.count("QR-Code:" + label.mrn + " 7KD2-M4QX"), 1u) << sheet.name << " " << label.mrn;
      EXPECT_EQ(codes.count("CODE-128:" + label.mrn), 1u) << sheet.name << " " << label.mrn;
    }
    EXPECT_EQ(codes.size(), 2 * labels.size()) << "the codes hold MRN and sheet id, nothing else";
  }
}

TEST(LabelSheet, ThatIsFullIsReadBackWhole) {
  const std::vector<app::Label> labels(30, label_of("00104427"));
  const auto codes = scan(app::lay_out_labels(labels, app::kAvery5160, 1, fonts()).value(), "300");
  ASSERT_EQ(codes.count("QR-Code:00104427 7KD2-M4QX"), 1u);
  EXPECT_EQ(codes.at("QR-Code:00104427 7KD2-M4QX"), 30);
}

TEST(LabelSheet, GoesOnWhereAPartUsedSheetEndsAndThenOnANewOne) {
  const auto labels = std::vector<app::Label>(8, label_of("00104427"));
  const auto pages = app::lay_out_labels(labels, app::kAveryL7160, 19, fonts()).value();
  ASSERT_EQ(pages.size(), 2u);
  const auto names_on = [](const app::Page& page) {
    return std::count_if(page.texts.begin(), page.texts.end(), [](const app::TextMark& mark) { return mark.text.starts_with("SMITH"); });
  };
  EXPECT_EQ(names_on(pages[0]), 3);
  EXPECT_EQ(names_on(pages[1]), 5);
  for (const int from : {0, -1, 22}) {
    const auto refused = app::lay_out_labels(labels, app::kAveryL7160, from, fonts());
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().what.find("1 to 21"), std::string::npos);
  }
}

TEST(LabelSheet, NeverShortensANameButSaysWhereItIs) {
  const auto words_on = [](const app::LabelSheet& sheet, const std::string& name) {
    std::string words;
    const auto pages = app::lay_out_labels({label_of("00104427", name)}, sheet, 1, fonts()).value();
    for (const app::TextMark& mark : pages[0].texts) words += mark.text;
    std::erase(words, ' ');
    return words;
  };
  const std::string name = "FEATHERSTONEHAUGH-CHOLMONDELEY, Wolfeschlegelsteinhausen Maximiliana Theodora (Mrs)";
  std::string whole = name;
  std::erase(whole, ' ');
  for (const app::LabelSheet& sheet : {app::kAvery5160, app::kAveryL7160}) {
    EXPECT_NE(words_on(sheet, name).find(whole), std::string::npos);
    std::string endless = name;
    for (int i = 0; i < 6; ++i) endless += " " + name;
    EXPECT_EQ(words_on(sheet, endless).find("FEATHER"), std::string::npos);
    EXPECT_NE(words_on(sheet, endless).find("Nametoolong"), std::string::npos);
  }
}

TEST(LabelSheet, OfAnMrnThatIsTooLongForBarsHasTheSquareCodeAlone) {
  const std::string uuid = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
  const auto codes = scan(app::lay_out_labels({label_of(uuid)}, app::kAvery5160, 1, fonts()).value(), "300");
  EXPECT_EQ(codes, (std::map<std::string, int>{{"QR-Code:" + uuid + " 7KD2-M4QX", 1}}));
}

TEST(Code128, ReadsBackEveryCharacterThatItHas) {
  std::vector<app::Page> pages;
  std::vector<std::string> texts = {"0123456789", "13579", "X1"};
  for (int from = ' '; from <= '~'; from += 12) {
    std::string text;
    for (int c = from; c < from + 12 && c <= '~'; ++c) text += static_cast<char>(c);
    texts.push_back(text);
  }
  app::Page page;
  page.paper = app::kA4;
  double y_pt = 40;
  for (const std::string& text : texts) {
    const auto widths = app::make_code_128(text);
    ASSERT_TRUE(widths.has_value()) << text;
    app::put_code_128(page, *widths, 60, y_pt, 1.4, 24);
    y_pt += 50;
  }
  const auto codes = scan({page}, "150");
  for (const std::string& text : texts) EXPECT_EQ(codes.count("CODE-128:" + text), 1u) << text;
}

TEST(Code128, IsNotMadeOfWhatItCannotSay) {
  EXPECT_FALSE(app::make_code_128("").has_value());
  EXPECT_FALSE(app::make_code_128("Zoë").has_value());
  EXPECT_FALSE(app::make_code_128("a\tb").has_value());
  EXPECT_FALSE(app::make_code_128(std::string(49, '1')).has_value());
}

}  // namespace
