#include "viewer/panel_stick.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "viewer/panel_frame.h"

namespace viewer {
namespace {

// A little room after each letter, so that none is skipped; less than a blank's, so that nobody types one. Lines break
// between groups.
float draw_letters(const std::string& password, const Box& room, bool draw, Surface& surface) {
  const float em = surface.em(), pad = em * 0.5f, line = surface.line_height(Face::title) + pad;
  const auto advance = [&](std::string_view letter) {
    return std::round(surface.atlas().width(letter, Face::title) + em * 0.14f);
  };
  float x = room.x + pad, y = room.y + pad;
  for (std::size_t at = 0; at < password.size();) {
    const std::size_t end = std::min(password.find('-', at), password.size() - 1) + 1;
    float width = 0;
    for (std::size_t i = at; i < end; ++i) width += advance(std::string_view(password).substr(i, 1));
    if (x > room.x + pad && x + width > room.right() - pad) x = room.x + pad, y += line;
    for (; at < end; ++at) {
      const std::string_view letter = std::string_view(password).substr(at, 1);
      if (draw) surface.write(x, y, letter, Face::title, Ground::field, Ink::plain);
      x += advance(letter);
    }
  }
  return y + line - room.y;
}

}  // namespace

Intent draw_stick_panel(const StickView& view, const Box& inside, Surface& surface) {
  const Box body = draw_keys_line(view.keys, inside, surface);
  const float em = surface.em();
  const float width = std::min(body.w - em * 2, em * 36);
  const float x = body.x + std::max(em, (body.w - width) / 2);
  float y = body.y + std::min(em, body.h * 0.04f);
  y += surface.write_wrapped(x, y, width, view.title, Face::title, Ground::page, Ink::plain) + em * 0.3f;
  float label_width = 0;
  for (const Fact& fact : view.facts)
    label_width = std::max(label_width, surface.atlas().width(fact.label, Face::body) + em);
  for (const Fact& fact : view.facts) {
    surface.write(x, y, fact.label, Face::body, Ground::page, Ink::muted);
    const float value_width = width - label_width;
    y += surface.write_wrapped(x + label_width, y, value_width, fact.value, Face::bold, Ground::page, Ink::plain);
  }
  y += em * 0.4f;
  y += surface.write_wrapped(x, y, width, view.label, Face::body, Ground::page, Ink::muted) + em * 0.1f;
  const Box field{x, y, width, draw_letters(view.password, {x, y, width, 0}, false, surface)};
  surface.fill(field, Ground::field);
  surface.outline(field, std::max(2.0f, em * 0.12f), surface.theme().focus);
  draw_letters(view.password, field, true, surface);
  y = field.bottom() + em * 0.3f;
  y += surface.write_wrapped(x, y, width, view.hint, Face::bold, Ground::page, Ink::plain) + em * 0.5f;
  for (const std::string& paragraph : view.paragraphs)
    y += surface.write_wrapped(x, y, width, paragraph, Face::body, Ground::page, Ink::plain) + em * 0.4f;
  return {};
}

}  // namespace viewer
