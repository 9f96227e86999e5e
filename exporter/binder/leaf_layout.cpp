#include "exporter/binder/leaf_layout.h"

#include <utility>

#include "app/paper/table_row.h"

namespace exporter {
namespace {

const app::Style kStrong{app::kBodySize_pt, true, 0, false};
const app::Style kPlain{app::kBodySize_pt, false, 0, false};
constexpr double kTick_pt = 10;
constexpr double kTabWidth_pt = 20;
constexpr double kTabEdge_pt = 14;  // 5 mm: what the narrowest office printers leave white
constexpr double kTabTop_pt = 60;
constexpr double kTabSize_pt = 12;
constexpr std::size_t kLetters = 26;

}  // namespace

LeafLayout::LeafLayout(const std::string& title, const app::PrintFrame& frame, const app::Paper& paper, const app::FontSet& fonts)
    : frame_(frame), paper_(paper), fonts_(fonts),
      flow_(paper, app::kSideMargin_pt, paper.width_pt - app::kSideMargin_pt, app::foot_top_pt(paper),
            [&frame, &fonts, title](app::Page& page, std::size_t) {
              const double head_pt = put_head(page, frame, fonts) + 2;
              const auto lines = app::wrap_lines({{title, {app::kNameSize_pt, true, 0, false}}},
                                                 app::text_width_pt(page.paper), fonts, page.uncovered);
              return put_lines(page, lines, app::kSideMargin_pt, head_pt, app::leading_pt(app::kNameSize_pt)) + 4;
            }) {}

app::Chapter LeafLayout::chapter(const std::string& title, const std::string& statement) {
  app::Chapter made;
  made.title = app::lay_out_title(title, false, statement, paper_, fonts_, uncovered_);
  std::size_t counted_already = 0;
  made.title_again = app::lay_out_title(title, true, "", paper_, fonts_, counted_already);
  made.space_before_pt = 10;
  return made;
}

void LeafLayout::add_row(app::Chapter& chapter, const std::vector<LeafCell>& cells, const std::string& link) {
  const double width = app::text_width_pt(paper_);
  std::vector<app::Cell> row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double from = cells[i].from;
    const double to = i + 1 < cells.size() ? cells[i + 1].from : 0.99;
    row.push_back({app::kSideMargin_pt + width * from, width * (to - from) - 6,
                   {{cells[i].text, cells[i].strong ? kStrong : kPlain}}});
  }
  chapter.blocks.push_back(app::lay_out_row(row, cells.front().text, fonts_, uncovered_));
  app::Block& block = chapter.blocks.back();
  block.shaded = chapter.blocks.size() % 2 == 1;
  if (!link.empty()) {
    for (app::Band& band : block.bands) band.links.push_back({app::kSideMargin_pt, 0, width, band.height_pt, link});
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].link.empty()) continue;
    app::Band& band = block.bands.front();
    band.links.push_back({row[i].x_pt, 0, row[i].width_pt, band.height_pt, cells[i].link});
  }
}

void LeafLayout::add_task(app::Chapter& chapter, const std::vector<LeafCell>& cells, const std::string& link) {
  add_row(chapter, cells, link);
  chapter.blocks.back().bands.front().boxes.push_back(
      {app::kSideMargin_pt + 7, 4, kTick_pt, kTick_pt, 0.8, app::Filling::none, 0});
}

void LeafLayout::add_blanks(app::Chapter& chapter, const std::vector<std::string>& labels) {
  const double width = app::text_width_pt(paper_) / static_cast<double>(labels.size());
  app::Block block;
  block.bands.push_back({26, {}, {}, {}});
  app::Band& band = block.bands.front();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double x_pt = app::kSideMargin_pt + width * static_cast<double>(i) + 7;
    const std::string label = app::printable_text(labels[i], fonts_, uncovered_);
    const double label_pt = fonts_.width(label, false, app::kBodySize_pt);
    band.texts.push_back({x_pt, 20, label, app::kBodySize_pt, false, 0});
    band.rules.push_back({x_pt + label_pt + 5, 22, app::kSideMargin_pt + width * static_cast<double>(i + 1) - 2, 22, 0.5, 0.4});
  }
  chapter.blocks.push_back(std::move(block));
}

std::vector<app::Page> LeafLayout::finish(const std::string& about) {
  auto pages = flow_.finish();
  pages.front().uncovered += uncovered_;
  put_feet(pages, frame_, about, fonts_);
  return pages;
}

app::Page make_blank_back(const app::PrintFrame& frame, const app::Paper& paper, const app::FontSet& fonts) {
  app::Page page;
  page.paper = paper;
  const double head_pt = put_head(page, frame, fonts);
  const auto lines = app::wrap_lines({{"This side is left blank: what follows begins on a new leaf.",
                                       {app::kBodySize_pt, false, app::kLabelGrey, false}}},
                                     app::text_width_pt(paper), fonts, page.uncovered);
  put_lines(page, lines, app::kSideMargin_pt, head_pt + 12, app::leading_pt(app::kBodySize_pt));
  return page;
}

void put_tabs(std::vector<app::Page>& pages, const std::string& tab, const app::FontSet& fonts) {
  const bool letter = tab.size() == 1 && tab[0] >= 'A' && tab[0] <= 'Z';
  // Behind Z whatever is no letter of these; before A what begins with a digit.
  const std::size_t place = letter ? static_cast<std::size_t>(tab[0] - 'A') + 1 : tab == "#" ? 0 : kLetters + 1;
  const std::string shown = letter || tab == "#" ? tab : "…";
  for (std::size_t i = 0; i < pages.size(); ++i) {
    app::Page& page = pages[i];
    const double step = (page.paper.height_pt - 2 * kTabTop_pt) / static_cast<double>(kLetters + 2);
    const double top_pt = kTabTop_pt + step * static_cast<double>(place);
    const bool right_hand = i % 2 == 0;
    const double x_pt = right_hand ? page.paper.width_pt - kTabEdge_pt - kTabWidth_pt : kTabEdge_pt;
    page.boxes.push_back({x_pt, top_pt, kTabWidth_pt, step - 2, 0, app::Filling::grey, 0});
    const double width = fonts.width(shown, true, kTabSize_pt);
    page.texts.push_back({x_pt + (kTabWidth_pt - width) / 2, top_pt + (step - 2) / 2 + kTabSize_pt * 0.36, shown, kTabSize_pt, true, 1});
  }
}

}  // namespace exporter
