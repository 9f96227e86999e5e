#include "app/paper/table_row.h"

#include "app/paper/page_frame.h"

namespace app {
namespace {

constexpr double kRowPad_pt = 2.5;
constexpr double kTitlePad_pt = 2;
constexpr double kIndent_pt = 7;
const Style kStrong{kBodySize_pt, true, 0, false};
const Style kPlain{kBodySize_pt, false, 0, false};

}  // namespace

void shift_down(Band& band, double by_pt) {
  band.height_pt += by_pt;
  for (TextMark& text : band.texts) text.y_pt += by_pt;
  for (BoxMark& box : band.boxes) box.y_pt += by_pt;
  for (RuleMark& rule : band.rules) {
    rule.y_pt += by_pt;
    rule.to_y_pt += by_pt;
  }
}

Block lay_out_row(const std::vector<Cell>& cells, const std::string& label, const FontSet& fonts,
                  std::size_t& uncovered) {
  Block block;
  const double leading = leading_pt(kBodySize_pt);
  for (const Cell& cell : cells) {
    put_column(block.bands, wrap_lines(cell.text, cell.width_pt, fonts, uncovered), cell.x_pt, leading);
  }
  if (block.bands.empty()) block.bands.push_back({leading, {}, {}, {}});
  shift_down(block.bands.front(), kRowPad_pt);
  block.bands.back().height_pt += kRowPad_pt;
  if (!label.empty() && !cells.empty()) {
    std::size_t counted_already = 0;
    put_column(block.again, wrap_lines({{label, kStrong}, {" (continued)", kPlain}}, 300, fonts, counted_already),
               cells.front().x_pt, leading);
  }
  return block;
}

std::vector<Band> lay_out_title(const std::string& title, bool again, const std::string& statement,
                                const Paper& paper, const FontSet& fonts, std::size_t& uncovered) {
  std::vector<StyledText> words = {{title, kStrong}};
  if (again) words.push_back({" (continued)", kPlain});
  if (!again && !statement.empty()) words.push_back({"\n" + statement, kPlain});
  std::vector<Band> bands;
  put_column(bands, wrap_lines(words, text_width_pt(paper) - 2 * kIndent_pt, fonts, uncovered),
             kSideMargin_pt + kIndent_pt, leading_pt(kBodySize_pt));
  if (bands.empty()) return bands;
  shift_down(bands.front(), kTitlePad_pt);
  bands.front().rules.push_back({kSideMargin_pt, 0, paper.width_pt - kSideMargin_pt, 0, 1, 0});
  bands.back().height_pt += 1.5;
  return bands;
}

}  // namespace app
