#include "exporter/binder/index_layout.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

#include "app/paper/table_row.h"
#include "exporter/binder/leaf_layout.h"

namespace exporter {
namespace {

constexpr double kSize_pt = app::kSmallSize_pt;
constexpr double kRow_pt = 11.4;
constexpr double kBaseline_pt = 8.6;
constexpr double kMark_pt = 5;

struct IndexColumn {
  double from_pt;
  double to_pt;
  const char* title;
};

// Of 482 points between the margins of A4; wider paper gives the name the rest.
constexpr std::array<IndexColumn, 6> kColumns = {{{12, 176, "Name"},
                                                  {176, 232, "Born"},
                                                  {232, 294, "MRN"},
                                                  {294, 366, "Telephone"},
                                                  {366, 426, "Sheet"},
                                                  {426, 481, "Same since"}}};
constexpr std::size_t kSheetColumn = 4;
constexpr double kColumnsWidth_pt = 481.9;

// The scans' part of an id, if any, on a line of its own: no code is broken in its middle.
std::string in_cell(std::string id) {
  if (const std::size_t scans = id.find('+'); scans != std::string::npos) id.insert(scans, 1, '\n');
  return id;
}

class IndexLayout {
 public:
  IndexLayout(const app::Paper& paper, const app::FontSet& fonts)
      : paper_(paper), fonts_(fonts), wider_pt_(app::text_width_pt(paper) - kColumnsWidth_pt) {}

  double left_of(std::size_t column) const {
    return app::kSideMargin_pt + kColumns[column].from_pt + (column > 0 ? wider_pt_ : 0);
  }
  double width_of(std::size_t column) const {
    return kColumns[column].to_pt - kColumns[column].from_pt - 4 + (column == 0 ? wider_pt_ : 0);
  }

  app::Block row_of(const IndexLine& line) {
    app::Block block;
    block.bands.push_back({kRow_pt, {}, {}, {}});
    if (line.filed) {
      block.bands[0].boxes.push_back({app::kSideMargin_pt + 3, 3.4, kMark_pt, kMark_pt, 0, app::Filling::grey, 0});
    }
    put_cell(block, 0, line.died.empty() ? line.name : line.name + " — " + line.died, true);
    put_cell(block, 1, line.born, false);
    put_cell(block, 2, line.mrn, false);
    put_cell(block, 3, line.phone.empty() ? "none" : line.phone, false);
    put_cell(block, 4, in_cell(line.id), false);
    put_cell(block, 5, line.since, false);
    return block;
  }

  std::size_t uncovered() const { return uncovered_; }

 private:
  void put_cell(app::Block& block, std::size_t column, const std::string& text, bool strong) {
    std::string shown = app::printable_text(text, fonts_, uncovered_);
    // Nearly every cell is one line: breaking lines costs ten times as much as measuring one.
    if (shown.find('\n') == std::string::npos && fonts_.width(shown, strong, kSize_pt) <= width_of(column)) {
      block.bands[0].texts.push_back({left_of(column), kBaseline_pt, std::move(shown), kSize_pt, strong, 0});
      return;
    }
    std::size_t counted_already = 0;
    const double size_pt = column == kSheetColumn ? size_of_code(shown) : kSize_pt;
    app::put_column(block.bands, app::wrap_lines({{text, {size_pt, strong, 0, false}}}, width_of(column), fonts_, counted_already),
                    left_of(column), kRow_pt);
  }

  // A code is not broken at its hyphen: one of wide letters is set smaller.
  double size_of_code(const std::string& code) const {
    const double widest_pt = fonts_.width(code.substr(0, code.find('\n')), false, kSize_pt);
    return kSize_pt * std::min(1.0, 0.99 * width_of(kSheetColumn) / std::max(1.0, widest_pt));
  }

  const app::Paper paper_;
  const app::FontSet& fonts_;
  const double wider_pt_;
  std::size_t uncovered_ = 0;
};

// The family name, or the whole where there is no comma.
std::string begin_of(const std::string& name) { return name.substr(0, name.find(',')); }

// Whose names stand on this page, at the right of its title: that is what somebody turns the leaves for.
void put_range(app::Page& page, const std::string& title, double born_x_pt, const app::FontSet& fonts) {
  std::set<double> rows;  // a name that goes on to another line begins no row there
  double title_y_pt = 0;
  for (const app::TextMark& text : page.texts) {
    if (text.x_pt == born_x_pt && text.grey == 0) rows.insert(text.y_pt);
    if (text.text == title) title_y_pt = text.y_pt;
  }
  const app::TextMark *first = nullptr, *last = nullptr;
  for (const app::TextMark& text : page.texts) {
    if (!text.bold || text.x_pt >= born_x_pt || !rows.contains(text.y_pt)) continue;
    if (first == nullptr) first = &text;
    last = &text;
  }
  if (first == nullptr) return;
  const std::string range = begin_of(first->text) + " – " + begin_of(last->text);
  const double x_pt = page.paper.width_pt - app::kSideMargin_pt - fonts.width(range, true, app::kBodySize_pt);
  // Between names of such a length the letters lead.
  if (x_pt < app::kSideMargin_pt + fonts.width(title, true, app::kNameSize_pt) + 12) return;
  page.texts.push_back({x_pt, title_y_pt, range, app::kBodySize_pt, true, 0});
}

constexpr char kHowToRead[] =
    "Every patient of this copy by name. A black square: the sheet is in the ring binder; all others are in the emergency "
    "viewer, which prints them. A sheet of the ring binder is up to date if the code at its foot is the code in this list; if "
    "it differs, shred it.";

// Pours the lines onto pages; returns how many. The pages have no feet yet.
std::size_t pour(const IndexLines& lines, const std::string& title, const app::PrintFrame& frame, const app::FontSet& fonts,
                 IndexLayout& layout, const app::Paper& paper, const std::function<void(app::Page page, std::size_t number)>& take) {
  // Only the night knows since when.
  const bool has_ages = lines.has_ages();
  std::size_t taken = 0;
  app::Flow flow(paper, app::kSideMargin_pt, paper.width_pt - app::kSideMargin_pt, app::foot_top_pt(paper),
                 [&](app::Page& page, std::size_t number) {
                   double y_pt = put_head(page, frame, fonts) + 2;
                   page.texts.push_back({app::kSideMargin_pt, y_pt + app::kNameSize_pt, title, app::kNameSize_pt, true, 0});
                   y_pt += app::leading_pt(app::kNameSize_pt) + 2;
                   if (number == 0) {
                     const auto lines_of = app::wrap_lines({{kHowToRead, {app::kBodySize_pt, false, 0, false}}},
                                                           app::text_width_pt(paper), fonts, page.uncovered);
                     y_pt = put_lines(page, lines_of, app::kSideMargin_pt, y_pt, app::leading_pt(app::kBodySize_pt)) + 4;
                   }
                   for (std::size_t i = 0; i < (has_ages ? kColumns.size() : kColumns.size() - 1); ++i) {
                     page.texts.push_back({layout.left_of(i), y_pt + kBaseline_pt, kColumns[i].title, kSize_pt, false, app::kLabelGrey});
                   }
                   return y_pt + kRow_pt + 2;
                 },
                 [&](app::Page page) { take(std::move(page), taken++); });
  std::size_t counted_already = 0;
  app::Chapter chapter;  // of one tab; half a practice may stand under one letter
  chapter.space_before_pt = 5;
  std::string tab;
  std::size_t rows = 0;
  for (const IndexLine& line : lines) {
    app::Block row = layout.row_of(line);
    if (rows == 0 || line.tab != tab) {
      if (rows > 0) flow.end(chapter);
      tab = line.tab;
      rows = 0;
      chapter.title = app::lay_out_title(tab, false, "", paper, fonts, counted_already);
      chapter.title_again = app::lay_out_title(tab, true, "", paper, fonts, counted_already);
      flow.begin(chapter, row);
    }
    row.shaded = ++rows % 2 == 1;
    flow.add_row(chapter, row);
  }
  if (rows > 0) flow.end(chapter);
  for (app::Page& page : flow.finish()) take(std::move(page), taken++);
  return taken;
}

}  // namespace

app::Result<app::Done> lay_out_index(const IndexLines& lines, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts, const TakeIndexPage& take) {
  const std::string title = "Index of " + count_words(lines.size(), "patient", "patients");
  IndexLayout counted(paper, fonts);
  // Twice: each foot says how many pages there are.
  const std::size_t count = pour(lines, title, frame, fonts, counted, paper, [](app::Page, std::size_t) {});
  IndexLayout layout(paper, fonts);
  app::Result<app::Done> taken = app::Done{};
  pour(lines, title, frame, fonts, layout, paper, [&](app::Page page, std::size_t number) {
    if (!taken.ok()) return;
    if (number == 0) page.uncovered += counted.uncovered();
    put_range(page, title, layout.left_of(1), fonts);
    put_foot(page, number, count, frame, title, fonts);
    taken = take(page);
  });
  return taken;
}

}  // namespace exporter
