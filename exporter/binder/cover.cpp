#include "exporter/binder/cover.h"

#include "app/paper/table_row.h"

namespace exporter {
namespace {

using app::Cell;
using app::Chapter;

const app::Style kStrong{app::kBodySize_pt, true, 0, false};
const app::Style kPlain{app::kBodySize_pt, false, 0, false};

constexpr char kWhatItIsNot[] =
    "It is a copy for the time that the record system can't be used. It holds the patients booked for these days "
    "only; every other patient is in the emergency viewer. Scanned documents and pictures are not printed. What was "
    "recorded after the time above is not in it. Write on paper, and enter it when the system is back.";

std::string count_of(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

class CoverLayout {
 public:
  CoverLayout(const app::Paper& paper, const app::FontSet& fonts) : paper_(paper), fonts_(fonts) {}

  Chapter chapter(const std::string& title, const std::string& statement) {
    Chapter made;
    made.title = app::lay_out_title(title, false, statement, paper_, fonts_, uncovered_);
    made.title_again = app::lay_out_title(title, true, "", paper_, fonts_, uncovered_);
    made.space_before_pt = 10;
    return made;
  }

  void add_row(Chapter& made, const std::vector<std::pair<double, std::string>>& cells) {
    const double width = app::text_width_pt(paper_);
    std::vector<Cell> row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const double from = cells[i].first;
      const double to = i + 1 < cells.size() ? cells[i + 1].first : 0.99;
      row.push_back({app::kSideMargin_pt + width * from, width * (to - from) - 6,
                     {{cells[i].second, i == 1 ? kStrong : kPlain}}});
    }
    made.blocks.push_back(app::lay_out_row(row, cells.front().second, fonts_, uncovered_));
    made.blocks.back().shaded = made.blocks.size() % 2 == 1;
  }

  // A line to write on.
  void add_blank(Chapter& made, const std::string& label) {
    const double width = app::text_width_pt(paper_);
    app::Block block = app::lay_out_row({{app::kSideMargin_pt + 7, width * 0.4, {{label, kPlain}}}}, "", fonts_, uncovered_);
    app::shift_down(block.bands.front(), 8);
    const double y_pt = block.bands.front().height_pt - 2;
    block.bands.front().rules.push_back(
        {app::kSideMargin_pt + width * 0.4, y_pt, app::kSideMargin_pt + width, y_pt, 0.5, 0.4});
    made.blocks.push_back(std::move(block));
  }

  std::size_t uncovered() const { return uncovered_; }

 private:
  const app::Paper paper_;
  const app::FontSet& fonts_;
  std::size_t uncovered_ = 0;
};

Chapter contents_of(const Cover& cover, CoverLayout& layout) {
  std::size_t appointments = 0;
  for (const CoverDay& day : cover.days) appointments += day.appointments;
  Chapter contents = layout.chapter("What is in this packet",
                                    count_of(appointments, "appointment on ", "appointments on ") +
                                        count_of(cover.days.size(), "day", "days") + ", " +
                                        count_of(cover.sheets.size(), "patient sheet", "patient sheets"));
  for (const CoverDay& day : cover.days) {
    layout.add_row(contents, {{0.015, "Schedule"}, {0.2, day.title},
                              {0.5, count_of(day.appointments, "appointment", "appointments")},
                              {0.8, count_of(day.pages, "page", "pages")}});
  }
  return contents;
}

Chapter sheets_of(const Cover& cover, CoverLayout& layout) {
  Chapter sheets = layout.chapter("Patient sheets, in the order of the appointments",
                                  "Each begins on a leaf of its own and counts its own pages.");
  for (const CoverSheet& sheet : cover.sheets) {
    layout.add_row(sheets, {{0.015, sheet.time}, {0.2, sheet.name}, {0.58, "MRN " + sheet.mrn},
                            {0.76, sheet.missing ? "could not be made: use the viewer" : sheet.id},
                            {0.9, sheet.missing ? "" : count_of(sheet.pages, "page", "pages")}});
  }
  return sheets;
}

}  // namespace

std::vector<app::Page> lay_out_cover(const Cover& cover, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts) {
  const std::string title = frame.practice + ": packet for an outage";
  app::Flow flow(paper, app::kSideMargin_pt, paper.width_pt - app::kSideMargin_pt, app::foot_top_pt(paper),
                 [&](app::Page& page, std::size_t) {
                   const double head_pt = put_head(page, frame, fonts) + 2;
                   const auto lines = app::wrap_lines({{title, {app::kNameSize_pt, true, 0, false}}},
                                                      app::text_width_pt(paper), fonts, page.uncovered);
                   return put_lines(page, lines, app::kSideMargin_pt, head_pt, app::leading_pt(app::kNameSize_pt)) + 4;
                 });
  CoverLayout layout(paper, fonts);
  flow.add(layout.chapter("Data as of " + frame.as_of + ", copy " + frame.copy, kWhatItIsNot));
  flow.add(contents_of(cover, layout));
  if (!cover.sheets.empty()) flow.add(sheets_of(cover, layout));
  Chapter record = layout.chapter("When a newer packet is here, this one is shredded", "");
  layout.add_blank(record, "Printed by, on");
  layout.add_blank(record, "Shredded by, on");
  flow.add(record);
  auto pages = flow.finish();
  pages.front().uncovered += layout.uncovered();
  put_feet(pages, frame, "Packet for an outage", fonts);
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

}  // namespace exporter
