#include "exporter/keyholders/envelope_page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/paper/page_frame.h"
#include "app/paper/wrap.h"
#include "app/snapshot/recovery_lines.h"

namespace exporter {
namespace {

constexpr double kTitle_pt = 25;
constexpr double kLetter_pt = 16.5;
constexpr double kLetterPitch_pt = 16.6;  // wider than a W
constexpr double kGroupGap_pt = 9;
constexpr double kLineStep_pt = 33;
constexpr double kCode_pt = 124;  // 44 mm
constexpr double kQuiet = 4;      // light squares around the code
constexpr double kGap_pt = 9;

class EnvelopeLayout {
 public:
  EnvelopeLayout(const app::Paper& paper, const app::FontSet& fonts) : fonts_(fonts) { page_.paper = paper; }

  double left_pt() const { return app::kSideMargin_pt; }
  double width_pt() const { return app::text_width_pt(page_.paper); }

  void write(const std::vector<app::StyledText>& pieces, double from_pt = 0) {
    const auto lines = app::wrap_lines(pieces, width_pt() - from_pt, fonts_, page_.uncovered);
    const double size_pt = pieces.front().style.size_pt;
    y_pt_ = app::put_lines(page_, lines, left_pt() + from_pt, y_pt_, app::leading_pt(size_pt));
  }
  void write(const std::string& text, double size_pt, bool bold, double from_pt = 0) {
    write({{text, {size_pt, bold, 0, false}}}, from_pt);
  }
  void section(const std::string& title) {
    skip(kGap_pt);
    write(title, 12.5, true);
    skip(1);
  }
  void step(const std::string& number, const std::vector<app::StyledText>& text) {
    page_.texts.push_back({left_pt(), y_pt_ + 11, number, kSize_pt, true, 0});
    write(text, 18);
    skip(1.5);
  }
  // A label, and a line to write on.
  void blank(const std::vector<std::pair<double, std::string>>& labels) {
    skip(25);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const double begin = left_pt() + labels[i].first * width_pt();
      const double end = left_pt() + (i + 1 < labels.size() ? labels[i + 1].first : 1.0) * width_pt() - (i + 1 < labels.size() ? 8 : 0);
      page_.texts.push_back({begin, y_pt_, labels[i].second, 8.6, false, 0});
      const double text_pt = fonts_.width(labels[i].second, false, 8.6) + 4;
      page_.rules.push_back({begin + text_pt, y_pt_ + 1.5, end, y_pt_ + 1.5, 0.6, 0});
    }
  }
  void skip(double height_pt) { y_pt_ += height_pt; }

  void put_key(const app::SecretBytes& letters, const app::QrCode& code);

  app::Result<app::Page> finish() {
    if (y_pt_ > page_.paper.height_pt - app::kEdgeMargin_pt + 6) {
      return app::Error{app::Code::no_room, "The sealed envelope's text does not fit on one page.", "the practice's name is too long for it"};
    }
    return std::move(page_);
  }

  static constexpr double kSize_pt = 10.6;
  static app::StyledText plain(std::string text) { return {std::move(text), {kSize_pt, false, 0, false}}; }
  static app::StyledText strong(std::string text) { return {std::move(text), {kSize_pt, true, 0, false}}; }

 private:
  app::Page page_;
  const app::FontSet& fonts_;
  double y_pt_ = app::kEdgeMargin_pt;
};

void EnvelopeLayout::put_key(const app::SecretBytes& letters, const app::QrCode& code) {
  const double quiet = kCode_pt / static_cast<double>(code.width) * kQuiet;
  const double height = std::max(kCode_pt + 2 * quiet, 4 * kLineStep_pt + 14);
  page_.boxes.push_back({left_pt(), y_pt_, width_pt(), height, 1.4, app::Filling::none, 0});
  app::put_qr_code(page_, code, left_pt() + width_pt() - quiet - kCode_pt, y_pt_ + (height - kCode_pt) / 2, kCode_pt);
  double base = y_pt_ + (height - 4 * kLineStep_pt) / 2 + 22;
  for (std::size_t line = 0; line < app::kRecoveryLines; ++line, base += kLineStep_pt) {
    double x_pt = left_pt() + 12;
    page_.texts.push_back({x_pt, base, std::to_string(line + 1), 10, false, app::kLabelGrey});
    x_pt += 20;
    const std::string text = app::format_recovery_line(letters, line);
    for (const char letter : text) {
      if (letter == '-') {
        x_pt += kGroupGap_pt;
        continue;
      }
      // Every letter in the middle of a place of its own: people compare letter by letter.
      const std::string one(1, letter);
      const double width = fonts_.width(one, true, kLetter_pt);
      page_.texts.push_back({x_pt + (kLetterPitch_pt - width) / 2, base, one, kLetter_pt, true, 0});
      x_pt += kLetterPitch_pt;
    }
  }
  y_pt_ += height;
}

void write_the_day(EnvelopeLayout& layout) {
  using Layout = EnvelopeLayout;
  layout.section("On the day: the records are needed, and nobody has a passphrase");
  layout.step("1", {Layout::plain("Write your name, the time and the reason at the foot of this page.")});
  layout.step("2", {Layout::plain("Take the emergency laptop, or the stick and any computer. Start "),
                    Layout::strong("nightchart-viewer"), Layout::plain(".")});
  layout.step("3", {Layout::plain("Where it asks for the passphrase, type the four lines above (without the small numbers before them), or scan the square with a code "
                                  "scanner. Capitals, blanks and dashes do not matter. There is no letter O, I, L or U: a round "
                                  "sign is the digit 0, a single stroke the digit 1. If a line has a mistake, the screen says which line.")});
  layout.step("4", {Layout::plain("After the fourth line press Enter. The screen says how old the records are: read that before you rely on them.")});
  layout.step("5", {Layout::plain("Afterwards tell whoever looks after Nightchart: an opened envelope is replaced by a new one.")});
}

void write_the_rest(const EnvelopePage& about, EnvelopeLayout& layout) {
  using Layout = EnvelopeLayout;
  layout.section("What it opens");
  layout.write({Layout::plain("Every emergency copy that is made from this page's date on until a newer envelope takes its place: all "
                              "patients' records in it. Not the copies made before, not the record system itself, and no account. "),
                Layout::strong("Whoever has this page and a copy reads every record, without any passphrase.")});
  layout.section("Where to keep it");
  layout.write({Layout::plain("Folded inwards in an opaque envelope, signed across the flap, in the safe or with somebody bound to "
                              "secrecy. "),
                Layout::strong("Never with the emergency laptop or a stick."),
                Layout::plain(" Do not copy, photograph or scan it; do not keep the file it was printed from.")});
  layout.section("If it was opened, is lost, or somebody may have seen it");
  layout.write({Layout::plain("On the computer that makes the copies: "), Layout::strong("nightchart keyholder envelope"),
                Layout::plain(" makes a new one. The copies of the nights after that no longer open with this page; those made "
                              "before still do, so erase them from sticks and laptops.")});
  layout.skip(4);
  layout.write({Layout::plain("The practice's fingerprint, which the viewer shows at the first opening: "),
                Layout::strong(about.fingerprint)});
  layout.blank({{0, "Sealed by"}, {0.42, "on"}, {0.62, "signature"}});
  layout.blank({{0, "Opened by"}, {0.42, "on, at"}, {0.62, "reason"}});
  layout.blank({{0, "Opened by"}, {0.42, "on, at"}, {0.62, "reason"}});
}

}  // namespace

app::Result<app::Page> lay_out_envelope(const EnvelopePage& about, const app::SecretBytes& letters, const app::QrCode& code,
                                        const app::Paper& paper, const app::FontSet& fonts) {
  EnvelopeLayout layout(paper, fonts);
  layout.write("Emergency key: seal this page", kTitle_pt, true);
  layout.write(about.practice, 13, true);
  layout.write(about.name + ". It opens this practice's emergency copy of its records when nobody can give a passphrase.",
               EnvelopeLayout::kSize_pt, false);
  layout.skip(kGap_pt);
  layout.put_key(letters, code);
  write_the_day(layout);
  write_the_rest(about, layout);
  return layout.finish();
}

}  // namespace exporter
