#include "app/paper/schedule_layout.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/paper/table_row.h"

namespace app {
namespace {

constexpr int kWalkInLines = 6;
constexpr double kTick_pt = 10;
const Style kStrong{kBodySize_pt, true, 0, false};
const Style kPlain{kBodySize_pt, false, 0, false};
const Style kSmall{kSmallSize_pt, false, kLabelGrey, false};

std::string or_not_recorded(const std::string& text) { return text.empty() ? "not recorded" : text; }

std::string time_of(const ScheduleLine& line) {
  if (!line.appointment.start.is_known()) return "no time";
  const std::string time = format_time_of_day(line.appointment.start.value());
  return time.empty() ? "no time" : time;
}

// What the appointment is about, each part once.
std::string reason_of(const Appointment& appointment) {
  std::string text = appointment.text;
  for (const std::string& part : {appointment.reason, appointment.place, appointment.note}) {
    if (part.empty() || part == appointment.text) continue;
    text += (text.empty() ? "" : " — ") + part;
  }
  return text.empty() ? "reason not recorded" : text;
}

class ScheduleLayout {
 public:
  ScheduleLayout(const Paper& paper, const FontSet& fonts) : paper_(paper), fonts_(fonts) {}

  Chapter chapter_of(const std::string& clinician, const std::vector<const ScheduleLine*>& lines) {
    Chapter chapter;
    const std::string title = clinician + " (" + std::to_string(lines.size()) + ")";
    chapter.title = lay_out_title(title, false, "", paper_, fonts_, uncovered_);
    chapter.title_again = lay_out_title(title, true, "", paper_, fonts_, uncovered_);
    chapter.space_before_pt = 8;
    for (const ScheduleLine* line : lines) {
      chapter.blocks.push_back(row_of(*line));
      chapter.blocks.back().shaded = chapter.blocks.size() % 2 == 1;
    }
    return chapter;
  }

  Chapter walk_ins() {
    Chapter chapter;
    chapter.title = lay_out_title("Walk-ins and changes", false, "Write here: time, name, date of birth, telephone, reason",
                                  paper_, fonts_, uncovered_);
    chapter.space_before_pt = 8;
    for (int i = 0; i < kWalkInLines; ++i) {
      Block block;
      block.bands.push_back({24, {}, {}, {}});
      const double right = paper_.width_pt - kSideMargin_pt;
      block.bands[0].rules.push_back({kSideMargin_pt + 24, 22, right, 22, 0.5, 0.4});
      block.bands[0].boxes.push_back({kSideMargin_pt + 7, 10, kTick_pt, kTick_pt, 0.8, Filling::none, 0});
      chapter.blocks.push_back(std::move(block));
    }
    return chapter;
  }

  std::size_t uncovered() const { return uncovered_; }

 private:
  Block row_of(const ScheduleLine& line) {
    const double width = text_width_pt(paper_);
    const double left = kSideMargin_pt;
    const double name_x = left + 62;
    const double phone_x = left + width * 0.5;
    const double reason_x = left + width * 0.68;
    const std::string minutes = line.appointment.minutes.empty() ? "" : "\n" + line.appointment.minutes + " min";
    std::vector<StyledText> reason = {{reason_of(line.appointment), kPlain}};
    // Whatever is not the ordinary case must be seen before somebody waits for a patient who cancelled.
    const std::string& status = line.appointment.status;
    const bool ordinary = status == "booked" || status == "confirmed";
    if (!status.empty()) reason.push_back({"\n" + status, ordinary ? kSmall : kStrong});
    Block block = lay_out_row(
        {{left + 24, 36, {{time_of(line), kStrong}, {minutes, kSmall}}},
         {name_x, phone_x - name_x - 8,
          {{or_not_recorded(line.name), kStrong},
           {"\nborn ", kSmall}, {or_not_recorded(line.born), kPlain},
           {"   MRN ", kSmall}, {or_not_recorded(line.mrn), kPlain}}},
         {phone_x, reason_x - phone_x - 8, {{line.phone.empty() ? "no telephone" : line.phone, kPlain}}},
         {reason_x, left + width - reason_x - 4, reason}},
        line.name, fonts_, uncovered_);
    block.bands.front().boxes.push_back({left + 7, 4, kTick_pt, kTick_pt, 0.8, Filling::none, 0});
    return block;
  }

  const Paper paper_;
  const FontSet& fonts_;
  std::size_t uncovered_ = 0;
};

std::map<std::string, std::vector<const ScheduleLine*>> by_clinician(const ScheduleDay& day) {
  std::map<std::string, std::vector<const ScheduleLine*>> groups;
  for (const ScheduleLine& line : day.lines) {
    const std::string& clinician = line.appointment.clinician;
    groups[clinician.empty() ? "No clinician recorded" : clinician].push_back(&line);
  }
  for (auto& [clinician, lines] : groups) {
    std::stable_sort(lines.begin(), lines.end(), [](const ScheduleLine* a, const ScheduleLine* b) {
      return std::pair(time_of(*a), a->name) < std::pair(time_of(*b), b->name);
    });
  }
  return groups;
}

}  // namespace

std::string format_schedule_day(const Date& day) {
  const std::string weekday(weekday_of(day));
  return (weekday.empty() ? "" : weekday + " ") + format_day(day);
}

std::vector<Page> lay_out_schedule(const ScheduleDay& day, const PrintFrame& frame, const Paper& paper,
                                   const FontSet& fonts) {
  const std::string title = "Schedule for " + format_schedule_day(day.day);
  Flow flow(paper, kSideMargin_pt, paper.width_pt - kSideMargin_pt, foot_top_pt(paper),
            [&](Page& page, std::size_t) {
              const double head_pt = put_head(page, frame, fonts) + 2;
              const auto lines = wrap_lines({{title, {kNameSize_pt, true, 0, false}}}, text_width_pt(paper), fonts,
                                            page.uncovered);
              return put_lines(page, lines, kSideMargin_pt, head_pt, leading_pt(kNameSize_pt)) + 4;
            });
  ScheduleLayout layout(paper, fonts);
  if (day.lines.empty()) {
    Chapter none;
    std::size_t ignored = 0;
    none.title = lay_out_title("No appointments", false, "This copy holds no appointment for this day.", paper,
                               fonts, ignored);
    flow.add(none);
  }
  for (const auto& [clinician, lines] : by_clinician(day)) flow.add(layout.chapter_of(clinician, lines));
  flow.add(layout.walk_ins());
  std::vector<Page> pages = flow.finish();
  pages.front().uncovered += layout.uncovered();
  put_feet(pages, frame, title, fonts);
  return pages;
}

}  // namespace app
