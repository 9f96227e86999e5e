// The three themes and the sizes: every colour that the viewer draws with stands in this table.
//
// Shape:   a text never has a colour of its own. It is drawn on a Ground in an Ink, and each ground brings
//          its inks along, so that no pair can be drawn that the table (and its test) does not know.
// Units:   colours are 0xRRGGBB; sizes in em, 1 em being the height of a line of body text.
// Source:  WCAG 2.1 for contrast: at least 7:1 for every ink on its ground.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "app/record/calendar.h"

namespace viewer {

using Rgb = std::uint32_t;

enum class Ground : std::uint8_t {
  page,      // where most things stand
  stripe,    // every other row
  selected,  // the row that Enter opens
  field,     // where typed text appears
  side,      // the list of sections, the line of keys
  banner,    // who it is
  alarm,     // an allergy, a warning: must not be overlooked
  calm,      // "no known allergies" and other things that someone has said for certain
  alert,     // what the practice warns of
  deceased,
  frame_fresh,
  frame_stale,
  frame_old,
  frame_wrong,
};
inline constexpr std::size_t kGrounds = 14;

enum class Ink : std::uint8_t { plain, muted, alarm, missing, accent };
inline constexpr std::size_t kInks = 5;

struct GroundColours {
  Rgb fill;
  std::array<Rgb, kInks> inks;
};

struct Theme {
  std::string_view name;
  std::array<GroundColours, kGrounds> grounds;
  Rgb line;   // rules between things
  Rgb focus;  // around what has the keyboard
  Rgb range;  // the reference range behind numbers over time, which are drawn on it in the page's plain ink

  Rgb fill(Ground ground) const { return grounds[static_cast<std::size_t>(ground)].fill; }
  Rgb ink(Ground ground, Ink ink) const {
    return grounds[static_cast<std::size_t>(ground)].inks[static_cast<std::size_t>(ink)];
  }
};

enum class ThemeName : std::uint8_t { light, dark, contrast };
inline constexpr std::size_t kThemes = 3;

const Theme& theme_of(ThemeName name);
ThemeName next_theme(ThemeName name);
Ground frame_ground(app::Age age);

// WCAG's contrast ratio, 1 to 21.
double contrast_ratio(Rgb a, Rgb b);

inline constexpr float kBodySize_px = 25;  // at scale 1: the height from ascender to descender
inline constexpr float kScaleLeast = 0.6f;
inline constexpr float kScaleMost = 3.0f;
inline constexpr float kScaleStep = 1.1f;

}  // namespace viewer
