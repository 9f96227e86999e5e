#include "exporter/report/readiness_page.h"

#include <algorithm>

#include "app/paper/page_frame.h"
#include "app/paper/wrap.h"
#include "exporter/report/drill.h"
#include "exporter/report/report_words.h"

namespace exporter {
namespace {

constexpr std::size_t kNights = 30;
constexpr std::size_t kDrills = 4;
constexpr double kText_pt = 9.2;
constexpr double kRow_pt = 12.2;
constexpr double kSign_pt = 34;  // for the line at the foot

const char* headline(Light light) {
  return light == Light::green ? "READY for an outage" : light == Light::amber ? "READY, BUT LOOK AT IT" : "NOT READY";
}

class WallPage {
 public:
  WallPage(const ReadinessFacts& facts, const app::Paper& paper, const app::FontSet& fonts) : facts_(facts), fonts_(fonts) { page_.paper = paper; }

  void head(Light light, app::Instant now) {
    write(facts_.practice, 11, false);
    skip(3);
    const double height_pt = 32;
    page_.boxes.push_back({left(), y_pt_, width(), height_pt, 1.6, light == Light::green ? app::Filling::none : app::Filling::grey, 0.85});
    page_.texts.push_back({left() + 9, y_pt_ + 23, headline(light), 19, true, 0});
    const std::string code = std::string("state: ") + std::string(word_of(light));
    page_.texts.push_back({left() + width() - 9 - fonts_.width(code, true, 11), y_pt_ + 21, code, 11, true, 0});
    y_pt_ += height_pt + 6;
    write("As of " + app::format_as_of(now, facts_.time_zone) + ". Nightchart's emergency copies: encrypted, read-only, opened again and checked every night.", 8.6, false);
    skip(4);
  }

  void findings(const std::vector<Finding>& all) {
    for (const Finding& finding : all) {
      const double before_pt = y_pt_;
      page_.texts.push_back({left(), before_pt + kText_pt, std::string(word_of(finding.light)), kText_pt, finding.light != Light::green, 0});
      const double from_pt = 46;
      const auto lines = app::wrap_lines({{finding.about + ": ", {kText_pt, true, 0, false}}, {finding.what, {kText_pt, false, 0, false}}},
                                         width() - from_pt, fonts_, page_.uncovered);
      y_pt_ = app::put_lines(page_, lines, left() + from_pt, y_pt_, kRow_pt);
      skip(1);
    }
    skip(7);
  }

  void nights() {
    const std::size_t shown = std::min(kNights, facts_.nights.size());
    title(facts_.nights.empty() ? "No night has run yet" : "The last " + std::to_string(shown) + (shown == 1 ? " night" : " nights"));
    cells({"Night", "Copy", "Patients", "Result", "Copied to"}, true);
    for (std::size_t i = 0; i < shown && has_room(); ++i) night(facts_.nights[facts_.nights.size() - 1 - i]);
    skip(9);
  }

  void drills() {
    if (facts_.drills.empty()) return;
    title("Drills");
    for (std::size_t i = 0; i < std::min(kDrills, facts_.drills.size()) && has_room(); ++i) {
      const DrillRecord& drill = facts_.drills[facts_.drills.size() - 1 - i];
      write(app::format_day(app::local_date(drill.when, facts_.time_zone)) + "  " + drill.destination + ": " +
                (drill.code == 0 ? "PASSED" : drill.code == kExitNotCompared ? "opened, but not compared: the EMR was away" : "FAILED. " + drill.what), kText_pt, false);
    }
  }

  app::Page sign() && {
    y_pt_ = page_.paper.height_pt - app::kEdgeMargin_pt - 14;
    page_.texts.push_back({left(), y_pt_, "Seen by", kText_pt, false, 0});
    page_.rules.push_back({left() + 42, y_pt_ + 2, left() + width() * 0.6, y_pt_ + 2, 0.6, 0});
    page_.texts.push_back({left() + width() * 0.62, y_pt_, "on", kText_pt, false, 0});
    page_.rules.push_back({left() + width() * 0.62 + 18, y_pt_ + 2, left() + width(), y_pt_ + 2, 0.6, 0});
    return std::move(page_);
  }

 private:
  double left() const { return app::kSideMargin_pt; }
  double width() const { return app::text_width_pt(page_.paper); }
  void skip(double height_pt) { y_pt_ += height_pt; }
  bool has_room() const { return y_pt_ + kRow_pt < page_.paper.height_pt - app::kEdgeMargin_pt - kSign_pt; }

  void write(const std::string& text, double size_pt, bool bold) {
    const auto lines = app::wrap_lines({{text, {size_pt, bold, 0, false}}}, width(), fonts_, page_.uncovered);
    y_pt_ = app::put_lines(page_, lines, left(), y_pt_, app::leading_pt(size_pt));
  }
  void title(const std::string& text) {
    write(text, 12, true);
    skip(2);
  }

  // One row of the table; what is too wide for its place takes more lines.
  void cells(const std::vector<std::string>& texts, bool bold) {
    static constexpr double kPlaces[] = {0, 0.17, 0.27, 0.39, 0.66, 1.0};
    double lowest_pt = y_pt_;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const double wide_pt = (kPlaces[i + 1] - kPlaces[i]) * width() - 6;
      const auto lines = app::wrap_lines({{texts[i], {8.6, bold, 0, false}}}, wide_pt, fonts_, page_.uncovered);
      lowest_pt = std::max(lowest_pt, app::put_lines(page_, lines, left() + kPlaces[i] * width(), y_pt_, 10.6));
    }
    y_pt_ = std::max(lowest_pt, y_pt_ + 10.6) + 1.6;
    page_.rules.push_back({left(), y_pt_ - 0.6, left() + width(), y_pt_ - 0.6, bold ? 0.9 : 0.3, bold ? 0.0 : 0.6});
  }

  void night(const NightRecord& night) {
    std::string copied, missed;
    for (const PlaceRecord& place : night.places) {
      std::string& list = place.code == 0 ? copied : missed;
      list += (list.empty() ? "" : ", ") + place.name;
    }
    const app::Date when = app::local_date(night.began, facts_.time_zone);
    const std::string day = std::string(app::weekday_of(when)) + " " + app::format_day(when);
    if (!night.published) return cells({day, facts_.parts > 1 ? "not all parts" : "none", "", "FAILED (" + std::to_string(night.code) + ")", ""}, false);
    const std::string result = night.unreadable + night.skipped == 0 ? "done" : "done, " + grouped(night.unreadable + night.skipped) + " unreadable";
    cells({day, facts_.parts > 1 ? std::to_string(facts_.parts) + " parts" : std::to_string(night.sequence), grouped(night.counts.patients), result + (night.accepted_shrink.empty() ? "" : ", shrinking accepted"),
           copied + (missed.empty() ? "" : (copied.empty() ? "NOT " : "; NOT ") + missed)}, false);
  }

  app::Page page_;
  const ReadinessFacts& facts_;
  const app::FontSet& fonts_;
  double y_pt_ = app::kEdgeMargin_pt;
};

}  // namespace

app::Page lay_out_readiness(const ReadinessFacts& facts, const Readiness& readiness, app::Instant now, const app::Paper& paper,
                            const app::FontSet& fonts) {
  WallPage page(facts, paper, fonts);
  page.head(readiness.light, now);
  page.findings(readiness.findings);
  page.nights();
  page.drills();
  return std::move(page).sign();
}

}  // namespace exporter
