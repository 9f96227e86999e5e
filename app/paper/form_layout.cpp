#include "app/paper/form_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/paper/form_parts.h"

namespace app {
namespace {

constexpr double kGap_pt = 6;           // between two parts; boxes to fill in touch each other
constexpr double kLineMost_pt = 27;     // lines that share what is left of a page grow no higher
constexpr double kSlipGap_pt = 26;      // where slips are cut apart, in its middle
constexpr double kSlipTitle_pt = 13;
const Style kSmall{kSmallSize_pt, false, kLabelGrey, false};

// One copy of a form, with the numbers that it took.
class FormPages {
 public:
  FormPages(const Form& form, const FormOrder& order, int slips, FormNumbers& numbers, const FontSet& fonts)
      : form_(form), order_(order), slips_(slips), fonts_(fonts),
        room_{text_width_pt(order.paper), fonts, numbers, uncovered_, order.patient ? &*order.patient : nullptr} {}

  // Nothing when a slip does not fit into its share of the page.
  std::optional<std::vector<Page>> lay_out() {
    const FormNumbers first = room_.numbers;
    for (int slip = 0; slip < slips_; ++slip) {
      if (form_.same_numbers) room_.numbers = first;
      begin_area(slip);
      put_parts();
      if (slips_ > 1 && overflowed_) return std::nullopt;
    }
    pages_.front().uncovered += uncovered_;
    return std::move(pages_);
  }

 private:
  Page& page() { return pages_.back(); }
  double room_pt() const { return bottom_pt_ - y_pt_; }
  bool is_fresh() const { return y_pt_ <= area_top_pt_; }

  void begin_area(int slip) {
    if (slip == 0 || slips_ == 1) {
      pages_.emplace_back();
      page().paper = order_.paper;
      head_pt_ = put_head(page(), order_.frame, fonts_) + 4;
    }
    const double foot_pt = foot_top_pt(order_.paper);
    const double share = (foot_pt - head_pt_ - (slips_ - 1) * kSlipGap_pt) / slips_;
    y_pt_ = head_pt_ + slip * (share + kSlipGap_pt);
    bottom_pt_ = y_pt_ + share;
    if (slip > 0) put_cut(y_pt_ - kSlipGap_pt / 2);
    const bool again = slips_ == 1 && pages_.size() > 1;
    put_title(again);
    area_top_pt_ = y_pt_;
  }

  void put_cut(double y_pt) {
    constexpr double kDash_pt = 6;
    for (double x = kSideMargin_pt; x + kDash_pt < kSideMargin_pt + room_.width_pt; x += 2 * kDash_pt) {
      page().rules.push_back({x, y_pt, x + kDash_pt, y_pt, 0.6, 0.4});
    }
  }

  void put_title(bool again) {
    const double size_pt = slips_ > 1 ? kSlipTitle_pt : kNameSize_pt;
    std::vector<StyledText> words = {{form_.title, {size_pt, true, 0, false}}};
    if (again) words.push_back({" (continued)", {kBodySize_pt, false, 0, false}});
    put_all(lay_out_words(words, room_));
    // A slip that was cut off has no head or foot any more.
    if (slips_ > 1) put_all(lay_out_words({{order_.frame.practice + " · data as of " + order_.frame.as_of, kSmall}}, room_));
    for (const FormPart& part : form_.parts) {
      if (again && part.kind == FormPartKind::patient) put_all(lay_out_identity(room_, depth_of(part, IdentityDepth::again)));
    }
    y_pt_ += 3;
  }

  static IdentityDepth depth_of(const FormPart& part, IdentityDepth otherwise) {
    return part.is_identity_only ? IdentityDepth::alone : otherwise;
  }

  void put_all(const std::vector<Band>& bands) {
    for (const Band& band : bands) put(band);
  }

  void put(const Band& band) {
    for (TextMark text : band.texts) {
      text.x_pt += kSideMargin_pt;
      text.y_pt += y_pt_;
      page().texts.push_back(std::move(text));
    }
    for (RuleMark rule : band.rules) {
      rule.x_pt += kSideMargin_pt;
      rule.to_x_pt += kSideMargin_pt;
      rule.y_pt += y_pt_;
      rule.to_y_pt += y_pt_;
      page().rules.push_back(rule);
    }
    for (BoxMark box : band.boxes) {
      box.x_pt += kSideMargin_pt;
      box.y_pt += y_pt_;
      page().boxes.push_back(box);
    }
    y_pt_ += band.height_pt;
  }

  void break_area(const FormPiece& piece) {
    overflowed_ = true;
    if (slips_ > 1) return;
    begin_area(0);
    put_all(piece.again);
  }

  // As put(), on the next page if this one is full.
  void flow(const Band& band, const FormPiece& piece) {
    if (band.height_pt > room_pt() + 0.01 && !is_fresh()) break_area(piece);
    put(band);
  }

  // All parts in order; those between two words "page" share a page if they fit.
  void put_parts() {
    std::vector<FormPiece> pieces;
    for (const FormPart& part : form_.parts) {
      if (part.kind == FormPartKind::patient) {
        pieces.push_back({lay_out_identity(room_, depth_of(part, IdentityDepth::in_full)), {}, 0, false, {}});
      } else {
        pieces.push_back(lay_out_part(part, room_));
      }
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (form_.parts[i].kind == FormPartKind::page) {
        if (!is_fresh()) break_area({});
        continue;
      }
      put_piece(pieces, i);
    }
  }

  double gap_before(std::size_t i) const {
    if (i == 0) return 0;
    const bool both_are_boxes = form_.parts[i].kind == FormPartKind::fields && form_.parts[i - 1].kind == FormPartKind::fields;
    return both_are_boxes ? 0 : kGap_pt;
  }

  // What must stand on one page: a heading is never alone at its foot.
  double together_pt(const std::vector<FormPiece>& pieces, std::size_t i) const {
    double height = height_of(pieces[i].bands) + (pieces[i].lines > 0 ? kWritingLine_pt : 0);
    if (form_.parts[i].kind == FormPartKind::heading && i + 1 < pieces.size()) height += kGap_pt + together_pt(pieces, i + 1);
    return height;
  }

  void put_piece(const std::vector<FormPiece>& pieces, std::size_t i) {
    const FormPiece& piece = pieces[i];
    if (!is_fresh()) y_pt_ += gap_before(i);
    if (together_pt(pieces, i) > room_pt() && !is_fresh() && form_.parts[i].kind != FormPartKind::patient) break_area({});
    for (const Band& band : piece.bands) flow(band, piece);
    int lines = piece.lines;
    double line_pt = kWritingLine_pt;
    if (piece.grows) {
      const double least = measure_line(piece);
      const double share = share_of_rest(pieces, i);
      lines = std::max(lines, static_cast<int>(std::floor(share / least)));
      if (share >= lines * least) line_pt = std::min(share / lines, std::max(kLineMost_pt, least));
    }
    for (int line = 0; line < lines; ++line) flow(piece.make_line(line_pt), piece);
  }

  // As high as what is printed into it needs; takes no number.
  double measure_line(const FormPiece& piece) {
    const FormNumbers before = room_.numbers;
    auto make_line = piece.make_line;  // with a count of its own
    const double height = make_line(kWritingLine_pt).height_pt;
    room_.numbers = before;
    return height;
  }

  // What of the page is left for the lines of part i, when all after it have got theirs.
  double share_of_rest(const std::vector<FormPiece>& pieces, std::size_t i) const {
    double left = room_pt() - 0.5;
    int growing = 1;
    for (std::size_t k = i + 1; k < pieces.size() && form_.parts[k].kind != FormPartKind::page; ++k) {
      left -= gap_before(k) + height_of(pieces[k].bands);
      if (pieces[k].grows) {
        ++growing;
      } else {
        left -= pieces[k].lines * kWritingLine_pt;
      }
    }
    return left / growing;
  }

  const Form& form_;
  const FormOrder& order_;
  const int slips_;
  const FontSet& fonts_;
  std::size_t uncovered_ = 0;
  FormRoom room_;
  std::vector<Page> pages_;
  double head_pt_ = 0;
  double y_pt_ = 0;
  double area_top_pt_ = 0;
  double bottom_pt_ = 0;
  bool overflowed_ = false;
};

std::vector<Page> lay_out_copy(const Form& form, const FormOrder& order, FormNumbers& numbers, const FontSet& fonts) {
  for (int slips = form.slips; slips > 1; --slips) {
    FormNumbers taken = numbers;
    auto pages = FormPages(form, order, slips, taken, fonts).lay_out();
    if (!pages) continue;
    numbers = std::move(taken);
    return std::move(*pages);
  }
  return *FormPages(form, order, 1, numbers, fonts).lay_out();
}

}  // namespace

std::vector<Page> lay_out_form(const Form& form, const FormOrder& order, FormNumbers& numbers, const FontSet& fonts) {
  std::vector<Page> all;
  std::string about = form.title;
  if (order.patient) {
    const std::string& mrn = order.patient->banner.mrn;
    about += " · MRN " + (mrn.empty() ? "not recorded" : mrn) + " · sheet " + order.patient->sheet;
  }
  if (!order.id.empty()) about += " · form " + order.id;
  for (int copy = 0; copy < order.copies; ++copy) {
    auto pages = lay_out_copy(form, order, numbers, fonts);
    put_feet(pages, order.frame, about, fonts);
    std::move(pages.begin(), pages.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace app
