#include "app/paper/draw_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace app {
namespace {

constexpr double kHatchStep_pt = 3;
constexpr double kHatchLine_pt = 0.6;
constexpr double kMadeBold = 0.03;  // of the type size: the outline that stands in for a bold font

// Numbers as PDF wants them, whatever the machine's locale.
std::string number(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 2);
  std::string text(digits.data(), end.ptr);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" || text.empty() ? "0" : text;
}

std::string numbers(std::initializer_list<double> values) {
  std::string text;
  for (const double value : values) text += number(value) + ' ';
  return text;
}

void add_box(std::string& out, const BoxMark& box, double height_pt) {
  const std::string rectangle =
      numbers({box.x_pt, height_pt - box.y_pt - box.height_pt, box.width_pt, box.height_pt}) + "re ";
  if (box.filling == Filling::grey) out += number(box.grey) + " g " + rectangle + "f\n";
  if (box.filling == Filling::hatched) {
    out += "q " + rectangle + "W n " + number(kHatchLine_pt) + " w 0 G\n";
    const double bottom = height_pt - box.y_pt - box.height_pt;
    for (double x = box.x_pt - box.height_pt; x < box.x_pt + box.width_pt; x += kHatchStep_pt) {
      out += numbers({x, bottom}) + "m " + numbers({x + box.height_pt, bottom + box.height_pt}) + "l S\n";
    }
    out += "Q\n";
  }
  if (box.border_pt > 0) out += number(box.border_pt) + " w 0 G " + rectangle + "S\n";
}

void add_rule(std::string& out, const RuleMark& rule, double height_pt) {
  out += number(rule.width_pt) + " w " + number(rule.grey) + " G " +
         numbers({rule.x_pt, height_pt - rule.y_pt}) + "m " +
         numbers({rule.to_x_pt, height_pt - rule.to_y_pt}) + "l S\n";
}

// Which bytes of the text each cluster of a run shows.
class Clusters {
 public:
  explicit Clusters(const GlyphRun& run) : end_(run.end) {
    for (const Glyph& glyph : run.glyphs) starts_.push_back(glyph.cluster);
    std::sort(starts_.begin(), starts_.end());
  }
  std::size_t end_of(std::uint32_t start) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), start);
    return next == starts_.end() ? end_ : *next;
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::size_t end_;
};

std::string hex_glyph(std::uint32_t id) {
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), "%04X", static_cast<unsigned>(id & 0xFFFF));
  return digits.data();
}

// Writes glyphs where HarfBuzz puts them: PDF advances by the font's widths, so only differences are
// written between them.
class GlyphLine {
 public:
  GlyphLine(std::string& out, const DrawnFont& font, double size_pt)
      : out_(out), font_(font), scale_(1000.0 / font.file().units_per_em), size_pt_(size_pt) {}

  void add(const Glyph& glyph) {
    set_rise(glyph.y_offset * scale_);
    const double shift = std::round(pen_ + glyph.x_offset * scale_ - at_);
    if (shift != 0) {
      shown_ += ">" + number(-shift) + "<";
      at_ += shift;
    }
    shown_ += hex_glyph(glyph.id);
    at_ += font_.width(glyph.id);
    pen_ += glyph.advance * scale_;
  }

  // The glyphs until end_span() stand for this text, whatever each of them stands for elsewhere.
  void begin_span(std::string_view text) {
    show();
    out_ += "/Span <</ActualText <FEFF" + format_utf16_hex(text) + ">>> BDC ";
  }
  void end_span() {
    show();
    out_ += "EMC\n";
  }

  // The width of the run, in points.
  double finish() {
    set_rise(0);
    show();
    return pen_ * size_pt_ / 1000;
  }

 private:
  void show() {
    if (!shown_.empty()) out_ += "[<" + shown_ + ">] TJ\n";
    shown_.clear();
  }

  void set_rise(double rise) {
    if (rise == rise_) return;
    show();
    out_ += number(rise * size_pt_ / 1000) + " Ts ";
    rise_ = rise;
  }

  std::string& out_;
  const DrawnFont& font_;
  const double scale_;
  const double size_pt_;
  std::string shown_;  // since the last operator
  double pen_ = 0;     // where HarfBuzz is, in thousandths
  double at_ = 0;      // where PDF is
  double rise_ = 0;
};

// A glyph says its characters by itself as long as it always stands for the same ones and for a whole
// cluster; any other cluster says its text in a span. Returns the run's width.
double add_run(std::string& out, const GlyphRun& run, const TextMark& mark, DrawnFont& font) {
  const Clusters clusters(run);
  GlyphLine line(out, font, mark.size_pt);
  for (std::size_t i = 0; i < run.glyphs.size();) {
    const std::uint32_t start = run.glyphs[i].cluster;
    std::size_t end = i;
    while (end < run.glyphs.size() && run.glyphs[end].cluster == start) ++end;
    const auto text = std::string_view(mark.text).substr(start, clusters.end_of(start) - start);
    bool needs_span = end - i > 1;
    for (std::size_t j = i; j < end; ++j) {
      if (!font.note(run.glyphs[j].id, j == i ? text : std::string_view())) needs_span = true;
    }
    if (needs_span) line.begin_span(text);
    for (std::size_t j = i; j < end; ++j) line.add(run.glyphs[j]);
    if (needs_span) line.end_span();
    i = end;
  }
  return line.finish();
}

Result<Done> add_text(std::string& out, const TextMark& mark, double height_pt, const FontSet& fonts,
                      const FindPageFont& find_font, std::size_t& uncovered) {
  double x_pt = mark.x_pt;
  for (const GlyphRun& run : fonts.shape(mark.text, mark.bold)) {
    TRY_GET(const PageFont font, find_font(run.font));
    for (const Glyph& glyph : run.glyphs) {
      if (glyph.id == 0) ++uncovered;
      if (!font.font->has_glyph(glyph.id)) {
        return Error{Code::io, "A font is not what it was.", font.font->file().path.filename().string()};
      }
    }
    const bool made_bold = mark.bold && !font.font->file().bold;
    if (made_bold) out += "2 Tr " + number(mark.size_pt * kMadeBold) + " w " + number(mark.grey) + " G\n";
    out += "/" + font.name + " " + number(mark.size_pt) + " Tf " + number(mark.grey) + " g 1 0 0 1 " +
           numbers({x_pt, height_pt - mark.y_pt}) + "Tm\n";
    x_pt += add_run(out, run, mark, *font.font);
    if (made_bold) out += "0 Tr\n";
  }
  return Done{};
}

}  // namespace

Result<std::string> format_page(const Page& page, const FontSet& fonts, const FindPageFont& find_font,
                                std::size_t& uncovered) {
  std::string out;
  for (const BoxMark& box : page.boxes) add_box(out, box, page.paper.height_pt);
  for (const RuleMark& rule : page.rules) add_rule(out, rule, page.paper.height_pt);
  out += "BT\n";
  for (const TextMark& text : page.texts) {
    TRY(add_text(out, text, page.paper.height_pt, fonts, find_font, uncovered));
  }
  return out + "ET\n";
}

}  // namespace app
