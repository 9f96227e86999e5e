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

std::string join(const std::vector<std::string>& notes) {
  std::string joined;
  for (const std::string& note : notes) joined += (joined.empty() ? "" : " \u00B7 ") + note;
  return joined;
}

}  // namespace

Box draw_frame_panel(const FrameView& view, Surface& surface) {
  const Ground ground = ground_of(view);
  const Box whole = surface.whole();
  const float em = surface.em(), pad = std::round(em * 0.6f), edge = std::max(3.0f, std::round(em * (view.verified ? 0.2f : 0.5f)));
  const float line = surface.line_height(Face::bold);

  // Who and how stands between what it is and how old, if there is room; else below.
  const float words = surface.atlas().width(view.words, Face::bold), as_of = surface.atlas().width(view.as_of, Face::bold);
  const float room = whole.w - pad * 2, gap = pad * 1.5f;
  const bool head_fits = words + as_of + gap <= room;
  const float beside = room - words - gap - (head_fits ? as_of + gap : 0);
  std::vector<std::string> said = view.notes;
  std::string notes = join(said);
  // A small window keeps its lines for the record, and does without what the unlock page has said.
  const bool is_small = whole.h < em * 26;
  for (const std::string& passing : view.passing) {
    if (!is_small || surface.atlas().width(notes, Face::body) <= beside) break;
    std::erase(said, passing);
    notes = join(said);
  }
  const bool notes_fit = (head_fits || is_small) && surface.atlas().width(notes, Face::body) <= beside;
  std::vector<std::string> below;
  if (!notes_fit && !notes.empty()) below = surface.wrap(room, notes, Face::body);
  std::vector<std::string> warning;
  std::vector<std::string> paragraphs = view.alerts;
  if (!view.warning.empty()) paragraphs.push_back(view.warning);
  for (const std::string& paragraph : paragraphs)
    for (std::string& text : surface.wrap(room, paragraph, Face::bold)) warning.push_back(std::move(text));
  const float lines = (head_fits ? 1.0f : 2.0f) + static_cast<float>(below.size() + warning.size());
  const float height = std::round(lines * line + em * 0.44f);

  surface.fill({0, 0, whole.w, height}, ground);
  surface.fill({0, height, edge, whole.h - height}, ground);
  surface.fill({whole.w - edge, height, edge, whole.h - height}, ground);
  surface.fill({0, whole.h - edge, whole.w, edge}, ground);

  float y = std::round(em * 0.22f);
  surface.write(pad, y, view.words, Face::bold, ground, Ink::plain);
  if (notes_fit) surface.write(pad + words + gap, y, notes, Face::body, ground, Ink::muted);
  if (!head_fits) y += line;
  surface.write(head_fits ? whole.w - pad - as_of : pad, y, view.as_of, Face::bold, ground, Ink::plain);
  for (const std::string& text : below) {
    y += line;
    surface.write(pad, y, text, Face::body, ground, Ink::muted);
  }
  for (const std::string& text : warning) {
    y += line;
    surface.write(pad, y, text, Face::bold, ground, Ink::plain);
  }
  return {edge, height, whole.w - 2 * edge, whole.h - height - edge};
}

Intent draw_spare(const std::vector<Fact>& spare, const Box& room, float& y, Surface& surface) {
  Intent intent;
  const float indent = surface.atlas().width("Ctrl 9", Face::body) + surface.em();
  for (std::size_t i = 0; i < spare.size(); ++i) {
    const float height = surface.wrapped_height(room.w - indent, spare[i].value, Face::body);
    if (y + height > room.bottom()) break;
    const Box row{room.x, y, room.w, height};
    const Ground ground = surface.hovers(row) ? Ground::selected : Ground::page;
    if (ground == Ground::selected) surface.fill(row, ground);
    surface.write(room.x, y, spare[i].label, Face::bold, ground, Ink::accent);
    surface.write_wrapped(room.x + indent, y, room.w - indent, spare[i].value, Face::body, ground, Ink::plain);
    if (surface.clicked(row)) intent = {Intent::Kind::choose_spare, static_cast<int>(i), 0};
    y += height;
  }
  return intent;
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
    x += width + em * 0.8f;
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
