#include "viewer/surface.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "viewer/paragraph.h"

namespace viewer {
namespace {

constexpr float kLeading = 1.22f;  // line height over text size

ImU32 colour_of(Rgb rgb) { return IM_COL32(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, 255); }

ImVec2 top_left(const Box& box) { return {std::round(box.x), std::round(box.y)}; }
ImVec2 bottom_right(const Box& box) { return {std::round(box.right()), std::round(box.bottom())}; }

}  // namespace

Surface::Surface(TextAtlas& atlas, const Theme& theme, const Pointer& pointer, Box whole)
    : atlas_(atlas),
      theme_(theme),
      pointer_(pointer),
      whole_(whole),
      clip_(whole),
      list_(*ImGui::GetBackgroundDrawList()) {}

float Surface::em() const { return atlas_.size(Face::body); }

float Surface::line_height(Face face) const { return std::round(atlas_.size(face) * kLeading); }

void Surface::fill(const Box& box, Ground ground) { fill(box, theme_.fill(ground)); }

void Surface::fill(const Box& box, Rgb colour) {
  list_.AddRectFilled(top_left(box), bottom_right(box), colour_of(colour));
}

void Surface::outline(const Box& box, float thickness, Rgb colour) {
  const float t = std::max(1.0f, std::round(thickness));
  fill({box.x, box.y, box.w, t}, colour);
  fill({box.x, box.bottom() - t, box.w, t}, colour);
  fill({box.x, box.y + t, t, box.h - 2 * t}, colour);
  fill({box.right() - t, box.y + t, t, box.h - 2 * t}, colour);
}

void Surface::line(float from_x, float from_y, float to_x, float to_y, float thickness, Rgb colour) {
  list_.AddLine({from_x, from_y}, {to_x, to_y}, colour_of(colour), thickness);
}

void Surface::picture(const Box& box, const PageImage& image) {
  // Nothing that is painted with it is written to.
  list_.AddImage(const_cast<PageImage*>(&image), top_left(box), bottom_right(box));
}

void Surface::hatch(const Box& box, Rgb colour) {
  const float step = em() * 0.5f;
  list_.PushClipRect(top_left(box), bottom_right(box), true);
  for (float x = box.x - box.h; x < box.right(); x += step)
    list_.AddLine({x, box.bottom()}, {x + box.h, box.y}, colour_of(colour), 2.0f);
  list_.PopClipRect();
}

float Surface::write(float x, float y, std::string_view line, Face face, Ground ground, Ink ink) {
  if (line.empty()) return 0;
  const std::string& display = atlas_.display(line, face);
  const float width = atlas_.width(line, face);
  const Box box{x, y, width, line_height(face)};
  const float top = std::round(y + (box.h - atlas_.size(face)) / 2);
  const bool is_seen =
      box.y < clip_.bottom() && box.bottom() > clip_.y && box.x < clip_.right() && box.right() > clip_.x;
  if (!is_seen) return width;
  // A frame in which the atlas lacked a glyph is made again before anyone sees it.
  if (ImFont* font = atlas_.font(face); font != nullptr) {
    list_.AddText(font, atlas_.size(face), {std::round(x), top}, colour_of(theme_.ink(ground, ink)),
                  display.c_str(), display.c_str() + display.size());
  }
  written_.push_back({std::string(line), box, face, ground, ink});
  return width;
}

std::vector<std::string> Surface::wrap(float width, std::string_view text, Face face) {
  return wrap_text(text, width, [&](std::string_view piece) { return atlas_.width(piece, face); });
}

float Surface::write_wrapped(float x, float y, float width, std::string_view text, Face face, Ground ground,
                             Ink ink) {
  const float start = y;
  for (const std::string& line : wrap(width, text, face)) {
    write(x, y, line, face, ground, ink);
    y += line_height(face);
  }
  return y - start;
}

float Surface::wrapped_height(float width, std::string_view text, Face face) {
  return static_cast<float>(wrap(width, text, face).size()) * line_height(face);
}

void Surface::clip(const Box& box) {
  clip_ = box;
  list_.PushClipRect(top_left(box), bottom_right(box), true);
}

void Surface::unclip() {
  clip_ = whole_;
  list_.PopClipRect();
}

bool Surface::hovers(const Box& box) const {
  return box.holds(pointer_.x, pointer_.y) && clip_.holds(pointer_.x, pointer_.y);
}

bool Surface::clicked(const Box& box) const { return pointer_.clicked && hovers(box); }

float Surface::wheel(const Box& box) const { return hovers(box) ? pointer_.wheel : 0; }

}  // namespace viewer
