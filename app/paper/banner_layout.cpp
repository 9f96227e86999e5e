#include "app/paper/banner_layout.h"

#include <algorithm>

namespace app {
namespace {

constexpr std::size_t kLinesMax = 4;          // of one part of the banner on the first page
constexpr std::size_t kLinesMaxOverleaf = 2;  // on the pages after it
constexpr double kGap_pt = 14;                // between two fields of a line
constexpr double kBoxPad_pt = 4;
constexpr double kHatched_pt = 64;            // at both ends of the deceased's line
constexpr std::size_t kNameLinesCut = 3;       // of a name that fits in no size, before its rest is left to page 1
constexpr char kTooLong[] = "too long for this place: stands first on page 1";
const Style kLabel{kSmallSize_pt, false, kLabelGrey, false};
const Style kValue{kBodySize_pt, true, 0, false};
const Style kPlain{kBodySize_pt, false, 0, false};
const Style kName{kNameSize_pt, true, 0, false};

struct Field {
  const char* label;
  std::string value;
  bool everywhere;  // also on the pages after the first
};

std::string or_not_recorded(const std::string& text) { return text.empty() ? "not recorded" : text; }

// "Sex not recorded" behind the label "Sex" says it once.
std::string without_label(const std::string& text, const std::string& label) {
  return text.starts_with(label + " ") ? text.substr(label.size() + 1) : text;
}

std::vector<Field> fields_of(const Banner& banner) {
  std::vector<Field> fields = {{"Born", without_label(or_not_recorded(banner.born), "Born"), true},
                               {"Sex", without_label(or_not_recorded(banner.sex), "Sex"), true},
                               {"MRN", or_not_recorded(banner.mrn), true},
                               {"Phone", or_not_recorded(banner.phone), false},
                               {"Address", or_not_recorded(banner.address), false}};
  if (!banner.language.empty()) fields.push_back({"Language", banner.language, false});
  if (!banner.other_names.empty()) fields.push_back({"Other names", banner.other_names, false});
  return fields;
}

std::vector<Line> lines_of(const Field& field, double width_pt, const FontSet& fonts, std::size_t& uncovered) {
  return wrap_lines({{std::string(field.label) + "  ", kLabel}, {field.value, field.everywhere ? kValue : kPlain}},
                    width_pt, fonts, uncovered);
}

double width_of(const Line& line) { return line.empty() ? 0 : line.back().x_pt + line.back().width_pt; }

// A page without a name is nobody's: a long one is in smaller type, and of a longer one there are the first lines.
double put_name(Page& page, const Banner& banner, bool first_page, double y_pt, const FontSet& fonts) {
  const double width = text_width_pt(page.paper);
  const std::string name = or_not_recorded(banner.name);
  auto lines = wrap_lines({{name, kName}}, width, fonts, page.uncovered);
  if (lines.size() <= kLinesMax) return put_lines(page, lines, kSideMargin_pt, y_pt, leading_pt(kNameSize_pt));
  std::size_t counted_already = 0;
  lines = wrap_lines({{name, kValue}}, width, fonts, counted_already);
  if (lines.size() > kLinesMax) {
    lines.resize(kNameLinesCut);
    lines.push_back(wrap_lines({{first_page ? "… the whole name is below" : "… the whole name is on page 1", kValue}}, width, fonts, counted_already).front());
  }
  return put_lines(page, lines, kSideMargin_pt, y_pt, leading_pt(kBodySize_pt));
}

// Fields beside each other as long as they fit; one that is wider than the line has lines of its own.
double put_fields(Page& page, const Banner& banner, bool first_page, double y_pt, const FontSet& fonts) {
  const double width = text_width_pt(page.paper);
  const double leading = leading_pt(kBodySize_pt);
  double x_pt = 0;
  for (const Field& field : fields_of(banner)) {
    if (!first_page && !field.everywhere) continue;
    auto lines = lines_of(field, width, fonts, page.uncovered);
    if (lines.size() > kLinesMax) {
      lines = lines_of({field.label, kTooLong, field.everywhere}, width, fonts, page.uncovered);
    }
    if (x_pt > 0 && (lines.size() > 1 || x_pt + width_of(lines.front()) > width)) {
      x_pt = 0;
      y_pt += leading;
    }
    const double after = put_lines(page, lines, kSideMargin_pt + x_pt, y_pt, leading);
    x_pt += width_of(lines.back()) + kGap_pt;
    if (lines.size() > 1) {
      x_pt = 0;
      y_pt = after;
    }
  }
  return x_pt > 0 ? y_pt + leading : y_pt;
}

// Differs by a pattern, not by a colour, and is as large as the name: nobody calls the family by mistake.
double put_deceased(Page& page, const Banner& banner, double y_pt, const FontSet& fonts) {
  const double width = text_width_pt(page.paper);
  const double room = width - 2 * (kHatched_pt + 8);
  auto lines = wrap_lines({{banner.deceased, kName}}, room, fonts, page.uncovered);
  if (lines.size() > kLinesMax) lines = wrap_lines({{"Deceased: see page 1", kName}}, room, fonts, page.uncovered);
  const double height = static_cast<double>(lines.size()) * leading_pt(kNameSize_pt) + 4;
  page.boxes.push_back({kSideMargin_pt, y_pt, width, height, 1.2, Filling::none, 0});
  for (const double x_pt : {kSideMargin_pt, kSideMargin_pt + width - kHatched_pt}) {
    page.boxes.push_back({x_pt, y_pt, kHatched_pt, height, 1.2, Filling::hatched, 0});
  }
  put_lines(page, lines, kSideMargin_pt + kHatched_pt + 8, y_pt + 2, leading_pt(kNameSize_pt));
  return y_pt + height + 4;
}

// A line in a box: allergies (heavy) or alerts.
double put_boxed(Page& page, const std::string& text, const char* elsewhere, double border_pt, bool first_page,
                 double y_pt, const FontSet& fonts) {
  const double width = text_width_pt(page.paper) - 2 * kBoxPad_pt - 4;
  auto lines = wrap_lines({{text, kValue}}, width, fonts, page.uncovered);
  if (lines.size() > (first_page ? kLinesMax : kLinesMaxOverleaf)) {
    lines = wrap_lines({{elsewhere, kValue}}, width, fonts, page.uncovered);
  }
  const double leading = leading_pt(kBodySize_pt);
  const double height = static_cast<double>(lines.size()) * leading + 2 * kBoxPad_pt - 2;
  page.boxes.push_back({kSideMargin_pt, y_pt, text_width_pt(page.paper), height, border_pt, Filling::none, 0});
  put_lines(page, lines, kSideMargin_pt + kBoxPad_pt + 2, y_pt + kBoxPad_pt - 1, leading);
  return y_pt + height + 4;
}

std::size_t line_count(const std::string& text, const Style& style, const Paper& paper, const FontSet& fonts) {
  std::size_t ignored = 0;
  return wrap_lines({{text, style}}, text_width_pt(paper) - 80, fonts, ignored).size();
}

}  // namespace

double put_banner(Page& page, const Banner& banner, bool first_page, bool allergies_follow, double y_pt,
                  const FontSet& fonts) {
  y_pt = put_name(page, banner, first_page, y_pt + 4, fonts);
  y_pt = put_fields(page, banner, first_page, y_pt, fonts);
  y_pt += 4;
  if (!banner.deceased.empty()) y_pt = put_deceased(page, banner, y_pt, fonts);
  if (!banner.alerts.empty()) {
    const bool named = banner.alerts.starts_with("Alert");
    y_pt = put_boxed(page, named ? banner.alerts : "Alerts: " + banner.alerts, "Alerts: see page 1", 1, first_page, y_pt, fonts);
  }
  if (!(first_page && allergies_follow)) {
    const std::string line = banner.allergies.empty() ? "Allergies: not in this copy" : banner.allergies;
    y_pt = put_boxed(page, line, "Allergies: see page 1", 2.2, first_page, y_pt, fonts);
  }
  return y_pt + 2;
}

std::vector<Row> overlong_rows(const Banner& banner, const Paper& paper, const FontSet& fonts) {
  std::vector<Row> rows;
  const auto add = [&](const char* label, const std::string& text, const Style& style) {
    if (line_count(text, style, paper, fonts) < kLinesMax) return;
    rows.push_back({label, {{text, Weight::strong}}, "", "", Weight::plain});
  };
  add("Name", banner.name, kName);
  for (const Field& field : fields_of(banner)) add(field.label, field.value, kValue);
  add("Deceased", banner.deceased, kValue);
  add("Alerts", banner.alerts, kValue);
  add("Allergies", banner.allergies, kValue);
  return rows;
}

}  // namespace app
