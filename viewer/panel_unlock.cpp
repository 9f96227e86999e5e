#include "viewer/panel_unlock.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "viewer/panel_frame.h"

namespace viewer {
namespace {

// From the fact `first` on: drawn, or only measured; the height.
float draw_facts(const UnlockView& view, std::size_t first, float x, float y, float width, bool draw, Surface& surface) {
  const float em = surface.em(), start = y;
  float label_width = 0;
  for (const Fact& fact : view.facts)
    label_width = std::max(label_width, surface.atlas().width(fact.label, Face::body));
  label_width += em * 1.2f;
  for (std::size_t i = first; i < view.facts.size(); ++i) {
    const Fact& fact = view.facts[i];
    if (!draw) {
      y += surface.wrapped_height(width - label_width, fact.value, Face::bold);
      continue;
    }
    surface.write(x, y, fact.label, Face::body, Ground::page, Ink::muted);
    y += surface.write_wrapped(x + label_width, y, width - label_width, fact.value, Face::bold, Ground::page,
                               Ink::plain);
  }
  return y - start;
}

// Dots and a caret, or what is going on.
Intent draw_field(const UnlockView& view, float x, float y, float width, float height, Surface& surface) {
  const float em = surface.em();
  const float button_width = surface.atlas().width("Open", Face::bold) + em * 2.4f;
  const Box field{x, y, width - button_width - em * 0.5f, height};
  surface.fill(field, Ground::field);
  surface.outline(field, std::max(2.0f, em * 0.12f), surface.theme().focus);
  const float text_y = field.y + (field.h - surface.line_height(Face::body)) / 2;
  if (view.working) {
    surface.write(field.x + em * 0.6f, text_y, "Opening\u2026 this takes a second or two", Face::body,
                  Ground::field, Ink::plain);
  } else {
    const float dot = std::round(em * 0.4f), step = std::round(em * 0.56f);
    const float room = field.w - em * 1.6f;
    const auto fits = static_cast<std::size_t>(std::max(1.0f, room / step));
    float at = field.x + em * 0.6f;
    if (!view.line.empty()) {
      surface.write(at, text_y, view.line, Face::bold, Ground::field, Ink::plain);
      at += surface.atlas().width(view.line, Face::bold);
    }
    const std::size_t dots = view.line.empty() ? std::min(view.typed, fits) : 0;
    for (std::size_t i = 0; i < dots; ++i, at += step)
      surface.fill({at, field.y + (field.h - dot) / 2, dot, dot},
                   surface.theme().ink(Ground::field, Ink::plain));
    const float caret = std::max(2.0f, em * 0.09f);
    surface.fill({at + 1, field.y + field.h * 0.2f, caret, field.h * 0.6f},
                 surface.theme().ink(Ground::field, Ink::accent));
    if (view.typed == 0)
      surface.write(at + em * 0.35f, text_y, "Type the passphrase, or the envelope's lines", Face::body, Ground::field, Ink::muted);
  }
  const Box button{field.right() + em * 0.5f, y, button_width, height};
  surface.fill(button, Ground::selected);
  surface.outline(button, 1, surface.theme().line);
  surface.write(button.x + em * 1.2f, text_y, "Open", Face::bold, Ground::selected, Ink::plain);
  return surface.clicked(button) ? Intent{Intent::Kind::submit} : Intent{};
}

// The other copies, those with a key first.
Intent draw_others(const UnlockView& view, const Box& room, Surface& surface) {
  if (view.spare.empty() && view.others.empty()) return {};
  float y = room.y;
  surface.write(room.x, y, "Other copies", Face::small, Ground::page, Ink::muted);
  y += surface.line_height(Face::small);
  const Intent intent = draw_spare(view.spare, room, y, surface);
  for (const std::string& other : view.others) {
    const float height = surface.wrapped_height(room.w, other, Face::small);
    if (y + height > room.bottom()) break;
    surface.write_wrapped(room.x, y, room.w, other, Face::small, Ground::page, Ink::muted);
    y += height;
  }
  return intent;
}

// The field and what is said of it; all else goes where that has room.
float height_of_field(const UnlockView& view, float width, Surface& surface) {
  const float em = surface.em();
  float height = surface.line_height(Face::bold) + em * 2.6f;
  if (view.problem.empty()) return height + surface.wrapped_height(width, view.hint, Face::small);
  height += surface.wrapped_height(width - em, view.problem, Face::bold) + surface.wrapped_height(width - em, view.advice, Face::body) + em * 0.5f;
  return height + (view.insist.empty() ? 0 : em * 2.2f);
}

}  // namespace

Intent draw_unlock_panel(const UnlockView& view, const Box& inside, Surface& surface) {
  const Box body = inside.h > surface.em() * 16 ? draw_keys_line(view.keys, inside, surface) : inside;
  const float em = surface.em();
  const float width = std::min(body.w - em * 2, em * 40);
  const float x = body.x + std::max(em, (body.w - width) / 2);
  float y = body.y + std::max(em * 0.4f, std::min(em * 0.8f + std::max(0.0f, (body.h - em * 26) * 0.35f), body.h * 0.3f));

  float room = body.bottom() - y - height_of_field(view, width, surface);
  const auto fits = [&room](float height) {
    const bool does = height <= room;
    if (does) room -= height;
    return does;
  };
  // Who signed it stands last among the facts and goes last: the frame says how old it is.
  const bool has_title = fits(surface.wrapped_height(width, view.title, Face::title) + em * 0.4f);
  std::size_t first = 0;
  while (first < view.facts.size() && draw_facts(view, first, x, 0, width, false, surface) + em * 0.9f > room) ++first;
  if (first < view.facts.size()) room -= draw_facts(view, first, x, 0, width, false, surface) + em * 0.9f;
  const bool has_purpose = fits(surface.wrapped_height(width, view.purpose, Face::body) + em * 0.5f);
  if (has_title) y += surface.write_wrapped(x, y, width, view.title, Face::title, Ground::page, Ink::plain);
  if (has_purpose) y += surface.write_wrapped(x, y, width, view.purpose, Face::body, Ground::page, Ink::muted) + em * 0.5f;
  if (has_title || has_purpose) y += em * 0.4f;
  if (first < view.facts.size()) y += draw_facts(view, first, x, y, width, true, surface) + em * 0.9f;

  const float label = surface.write(x, y, "Passphrase", Face::bold, Ground::page, Ink::plain);
  const Box who{x + label + em * 0.4f, y, surface.atlas().width(view.who, Face::body), surface.line_height(Face::body)};
  if (!view.who.empty()) surface.write(who.x, who.y, view.who, Face::body, Ground::page, Ink::accent);
  y += surface.line_height(Face::bold) + em * 0.15f;
  const float height = std::round(em * 2);
  Intent intent = draw_field(view, x, y, width, height, surface);
  if (!view.who.empty() && surface.clicked(who)) intent = {Intent::Kind::choose_keyholder, 1, 0};
  y += height + em * 0.35f;
  if (!view.problem.empty()) {
    const float pad = em * 0.5f;
    const float problem_h = surface.wrapped_height(width - pad * 2, view.problem, Face::bold) +
                            surface.wrapped_height(width - pad * 2, view.advice, Face::body) + pad;
    surface.fill({x, y, width, problem_h}, Ground::alarm);
    float line_y = y + pad / 2;
    line_y += surface.write_wrapped(x + pad, line_y, width - pad * 2, view.problem, Face::bold, Ground::alarm,
                                    Ink::plain);
    surface.write_wrapped(x + pad, line_y, width - pad * 2, view.advice, Face::body, Ground::alarm,
                          Ink::plain);
    y += problem_h;
    if (!view.insist.empty()) {
      const Box button{x, y + em * 0.4f, surface.atlas().width(view.insist, Face::body) + em * 2, std::round(em * 1.7f)};
      surface.outline(button, 1, surface.theme().line);
      surface.write(button.x + em, button.y + (button.h - surface.line_height(Face::body)) / 2, view.insist, Face::body,
                    Ground::page, Ink::alarm);
      if (surface.clicked(button)) intent.kind = Intent::Kind::insist;
      y += em * 0.4f + button.h;
    }
  } else {
    y += surface.write_wrapped(x, y, width, view.hint, Face::small, Ground::page, Ink::muted);
  }
  for (const std::string& notice : view.notices)
    y += surface.write_wrapped(x, y + em * 0.3f, width, notice, Face::small, Ground::page, Ink::plain) + em * 0.3f;
  const Intent other = draw_others(view, {x, y + em * 0.9f, width, body.bottom() - y - em * 0.9f}, surface);
  return other.kind == Intent::Kind::none ? intent : other;
}

}  // namespace viewer
