#include "viewer/panel_frame.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace viewer {

namespace {

// Green says that nothing is the matter.
Ground ground_of(const FrameView& view) {
  if (!view.verified) return Ground::alarm;
  return view.age == app::Age::fresh && !view.alerts.empty() ? Ground::frame_stale : frame_ground(view.age);
}

}  // namespace

Box draw_frame_panel(const FrameView& view, Surface& surface) {
  const Ground ground = ground_of(view);
  const Box whole = surface.whole();
  const float em = surface.em(), pad = std::round(em * 0.6f), edge = std::max(3.0f, std::round(em * (view.verified ? 0.2f : 0.5f)));
  const float line = surface.line_height(Face::bold);

  // On a narrow window the parts stand below each other; none is left out.
  const float wide = surface.atlas().width(view.words, Face::bold) +
                     surface.atlas().width(view.practice, Face::body) +
                     surface.atlas().width(view.as_of, Face::bold) + pad * 6;
  const bool one_line = wide <= whole.w;
  std::vector<std::string> warning;
  std::vector<std::string> paragraphs = view.alerts;
  if (!view.warning.empty()) paragraphs.push_back(view.warning);
  for (const std::string& paragraph : paragraphs)
    for (std::string& text : surface.wrap(whole.w - pad * 2, paragraph, Face::bold)) warning.push_back(std::move(text));
  const float lines = (one_line ? 1.0f : 2.0f) + static_cast<float>(warning.size());
  const float height = std::round(lines * line + em * 0.44f);

  surface.fill({0, 0, whole.w, height}, ground);
  surface.fill({0, height, edge, whole.h - height}, ground);
  surface.fill({whole.w - edge, height, edge, whole.h - height}, ground);
  surface.fill({0, whole.h - edge, whole.w, edge}, ground);

  float y = std::round(em * 0.22f);
  const float words = surface.write(pad, y, view.words, Face::bold, ground, Ink::plain);
  surface.write(pad + words + pad * 1.5f, y, view.practice, Face::body, ground, Ink::muted);
  if (!one_line) y += line;
  const float as_of = surface.atlas().width(view.as_of, Face::bold);
  surface.write(one_line ? whole.w - pad - as_of : pad, y, view.as_of, Face::bold, ground, Ink::plain);
  for (const std::string& text : warning) {
    y += line;
    surface.write(pad, y, text, Face::bold, ground, Ink::plain);
  }
  return {edge, height, whole.w - 2 * edge, whole.h - height - edge};
}

Box draw_keys_line(const std::vector<Fact>& keys, const Box& inside, Surface& surface) {
  const float em = surface.em(), line = surface.line_height(Face::small), gap = std::round(em * 0.35f);
  TextAtlas& atlas = surface.atlas();
  // Laid out first: on a narrow window the line becomes two.
  struct Placed {
    float x, y;
    const Fact* key;
  };
  std::vector<Placed> placed;
  float x = em * 0.8f, y = 0;
  for (const Fact& key : keys) {
    const float width = atlas.width(key.label, Face::small) + gap * 3 + atlas.width(key.value, Face::small);
    if (x > em && x + width > inside.w - em * 0.5f) x = em * 0.8f, y += line + gap;
    placed.push_back({x, y, &key});
    x += width + em * 1.1f;
  }
  const float height = keys.empty() ? 0 : y + line + gap * 2;
  const Box box{inside.x, inside.bottom() - height, inside.w, height};
  surface.fill(box, Ground::side);
  surface.fill({box.x, box.y, box.w, 1}, surface.theme().line);
  for (const Placed& at : placed) {
    const float width = atlas.width(at.key->label, Face::small);
    const Box cap{box.x + at.x, box.y + gap + at.y, width + gap * 2, line};
    surface.outline(cap, 1, surface.theme().line);
    surface.write(cap.x + gap, cap.y, at.key->label, Face::small, Ground::side, Ink::plain);
    surface.write(cap.right() + gap, cap.y, at.key->value, Face::small, Ground::side, Ink::muted);
  }
  return {inside.x, inside.y, inside.w, inside.h - height};
}

}  // namespace viewer
