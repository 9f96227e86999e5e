#include "app/paper/page_frame.h"

#include "app/paper/flow.h"

namespace app {
namespace {

constexpr double kStrip_pt = 17;
constexpr double kStripGrey = 0.86;
constexpr double kFoot_pt = 28;
constexpr char kWhatItIs[] = "EMERGENCY COPY – not the live record";

double right_edge_pt(const Paper& paper) { return paper.width_pt - kSideMargin_pt; }

// Set flush with the right edge; gives way to lines below when it is wider than the room.
void put_at_right(Page& page, const std::string& text, const Style& style, double y_pt, const FontSet& fonts) {
  const double width = fonts.width(text, style.bold, style.size_pt);
  page.texts.push_back({right_edge_pt(page.paper) - width, y_pt, text, style.size_pt, style.bold, style.grey});
}

}  // namespace

double text_width_pt(const Paper& paper) { return paper.width_pt - 2 * kSideMargin_pt; }

double foot_top_pt(const Paper& paper) { return paper.height_pt - kEdgeMargin_pt - kFoot_pt; }

double put_lines(Page& page, const std::vector<Line>& lines, double x_pt, double y_pt, double leading) {
  std::vector<Band> bands;
  put_column(bands, lines, x_pt, leading);
  for (const Band& band : bands) {
    for (TextMark text : band.texts) {
      text.y_pt += y_pt;
      page.texts.push_back(std::move(text));
    }
    for (RuleMark rule : band.rules) {
      rule.y_pt += y_pt;
      rule.to_y_pt += y_pt;
      page.rules.push_back(rule);
    }
    y_pt += band.height_pt;
  }
  return y_pt;
}

double put_head(Page& page, const PrintFrame& frame, const FontSet& fonts) {
  const double width = text_width_pt(page.paper);
  const std::string when = printable_text("Data as of " + frame.as_of, fonts, page.uncovered);
  const double what_width = fonts.width(kWhatItIs, true, kBodySize_pt);
  const double when_width = fonts.width(when, true, kSmallSize_pt);
  const bool one_line = what_width + when_width + 22 < width;
  const double leading = leading_pt(kBodySize_pt);

  const auto warning = wrap_lines({{frame.warning, {kBodySize_pt, true, 0, false}}}, width - 12, fonts, page.uncovered);
  const double warned_pt = static_cast<double>(warning.size()) * leading;

  page.boxes.push_back({kSideMargin_pt, kEdgeMargin_pt, width, (one_line ? kStrip_pt : kStrip_pt + leading) + warned_pt,
                        0.6, Filling::grey, kStripGrey});
  double y_pt = kEdgeMargin_pt + 12.2;
  page.texts.push_back({kSideMargin_pt + 6, y_pt, kWhatItIs, kBodySize_pt, true, 0});
  if (one_line) {
    page.texts.push_back({right_edge_pt(page.paper) - 6 - when_width, y_pt, when, kSmallSize_pt, true, 0});
  } else {
    y_pt += leading;
    page.texts.push_back({kSideMargin_pt + 6, y_pt, when, kSmallSize_pt, true, 0});
  }
  put_lines(page, warning, kSideMargin_pt + 6, y_pt + 3.4, leading);
  return y_pt + warned_pt + kStrip_pt - 12.2;
}

void put_foot(Page& page, std::size_t number, std::size_t count, const PrintFrame& frame, const std::string& about,
              const FontSet& fonts) {
  const Style small{kSmallSize_pt, false, kLabelGrey, false};
  const Style strong{kBodySize_pt, true, 0, false};
  const double top_pt = foot_top_pt(page.paper) + 4;
  page.rules.push_back({kSideMargin_pt, top_pt, right_edge_pt(page.paper), top_pt, 0.6, 0});
  const std::string which = "page " + std::to_string(number + 1) + " of " + std::to_string(count);
  put_at_right(page, which, strong, top_pt + 11, fonts);
  const double room = text_width_pt(page.paper) - fonts.width(which, true, kBodySize_pt) - 16;
  const std::vector<StyledText> words = {{about + "\n", {kSmallSize_pt, true, 0, false}},
                                         {frame.practice + " · copy " + frame.copy, small}};
  put_lines(page, wrap_lines(words, room, fonts, page.uncovered), kSideMargin_pt, top_pt + 2.5, 11);
}

void put_feet(std::vector<Page>& pages, const PrintFrame& frame, const std::string& about,
              const FontSet& fonts) {
  for (std::size_t i = 0; i < pages.size(); ++i) put_foot(pages[i], i, pages.size(), frame, about, fonts);
}

}  // namespace app
