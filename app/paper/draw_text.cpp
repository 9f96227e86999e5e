#include "app/paper/draw_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "app/record/text.h"

namespace app {
namespace {

constexpr double kHatchStep_pt = 3;
constexpr double kHatchLine_pt = 0.6;
constexpr double kMadeBold = 0.03;  // of the type size: the outline that stands in for a bold font

// Everything is written in hundredths of its unit: whole numbers, so that no rounding adds up.
using Hundredths = std::int64_t;

Hundredths hundredths(double value) { return std::llround(value * 100); }

// "12.5" for 1250, whatever the machine's locale.
void put(std::string& out, Hundredths value) {
  if (value < 0) out += '-';
  const Hundredths size = std::abs(value);
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size / 100);
  const auto rest = static_cast<int>(size % 100);
  if (size >= 100 || rest == 0) out.append(digits.data(), end.ptr);
  if (rest == 0) return;
  out += '.';
  out += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) out += static_cast<char>('0' + rest % 10);
}

void put(std::string& out, std::initializer_list<double> values) {
  for (const double value : values) {
    put(out, hundredths(value));
    out += ' ';
  }
}

void put_rectangle(std::string& out, const BoxMark& box, double height_pt) {
  put(out, {box.x_pt, height_pt - box.y_pt - box.height_pt, box.width_pt, box.height_pt});
  out += "re ";
}

void put_hatching(std::string& out, const BoxMark& box, double height_pt) {
  out += "q ";
  put_rectangle(out, box, height_pt);
  out += "W n ";
  put(out, {kHatchLine_pt});
  out += "w 0 G\n";
  const double bottom = height_pt - box.y_pt - box.height_pt;
  for (double x = box.x_pt - box.height_pt; x < box.x_pt + box.width_pt; x += kHatchStep_pt) {
    put(out, {x, bottom});
    out += "m ";
    put(out, {x + box.height_pt, bottom + box.height_pt});
    out += "l S\n";
  }
  out += "Q\n";
}

void put_box(std::string& out, const BoxMark& box, double height_pt) {
  if (box.filling == Filling::grey) {
    put(out, {box.grey});
    out += "g ";
    put_rectangle(out, box, height_pt);
    out += "f\n";
  }
  if (box.filling == Filling::hatched) put_hatching(out, box, height_pt);
  if (box.border_pt <= 0) return;
  put(out, {box.border_pt});
  out += "w 0 G ";
  put_rectangle(out, box, height_pt);
  out += "S\n";
}

// Named by its place on the page: /I0, /I1.
void put_picture(std::string& out, const PictureMark& mark, std::size_t number, double height_pt) {
  const double bottom = height_pt - mark.y_pt - mark.height_pt;
  out += "q ";
  if (mark.turned) put(out, {0, mark.height_pt, -mark.width_pt, 0, mark.x_pt + mark.width_pt, bottom});
  else put(out, {mark.width_pt, 0, 0, mark.height_pt, mark.x_pt, bottom});
  out += "cm /I" + std::to_string(number) + " Do Q\n";
}

void put_rule(std::string& out, const RuleMark& rule, double height_pt) {
  put(out, {rule.width_pt});
  out += "w ";
  put(out, {rule.grey});
  out += "G ";
  put(out, {rule.x_pt, height_pt - rule.y_pt});
  out += "m ";
  put(out, {rule.to_x_pt, height_pt - rule.to_y_pt});
  out += "l S\n";
}

// Inside a PDF string three characters and the carriage return need a backslash.
void put_byte(std::string& out, unsigned byte) {
  const auto c = static_cast<char>(byte);
  if (c == '(' || c == ')' || c == '\\') out += '\\';
  if (c == '\r') {
    out += "\\r";
  } else {
    out += c;
  }
}

// Which bytes of the text each cluster of a run shows. In a run from left to right clusters ascend.
class Clusters {
 public:
  explicit Clusters(const GlyphRun& run) : run_(run) {
    if (!run.right_to_left) return;
    for (const Glyph& glyph : run.glyphs) starts_.push_back(glyph.cluster);
    std::sort(starts_.begin(), starts_.end());
  }
  // `next`: the first glyph of the run behind the cluster.
  std::size_t end_of(std::uint32_t start, std::size_t next) const {
    if (!run_.right_to_left) return next < run_.glyphs.size() ? run_.glyphs[next].cluster : run_.end;
    const auto found = std::upper_bound(starts_.begin(), starts_.end(), start);
    return found == starts_.end() ? run_.end : *found;
  }

 private:
  const GlyphRun& run_;
  std::vector<std::uint32_t> starts_;
};

// Writes glyphs where HarfBuzz puts them: PDF advances by the font's widths, so only differences are
// written between them.
class GlyphLine {
 public:
  GlyphLine(std::string& out, const FontFacts& facts, int units_per_em, double size_pt)
      : out_(out), facts_(facts), scale_(1000.0 / units_per_em), size_pt_(size_pt) {}

  void add(const Glyph& glyph) {
    if (glyph.y_offset != rise_) set_rise(glyph.y_offset);
    const double behind = pen_ + glyph.x_offset * scale_ - at_;
    if (std::abs(behind) >= 0.5) shift(std::lround(behind));
    if (!open_) {
      out_ += "[(";
      open_ = true;
    }
    put_byte(out_, glyph.id >> 8 & 0xFF);
    put_byte(out_, glyph.id & 0xFF);
    at_ += facts_.widths[glyph.id];
    pen_ += glyph.advance * scale_;
  }

  // The glyphs until end_span() stand for this text, whatever each of them stands for elsewhere.
  void begin_span(std::string_view text) {
    show();
    out_ += "/Span<</ActualText<FEFF" + format_utf16_hex(text) + ">>>BDC\n";
  }
  void end_span() {
    show();
    out_ += "EMC\n";
  }

  // The width of the run, in points.
  double finish() {
    if (rise_ != 0) set_rise(0);
    show();
    return pen_ * size_pt_ / 1000;
  }

 private:
  void shift(std::int64_t by) {
    if (open_) {
      out_ += ')';
    } else {
      out_ += '[';
    }
    put(out_, -by * 100);
    out_ += '(';
    open_ = true;
    at_ += static_cast<double>(by);
  }

  void show() {
    if (open_) out_ += ")]TJ\n";
    open_ = false;
  }

  void set_rise(std::int32_t units) {
    show();
    put(out_, {units * scale_ * size_pt_ / 1000});
    out_ += "Ts\n";
    rise_ = units;
  }

  std::string& out_;
  const FontFacts& facts_;
  const double scale_;
  const double size_pt_;
  bool open_ = false;
  double pen_ = 0;  // where HarfBuzz is, in thousandths
  double at_ = 0;   // where PDF is
  std::int32_t rise_ = 0;
};

// Writes the texts of one page, saying a font, a grey or a place only when it changes.
class TextWriter {
 public:
  TextWriter(PageOperators& page, const FontSet& fonts, double height_pt)
      : page_(page), out_(page.bytes), fonts_(fonts), height_pt_(height_pt) {}

  Result<Done> add(const TextMark& mark) {
    double x_pt = mark.x_pt;
    for (const GlyphRun& run : fonts_.shape(mark.text, mark.bold)) {
      const FontFile& file = fonts_.fonts()[run.font];
      const bool made_bold = mark.bold && !file.bold;
      if (made_bold) {
        out_ += "2 Tr ";
        put(out_, {mark.size_pt * kMadeBold});
        out_ += "w ";
        put(out_, {mark.grey});
        out_ += "G\n";
      }
      set_style(run.font, mark);
      move_to(x_pt, height_pt_ - mark.y_pt);
      TRY_GET(const double width_pt, add_run(run, mark, file));
      x_pt += width_pt;
      if (made_bold) out_ += "0 Tr\n";
    }
    return Done{};
  }

 private:
  void set_style(std::size_t font, const TextMark& mark) {
    const Hundredths size = hundredths(mark.size_pt);
    if (font != font_ || size != size_) {
      out_ += "/F" + std::to_string(font) + " ";
      put(out_, size);
      out_ += " Tf ";
      font_ = font;
      size_ = size;
    }
    const Hundredths grey = hundredths(mark.grey);
    if (grey == grey_) return;
    put(out_, grey);
    out_ += " g ";
    grey_ = grey;
  }

  void move_to(double x_pt, double y_pt) {
    const Hundredths x = hundredths(x_pt);
    const Hundredths y = hundredths(y_pt);
    put(out_, x - x_);
    out_ += ' ';
    put(out_, y - y_);
    out_ += " Td\n";
    x_ = x;
    y_ = y;
  }

  // A glyph says its characters by itself when they are what it means and all that its cluster says;
  // any other cluster says its text in a span. Returns the run's width.
  Result<double> add_run(const GlyphRun& run, const TextMark& mark, const FontFile& file) {
    const FontFacts& facts = fonts_.facts(run.font);
    const Clusters clusters(run);
    GlyphLine line(out_, facts, file.units_per_em, mark.size_pt);
    for (std::size_t i = 0; i < run.glyphs.size();) {
      const std::uint32_t start = run.glyphs[i].cluster;
      std::size_t end = i;
      for (; end < run.glyphs.size() && run.glyphs[end].cluster == start; ++end) {
        const std::uint32_t glyph = run.glyphs[end].id;
        if (glyph >= facts.widths.size()) {
          return Error{Code::io, "A font is not what it was.", file.path.filename().string()};
        }
        if (glyph == 0) ++page_.uncovered;
        page_.glyphs.add(run.font, glyph);
      }
      const auto text = std::string_view(mark.text).substr(start, clusters.end_of(start, end) - start);
      const std::string& meaning = facts.meanings[run.glyphs[i].id];
      const bool needs_span = end - i > 1 || meaning != text;
      if (needs_span) {
        if (meaning.empty()) page_.notes.push_back({run.font, run.glyphs[i].id, std::string(text)});
        line.begin_span(text);
      }
      for (; i < end; ++i) line.add(run.glyphs[i]);
      if (needs_span) line.end_span();
    }
    return line.finish();
  }

  PageOperators& page_;
  std::string& out_;
  const FontSet& fonts_;
  const double height_pt_;
  std::size_t font_ = static_cast<std::size_t>(-1);
  Hundredths size_ = 0;
  Hundredths grey_ = -1;
  Hundredths x_ = 0;
  Hundredths y_ = 0;
};

}  // namespace

std::string format_utf16_hex(std::string_view text) {
  std::string hex;
  const auto put_unit = [&hex](std::uint32_t unit) {
    std::array<char, 12> digits{};
    std::snprintf(digits.data(), digits.size(), "%04X", static_cast<unsigned>(unit));
    hex += digits.data();
  };
  for (std::size_t at = 0; at < text.size(); at += character_length(text, at)) {
    const std::uint32_t c = code_point_at(text, at);
    if (c < 0x10000) {
      put_unit(c);
    } else {
      put_unit(0xD800 + ((c - 0x10000) >> 10));
      put_unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return hex;
}

Result<PageOperators> format_page(const Page& page, const FontSet& fonts) {
  PageOperators operators;
  for (std::size_t i = 0; i < page.pictures.size(); ++i) put_picture(operators.bytes, page.pictures[i], i, page.paper.height_pt);
  for (const BoxMark& box : page.boxes) put_box(operators.bytes, box, page.paper.height_pt);
  for (const RuleMark& rule : page.rules) put_rule(operators.bytes, rule, page.paper.height_pt);
  operators.bytes += "BT\n";
  TextWriter writer(operators, fonts, page.paper.height_pt);
  for (const TextMark& text : page.texts) TRY(writer.add(text));
  operators.bytes += "ET\n";
  return operators;
}

}  // namespace app
