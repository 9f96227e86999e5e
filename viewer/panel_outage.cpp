#include "viewer/panel_outage.h"

#include <algorithm>
#include <cmath>

#include "viewer/panel_frame.h"

namespace viewer {
namespace {

float draw_row(const OutageRow& row, float x, float y, float width, bool draw, Surface& surface) {
  const float em = surface.em(), indent = row.is_heading ? 0 : em * 0.8f, above = row.is_heading ? em * 0.7f : em * 0.25f;
  const float title = surface.wrapped_height(width - indent, row.title, Face::bold);
  const float detail = row.detail.empty() ? 0 : surface.wrapped_height(width - indent, row.detail, Face::body);
  if (draw) {
    if (row.is_heading) surface.fill({x, y + above + title, width, 1}, surface.theme().line);
    surface.write_wrapped(x + indent, y + above, width - indent, row.title, Face::bold, Ground::page, row.is_heading ? Ink::accent : Ink::plain);
    if (detail > 0) surface.write_wrapped(x + indent, y + above + title, width - indent, row.detail, Face::body, Ground::page, Ink::muted);
  }
  return above + title + detail;
}

// The whole page with its top at y: drawn, or only measured; the height.
float draw_page(const OutageView& view, float x, float y, float width, bool draw, Intent& intent, Surface& surface) {
  const float em = surface.em(), start = y;
  y += em * 0.8f;
  const auto words = [&](const std::string& text, Face face) {
    y += draw ? surface.write_wrapped(x, y, width, text, face, Ground::page, Ink::plain) : surface.wrapped_height(width, text, face);
    y += em * 0.5f;
  };
  words(view.title, Face::title);
  for (const std::string& paragraph : view.paragraphs) words(paragraph, Face::body);
  const Box button{x, y, surface.atlas().width(view.button, Face::bold) + em * 2, em * 2};
  if (draw) {
    surface.fill(button, Ground::selected);
    surface.outline(button, std::max(2.0f, em * 0.12f), surface.theme().focus);
    surface.write(x + em, y + (button.h - surface.line_height(Face::bold)) / 2, view.button, Face::bold, Ground::selected, Ink::plain);
    if (surface.clicked(button)) intent.kind = Intent::Kind::submit;
  }
  y += em * 2.3f;
  for (const OutageRow& row : view.rows) y += draw_row(row, x, y, width, draw, surface);
  return y + em - start;
}

}  // namespace

void OutageScroll::scroll_by(float distance_px) {
  top_px_ = std::round(std::clamp(top_px_ + distance_px, 0.0f, std::max(0.0f, height_px_ - window_px_)));
}

void OutageScroll::prepare(float height_px, float window_px, float line_px) {
  height_px_ = height_px, window_px_ = window_px, line_px_ = line_px;
  scroll_by(0);
}

Intent draw_outage_panel(const OutageView& view, const Box& inside, OutageScroll& scroll, Surface& surface) {
  Intent intent;
  const float em = surface.em();
  const Box body = inside.h > em * 16 ? draw_keys_line(view.keys, inside, surface) : inside;
  const float width = std::min(body.w - em * 2, em * 42), x = body.x + std::max(em, (body.w - width) / 2);
  const float line = surface.line_height(Face::body);
  const float height = draw_page(view, x, 0, width, false, intent, surface);
  // What is below is announced where it would be missed.
  const float note = height > body.h ? surface.line_height(Face::small) + em * 0.2f : 0;
  const Box page{body.x, body.y, body.w, body.h - note};
  scroll.prepare(height, page.h, line);
  surface.clip(page);
  draw_page(view, x, page.y - scroll.top(), width, true, intent, surface);
  if (const float wheel = surface.wheel(page); wheel != 0) intent = {Intent::Kind::scroll, 0, -wheel * line * 3};
  surface.unclip();
  const bool is_at_end = scroll.top() + page.h >= height - 1;
  if (note > 0)
    surface.write(x, page.bottom() + em * 0.1f, is_at_end ? "The list ends here: Up" : "There is more below: Down, PgDn", Face::small, Ground::page, Ink::accent);
  return intent;
}

}  // namespace viewer
