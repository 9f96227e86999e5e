#include "viewer/chart_layout.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/record/plot_scale.h"
#include "app/record/text_runs.h"

namespace viewer {
namespace {

Face face_of(app::Weight weight) {
  return weight == app::Weight::plain || weight == app::Weight::muted ? Face::body : Face::bold;
}

Ink ink_of(app::Weight weight) {
  switch (weight) {
    case app::Weight::plain:
    case app::Weight::strong:
      return Ink::plain;
    case app::Weight::alarm:
      return Ink::alarm;
    case app::Weight::muted:
      return Ink::muted;
    case app::Weight::missing:
      return Ink::missing;
  }
  return Ink::plain;
}

// Writes the page from top to bottom.
class Setter {
 public:
  Setter(float width, Surface& surface)
      : surface_(surface), em_(surface.em()), width_(width), narrow_(width < em_ * 30) {}

  void section(const app::SheetSection& section) {
    y_ += y_ > 0 ? em_ * 0.8f : em_ * 0.3f;
    layout_.section_tops.push_back(y_);
    y_ += wrapped(em_ * 0.4f, width_ - em_ * 0.4f, section.title, Face::bold, Ground::page, Ink::accent);
    layout_.boxes.push_back({{0, y_, width_, 1}, PlacedBox::Kind::rule, Ground::page});
    y_ += em_ * 0.2f;
    if (!section.statement.empty()) statement(section);
    std::size_t index = 0;
    for (const app::Row& row : section.rows) {
      if (row.heads) y_ += index > 0 ? em_ * 0.4f : 0, index = 0;
      set_row(row, row.heads ? Ground::side : index++ % 2 == 1 ? Ground::stripe : Ground::page);
    }
  }

  ChartLayout finish() {
    layout_.height = y_ + em_ * 0.3f;
    std::stable_sort(layout_.texts.begin(), layout_.texts.end(),
                     [](const PlacedText& a, const PlacedText& b) { return a.y < b.y; });
    return std::move(layout_);
  }

 private:
  float wrapped(float x, float width, std::string_view text, Face face, Ground ground, Ink ink) {
    return wrapped_at(x, y_, width, text, face, ground, ink);
  }

  float wrapped_at(float x, float y, float width, std::string_view text, Face face, Ground ground, Ink ink) {
    const float start = y;
    for (std::string& line : surface_.wrap(width, text, face)) {
      layout_.texts.push_back({x, y, std::move(line), face, ground, ink});
      y += surface_.line_height(face);
    }
    return y - start;
  }

  void statement(const app::SheetSection& section) {
    const float start = y_;
    y_ += wrapped(em_ * 0.8f, width_ - em_ * 1.6f, section.statement, face_of(section.statement_weight),
                  Ground::page, ink_of(section.statement_weight));
    mark(section.statement_weight, {0, start, width_, y_ - start});
    y_ += em_ * 0.2f;
  }

  // What must not be overlooked, or could not be read, shows in greyscale too.
  void mark(app::Weight weight, const Box& box) {
    const float bar = std::round(em_ * 0.25f);
    if (weight == app::Weight::alarm)
      layout_.boxes.push_back({{box.x, box.y, bar, box.h}, PlacedBox::Kind::bar, Ground::alarm});
    if (weight == app::Weight::missing)
      layout_.boxes.push_back({box, PlacedBox::Kind::outline, Ground::page});
  }

  // Pieces of one value, a blank between them, broken where their scripts allow; the height.
  float flow(const std::vector<app::Span>& spans, float x, float y, float width, Ground ground) {
    const float line = surface_.line_height(Face::body), start = y;
    float at = 0;
    for (const app::Span& span : spans) {
      const Face face = face_of(span.weight);
      const float blank = at > 0 ? surface_.atlas().width(" ", face) : 0;
      const float whole = surface_.atlas().width(span.text, face);
      if (at + blank + whole <= width && span.text.find('\n') == std::string::npos) {
        layout_.texts.push_back({x + at + blank, y, span.text, face, ground, ink_of(span.weight)});
        at += blank + whole;
        continue;
      }
      // A piece that would fit on a line of its own is not torn apart.
      if (at > 0 && (whole <= width || at > width * 0.6f)) at = 0, y += line;
      const float from = at > 0 ? at + blank : 0;
      const std::vector<std::string> lines = wrap_after(from, width, span.text, face);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        const float left = i == 0 ? from : 0;
        if (i > 0) y += line;
        layout_.texts.push_back({x + left, y, lines[i], face, ground, ink_of(span.weight)});
        at = left + surface_.atlas().width(lines[i], face);
      }
    }
    return y + line - start;
  }

  // The first line is shorter by `from`.
  std::vector<std::string> wrap_after(float from, float width, const std::string& text, Face face) {
    if (from <= 0) return surface_.wrap(width, text, face);
    std::size_t fits = 0;
    for (const std::size_t end : app::line_breaks(text)) {
      if (from + surface_.atlas().width(std::string_view(text).substr(0, end), face) > width) break;
      fits = end;
      if (end > 0 && text[end - 1] == '\n') break;
    }
    std::vector<std::string> lines = {text.substr(0, fits)};
    for (std::string& line : surface_.wrap(width, std::string_view(text).substr(fits), face))
      lines.push_back(std::move(line));
    return lines;
  }

  // A drawing with its highest and its lowest number at the right; the height.
  float plot(const app::Plot& plot, float x, float y, float width, Ground ground) {
    const app::PlotScale scale(plot);
    const std::string high = scale.highest(), low = scale.lowest();
    const float numbers = std::max(surface_.atlas().width(high, Face::small), surface_.atlas().width(low, Face::small));
    const float gap = em_ * 0.25f, line = surface_.line_height(Face::small), height = std::round(line * 1.8f);
    const Box box{x, y + gap, width - numbers - gap * 2, height};
    if (box.w < em_) return 0;  // the numbers alone would fill the column
    layout_.plots.push_back({box, plot, ground});
    layout_.texts.push_back({box.right() + gap * 2, box.y - line * 0.15f, high, Face::small, ground, Ink::muted});
    if (high != low)
      layout_.texts.push_back(
          {box.right() + gap * 2, box.bottom() - line * 0.85f, low, Face::small, ground, Ink::muted});
    return height + gap * 2;
  }

  void set_row(const app::Row& row, Ground ground) {
    const float start = y_, pad = em_ * 0.16f, left = em_ * 0.8f, gap = em_ * 0.6f;
    const std::size_t ground_at = layout_.boxes.size();
    layout_.boxes.push_back({{}, PlacedBox::Kind::fill, ground});
    y_ += pad;
    const float label_w = narrow_ ? width_ - left * 2 : width_ * 0.30f - left;
    const float value_x = narrow_ ? left + em_ : width_ * 0.30f + gap;
    const bool is_plotted = !row.plot.lines.empty();
    const float when_w = (row.when.empty() && !is_plotted) || narrow_ ? 0 : width_ * 0.19f;
    const float value_w = width_ - left - value_x - (when_w > 0 ? when_w + gap : 0);
    const Ink label_ink = row.weight == app::Weight::plain ? Ink::plain : ink_of(row.weight);

    float height = wrapped(left, label_w, row.label, face_of(row.weight), ground, label_ink);
    if (narrow_) y_ += height, height = 0;
    float value = row.value.empty() ? 0 : flow(row.value, value_x, y_, value_w, ground);
    if (narrow_ && !row.when.empty())
      value += wrapped_at(value_x, y_ + value, value_w, row.when, Face::body, ground, Ink::muted);
    if (when_w > 0) {
      const float when_x = width_ - left - when_w;
      float when = row.when.empty() ? 0 : wrapped(when_x, when_w, row.when, Face::body, ground, Ink::muted);
      if (is_plotted) when += plot(row.plot, when_x, y_ + when, when_w, ground);
      height = std::max(height, when);
    }
    if (!row.detail.empty())
      value += wrapped_at(value_x, y_ + value, value_w, row.detail, Face::small, ground, Ink::muted);
    if (narrow_ && is_plotted) value += plot(row.plot, value_x, y_ + value, std::min(value_w, em_ * 10), ground);
    y_ += std::max(height, value) + pad;
    const Box box{0, start, width_, y_ - start};
    layout_.boxes[ground_at].box = box;
    mark(row.weight, box);
  }

  ChartLayout layout_;
  Surface& surface_;
  float em_;
  float width_;
  bool narrow_;
  float y_ = 0;
};

}  // namespace

ChartLayout lay_out_chart(const app::Sheet& sheet, float width, Surface& surface) {
  Setter setter(width, surface);
  for (const app::SheetSection& section : sheet.sections) setter.section(section);
  return setter.finish();
}

}  // namespace viewer
