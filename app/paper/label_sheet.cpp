#include "app/paper/label_sheet.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/paper/code128.h"
#include "app/paper/qr_code.h"

namespace app {
namespace {

constexpr double kPoints = 72 / 25.4;      // a millimetre
constexpr double kPad_pt = 2.2 * kPoints;  // no printer feeds every sheet alike
constexpr double kSquare_pt = 0.45 * kPoints;  // of the square code: five dots of a cheap printer
constexpr double kSquareLeast_pt = 0.33 * kPoints;
constexpr double kQuiet = 4;               // squares around it
constexpr double kModule_pt = 0.33 * kPoints;
constexpr double kModuleLeast_pt = 0.19 * kPoints;  // what scanners at a desk read
constexpr double kBarQuiet = 10;           // modules on either side
constexpr double kBarShare = 0.24;         // of a label's height
constexpr double kNameMost_pt = 10;
constexpr double kNameLeast_pt = 6.5;
constexpr double kLeading = 1.16;

struct Place {
  double x_pt = 0;
  double y_pt = 0;
  double width_pt = 0;
  double height_pt = 0;
};

Place place_of(const LabelSheet& sheet, int number) {
  const int column = number % sheet.columns;
  const int row = number / sheet.columns;
  return {(sheet.left_mm + column * sheet.across_mm) * kPoints, (sheet.top_mm + row * sheet.down_mm) * kPoints,
          sheet.width_mm * kPoints, sheet.height_mm * kPoints};
}

std::vector<StyledText> words_of(const Label& label, const std::string& name, double name_pt) {
  const double size_pt = std::min(name_pt - 1, 8.3);
  const Style plain{size_pt, false, 0, false};
  const Style strong{size_pt, true, 0, false};
  const Style small{std::max(size_pt - 1.3, 5.8), false, kLabelGrey, false};
  return {{name + "\n", {name_pt, true, 0, false}},
          {"Born ", plain}, {label.born.empty() ? "not recorded" : label.born, strong},
          {"   " + (label.sex.empty() || label.sex == "not recorded" ? "sex not recorded" : label.sex) + "\n", plain},
          {"MRN ", plain}, {label.mrn + "\n", strong},
          {"Sheet " + label.sheet + "   data of " + label.as_of, small}};
}

double line_height_pt(const Line& line) {
  double size_pt = 0;
  for (const LinePiece& piece : line) size_pt = std::max(size_pt, piece.style.size_pt);
  return size_pt * kLeading;
}

double height_of(const std::vector<Line>& lines) {
  double height = 0;
  for (const Line& line : lines) height += line_height_pt(line);
  return height;
}

// The words as large as they fit; nothing if they fit in no size.
std::optional<std::vector<Line>> fit_words(const Label& label, double width_pt, double height_pt, const FontSet& fonts,
                                           std::size_t& uncovered) {
  const std::string name = label.name.empty() ? "Name not recorded" : label.name;
  for (double size_pt = kNameMost_pt; size_pt >= kNameLeast_pt; size_pt -= 0.5) {
    std::size_t counted = 0;
    auto lines = wrap_lines(words_of(label, name, size_pt), width_pt, fonts, counted);
    if (height_of(lines) > height_pt) continue;
    uncovered += counted;
    return lines;
  }
  return std::nullopt;
}

void put_words(Page& page, const std::vector<Line>& lines, double x_pt, double y_pt) {
  for (const Line& line : lines) {
    const double height = line_height_pt(line);
    for (const LinePiece& piece : line) {
      page.texts.push_back({x_pt + piece.x_pt, y_pt + height * 0.8, piece.text, piece.style.size_pt, piece.style.bold, piece.style.grey});
    }
    y_pt += height;
  }
}

// What is alike on all labels of a patient.
struct LabelCodes {
  std::optional<QrCode> square;
  std::optional<std::vector<int>> bars;
};

LabelCodes codes_of(const Label& label) {
  LabelCodes codes;
  if (label.mrn.empty()) return codes;
  if (auto made = make_qr_code(words_of_label_code(label)); made.ok()) codes.square = std::move(made).value();
  codes.bars = make_code_128(label.mrn);
  return codes;
}

void put_label(Page& page, const Label& label, const LabelCodes& codes, const Place& place, const FontSet& fonts) {
  const double top_pt = place.y_pt + kPad_pt;
  const double height = place.height_pt - 2 * kPad_pt;
  double width = place.width_pt - 2 * kPad_pt;
  if (codes.square) {
    const double squares = static_cast<double>(codes.square->width);
    const double square = std::min(kSquare_pt, (place.height_pt - 2) / (squares + 2 * kQuiet));
    if (square >= kSquareLeast_pt) {
      const double size_pt = square * squares;
      width -= size_pt + kQuiet * square;
      put_qr_code(page, *codes.square, place.x_pt + place.width_pt - kPad_pt - size_pt, place.y_pt + (place.height_pt - size_pt) / 2, size_pt);
    }
  }
  // The label's edge serves as a part of the quiet zone on the left.
  const double module = codes.bars ? std::min(kModule_pt, (width + kPad_pt) / (modules_of(*codes.bars) + 2 * kBarQuiet)) : 0;
  const double bars_height = place.height_pt * kBarShare;
  std::optional<std::vector<Line>> words;
  if (module >= kModuleLeast_pt) words = fit_words(label, width - 2, height - bars_height - 2, fonts, page.uncovered);
  if (words) {
    put_code_128(page, *codes.bars, place.x_pt + std::max(kPad_pt, kBarQuiet * module), top_pt + height - bars_height, module, bars_height);
  } else {
    // Rather no bars than a name cut short: the square code says the same.
    words = fit_words(label, width - 2, height, fonts, page.uncovered);
  }
  if (!words) words = wrap_lines(words_of(label, "Name too long for a label: see the sheet", kNameLeast_pt), width - 2, fonts, page.uncovered);
  put_words(page, *words, place.x_pt + kPad_pt, top_pt);
}

}  // namespace

std::string words_of_label_code(const Label& label) { return label.mrn + " " + label.sheet; }

Result<std::vector<Page>> lay_out_labels(const std::vector<Label>& labels, const LabelSheet& sheet, int from, const FontSet& fonts) {
  if (from < 1 || from > sheet.labels()) {
    return Error{Code::bad_config, "A sheet of " + std::string(sheet.name) + " has the labels 1 to " + std::to_string(sheet.labels()) + ".",
                 "They are counted row by row, from the upper left."};
  }
  std::vector<Page> pages;
  int number = from - 1;
  LabelCodes codes;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (pages.empty() || number == sheet.labels()) {
      if (!pages.empty()) number = 0;
      pages.emplace_back();
      pages.back().paper = sheet.paper;
    }
    const bool same = i > 0 && words_of_label_code(labels[i]) == words_of_label_code(labels[i - 1]);
    if (!same) codes = codes_of(labels[i]);
    put_label(pages.back(), labels[i], codes, place_of(sheet, number), fonts);
    ++number;
  }
  return pages;
}

}  // namespace app
