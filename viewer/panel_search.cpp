#include "viewer/panel_search.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "viewer/panel_frame.h"

namespace viewer {
namespace {

void draw_box(const SearchView& view, const Box& box, Surface& surface) {
  const float em = surface.em();
  surface.fill(box, Ground::field);
  surface.outline(box, std::max(2.0f, em * 0.12f), surface.theme().focus);
  const float x = box.x + em * 0.7f, y = box.y + (box.h - surface.line_height(Face::title)) / 2;
  const std::string_view typed = view.typed;
  const float before = surface.atlas().width(typed.substr(0, view.caret), Face::title);
  // A long query moves left, so that its end, where letters go, stays in sight.
  const float shift = std::max(0.0f, before - (box.w - em * 2));
  surface.clip(box.inset(em * 0.3f, 2));
  const Ground ground = view.is_selected ? Ground::selected : Ground::field;
  if (view.is_selected)
    surface.fill({x - shift, y, surface.atlas().width(typed, Face::title), surface.line_height(Face::title)}, ground);
  surface.write(x - shift, y, typed, Face::title, ground, Ink::plain);
  surface.fill({x - shift + before, box.y + box.h * 0.18f, std::max(2.0f, em * 0.09f), box.h * 0.64f},
               surface.theme().ink(Ground::field, Ink::accent));
  if (typed.empty()) {
    surface.write(x + em * 0.5f, box.y + (box.h - surface.line_height(Face::body)) / 2, view.hint, Face::body,
                  Ground::field, Ink::muted);
  }
  surface.unclip();
}

float cell_width(const Column& column, const Box& list, float em) {
  return list.w * column.share - em * 0.6f;
}

// Beside a short name, else below it.
bool tag_stands_beside(const std::string& name, const std::string& tag, float width, Surface& surface) {
  TextAtlas& atlas = surface.atlas();
  return atlas.width(name, Face::bold) + atlas.width(tag, Face::small) + surface.em() * 0.6f <= width;
}

// Where there is no room for columns: the name, and all the rest in words below it.
SearchView without_columns(const SearchView& view) {
  SearchView narrow = view;
  narrow.columns = {{"", 1, true}};
  for (ListRow& row : narrow.rows) {
    std::string name, rest;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Column& column = view.columns[i];
      if (column.is_name || row.cells[i].empty()) continue;
      if (i == 0) {
        name = row.cells[i] + "  ";  // the hour
        continue;
      }
      const bool needs_title = column.title == "Born" || column.title == "MRN";
      rest += (rest.empty() ? "" : " \u00B7 ") + (needs_title ? column.title + " " : "") + row.cells[i];
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      if (view.columns[i].is_name) name += row.cells[i];
    row.cells = {name};
    row.below = rest + (row.below.empty() ? "" : " \u00B7 " + row.below);
  }
  return narrow;
}

// Beside the name's column, or below the name where that is the only one.
float below_indent(const SearchView& view, const Box& list) {
  return view.columns.size() == 1 ? 0 : list.w * view.columns[0].share;
}

float below_height(const SearchView& view, const ListRow& row, const Box& list, Surface& surface) {
  const float width = list.w - below_indent(view, list) - surface.em() * 0.6f;
  return row.below.empty() ? 0 : surface.wrapped_height(width, row.below, Face::small);
}

// Its group's name stands above a row that is the first of it, in the list or in sight.
bool shows_group(const SearchView& view, std::size_t index, std::size_t first) {
  const std::string& group = view.rows[index].group;
  return !group.empty() && (index == first || view.rows[index - 1].group != group);
}

float group_height(Surface& surface) { return std::round(surface.line_height(Face::bold) + surface.em() * 0.2f); }

void draw_group(const std::string& group, const Box& box, Surface& surface) {
  surface.fill(box, Ground::side);
  surface.write(box.x + surface.em() * 0.7f, box.y + surface.em() * 0.1f, group, Face::bold, Ground::side, Ink::accent);
}

float row_height(const SearchView& view, const ListRow& row, const Box& list, Surface& surface) {
  const float em = surface.em(), below = below_height(view, row, list, surface);
  float height = surface.line_height(Face::body);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const float width = cell_width(view.columns[i], list, em);
    const bool is_name = view.columns[i].is_name;
    float cell = surface.wrapped_height(width, row.cells[i], is_name ? Face::bold : Face::body);
    if (is_name && !row.tag.empty() && !tag_stands_beside(row.cells[i], row.tag, width, surface))
      cell += surface.wrapped_height(width, row.tag, Face::small);
    if (!is_name || row.cells.size() == 1) cell += below;
    height = std::max(height, cell);
  }
  return std::round(height + em * 0.5f);
}

void draw_row(const SearchView& view, std::size_t index, const Box& box, Surface& surface) {
  const ListRow& row = view.rows[index];
  const bool is_selected = index == view.selected;
  const Ground ground = is_selected ? Ground::selected : index % 2 == 1 ? Ground::stripe : Ground::page;
  const float em = surface.em();
  surface.fill(box, ground);
  if (is_selected) {
    surface.fill({box.x, box.y, std::round(em * 0.28f), box.h}, surface.theme().focus);
    surface.outline(box, 2, surface.theme().focus);
  }
  const float pad = em * 0.7f;
  float x = box.x + pad;
  const Box list{box.x, box.y, box.w - pad, box.h};
  float beside = 0;  // how high what stands beside the name is
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const float width = cell_width(view.columns[i], list, em);
    const bool is_name = view.columns[i].is_name;
    float y = box.y + em * 0.25f;
    if (!is_name) beside = std::max(beside, surface.wrapped_height(width, row.cells[i], Face::body));
    y += surface.write_wrapped(x, y, width, row.cells[i], is_name ? Face::bold : Face::body, ground,
                               Ink::plain);
    if (row.cells.size() == 1) beside = y - box.y - em * 0.25f;
    const Ink tag_ink = row.deceased ? Ink::alarm : Ink::missing;
    if (is_name && tag_stands_beside(row.cells[i], row.tag, width, surface)) {
      const float name = surface.atlas().width(row.cells[i], Face::bold) + em * 0.6f;
      const float drop = (surface.line_height(Face::bold) - surface.line_height(Face::small)) / 2;
      surface.write(x + name, box.y + em * 0.25f + drop, row.tag, Face::small, ground, tag_ink);
    } else if (is_name && !row.tag.empty()) {
      const float tag = surface.write_wrapped(x, y, width, row.tag, Face::small, ground, tag_ink);
      if (row.cells.size() == 1) beside += tag;
    }
    x += list.w * view.columns[i].share;
  }
  if (!row.below.empty())
    surface.write_wrapped(box.x + pad + below_indent(view, list), box.y + em * 0.25f + beside,
                          list.w - below_indent(view, list) - em * 0.6f, row.below, Face::small, ground, Ink::accent);
}

// The first row such that the chosen one is wholly in sight.
void follow_selection(const SearchView& view, const Box& list, ListWindow& window, Surface& surface) {
  if (view.selected >= view.rows.size()) {
    window.first = 0;
    return;
  }
  window.first = std::min(window.first, view.selected);
  float height = 0;
  for (std::size_t i = view.selected + 1; i-- > window.first;) {
    height += row_height(view, view.rows[i], list, surface);
    if (shows_group(view, i, 0)) height += group_height(surface);
    const float top = shows_group(view, i, i) && !shows_group(view, i, 0) ? group_height(surface) : 0;
    if (height + top > list.h && i < view.selected) {
      window.first = i + 1;
      return;
    }
  }
}

Intent draw_rows(const SearchView& view, const Box& area, ListWindow& window, Surface& surface) {
  const float em = surface.em(), pad = em * 0.7f;
  const Box list{area.x, area.y, area.w - pad, area.h};
  follow_selection(view, list, window, surface);
  Intent intent;
  float y = area.y;
  std::size_t row = window.first;
  for (; row < view.rows.size(); ++row) {
    const float above = shows_group(view, row, window.first) ? group_height(surface) : 0;
    const float height = row_height(view, view.rows[row], list, surface);
    // Only whole rows, unless one alone is taller than the window.
    if (y + above + height > area.bottom() && row > window.first) break;
    if (above > 0) draw_group(view.rows[row].group, {area.x, y, area.w, above}, surface);
    y += above;
    const Box box{area.x, y, area.w, height};
    draw_row(view, row, box, surface);
    if (surface.clicked(box)) intent = {Intent::Kind::open_row, static_cast<int>(row), 0};
    y += height;
  }
  window.rows = std::max<std::size_t>(1, row - window.first);
  if (const float wheel = surface.wheel(area); wheel != 0)
    intent = {Intent::Kind::move_selection, wheel > 0 ? -1 : 1, 0};
  return intent;
}

void draw_titles(const SearchView& view, const Box& line, Surface& surface) {
  const float pad = surface.em() * 0.7f;
  float x = line.x + pad;
  for (const Column& column : view.columns) {
    surface.write(x, line.y, column.title, Face::small, Ground::page, Ink::muted);
    x += (line.w - pad) * column.share;
  }
  surface.fill({line.x, line.bottom() - 1, line.w, 1}, surface.theme().line);
}

// What is in the list and not in sight is said in words.
void draw_foot(const SearchView& view, const ListWindow& window, const Box& line, Surface& surface) {
  const std::size_t above = window.first;
  const std::size_t last = std::min(view.rows.size(), window.first + window.rows);
  const std::size_t below = view.rows.size() - last;
  std::string words;
  if (above > 0) words = format_count(above) + " more above";
  if (below > 0) words += (words.empty() ? "" : ", ") + format_count(below) + " more below";
  surface.write(line.x + surface.em() * 0.7f, line.y, words, Face::small, Ground::page, Ink::accent);
}

}  // namespace

Intent draw_search_panel(const SearchView& wide, const Box& inside, ListWindow& window, Surface& surface) {
  const float em = surface.em(), side = std::round(em * 0.8f);
  // Where there is little room, it is the list's.
  const Box body = inside.h > em * 16 ? draw_keys_line(wide.keys, inside, surface) : inside;
  const float width = body.w - side * 2;
  const bool has_columns = width > em * 34;
  const SearchView narrow = has_columns ? SearchView{} : without_columns(wide);
  const SearchView& view = has_columns ? wide : narrow;
  float y = body.y + std::round(em * 0.6f);
  draw_box(view, {body.x + side, y, width, std::round(em * 2.1f)}, surface);
  y += std::round(em * 2.1f) + em * 0.4f;

  float line = surface.write_wrapped(body.x + side, y, width, view.heading, Face::body, Ground::page, Ink::plain);
  if (!view.warning.empty()) {
    const float warning = surface.atlas().width(view.warning, Face::bold) + em;
    const float heading = surface.atlas().width(view.heading, Face::body);
    if (heading + warning + em > width) y += line, line = 0;
    const float room = std::min(warning, width);
    const Box box{body.x + side + width - room, y, room, surface.wrapped_height(room - em, view.warning, Face::bold)};
    surface.fill(box, Ground::frame_stale);
    surface.write_wrapped(box.x + em * 0.5f, y, room - em, view.warning, Face::bold, Ground::frame_stale, Ink::plain);
    line = std::max(line, box.h);
  }
  y += line + em * 0.3f;
  if (!view.problem.empty()) {
    const float height = surface.wrapped_height(width - em, view.problem, Face::bold) + em * 0.3f;
    surface.fill({body.x + side, y, width, height}, Ground::alarm);
    surface.write_wrapped(body.x + side + em * 0.5f, y + em * 0.15f, width - em, view.problem, Face::bold,
                          Ground::alarm, Ink::plain);
    y += height + em * 0.3f;
  }
  if (view.rows.empty()) {
    surface.write_wrapped(body.x + side, y + em * 0.6f, std::min(width, em * 34), view.empty, Face::body,
                          Ground::page, Ink::plain);
    return {};
  }
  const float titles = has_columns ? surface.line_height(Face::small) + 2 : 0;
  if (has_columns) draw_titles(view, {body.x + side, y, width, titles}, surface);
  y += titles;
  const float foot = surface.line_height(Face::small);
  const Box area{body.x + side, y, width, std::max(0.0f, body.bottom() - y - foot)};
  surface.clip(area);
  const Intent intent = draw_rows(view, area, window, surface);
  surface.unclip();
  draw_foot(view, window, {area.x, area.bottom(), area.w, foot}, surface);
  return intent;
}

}  // namespace viewer
