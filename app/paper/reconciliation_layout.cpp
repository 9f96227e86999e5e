#include "app/paper/reconciliation_layout.h"

#include <utility>

#include "app/paper/table_row.h"

namespace app {
namespace {

constexpr int kFormLines = 8;
constexpr double kTick_pt = 10;
constexpr double kWriteLine_pt = 24;
const Style kStrong{kBodySize_pt, true, 0, false};
const Style kPlain{kBodySize_pt, false, 0, false};
const Style kSmall{kSmallSize_pt, false, kLabelGrey, false};

std::string times(std::size_t count, const std::string& word) {
  return count == 0 ? "" : word + (count == 1 ? " once" : " " + std::to_string(count) + " times");
}

class ReconciliationLayout {
 public:
  ReconciliationLayout(const std::string& time_zone, const Paper& paper, const FontSet& fonts)
      : time_zone_(time_zone), paper_(paper), fonts_(fonts) {}

  Chapter patients(const std::vector<ReconciledPatient>& patients) {
    Chapter chapter =
        titled("Patients whose chart was looked at (" + std::to_string(patients.size()) + ")",
               patients.empty() ? "None." : "Tick when what happened is in the usual system, or nothing did.");
    for (const ReconciledPatient& patient : patients) add(chapter, row_of(patient));
    return chapter;
  }

  Chapter events(const std::string& title, const std::string& statement, const std::vector<ReconciledEvent>& events) {
    Chapter chapter = titled(title + " (" + std::to_string(events.size()) + ")", statement);
    for (const ReconciledEvent& event : events) add(chapter, row_of(event));
    return chapter;
  }

  Chapter forms(const std::vector<ReconciledEvent>& printed) {
    const std::string count = printed.empty() ? "" : " (" + std::to_string(printed.size()) + ")";
    Chapter chapter = titled("Forms and temporary numbers handed out" + count,
                             std::string(printed.empty() ? "" : "Tick once each of these numbers is in the usual system, or its form unused. ") +
                                 "Write here from the paper: number or form, name, date of birth, what became of it.");
    for (const ReconciledEvent& form : printed) add(chapter, row_of(form));
    for (int i = 0; i < kFormLines; ++i) {
      Block block;
      block.bands.push_back({kWriteLine_pt, {}, {}, {}});
      const double right = paper_.width_pt - kSideMargin_pt;
      block.bands[0].rules.push_back({kSideMargin_pt + 24, kWriteLine_pt - 2, right, kWriteLine_pt - 2, 0.5, 0.4});
      block.bands[0].boxes.push_back({kSideMargin_pt + 7, 10, kTick_pt, kTick_pt, 0.8, Filling::none, 0});
      chapter.blocks.push_back(std::move(block));
    }
    return chapter;
  }

  std::string moment(const Instant& time) const {
    const Date date = local_date(time, time_zone_);
    return std::string(weekday_of(date)) + " " + format_day(date) + " " + format_time_of_day(date);
  }
  std::size_t uncovered() const { return uncovered_; }

 private:
  Chapter titled(const std::string& title, const std::string& statement) {
    Chapter chapter;
    chapter.title = lay_out_title(title, false, statement, paper_, fonts_, uncovered_);
    chapter.title_again = lay_out_title(title, true, "", paper_, fonts_, uncovered_);
    chapter.space_before_pt = 8;
    return chapter;
  }

  void add(Chapter& chapter, Block block) {
    block.bands.front().boxes.push_back({kSideMargin_pt + 7, 4, kTick_pt, kTick_pt, 0.8, Filling::none, 0});
    block.shaded = chapter.blocks.size() % 2 == 0;
    chapter.blocks.push_back(std::move(block));
  }

  std::string time_of_day(const Instant& time) const { return format_time_of_day(local_date(time, time_zone_)); }

  Block row_of(const ReconciledPatient& patient) {
    const double width = text_width_pt(paper_), left = kSideMargin_pt, what_x = left + width * 0.48,
                 when_x = left + width * 0.74;
    std::string what = times(patient.viewed, "viewed");
    if (patient.printed > 0) what += (what.empty() ? "" : ", ") + times(patient.printed, "printed");
    const bool is_once = patient.first.s == patient.last.s;
    const std::string when = moment(patient.first) + (is_once ? "" : " to " + time_of_day(patient.last));
    return lay_out_row({{left + 24, what_x - left - 32,
                         {{patient.name.empty() ? "name not recorded" : patient.name, kStrong},
                          {"\nMRN ", kSmall}, {patient.mrn.empty() ? "none" : patient.mrn, kPlain}}},
                        {what_x, when_x - what_x - 8, {{what, kPlain}, {"\nby " + patient.who, kSmall}}},
                        {when_x, left + width - when_x - 4, {{when, kPlain}}}},
                       patient.name, fonts_, uncovered_);
  }

  Block row_of(const ReconciledEvent& event) {
    const double width = text_width_pt(paper_), left = kSideMargin_pt, who_x = left + width * 0.48,
                 when_x = left + width * 0.74;
    return lay_out_row({{left + 24, who_x - left - 32, {{event.what.empty() ? "no words" : event.what, kStrong}}},
                        {who_x, when_x - who_x - 8, {{"by " + event.who, kSmall}}},
                        {when_x, left + width - when_x - 4, {{moment(event.time), kPlain}}}},
                       event.what, fonts_, uncovered_);
  }

  const std::string time_zone_;
  const Paper paper_;
  const FontSet& fonts_;
  std::size_t uncovered_ = 0;
};

}  // namespace

std::vector<Page> lay_out_reconciliation(const Reconciliation& list, const std::string& time_zone,
                                         const PrintFrame& frame, const Paper& paper, const FontSet& fonts) {
  ReconciliationLayout layout(time_zone, paper, fonts);
  const std::string title = "To put right after the outage";
  const std::string span =
      (list.start ? "From " + layout.moment(*list.start) : std::string("Its beginning was not marked")) +
      (list.end ? " to " + layout.moment(*list.end) : "; its end is not marked yet");
  Flow flow(paper, kSideMargin_pt, paper.width_pt - kSideMargin_pt, foot_top_pt(paper), [&](Page& page, std::size_t) {
    double y = put_head(page, frame, fonts) + 2;
    y = put_lines(page,
                  wrap_lines({{title, {kNameSize_pt, true, 0, false}}}, text_width_pt(paper), fonts, page.uncovered),
                  kSideMargin_pt, y, leading_pt(kNameSize_pt));
    return put_lines(page, wrap_lines({{span, kPlain}}, text_width_pt(paper), fonts, page.uncovered), kSideMargin_pt, y,
                     leading_pt(kBodySize_pt)) + 4;
  });
  flow.add(layout.patients(list.patients));
  if (!list.searches.empty())
    flow.add(layout.events("Searches that opened no chart", "Somebody asked for these: who was it?", list.searches));
  if (!list.papers.empty())
    flow.add(layout.events("Lists that were printed", "Destroy them, or keep them with this page.", list.papers));
  if (!list.gaps.empty())
    flow.add(layout.events("Looks that were not recorded", "Until then: ask for the notes that were made on paper.",
                           list.gaps));
  flow.add(layout.forms(list.forms));
  std::vector<Page> pages = flow.finish();
  pages.front().uncovered += layout.uncovered();
  put_feet(pages, frame, title, fonts);
  return pages;
}

}  // namespace app
