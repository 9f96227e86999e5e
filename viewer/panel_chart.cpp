#include "viewer/panel_chart.h"

#include <algorithm>
#include <cmath>

#include "viewer/panel_banner.h"
#include "viewer/panel_frame.h"
#include "viewer/panel_plot.h"

namespace viewer {
namespace {

float measure_links(const ChartView& view, float width, bool draw, const Box& side, int current,
                    Intent& intent, Surface& surface) {
  const float em = surface.em(), line = surface.line_height(Face::small), key_width = em * 1.5f;
  float y = side.y + em * 0.3f;
  for (std::size_t i = 0; i < view.links.size(); ++i) {
    const SectionLink& link = view.links[i];
    const float text_x = side.x + em * 0.5f + key_width, text_w = width - em * 0.9f - key_width;
    const float height = std::round(surface.wrapped_height(text_w, link.title, Face::small) + em * 0.22f);
    if (draw) {
      const bool is_current = static_cast<int>(i) == current;
      const Ground ground = is_current ? Ground::selected : Ground::side;
      const Box box{side.x, y, width, height};
      if (is_current) {
        surface.fill(box, ground);
        surface.fill({box.x, box.y, std::round(em * 0.2f), box.h}, surface.theme().focus);
      }
      const float text_y = y + em * 0.11f;
      if (!link.key.empty()) {
        const float key = surface.atlas().width(link.key, Face::small);
        surface.outline({side.x + em * 0.5f, text_y, std::max(em * 0.9f, key + em * 0.3f), line}, 1,
                        surface.theme().line);
        surface.write(side.x + em * 0.5f + (std::max(em * 0.9f, key + em * 0.3f) - key) / 2, text_y, link.key,
                      Face::small, ground, Ink::muted);
      }
      surface.write_wrapped(text_x, text_y, text_w, link.title, Face::small, ground, Ink::plain);
      if (surface.clicked(box)) intent = {Intent::Kind::jump_to_section, static_cast<int>(i), 0};
    }
    y += height;
  }
  return y - side.y;
}

// The list of sections; one that is longer than the window moves along with the section in sight.
Intent draw_links(const ChartView& view, const Box& side, int current, Surface& surface) {
  Intent intent;
  const float em = surface.em();
  surface.fill(side, Ground::side);
  surface.fill({side.right() - 1, side.y, 1, side.h}, surface.theme().line);
  surface.write(side.x + em * 0.5f, side.y + em * 0.25f, "Go to: Alt and \u2026", Face::small, Ground::side,
                Ink::muted);
  const float head = surface.line_height(Face::small) + em * 0.25f;
  Box list{side.x, side.y + head, side.w, side.h - head};
  const float whole = measure_links(view, side.w, false, list, current, intent, surface);
  surface.clip(list);
  if (whole > list.h && view.links.size() > 1)
    list.y -= std::round((whole - list.h) * static_cast<float>(current) /
                         static_cast<float>(view.links.size() - 1));
  measure_links(view, side.w, true, list, current, intent, surface);
  surface.unclip();
  return intent;
}

void draw_page(const ChartLayout& layout, float top, const Box& page, Surface& surface) {
  const float dx = page.x, dy = page.y - top;
  const Theme& theme = surface.theme();
  for (const PlacedBox& placed : layout.boxes) {
    const Box box{placed.box.x + dx, placed.box.y + dy, placed.box.w, placed.box.h};
    if (box.bottom() < page.y || box.y > page.bottom()) continue;
    switch (placed.kind) {
      case PlacedBox::Kind::fill:
      case PlacedBox::Kind::bar:
        surface.fill(box, placed.ground);
        break;
      case PlacedBox::Kind::outline:
        surface.outline(box, 2, theme.ink(placed.ground, Ink::missing));
        break;
      case PlacedBox::Kind::rule:
        surface.fill(box, theme.line);
        break;
    }
  }
  for (const PlacedPlot& placed : layout.plots) {
    const Box box{placed.box.x + dx, placed.box.y + dy, placed.box.w, placed.box.h};
    if (box.bottom() >= page.y && box.y <= page.bottom()) draw_plot(placed.plot, box, placed.ground, surface);
  }
  const auto first =
      std::lower_bound(layout.texts.begin(), layout.texts.end(), top - surface.line_height(Face::title),
                       [](const PlacedText& text, float y) { return text.y < y; });
  for (auto text = first; text != layout.texts.end() && text->y < top + page.h; ++text)
    surface.write(text->x + dx, text->y + dy, text->text, text->face, text->ground, text->ink);
}

void draw_bar(const ChartScroll& scroll, const Box& page, Surface& surface) {
  const float height = scroll.layout().height;
  if (height <= page.h) return;
  const float em = surface.em(), width = std::round(em * 0.35f);
  const Box track{page.right() - width, page.y, width, page.h};
  surface.fill(track, Ground::side);
  const float thumb = std::max(em * 1.5f, page.h * page.h / height);
  const float y = page.y + (page.h - thumb) * scroll.top() / std::max(1.0f, height - page.h);
  surface.fill({track.x, y, width, thumb}, surface.theme().focus);
}

}  // namespace

float ChartScroll::bottom() const { return std::max(0.0f, layout_.height - window_px_); }

void ChartScroll::scroll_by(float distance_px) {
  top_px_ = std::round(std::clamp(top_px_ + distance_px, 0.0f, bottom()));
  chosen_section_ = -1;
}

void ChartScroll::to_end() {
  top_px_ = bottom();
  chosen_section_ = -1;
}

void ChartScroll::to_section(int section) {
  if (layout_.section_tops.empty()) return;
  chosen_section_ = std::clamp(section, 0, static_cast<int>(layout_.section_tops.size()) - 1);
  top_px_ = std::round(std::min(layout_.section_tops[static_cast<std::size_t>(chosen_section_)], bottom()));
}

int ChartScroll::current_section() const {
  if (chosen_section_ >= 0) return chosen_section_;
  const auto& tops = layout_.section_tops;
  const auto after = std::upper_bound(tops.begin(), tops.end(), top_px_ + line_px_ * 1.5f);
  return std::max(0, static_cast<int>(after - tops.begin()) - 1);
}

void ChartScroll::prepare(const app::Sheet& sheet, std::uint64_t chart_number, float width, float window,
                          Surface& surface) {
  if (chart_number != chart_number_) top_px_ = 0, chosen_section_ = 0;
  if (chart_number != chart_number_ || width != width_px_ || surface.em() != em_px_) {
    const int section = current_section();
    const bool resized = chart_number == chart_number_ && top_px_ > 0;
    layout_ = lay_out_chart(sheet, width, surface);
    chart_number_ = chart_number, width_px_ = width, em_px_ = surface.em();
    if (resized) to_section(section);
  }
  line_px_ = surface.line_height(Face::body);
  window_px_ = window;
  top_px_ = std::clamp(top_px_, 0.0f, bottom());
}

Intent draw_chart_panel(const ChartView& view, std::uint64_t chart_number, const Box& inside,
                        ChartScroll& scroll, Surface& surface) {
  // Where there is little room, it is the record's.
  const Box body = inside.h > surface.em() * 16 ? draw_keys_line(view.keys, inside, surface) : inside;
  const Box below = draw_banner_panel(*view.sheet, body, surface);
  const float em = surface.em();
  const float side_width = below.w > em * 34 ? std::round(em * 11.5f) : 0;
  const Box side{below.x, below.y, side_width, below.h};
  const Box page{below.x + side_width + em * 0.5f, below.y, below.w - side_width - em * 0.8f, below.h};
  scroll.prepare(*view.sheet, chart_number, page.w - em * 0.6f, page.h, surface);

  Intent intent;
  if (side_width > 0) intent = draw_links(view, side, scroll.current_section(), surface);
  surface.clip(page);
  draw_page(scroll.layout(), scroll.top(), page, surface);
  draw_bar(scroll, page, surface);
  if (const float wheel = surface.wheel(page); wheel != 0)
    intent = {Intent::Kind::scroll, 0, -wheel * surface.line_height(Face::body) * 3};
  surface.unclip();
  return intent;
}

}  // namespace viewer
