#include "viewer/panel_insist.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "viewer/panel_frame.h"

namespace viewer {
namespace {

void draw_answer(const InsistView& view, const Box& field, Surface& surface) {
  const float em = surface.em();
  surface.fill(field, Ground::field);
  surface.outline(field, std::max(2.0f, em * 0.12f), surface.theme().focus);
  const float x = field.x + em * 0.6f, y = field.y + (field.h - surface.line_height(Face::body)) / 2;
  const float before = surface.atlas().width(std::string_view(view.typed).substr(0, view.caret), Face::body);
  const float shift = std::max(0.0f, before - (field.w - em * 2));
  surface.clip(field.inset(em * 0.3f, 2));
  surface.write(x - shift, y, view.typed, Face::body, Ground::field, Ink::plain);
  surface.fill({x - shift + before, field.y + field.h * 0.2f, std::max(2.0f, em * 0.09f), field.h * 0.6f},
               surface.theme().ink(Ground::field, Ink::accent));
  if (view.typed.empty()) surface.write(x + em * 0.4f, y, view.hint, Face::body, Ground::field, Ink::muted);
  surface.unclip();
}

}  // namespace

Intent draw_insist_panel(const InsistView& view, const Box& inside, Surface& surface) {
  const Box body = draw_keys_line(view.keys, inside, surface);
  const float em = surface.em();
  const float width = std::min(body.w - em * 2, em * 40), pad = em * 0.8f;
  const float x = body.x + std::max(em, (body.w - width) / 2);
  float y = body.y + std::max(em * 0.8f, body.h * 0.1f);

  float height = surface.wrapped_height(width - pad * 2, view.title, Face::title) + pad * 1.5f;
  for (const std::string& paragraph : view.paragraphs)
    height += surface.wrapped_height(width - pad * 2, paragraph, Face::body) + em * 0.4f;
  const Ground ground = view.is_calm ? Ground::banner : Ground::alarm;
  surface.fill({x, y, width, height}, ground);
  float line_y = y + pad / 2;
  line_y += surface.write_wrapped(x + pad, line_y, width - pad * 2, view.title, Face::title, ground, Ink::plain);
  line_y += pad / 2;
  for (const std::string& paragraph : view.paragraphs)
    line_y += surface.write_wrapped(x + pad, line_y, width - pad * 2, paragraph, Face::body, ground, Ink::plain) +
              em * 0.4f;
  y += height + em;

  y += surface.write_wrapped(x, y, width, view.label, Face::bold, Ground::page, Ink::plain) + em * 0.15f;
  draw_answer(view, {x, y, width, std::round(em * 2)}, surface);
  y += std::round(em * 2) + em * 0.5f;
  const Box button{x, y, surface.atlas().width(view.button, Face::bold) + em * 2, std::round(em * 1.8f)};
  surface.outline(button, 1, surface.theme().line);
  surface.write(button.x + em, button.y + (button.h - surface.line_height(Face::bold)) / 2, view.button, Face::bold,
                Ground::page, view.is_calm ? Ink::plain : Ink::alarm);
  return surface.clicked(button) ? Intent{Intent::Kind::submit} : Intent{};
}

}  // namespace viewer
