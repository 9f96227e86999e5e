#include "app/paper/form_parts.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/paper/table_row.h"

namespace app {
namespace {

constexpr double kPad_pt = 3.5;      // between a border and what stands inside
constexpr double kBorder_pt = 0.7;
constexpr double kRuleGrey = 0.45;
constexpr double kHeadGrey = 0.9;
constexpr double kTick_pt = 11;
constexpr double kTickLine_pt = 21;
constexpr double kTickGap_pt = 15;
constexpr double kToWrite_pt = 90;   // behind an answer that ends in ___
constexpr double kLabelLeading_pt = 11;
constexpr int kLinesLeast = 2;      // where the rest of a page is short
constexpr std::string_view kWrite = "___";
const Style kLabel{kSmallSize_pt, true, 0.15, false};
const Style kStrong{kBodySize_pt, true, 0, false};
const Style kPlain{kBodySize_pt, false, 0, false};
const Style kSmall{kSmallSize_pt, false, kLabelGrey, false};
const Style kFilled{kSmallSize_pt, true, 0, false};

std::vector<std::pair<double, double>> columns_of(const std::vector<FormCell>& cells, double width_pt) {
  int shares = 0;
  for (const FormCell& cell : cells) shares += cell.share;
  std::vector<std::pair<double, double>> columns;
  double x_pt = 0;
  for (const FormCell& cell : cells) {
    const double width = width_pt * cell.share / shares;
    columns.emplace_back(x_pt, width);
    x_pt += width;
  }
  return columns;
}

// What is printed into a place; "" leaves it to the pen.
std::string filling_of(const FormCell& cell, int line, FormRoom& room) {
  switch (cell.fill) {
    case FormFill::none: return "";
    case FormFill::line: return std::to_string(line);
    case FormFill::number: return room.numbers.next(cell.prefix);
    case FormFill::temporary_number:
      // Whoever has a number needs no other.
      if (room.patient != nullptr && !room.patient->banner.mrn.empty()) return "MRN " + room.patient->banner.mrn;
      return room.numbers.next("T");
  }
  return "";
}

void put_wrapped(Band& band, const std::vector<Line>& lines, double x_pt, double y_pt, double leading) {
  std::vector<Band> column;
  put_column(column, lines, x_pt, leading);
  for (Band& line : column) {
    for (TextMark text : line.texts) {
      text.y_pt += y_pt;
      band.texts.push_back(std::move(text));
    }
    y_pt += line.height_pt;
  }
}

// The names of the columns, on grey.
Band head_of(const std::vector<FormCell>& cells, FormRoom& room) {
  Band band;
  const auto columns = columns_of(cells, room.width_pt);
  std::size_t most = 1;
  std::vector<std::vector<Line>> names;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    names.push_back(wrap_lines({{cells[i].name, kLabel}}, columns[i].second - 2 * kPad_pt, room.fonts, room.uncovered));
    most = std::max(most, names.back().size());
  }
  band.height_pt = static_cast<double>(most) * kLabelLeading_pt + 4;
  band.boxes.push_back({0, 0, room.width_pt, band.height_pt, kBorder_pt, Filling::grey, kHeadGrey});
  for (std::size_t i = 0; i < cells.size(); ++i) put_wrapped(band, names[i], columns[i].first + kPad_pt, 2, kLabelLeading_pt);
  return band;
}

Band row_of(const std::vector<FormCell>& cells, int line, double height_pt, FormRoom& room) {
  Band band;
  const auto columns = columns_of(cells, room.width_pt);
  std::vector<std::vector<Line>> filled;
  const double leading = leading_pt(kBodySize_pt);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    filled.push_back(wrap_lines({{filling_of(cells[i], line, room), kFilled}}, columns[i].second - 2 * kPad_pt, room.fonts, room.uncovered));
    height_pt = std::max(height_pt, static_cast<double>(filled.back().size()) * leading + 4);
  }
  band.height_pt = height_pt;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double used = static_cast<double>(filled[i].size()) * leading;
    put_wrapped(band, filled[i], columns[i].first + kPad_pt, (height_pt - used) / 2, leading);
    band.rules.push_back({columns[i].first, 0, columns[i].first, height_pt, kBorder_pt, i == 0 ? 0 : kRuleGrey});
  }
  band.rules.push_back({room.width_pt, 0, room.width_pt, height_pt, kBorder_pt, 0});
  band.rules.push_back({0, height_pt, room.width_pt, height_pt, kBorder_pt, 0});
  return band;
}

FormPiece lay_out_rows(const FormPart& part, FormRoom& room) {
  FormPiece piece;
  piece.bands.push_back(head_of(part.cells, room));
  piece.again = piece.bands;
  piece.lines = part.count > 0 ? part.count : kLinesLeast;
  piece.grows = part.count == 0;
  piece.make_line = [&part, &room, line = 0](double height_pt) mutable { return row_of(part.cells, ++line, height_pt, room); };
  return piece;
}

FormPiece lay_out_writing(const FormPart& part, FormRoom& room) {
  FormPiece piece;
  if (!part.text.empty()) piece.bands = lay_out_words({{part.text, kStrong}}, room);
  if (!part.text.empty()) piece.again = lay_out_words({{part.text, kStrong}, {" (continued)", kPlain}}, room);
  piece.lines = part.count > 0 ? part.count : kLinesLeast;
  piece.grows = part.count == 0;
  piece.make_line = [width = room.width_pt](double height_pt) {
    Band band;
    band.height_pt = height_pt;
    band.rules.push_back({0, height_pt - 1, width, height_pt - 1, kBorder_pt, kRuleGrey});
    return band;
  };
  return piece;
}

// Answers in lines, each with a box to tick.
std::vector<Band> lay_out_choice(const FormPart& part, FormRoom& room) {
  std::vector<Band> bands(1);
  bands[0].height_pt = kTickLine_pt;
  const double baseline = kTickLine_pt - 6;
  double x_pt = 0;
  const std::string name = printable_text(part.text, room.fonts, room.uncovered);
  double indent = 0;
  if (!name.empty()) {
    indent = std::min(room.fonts.width(name, true, kBodySize_pt) + 12, room.width_pt * 0.4);
    if (room.fonts.width(name, true, kBodySize_pt) + 12 > room.width_pt * 0.4) {
      bands = lay_out_words({{part.text, kStrong}}, room);
      bands.push_back({kTickLine_pt, {}, {}, {}});
      indent = 0;
    } else {
      bands[0].texts.push_back({0, baseline, name, kBodySize_pt, true, 0});
    }
    x_pt = indent;
  }
  for (const FormCell& answer : part.cells) {
    std::string text = printable_text(answer.name, room.fonts, room.uncovered);
    const bool to_write = text.ends_with(kWrite);
    if (to_write) text = text.substr(0, text.find_last_not_of("_ ") + 1);
    const auto lines = wrap_lines({{text, kPlain}}, room.width_pt - indent - kTick_pt - 5, room.fonts, room.uncovered);
    const double words = text.empty() ? 0 : room.fonts.width(text, false, kBodySize_pt);
    const double needed = kTick_pt + 5 + words + (to_write ? kToWrite_pt : 0);
    if (x_pt > indent && x_pt + needed > room.width_pt) {
      bands.push_back({kTickLine_pt, {}, {}, {}});
      x_pt = indent;
    }
    bands.back().boxes.push_back({x_pt, baseline - kTick_pt + 2, kTick_pt, kTick_pt, 0.9, Filling::none, 0});
    const double text_x = x_pt + kTick_pt + 5;
    const double leading = leading_pt(kBodySize_pt);
    Band& last = bands.back();
    last.height_pt = std::max(last.height_pt, kTickLine_pt + (static_cast<double>(lines.size()) - 1) * leading);
    put_wrapped(last, lines, text_x, baseline - leading * 0.76, leading);
    if (to_write) {
      // To the edge if nothing follows.
      const bool is_last = &answer == &part.cells.back();
      const double end = is_last ? room.width_pt : std::min(text_x + words + kToWrite_pt, room.width_pt);
      if (text_x + words + 5 < end) last.rules.push_back({text_x + words + 5, baseline + 2, end, baseline + 2, kBorder_pt, kRuleGrey});
    }
    x_pt += needed + kTickGap_pt;
  }
  return bands;
}

std::vector<Band> lay_out_heading(const std::string& text, FormRoom& room) {
  auto bands = lay_out_words({{text, {11, true, 0, false}}}, room);
  if (bands.empty()) return bands;
  shift_down(bands.front(), 5);
  bands.back().rules.push_back({0, bands.back().height_pt, room.width_pt, bands.back().height_pt, 1, 0});
  bands.back().height_pt += 3;
  return bands;
}

}  // namespace

std::vector<Band> lay_out_words(const std::vector<StyledText>& words, FormRoom& room) {
  std::vector<Band> bands;
  const double size_pt = words.empty() ? kBodySize_pt : words.front().style.size_pt;
  put_column(bands, wrap_lines(words, room.width_pt, room.fonts, room.uncovered), 0, leading_pt(size_pt));
  return bands;
}

Band lay_out_fields(const std::vector<FormCell>& cells, FormRoom& room) {
  Band band;
  const auto columns = columns_of(cells, room.width_pt);
  const double leading = leading_pt(kBodySize_pt);
  std::vector<std::vector<Line>> names;
  std::vector<std::vector<Line>> filled;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double width = columns[i].second - 2 * kPad_pt;
    names.push_back(wrap_lines({{cells[i].name, kLabel}}, width, room.fonts, room.uncovered));
    filled.push_back(wrap_lines({{filling_of(cells[i], 1, room), kFilled}}, width, room.fonts, room.uncovered));
    const double written = std::max(kWritingLine_pt, static_cast<double>(filled[i].size()) * leading + 3);
    band.height_pt = std::max(band.height_pt, static_cast<double>(names[i].size()) * kLabelLeading_pt + 2 + written);
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double x_pt = columns[i].first;
    band.boxes.push_back({x_pt, 0, columns[i].second, band.height_pt, kBorder_pt, Filling::none, 0});
    put_wrapped(band, names[i], x_pt + kPad_pt, 2, kLabelLeading_pt);
    const double used = static_cast<double>(filled[i].size()) * leading;
    put_wrapped(band, filled[i], x_pt + kPad_pt, band.height_pt - used - 4, leading);
  }
  return band;
}

FormPiece lay_out_part(const FormPart& part, FormRoom& room) {
  FormPiece piece;
  switch (part.kind) {
    case FormPartKind::note: piece.bands = lay_out_words({{part.text, kSmall}}, room); break;
    case FormPartKind::text: piece.bands = lay_out_words({{part.text, kPlain}}, room); break;
    case FormPartKind::heading: piece.bands = lay_out_heading(part.text, room); break;
    case FormPartKind::fields: piece.bands.push_back(lay_out_fields(part.cells, room)); break;
    case FormPartKind::choose: piece.bands = lay_out_choice(part, room); break;
    case FormPartKind::write: return lay_out_writing(part, room);
    case FormPartKind::rows: return lay_out_rows(part, room);
    case FormPartKind::patient:
    case FormPartKind::page: break;
  }
  return piece;
}

}  // namespace app
