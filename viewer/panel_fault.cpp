#include "viewer/panel_fault.h"

#include <algorithm>
#include <string>

#include "viewer/panel_frame.h"

namespace viewer {

Intent draw_fault_panel(const FaultView& view, const Box& inside, Surface& surface) {
  const Box body = draw_keys_line(view.keys, inside, surface);
  const float em = surface.em();
  const float width = std::min(body.w - em * 2, em * 36);
  const float x = body.x + std::max(em, (body.w - width) / 2);
  float y = body.y + std::max(em, body.h * 0.14f);
  y += surface.write_wrapped(x, y, width, view.title, Face::title, Ground::page, Ink::plain) + em * 0.6f;
  for (const std::string& paragraph : view.paragraphs)
    y += surface.write_wrapped(x, y, width, paragraph, Face::body, Ground::page, Ink::plain) + em * 0.6f;
  Intent intent = draw_spare(view.spare, {x, y, width, body.bottom() - y}, y, surface);
  if (!view.spare.empty()) y += em * 0.8f;
  if (!view.keys.empty()) {
    const Box button{x, y, surface.atlas().width(view.button, Face::bold) + em * 2, em * 2};
    surface.fill(button, Ground::selected);
    surface.outline(button, std::max(2.0f, em * 0.12f), surface.theme().focus);
    surface.write(x + em, y + (button.h - surface.line_height(Face::bold)) / 2, view.button, Face::bold,
                  Ground::selected, Ink::plain);
    if (surface.clicked(button)) intent.kind = Intent::Kind::submit;
    y += em * 3;
  }
  for (const std::string& detail : view.details) {
    const float height = surface.wrapped_height(width, detail, Face::small);
    if (y + height > body.bottom()) break;
    y += surface.write_wrapped(x, y, width, detail, Face::small, Ground::page, Ink::muted);
  }
  return intent;
}

}  // namespace viewer
