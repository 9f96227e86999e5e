#include <algorithm>
#include <utility>

#include "app/paper/form_parts.h"
#include "app/paper/table_row.h"

namespace app {
namespace {

constexpr std::size_t kBoxedLinesMost = 12;  // more of them stand without a box, so that they can go on overleaf
constexpr std::size_t kLinesOverleaf = 4;
constexpr double kPad_pt = 4;
constexpr double kGap_pt = 14;
constexpr double kHeavy_pt = 2.2;
const Style kName{kNameSize_pt, true, 0, false};
const Style kLabel{kSmallSize_pt, false, kLabelGrey, false};
const Style kValue{kBodySize_pt, true, 0, false};
const Style kPlain{kBodySize_pt, false, 0, false};

struct Fact {
  std::string label;
  std::string value;
  bool strong = false;
};

std::string or_not_recorded(const std::string& text) { return text.empty() ? "not recorded" : text; }

// "Sex not recorded" behind the label "Sex" says it once.
std::string without_label(const std::string& text, const std::string& label) {
  return text.starts_with(label + " ") ? text.substr(label.size() + 1) : text;
}

std::vector<Fact> facts_of(const FormPatient& patient, bool in_full) {
  const Banner& banner = patient.banner;
  std::vector<Fact> facts = {{"Born", without_label(or_not_recorded(banner.born), "Born"), true},
                             {"Sex", without_label(or_not_recorded(banner.sex), "Sex"), true},
                             {"MRN", or_not_recorded(banner.mrn), true}};
  if (!in_full) return facts;
  facts.push_back({"Phone", or_not_recorded(banner.phone), false});
  facts.push_back({"Address", or_not_recorded(banner.address), false});
  if (!banner.language.empty()) facts.push_back({"Language", banner.language, false});
  if (!banner.other_names.empty()) facts.push_back({"Other names", banner.other_names, false});
  if (!banner.deceased.empty()) facts.push_back({"", banner.deceased, true});
  return facts;
}

// Beside each other as long as they fit; what is wider than the line has lines of its own.
void put_facts(std::vector<Band>& bands, const std::vector<Fact>& facts, FormRoom& room) {
  const double leading = leading_pt(kBodySize_pt);
  double x_pt = room.width_pt + 1;  // the first begins a line
  for (const Fact& fact : facts) {
    const std::string label = fact.label.empty() ? "" : fact.label + "  ";
    const auto lines = wrap_lines({{label, kLabel}, {fact.value, fact.strong ? kValue : kPlain}}, room.width_pt, room.fonts, room.uncovered);
    if (lines.empty()) continue;
    const double width = lines.back().empty() ? 0 : lines.back().back().x_pt + lines.back().back().width_pt;
    std::vector<Band> column;
    const bool beside = lines.size() == 1 && x_pt + width <= room.width_pt && !bands.empty();
    put_column(column, lines, beside ? x_pt : 0, leading);
    if (beside) {
      auto& texts = bands.back().texts;
      texts.insert(texts.end(), column.front().texts.begin(), column.front().texts.end());
      x_pt += width + kGap_pt;
    } else {
      std::move(column.begin(), column.end(), std::back_inserter(bands));
      x_pt = lines.size() == 1 ? width + kGap_pt : room.width_pt + 1;
    }
  }
}

// Words in a box of their own.
void put_boxed(std::vector<Band>& bands, const std::string& words, const std::string& elsewhere, double border_pt, bool in_full,
               FormRoom& room) {
  const double width = room.width_pt - 2 * kPad_pt - 4;
  auto lines = wrap_lines({{words, kValue}}, width, room.fonts, room.uncovered);
  if (!in_full && lines.size() > kLinesOverleaf) lines = wrap_lines({{elsewhere, kValue}}, width, room.fonts, room.uncovered);
  const double leading = leading_pt(kBodySize_pt);
  std::vector<Band> column;
  put_column(column, lines, kPad_pt + 2, leading);
  if (lines.size() > kBoxedLinesMost) {
    std::move(column.begin(), column.end(), std::back_inserter(bands));
    return;
  }
  Band box;
  box.height_pt = static_cast<double>(lines.size()) * leading + 2 * kPad_pt;
  box.boxes.push_back({0, 1, room.width_pt, box.height_pt - 3, border_pt, Filling::none, 0});
  double y_pt = kPad_pt - 1;
  for (const Band& line : column) {
    for (TextMark text : line.texts) {
      text.y_pt += y_pt;
      box.texts.push_back(std::move(text));
    }
    y_pt += line.height_pt;
  }
  bands.push_back(std::move(box));
}

std::vector<Band> lay_out_known(const FormPatient& patient, FormRoom& room, IdentityDepth depth) {
  const Banner& banner = patient.banner;
  const bool in_full = depth == IdentityDepth::in_full;
  std::vector<Band> bands = lay_out_words({{or_not_recorded(banner.name), kName}}, room);
  std::vector<Band> facts;
  put_facts(facts, facts_of(patient, in_full), room);
  std::move(facts.begin(), facts.end(), std::back_inserter(bands));
  if (!bands.empty()) bands.back().height_pt += 3;
  if (depth == IdentityDepth::alone) return bands;
  if (!banner.alerts.empty() && in_full) {
    const bool named = banner.alerts.starts_with("Alert");
    put_boxed(bands, named ? banner.alerts : "Alerts: " + banner.alerts, "", 1, in_full, room);
  }
  put_boxed(bands, banner.allergies.empty() ? "Allergies: not in this copy" : banner.allergies, "Allergies: many, all are on page 1 of this form",
            kHeavy_pt, in_full, room);
  return bands;
}

std::vector<Band> lay_out_unknown(FormRoom& room, IdentityDepth depth) {
  if (depth != IdentityDepth::in_full) {
    return {lay_out_fields({{"Name", FormFill::none, "", 4}, {"Born", FormFill::none, "", 2}, {"MRN or temporary number", FormFill::none, "", 3}}, room)};
  }
  std::vector<Band> bands;
  bands.push_back(lay_out_fields({{"Family name", FormFill::none, "", 1}, {"Given names", FormFill::none, "", 1}}, room));
  bands.push_back(lay_out_fields({{"Born (day, month in letters, year)", FormFill::none, "", 5}, {"Sex", FormFill::none, "", 2},
                                  {"MRN or temporary number", FormFill::none, "", 5}, {"Phone", FormFill::none, "", 4}}, room));
  Band allergies = lay_out_fields({{"Allergies and reactions: ask, and write \"none known\" if there are none", FormFill::none, "", 1}}, room);
  shift_down(allergies, 2.5);
  for (BoxMark& box : allergies.boxes) box.border_pt = kHeavy_pt;
  allergies.height_pt += 2;
  bands.push_back(std::move(allergies));
  return bands;
}

}  // namespace

std::vector<Band> lay_out_identity(FormRoom& room, IdentityDepth depth) {
  return room.patient != nullptr ? lay_out_known(*room.patient, room, depth) : lay_out_unknown(room, depth);
}

}  // namespace app
