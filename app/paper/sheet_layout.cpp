#include "app/paper/sheet_layout.h"

#include <algorithm>
#include <utility>

#include "app/paper/banner_layout.h"
#include "app/paper/flow.h"
#include "app/paper/plot_layout.h"
#include "app/paper/table_row.h"

namespace app {
namespace {

constexpr double kMutedGrey = 0.38;
constexpr double kLabelPart = 0.305;  // of the width
constexpr double kWhenPart = 0.195;
constexpr double kColumnGap_pt = 8;
constexpr double kIndent_pt = 7;     // text from the edge, so that bars and boxes have room
constexpr double kRowPad_pt = 1.5;
constexpr double kTitlePad_pt = 2;
constexpr std::size_t kLongText = 320;  // bytes from which a value stands below its label, across the page
constexpr char kAllergies[] = "allergies";

// Where the columns of a row stand.
struct Columns {
  double label_x = 0;
  double label_width = 0;
  double value_x = 0;
  double value_width = 0;
  double when_x = 0;
  double when_width = 0;
  double right_x = 0;

  explicit Columns(double width) {
    label_x = kSideMargin_pt + kIndent_pt;
    value_x = kSideMargin_pt + width * kLabelPart;
    when_x = kSideMargin_pt + width * (1 - kWhenPart);
    right_x = kSideMargin_pt + width - kIndent_pt;
    label_width = value_x - label_x - kColumnGap_pt;
    value_width = when_x - value_x - kColumnGap_pt;
    when_width = right_x - when_x;
  }
};

class SheetLayout {
 public:
  SheetLayout(const Paper& paper, const FontSet& fonts) : fonts_(fonts), columns_(text_width_pt(paper)) {}

  Chapter chapter_of(const SheetSection& section) {
    Chapter chapter;
    chapter.title = title_of(section, false);
    chapter.title_again = title_of(section, true);
    chapter.space_before_pt = 7;
    if (section.id == kAllergies) chapter.border_pt = 2.2;
    for (std::size_t i = 0; i < section.rows.size(); ++i) {
      chapter.blocks.push_back(block_of(section.rows[i]));
      chapter.blocks.back().shaded = i % 2 == 0;
      chapter.blocks.back().heads = section.rows[i].heads;
    }
    return chapter;
  }

  std::size_t uncovered() const { return uncovered_; }

 private:
  std::vector<Line> wrap(const std::vector<StyledText>& pieces, double width) {
    return wrap_lines(pieces, width, fonts_, uncovered_);
  }

  static Style style_of(Weight weight, bool row_is_muted) {
    Style style{kBodySize_pt, weight == Weight::strong || weight == Weight::alarm, 0, weight == Weight::alarm};
    if (weight == Weight::muted || (row_is_muted && weight == Weight::plain)) style.grey = kMutedGrey;
    return style;
  }

  std::vector<Band> title_of(const SheetSection& section, bool again) {
    std::vector<Band> bands;
    std::vector<StyledText> title = {{section.title, {kBodySize_pt, true, 0, false}}};
    if (again) title.push_back({" (continued)", {kBodySize_pt, false, 0, false}});
    const double width = columns_.right_x - columns_.label_x;
    put_column(bands, wrap(title, width), columns_.label_x, leading_pt(kBodySize_pt));
    if (!bands.empty()) shift_down(bands.front(), kTitlePad_pt);
    if (!again && !section.statement.empty()) {
      std::vector<Band> below;
      put_column(below, wrap({{section.statement, style_of(section.statement_weight, false)}}, width),
                 columns_.label_x, leading_pt(kBodySize_pt));
      mark_statement(below, section.statement_weight);
      bands.insert(bands.end(), below.begin(), below.end());
    }
    if (bands.empty()) return bands;
    bands.back().height_pt += 1.5;
    if (section.id != kAllergies) {
      bands.front().rules.push_back({kSideMargin_pt, 0, columns_.right_x + kIndent_pt, 0, 1, 0});
    }
    return bands;
  }

  // A state that must not be overlooked has a bar of its own beside it.
  static void mark_statement(std::vector<Band>& bands, Weight weight) {
    if (weight != Weight::missing && weight != Weight::alarm) return;
    const bool heavy = weight == Weight::alarm;
    for (Band& band : bands) {
      band.boxes.push_back({kSideMargin_pt + (heavy ? 1 : 1.5), 0.5, 3, band.height_pt - 1, heavy ? 0 : 0.3,
                            heavy ? Filling::grey : Filling::hatched, 0});
    }
  }

  std::vector<StyledText> value_of(const Row& row) const {
    std::vector<StyledText> pieces;
    for (const Span& span : row.value) {
      if (span.text.empty()) continue;
      if (!pieces.empty()) pieces.push_back({" ", style_of(Weight::plain, false)});
      pieces.push_back({span.text, style_of(span.weight, row.weight == Weight::muted)});
    }
    return pieces;
  }

  static bool is_long(const Row& row) {
    std::size_t bytes = 0;
    for (const Span& span : row.value) {
      bytes += span.text.size();
      if (span.text.find('\n') != std::string::npos) return true;
    }
    return bytes > kLongText;
  }

  Block block_of(const Row& row) {
    Block block;
    if (row.weight == Weight::alarm) block.bar = EdgeBar::heavy;
    if (row.weight == Weight::missing) block.bar = EdgeBar::hatched;
    const double leading = leading_pt(kBodySize_pt);
    const Style label = style_of(row.weight == Weight::missing ? Weight::plain : row.weight, false);
    const Style small{kSmallSize_pt, false, kLabelGrey, false};
    const bool is_below = is_long(row);

    std::vector<Band> first;
    const double label_width = is_below ? columns_.when_x - columns_.label_x - kColumnGap_pt : columns_.label_width;
    const auto label_lines = wrap({{row.label, label}}, label_width);
    put_column(first, label_lines, columns_.label_x, leading);
    const auto value = value_of(row);
    const double to_x = row.when.empty() || is_below ? columns_.right_x : columns_.when_x - kColumnGap_pt;
    const double from_x = is_below ? columns_.label_x : columns_.value_x;
    auto lines = wrap(value, to_x - from_x);
    const Style when{kBodySize_pt, false, row.weight == Weight::muted ? kMutedGrey : 0.0, false};
    const auto when_lines = wrap({{row.when, when}}, columns_.when_width);
    // Small print goes below the date as well, where nothing else stands there.
    const bool free = row.plot.lines.empty() && when_lines.size() <= lines.size();
    const auto details = wrap({{row.detail, small}}, (free ? columns_.right_x : to_x) - from_x);
    // Below everything else of the row it stands closer.
    const bool last = free && !is_below && label_lines.size() <= lines.size();
    if (!last) lines.insert(lines.end(), details.begin(), details.end());
    if (!is_below) put_column(first, lines, from_x, leading);
    put_column(first, when_lines, columns_.when_x, leading);
    if (!row.plot.lines.empty()) {
      put_plot(first, row.plot, {columns_.when_x, columns_.when_width, static_cast<double>(when_lines.size()) * leading},
               fonts_);
    }

    block.bands = std::move(first);
    if (is_below) append(block.bands, lines, from_x, leading);
    if (last) append(block.bands, details, from_x, leading_pt(kSmallSize_pt));
    if (block.bands.empty()) return block;
    put_column(block.again,
               wrap({{row.label, label}, {" (continued)", {kBodySize_pt, false, 0, false}}},
                    columns_.right_x - columns_.label_x),
               columns_.label_x, leading);
    pad(block.bands);
    return block;
  }

  static void append(std::vector<Band>& bands, const std::vector<Line>& lines, double x_pt, double leading) {
    std::vector<Band> below;
    put_column(below, lines, x_pt, leading);
    bands.insert(bands.end(), below.begin(), below.end());
  }

  static void pad(std::vector<Band>& bands) {
    shift_down(bands.front(), kRowPad_pt);
    bands.back().height_pt += kRowPad_pt;
  }

  const FontSet& fonts_;
  const Columns columns_;
  std::size_t uncovered_ = 0;
};

// Allergies before everything else, whatever order the practice likes.
std::vector<const SheetSection*> in_order(const Sheet& sheet) {
  std::vector<const SheetSection*> sections;
  for (const SheetSection& section : sheet.sections) sections.push_back(&section);
  std::stable_partition(sections.begin(), sections.end(),
                        [](const SheetSection* section) { return section->id == kAllergies; });
  return sections;
}

}  // namespace

std::vector<Page> lay_out_sheet(const Sheet& sheet, const PrintFrame& frame, const Paper& paper,
                                const FontSet& fonts) {
  const auto sections = in_order(sheet);
  const bool allergies_follow = !sections.empty() && sections.front()->id == kAllergies;
  Flow flow(paper, kSideMargin_pt, paper.width_pt - kSideMargin_pt, foot_top_pt(paper),
            [&](Page& page, std::size_t number) {
              const double head_pt = put_head(page, frame, fonts);
              return put_banner(page, sheet.banner, number == 0, allergies_follow, head_pt, fonts);
            });

  SheetLayout layout(paper, fonts);
  if (const auto rows = overlong_rows(sheet.banner, paper, fonts); !rows.empty()) {
    flow.add(layout.chapter_of({"banner", "In full", "", Weight::plain, rows}));
  }
  for (const SheetSection* section : sections) flow.add(layout.chapter_of(*section));

  std::vector<Page> pages = flow.finish();
  pages.front().uncovered += layout.uncovered();
  const std::string mrn = sheet.banner.mrn.empty() ? "not recorded" : sheet.banner.mrn;
  put_feet(pages, frame, "MRN " + mrn + " · sheet " + sheet.id, fonts);
  return pages;
}

}  // namespace app
