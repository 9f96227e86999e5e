#include "viewer/panel_banner.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace viewer {
namespace {

// Labels are weaker than values, and no value parts from its label: a line ends between pairs.
struct Pair {
  std::string label;
  std::string value;
};

// Where there is little room, the last ones go first; never the first three.
constexpr std::size_t kPairsLeast = 3;
std::vector<Pair> pairs_of(const app::Banner& banner) {
  std::vector<Pair> pairs = {
      {"Born", banner.born}, {"Sex", banner.sex}, {"MRN", banner.mrn}, {"Phone", banner.phone}};
  if (!banner.language.empty()) pairs.push_back({"Language", banner.language});
  if (!banner.address.empty()) pairs.push_back({"Address", banner.address});
  return pairs;
}

// Draws the pairs, or only measures them; the height.
float flow_pairs(const std::vector<Pair>& pairs, float x, float y, float width, bool draw, Surface& surface) {
  const float em = surface.em(), line = surface.line_height(Face::body);
  float at = 0, top = 0;
  for (const Pair& pair : pairs) {
    const float label = surface.atlas().width(pair.label, Face::body) + em * 0.35f;
    const float value = surface.atlas().width(pair.value, Face::bold);
    if (at > 0 && at + label + value > width) at = 0, top += line;
    if (draw) surface.write(x + at, y + top, pair.label, Face::body, Ground::banner, Ink::muted);
    if (label + value <= width) {
      if (draw) surface.write(x + at + label, y + top, pair.value, Face::bold, Ground::banner, Ink::plain);
      at += label + value + em * 1.3f;
    } else {
      const float lines = draw ? surface.write_wrapped(x + label, y + top, width - label, pair.value,
                                                       Face::bold, Ground::banner, Ink::plain)
                               : surface.wrapped_height(width - label, pair.value, Face::bold);
      top += lines - line;
      at = width;
    }
  }
  return top + line;
}

Ground allergies_ground(app::Weight weight) {
  switch (weight) {
    case app::Weight::alarm:
    case app::Weight::strong:
      return Ground::alarm;
    case app::Weight::missing:
      return Ground::frame_stale;
    case app::Weight::plain:
    case app::Weight::muted:
      return Ground::calm;
  }
  return Ground::alarm;
}

struct Agent {
  std::string name;
  std::string beside;  // " (anaphylaxis; criticality high)"; may be empty
  bool severe = false;
};

struct AllergiesLine {
  std::vector<Agent> agents;
  std::string rest;  // "; 1 entry UNREADABLE"; may be empty
};

constexpr std::string_view kBeforeAgents = "Allergies: ";

// The banner's line in parts: its agents are the first rows of their section, in the same order. None where it is a
// state in words.
AllergiesLine divide_line(const app::Sheet& sheet) {
  AllergiesLine line;
  const std::string_view text = sheet.banner.allergies;
  const auto section = std::find_if(sheet.sections.begin(), sheet.sections.end(),
                                    [](const app::SheetSection& one) { return one.id == "allergies"; });
  if (section == sheet.sections.end() || !text.starts_with(kBeforeAgents)) return line;
  const std::vector<app::Row>& rows = section->rows;
  std::size_t at = kBeforeAgents.size();
  for (std::size_t i = 0; i < rows.size() && text.substr(at).starts_with(rows[i].label); ++i) {
    const std::size_t named = at + rows[i].label.size();
    std::size_t end = i + 1 < rows.size() ? text.find(", " + rows[i + 1].label, named) : std::string_view::npos;
    const bool is_last = end == std::string_view::npos;
    if (is_last) end = text.substr(named).starts_with(" (") ? text.rfind(')') + 1 : named;
    line.agents.push_back({rows[i].label, std::string(text.substr(named, end - named)), rows[i].weight == app::Weight::alarm});
    if (is_last) {
      line.rest = text.substr(end);
      break;
    }
    at = end + 2;
  }
  return line;
}

// The first `count` agents, and how many more there are; only what is severe with its reactions.
std::string words_of(const AllergiesLine& line, std::size_t count) {
  std::string words(kBeforeAgents);
  for (std::size_t i = 0; i < count; ++i) {
    const Agent& agent = line.agents[i];
    words += (i == 0 ? "" : ", ") + agent.name + (agent.severe ? agent.beside : "");
  }
  if (const std::size_t more = line.agents.size() - count; more > 0)
    words += ", AND " + std::to_string(more) + " MORE: read the section on allergies below";
  else words += " \u2026 reactions in the section below";
  return words + line.rest;
}

// As much of the allergies as there are lines for: first the reactions to what is not severe go, then the agents
// from the last one on.
std::string fit_allergies(const app::Sheet& sheet, float width, std::size_t most, Surface& surface) {
  const auto fits = [&](const std::string& words) { return surface.wrap(width, words, Face::bold).size() <= most; };
  if (fits(sheet.banner.allergies)) return sheet.banner.allergies;
  const AllergiesLine line = divide_line(sheet);
  const std::size_t all = line.agents.size();
  if (all == 0) return sheet.banner.allergies;
  if (std::string brief = words_of(line, all); fits(brief)) return brief;
  std::size_t shown = 0;
  for (std::size_t step = std::bit_floor(all); step > 0; step /= 2)
    if (shown + step < all && fits(words_of(line, shown + step))) shown += step;
  return words_of(line, std::max<std::size_t>(shown, 1));
}

// A bar of its own colour across the banner. What does not fit into `most` lines is announced, and stands
// in full in its section.
float draw_bar(const std::string& text, Face face, Ground ground, std::size_t most, const std::string& rest,
               const Box& at, Surface& surface) {
  const float em = surface.em(), pad = std::round(em * 0.8f);
  std::vector<std::string> lines = surface.wrap(at.w - pad * 2, text, face);
  if (lines.size() > most) {
    lines.resize(most - 1);
    lines.push_back(rest);
  }
  const float line = surface.line_height(face);
  const Box bar{at.x, at.y, at.w, static_cast<float>(lines.size()) * line + std::round(em * 0.3f)};
  surface.fill(bar, ground);
  surface.fill({bar.x, bar.y, bar.w, 1}, surface.theme().line);
  float y = bar.y + std::round(em * 0.15f);
  for (const std::string& words : lines) {
    surface.write(bar.x + pad, y, words, face, ground, Ink::plain);
    y += line;
  }
  return bar.h;
}

// The height of the bar of allergies, at most.
float height_of_allergies(const app::Banner& banner, const Box& inside, Surface& surface) {
  const float em = surface.em(), width = inside.w - std::round(em * 0.8f) * 2;
  if (surface.atlas().width(banner.allergies, Face::title) <= width) return surface.line_height(Face::title) + em * 0.3f;
  const float lines = static_cast<float>(surface.wrap(width, banner.allergies, Face::bold).size()) * surface.line_height(Face::bold);
  return std::min(lines, std::max(inside.h * 0.3f, surface.line_height(Face::bold) * 2)) + em * 0.3f;
}

}  // namespace

Box draw_banner_panel(const app::Sheet& sheet, const Box& inside, Surface& surface) {
  const app::Banner& banner = sheet.banner;
  const float em = surface.em(), pad = std::round(em * 0.8f), width = inside.w - pad * 2;
  std::vector<Pair> pairs = pairs_of(banner);
  // The bars have their room before anything else, and some lines of the record have theirs.
  const float bars = height_of_allergies(banner, inside, surface) + (banner.deceased.empty() ? 0 : surface.line_height(Face::bold) + em * 0.3f);
  const float room = inside.h - bars - em * 3;
  bool has_others = !banner.other_names.empty();
  Face face = Face::title;
  std::vector<std::string> name = surface.wrap(width, banner.name, face);
  const auto measure = [&] {
    return std::round(em * 0.65f + static_cast<float>(name.size()) * surface.line_height(face) +
                      (has_others ? surface.wrapped_height(width, banner.other_names, Face::body) : 0) +
                      flow_pairs(pairs, 0, 0, width, false, surface));
  };
  while (pairs.size() > kPairsLeast && measure() > room) pairs.pop_back();
  if (measure() > room) face = Face::bold, name = surface.wrap(width, banner.name, face);
  if (measure() > room) has_others = false;
  while (name.size() > 2 && measure() > room) name.pop_back(), name.back() += "\u2026";
  const float height = measure();

  const Box ground{inside.x, inside.y, inside.w, height};
  surface.fill(ground, Ground::banner);
  float y = inside.y + em * 0.3f;
  for (const std::string& line : name) {
    surface.write(inside.x + pad, y, line, face, Ground::banner, Ink::plain);
    y += surface.line_height(face);
  }
  if (has_others)
    y += surface.write_wrapped(inside.x + pad, y, width, banner.other_names, Face::body, Ground::banner,
                               Ink::muted);
  flow_pairs(pairs, inside.x + pad, y, width, true, surface);

  y = ground.bottom();
  if (!banner.deceased.empty()) {
    const float text = surface.atlas().width(banner.deceased, Face::bold);
    const float bar =
        draw_bar(banner.deceased, Face::bold, Ground::deceased, 2, "", {inside.x, y, inside.w, 0}, surface);
    if (text + pad * 3 < inside.w)
      surface.hatch({inside.x + text + pad * 2, y, inside.w - text - pad * 2, bar},
                    surface.theme().ink(Ground::deceased, Ink::muted));
    y += bar;
  }
  const auto most =
      static_cast<std::size_t>(std::max(2.0f, inside.h * 0.3f / surface.line_height(Face::bold)));
  // One line of the largest type if it fits: what is asked first is found first.
  const bool is_short = surface.atlas().width(banner.allergies, Face::title) <= width;
  const std::string allergies = is_short ? banner.allergies : fit_allergies(sheet, width, most, surface);
  y += draw_bar(allergies, is_short ? Face::title : Face::bold,
                allergies_ground(banner.allergies_weight), most,
                "\u2026 and more: read the section on allergies below", {inside.x, y, inside.w, 0}, surface);
  if (!banner.alerts.empty())
    y += draw_bar(banner.alerts, Face::bold, Ground::alert, most,
                  "\u2026 and more: read the section on alerts below", {inside.x, y, inside.w, 0}, surface);
  surface.fill({inside.x, y, inside.w, 1}, surface.theme().line);
  return {inside.x, y + 1, inside.w, std::max(0.0f, inside.bottom() - y - 1)};
}

}  // namespace viewer
