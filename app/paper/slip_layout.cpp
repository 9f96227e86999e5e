#include "app/paper/slip_layout.h"

#include <algorithm>
#include <utility>

#include "app/paper/flow.h"

namespace app {
namespace {

constexpr double kTitle_pt = 15;
constexpr double kWords_pt = 14;
constexpr double kDetail_pt = 10;
constexpr double kIndent_pt = 10;
constexpr double kGap_pt = 5;

Style style_of(Weight weight, double size_pt) {
  const bool is_bold = weight == Weight::strong || weight == Weight::alarm || weight == Weight::missing;
  return {size_pt, is_bold, weight == Weight::muted ? kLabelGrey : 0, weight == Weight::alarm};
}

class SlipLayout {
 public:
  SlipLayout(const Paper& paper, const FontSet& fonts) : width_pt_(text_width_pt(paper)), fonts_(fonts) {}

  Chapter section(const SheetSection& section) {
    Chapter chapter;
    chapter.title = bands({{section.title, {kTitle_pt, true, 0, false}}}, 0, kTitle_pt);
    chapter.title_again = bands({{section.title + ", continued", {kTitle_pt, true, 0, false}}}, 0, kTitle_pt);
    chapter.border_pt = section.id == "allergies" ? 2 : 0.8;
    chapter.space_before_pt = 12;
    if (!section.statement.empty()) {
      Block said;
      said.bands = bands({{section.statement, style_of(section.statement_weight, kWords_pt)}}, kIndent_pt, kWords_pt);
      chapter.blocks.push_back(std::move(said));
    }
    for (const Row& row : section.rows) chapter.blocks.push_back(block_of(row));
    return chapter;
  }

  std::vector<Band> bands(const std::vector<StyledText>& words, double indent_pt, double size_pt) {
    std::vector<Band> made;
    put_column(made, wrap_lines(words, width_pt_ - indent_pt - kIndent_pt, fonts_, uncovered_), kSideMargin_pt + kIndent_pt / 2 + indent_pt,
               leading_pt(size_pt));
    return made;
  }
  std::size_t uncovered() const { return uncovered_; }

 private:
  Block block_of(const Row& row) {
    std::vector<StyledText> words = {{row.label, style_of(row.weight == Weight::plain ? Weight::strong : row.weight, kWords_pt)}};
    for (const Span& span : row.value) words.push_back({" " + span.text, style_of(span.weight, kWords_pt)});
    if (!row.when.empty()) words.push_back({"   " + row.when, {kDetail_pt, false, 0, false}});
    if (!row.detail.empty()) words.push_back({"\n" + row.detail, {kDetail_pt, false, kLabelGrey, false}});
    Block block;
    block.bands = bands(words, kIndent_pt, kWords_pt);
    if (!block.bands.empty()) block.bands.back().height_pt += kGap_pt;
    block.heads = row.heads;
    if (row.weight == Weight::alarm) block.bar = EdgeBar::heavy;
    return block;
  }

  const double width_pt_;
  const FontSet& fonts_;
  std::size_t uncovered_ = 0;
};

std::vector<StyledText> who(const Banner& banner) {
  const Style name{22, true, 0, false}, plain{kWords_pt, false, 0, false}, strong{kWords_pt, true, 0, false};
  std::vector<StyledText> words = {{banner.name, name}};
  if (!banner.other_names.empty()) words.push_back({"\n" + banner.other_names, plain});
  words.push_back({"\nBorn " + banner.born + "   " + banner.sex + "   MRN " + banner.mrn, strong});
  if (!banner.deceased.empty()) words.push_back({"\n" + banner.deceased, strong});
  if (!banner.phone.empty()) words.push_back({"\nPhone " + banner.phone, plain});
  if (!banner.alerts.empty()) words.push_back({"\n" + banner.alerts, strong});
  return words;
}

}  // namespace

std::vector<Page> lay_out_slip(const Sheet& sheet, const PrintFrame& frame, const Paper& paper, const FontSet& fonts) {
  SlipLayout layout(paper, fonts);
  std::size_t uncovered = 0;
  Flow flow(paper, kSideMargin_pt, paper.width_pt - kSideMargin_pt, foot_top_pt(paper), [&](Page& page, std::size_t) {
    const double y_pt = put_head(page, frame, fonts) + 10;
    return put_lines(page, wrap_lines(who(sheet.banner), text_width_pt(paper), fonts, uncovered), kSideMargin_pt, y_pt, leading_pt(22)) + 2;
  });
  for (const char* id : {"allergies", "medications"}) {
    const auto found = std::find_if(sheet.sections.begin(), sheet.sections.end(), [&](const SheetSection& section) { return section.id == id; });
    if (found != sheet.sections.end()) {
      flow.add(layout.section(*found));
    } else {
      flow.add(layout.section({id, id[0] == 'a' ? "Allergies and intolerances" : "Medications",
                               "Not on this practice's sheet: look in the chart", Weight::missing, {}}));
    }
  }
  Chapter rest;
  rest.space_before_pt = 12;
  rest.blocks.emplace_back();
  rest.blocks.back().bands = layout.bands({{"This page leaves out everything else of the chart: problems, results, visits, medications that ended.",
                                            {kDetail_pt, false, kLabelGrey, false}}}, 0, kDetail_pt);
  flow.add(rest);
  std::vector<Page> pages = flow.finish();
  pages.front().uncovered += layout.uncovered() + uncovered;
  put_feet(pages, frame, "MRN " + sheet.banner.mrn + " \u00B7 Sheet " + sheet.id, fonts);
  return pages;
}

}  // namespace app
