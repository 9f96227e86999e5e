#include "viewer/panel_print.h"

#include <algorithm>
#include <cmath>

#include "viewer/panel_banner.h"
#include "viewer/panel_frame.h"

namespace viewer {
namespace {

float draw_row(const PrintRow& row, bool selected, bool draw, const Box& list, float y, Surface& surface) {
  const float em = surface.em(), pad = em * 0.18f, key_width = em * 1.4f;
  const float title_width = surface.atlas().width(row.title, Face::bold) + em * 0.7f;
  const float width = list.w - key_width - em * 1.2f;
  const bool beside = title_width + surface.atlas().width(row.detail, Face::small) <= width;
  const float title = surface.wrapped_height(width, row.title, Face::bold);
  const float height = std::round(title + (beside ? 0 : surface.wrapped_height(width, row.detail, Face::small)) + pad * 2);
  if (!draw) return height;
  const Ground ground = selected ? Ground::selected : Ground::page;
  const Box box{list.x, y, list.w, height};
  if (selected) {
    surface.fill(box, ground);
    surface.fill({box.x, box.y, std::round(em * 0.2f), box.h}, surface.theme().focus);
  }
  surface.fill({box.x, box.bottom() - 1, box.w, 1}, surface.theme().line);
  const float x = list.x + em * 0.6f, line = surface.line_height(Face::bold);
  if (!row.key.empty()) {
    const float key = surface.atlas().width(row.key, Face::small);
    surface.outline({x, y + pad, em, line}, 1, surface.theme().line);
    surface.write(x + (em - key) / 2, y + pad + (line - surface.line_height(Face::small)) / 2, row.key, Face::small, ground, Ink::plain);
  }
  surface.write_wrapped(x + key_width, y + pad, width, row.title, Face::bold, ground, Ink::plain);
  if (beside) surface.write(x + key_width + title_width, y + pad + (line - surface.line_height(Face::small)) / 2, row.detail, Face::small, ground, Ink::muted);
  else surface.write_wrapped(x + key_width, y + pad + title, width, row.detail, Face::small, ground, Ink::muted);
  return height;
}

}  // namespace

Intent draw_print_panel(const PrintView& view, const Box& inside, Surface& surface) {
  const float em = surface.em();
  const Box body = inside.h > em * 16 ? draw_keys_line(view.keys, inside, surface) : inside;
  const Box below = view.sheet != nullptr ? draw_banner_panel(*view.sheet, body, surface) : body;
  const Box room{below.x + em * 0.5f, below.y, below.w - em, below.h};
  float y = room.y + em * 0.25f;
  y += surface.write_wrapped(room.x, y, room.w, view.heading, Face::title, Ground::page, Ink::plain);
  y += surface.write_wrapped(room.x, y, room.w, view.target + "   \u00B7   " + view.copies, Face::body, Ground::page, Ink::plain) + em * 0.15f;
  if (!view.kept.empty()) y += surface.write_wrapped(room.x, y, room.w, view.kept, Face::small, Ground::page, Ink::muted);
  if (!view.problem.empty()) y += surface.write_wrapped(room.x, y, room.w, view.problem, Face::bold, Ground::page, Ink::alarm);
  const Box list{room.x, y, room.w, below.bottom() - y};
  std::size_t first = 0;
  float height = 0;
  for (std::size_t i = 0; i <= view.selected && i < view.rows.size(); ++i) {
    height += draw_row(view.rows[i], false, false, list, 0, surface);
    while (height > list.h && first < i) height -= draw_row(view.rows[first++], false, false, list, 0, surface);
  }
  Intent intent;
  surface.clip(list);
  for (std::size_t i = first; i < view.rows.size() && y < list.bottom(); ++i) {
    const float row = draw_row(view.rows[i], i == view.selected, true, list, y, surface);
    if (surface.clicked({list.x, y, list.w, row})) intent = {Intent::Kind::print_choice, static_cast<int>(i), 0};
    y += row;
  }
  surface.unclip();
  return intent;
}

}  // namespace viewer
