#include "viewer/panel_document.h"

#include <algorithm>
#include <cmath>

#include "viewer/panel_banner.h"
#include "viewer/panel_frame.h"

namespace viewer {
namespace {

// Who it is stands above; where there is little room, the keys go first.
Box draw_around(const app::Sheet& sheet, const std::vector<Fact>& keys, const Box& inside, Surface& surface) {
  const Box body = inside.h > surface.em() * 16 ? draw_keys_line(keys, inside, surface) : inside;
  return draw_banner_panel(sheet, body, surface);
}

float draw_row(const DocumentRow& row, bool selected, bool draw, const Box& room, float y, Surface& surface) {
  const float em = surface.em(), pad = em * 0.3f, when_width = em * 7;
  const float width = room.w - pad * 2 - when_width;
  const float title = surface.wrapped_height(width, row.title, Face::bold), detail = surface.wrapped_height(width, row.detail, Face::small);
  const float height = std::round(title + detail + pad * 2);
  if (!draw) return height;
  const Ground ground = selected ? Ground::selected : Ground::page;
  const Box box{room.x, y, room.w, height};
  if (selected) {
    surface.fill(box, ground);
    surface.fill({box.x, box.y, std::round(em * 0.2f), box.h}, surface.theme().focus);
  }
  surface.fill({box.x, box.bottom() - 1, box.w, 1}, surface.theme().line);
  const float x = room.x + em * 0.6f;
  surface.write(x, y + pad, row.when, Face::body, ground, Ink::plain);
  surface.write_wrapped(x + when_width, y + pad, width, row.title, Face::bold, ground, row.has_pages ? Ink::plain : Ink::muted);
  surface.write_wrapped(x + when_width, y + pad + title, width, row.detail, Face::small, ground, row.has_pages ? Ink::muted : Ink::missing);
  return height;
}

void draw_message(const DocumentView& view, const Box& area, Surface& surface) {
  const float em = surface.em(), pad = em * 0.8f, width = std::min(area.w - em * 2, em * 36);
  const float x = area.x + (area.w - width) / 2;
  float y = area.y + em * 1.5f;
  const Ground ground = view.failed ? Ground::alert : Ground::page;
  const float height = surface.wrapped_height(width - pad * 2, view.message, Face::bold) +
                       surface.wrapped_height(width - pad * 2, view.advice, Face::body) +
                       (view.for_it.empty() ? 0 : surface.wrapped_height(width - pad * 2, view.for_it, Face::small) + pad * 0.5f) + pad * 2.5f;
  if (view.failed) surface.fill({x, y, width, height}, ground);
  y += pad;
  y += surface.write_wrapped(x + pad, y, width - pad * 2, view.message, Face::bold, ground, Ink::plain) + pad * 0.5f;
  y += surface.write_wrapped(x + pad, y, width - pad * 2, view.advice, Face::body, ground, Ink::plain) + pad * 0.5f;
  if (!view.for_it.empty()) surface.write_wrapped(x + pad, y, width - pad * 2, view.for_it, Face::small, ground, Ink::plain);
}

void draw_text(const std::string& text, const Box& area, DocumentScroll& scroll, const OpenDocument& document, Surface& surface) {
  const float em = surface.em(), width = std::min(area.w - em * 2, em * 50);
  const float height = surface.wrapped_height(width, text, Face::body) + em;
  scroll.prepare(document, width, height, area);
  surface.clip(area);
  surface.write_wrapped(area.x + em, area.y + em * 0.5f - scroll.top(), width, text, Face::body, Ground::page, Ink::plain);
  surface.unclip();
}

void draw_image(const PageImage& image, const Box& area, DocumentScroll& scroll, const OpenDocument& document, Surface& surface) {
  const PageWish wish = document.wish();
  const app::PagePicture& picture = image.picture;
  float scale = static_cast<float>(wish.width_px) / static_cast<float>(picture.width);
  if (wish.height_px > 0) scale = std::min(scale, static_cast<float>(wish.height_px) / static_cast<float>(picture.height));
  // One that is as large as it was wanted is painted as it is.
  if (document.is_sharp()) scale = std::abs(scale - 1) < 0.02f ? 1.0f : scale;
  const float width = std::round(static_cast<float>(picture.width) * scale), height = std::round(static_cast<float>(picture.height) * scale);
  scroll.prepare(document, width, height, area);
  const float x = width < area.w ? area.x + std::round((area.w - width) / 2) : area.x - scroll.left();
  const Box page{x, area.y - scroll.top(), width, height};
  surface.clip(area);
  surface.picture(page, image);
  surface.outline({page.x - 1, page.y - 1, page.w + 2, page.h + 2}, 1, surface.theme().line);
  surface.unclip();
  if (height > area.h) {
    const float bar = std::round(surface.em() * 0.35f), thumb = std::max(surface.em() * 1.5f, area.h * area.h / height);
    surface.fill({area.right() - bar, area.y, bar, area.h}, Ground::side);
    surface.fill({area.right() - bar, area.y + (area.h - thumb) * scroll.top() / std::max(1.0f, height - area.h), bar, thumb}, surface.theme().focus);
  }
}

}  // namespace

void DocumentScroll::scroll_by(float across_px, float down_px) {
  left_px_ = std::round(std::clamp(left_px_ + across_px, 0.0f, std::max(0.0f, width_px_ - room_px_)));
  top_px_ = std::round(std::clamp(top_px_ + down_px, 0.0f, std::max(0.0f, height_px_ - window_px_)));
}

void DocumentScroll::prepare(const OpenDocument& document, float width_px, float height_px, const Box& area) {
  if (&document != document_) top_px_ = left_px_ = 0;
  else if (document.page() == page_ && height_px_ > 0 && height_px != height_px_) top_px_ *= height_px / height_px_;  // another size: the same place
  document_ = &document, page_ = document.page();
  width_px_ = width_px, height_px_ = height_px, room_px_ = area.w, window_px_ = area.h;
  scroll_by(0, 0);
}

bool press_in_document(const KeyPress& press, OpenDocument& document, DocumentScroll& scroll) {
  const float step = scroll.window() / 8, screenful = scroll.window() * 0.9f;
  const int before = document.page();
  switch (press.key) {
    case Key::up:
      scroll.scroll_by(0, -step);
      return true;
    case Key::down:
      scroll.scroll_by(0, step);
      return true;
    case Key::page_down:
      if (!scroll.at_bottom()) return scroll.scroll_by(0, screenful), true;
      document.turn(1);
      if (document.page() != before) scroll.to_top();
      return true;
    case Key::page_up:
      if (!scroll.at_top()) return scroll.scroll_by(0, -screenful), true;
      document.turn(-1);
      if (document.page() != before) scroll.to_bottom();
      return true;
    case Key::left:
    case Key::right:
      // With Shift sideways, on a page that is wider than the window.
      if (press.shift) return scroll.scroll_by(press.key == Key::left ? -step : step, 0), true;
      document.turn(press.key == Key::left ? -1 : 1);
      if (document.page() != before) scroll.to_top();
      return true;
    case Key::home:
    case Key::end:
      document.to_page(press.key == Key::home ? 1 : document.pages());
      scroll.to_top();
      return true;
    case Key::tab:
      document.change_fitting();
      return true;
    case Key::plus:
    case Key::minus:
      // The window system sends the sign itself, too: it comes by another way.
      return true;
    default:
      return false;
  }
}

Intent draw_documents_panel(const DocumentsView& view, const Box& inside, Surface& surface) {
  const float em = surface.em();
  const Box below = draw_around(*view.sheet, view.keys, inside, surface);
  const Box room{below.x + em * 0.5f, below.y, below.w - em, below.h};
  float y = room.y + em * 0.4f;
  y += surface.write_wrapped(room.x, y, room.w, view.heading, Face::title, Ground::page, Ink::plain) + em * 0.3f;
  if (!view.problem.empty()) y += surface.write_wrapped(room.x, y, room.w, view.problem, Face::bold, Ground::page, Ink::alarm);
  // Whatever does not fit is counted in a line of its own.
  const float note = surface.line_height(Face::small) + em * 0.2f;
  const bool has_note = [&] {
    float all = 0;
    for (const DocumentRow& row : view.rows) all += draw_row(row, false, false, room, 0, surface);
    return all > below.bottom() - y;
  }();
  const Box list{room.x, y, room.w, below.bottom() - y - (has_note ? note : 0)};
  // The list begins where the chosen one still is in sight.
  std::size_t first = 0;
  const auto height_of = [&](std::size_t i) { return draw_row(view.rows[i], false, false, list, 0, surface); };
  float height = 0;
  for (std::size_t i = 0; i <= view.selected && i < view.rows.size(); ++i) {
    height += height_of(i);
    while (height > list.h && first < i) height -= height_of(first++);
  }
  Intent intent;
  std::size_t whole = first;
  surface.clip(list);
  for (std::size_t i = first; i < view.rows.size() && y < list.bottom(); ++i) {
    const float row = draw_row(view.rows[i], i == view.selected, true, list, y, surface);
    if (surface.clicked({list.x, y, list.w, row})) intent = {Intent::Kind::open_document, static_cast<int>(i), 0};
    y += row;
    if (y <= list.bottom()) whole = i + 1;
  }
  if (const float wheel = surface.wheel(list); wheel != 0) intent = {Intent::Kind::choose_document, wheel > 0 ? -1 : 1, 0};
  surface.unclip();
  std::string more = first > 0 ? std::to_string(first) + " more above" : "";
  if (whole < view.rows.size()) more += (more.empty() ? "" : ", ") + std::to_string(view.rows.size() - whole) + " more below: Down";
  if (has_note) surface.write(room.x + em * 0.6f, list.bottom() + em * 0.1f, more, Face::small, Ground::page, Ink::muted);
  return intent;
}

Intent draw_document_panel(const DocumentView& view, OpenDocument& document, const Box& inside, DocumentScroll& scroll, Surface& surface) {
  const float em = surface.em();
  const Box below = draw_around(*view.sheet, view.keys, inside, surface);
  const float place = surface.atlas().width(view.place, Face::bold), room = std::max(em * 4, below.w - place - em * 2);
  const float line = std::round(surface.wrapped_height(room, view.title, Face::bold) + em * 0.3f);
  surface.fill({below.x, below.y, below.w, line}, Ground::side);
  surface.write_wrapped(below.x + em * 0.6f, below.y + em * 0.15f, room, view.title, Face::bold, Ground::side, Ink::plain);
  surface.write(below.right() - place - em * 0.6f, below.y + em * 0.15f, view.place, Face::bold, Ground::side, Ink::plain);
  float top = below.y + line;
  if (!view.warning.empty()) {
    const float height = std::round(surface.wrapped_height(below.w - em * 1.2f, view.warning, Face::bold) + em * 0.4f);
    surface.fill({below.x, top, below.w, height}, Ground::alert);
    surface.write_wrapped(below.x + em * 0.6f, top + em * 0.2f, below.w - em * 1.2f, view.warning, Face::bold, Ground::alert, Ink::plain);
    top += height;
  }
  const Box area{below.x + em * 0.3f, top + em * 0.2f, below.w - em * 0.6f, below.bottom() - top - em * 0.2f};
  // As wide as is read without turning the head, and no wider: more of the page is in sight then.
  document.set_room(std::max(1, static_cast<int>(std::min(area.w - em * 0.6f, em * 40))), std::max(1, static_cast<int>(area.h)));
  if (!view.message.empty()) draw_message(view, area, surface);
  else if (const std::string* text = document.text()) draw_text(*text, area, scroll, document, surface);
  else if (const PageImage* image = document.image()) draw_image(*image, area, scroll, document, surface);
  if (const float wheel = surface.wheel(area); wheel != 0) return {Intent::Kind::scroll, 0, -wheel * surface.line_height(Face::body) * 3};
  return {};
}

}  // namespace viewer
