#include "viewer/style.h"

#include <algorithm>
#include <cmath>

namespace viewer {
namespace {

// Each ground: fill, {plain, muted, alarm, missing, accent}; in the order of enum Ground.
constexpr Theme kLight = {
    "light",
    {{
        {0xFCFCFA, {0x15181C, 0x474D55, 0x96001A, 0x5B2A86, 0x00457A}},  // page
        {0xF1F3F4, {0x15181C, 0x434950, 0x92001A, 0x5B2A86, 0x004273}},  // stripe
        {0xCFE3F7, {0x0B0E12, 0x2F363E, 0x7A0016, 0x481C6E, 0x00335A}},  // selected
        {0xFFFFFF, {0x0B0E12, 0x4A5058, 0x96001A, 0x5B2A86, 0x00457A}},  // field
        {0xE6EAED, {0x15181C, 0x3B4148, 0x86001A, 0x532478, 0x003D6B}},  // side
        {0xE3ECF3, {0x0B0E12, 0x39414A, 0x86001A, 0x532478, 0x003D6B}},  // banner
        {0x9E0B22, {0xFFFFFF, 0xFFF1F2, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // alarm
        {0xDDEBDD, {0x0F2413, 0x2D4430, 0x7C0016, 0x4A1F70, 0x0A3A1A}},  // calm
        {0xFFE9B3, {0x1F1700, 0x3A2E00, 0x7A0016, 0x481C6E, 0x1F1700}},  // alert
        {0x33363B, {0xFFFFFF, 0xE4E7EA, 0xFFD7DB, 0xF0DCFF, 0xFFFFFF}},  // deceased
        {0x10503C, {0xFFFFFF, 0xE6F3EE, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // frame_fresh
        {0xF4B63A, {0x1A1300, 0x2E2400, 0x2B0000, 0x2A0040, 0x1A1300}},  // frame_stale
        {0x9E0B22, {0xFFFFFF, 0xFFF1F2, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // frame_old
        {0x6A1B86, {0xFFFFFF, 0xF7E9FF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // frame_wrong
    }},
    0xC3C9CF,
    0x0B62B5,
    0xCDD3D8,
};

constexpr Theme kDark = {
    "dark",
    {{
        {0x14171B, {0xEDEFF1, 0xB4BAC1, 0xFFA0A8, 0xD9B3FF, 0x9CCBFF}},  // page
        {0x1B1F24, {0xEDEFF1, 0xB9BFC6, 0xFFA3AB, 0xDAB6FF, 0xA0CDFF}},  // stripe
        {0x1F3F60, {0xFFFFFF, 0xD7DFE8, 0xFFCDD1, 0xEBD6FF, 0xCDE5FF}},  // selected
        {0x0B0D10, {0xFFFFFF, 0xAAB0B8, 0xFFA0A8, 0xD9B3FF, 0x9CCBFF}},  // field
        {0x20252B, {0xEDEFF1, 0xC0C6CD, 0xFFAAB1, 0xDDBDFF, 0xA9D2FF}},  // side
        {0x242C35, {0xFFFFFF, 0xC6CDD5, 0xFFB3BA, 0xE0C4FF, 0xB3D7FF}},  // banner
        {0x8E0A1F, {0xFFFFFF, 0xFFF1F2, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // alarm
        {0x1C3323, {0xE9F5EC, 0xC4D8C9, 0xFFBFC4, 0xE4CCFF, 0xB5EBC4}},  // calm
        {0x4A3A12, {0xFFF3D6, 0xF3E3B9, 0xFFE0E2, 0xF6E8FF, 0xFFF3D6}},  // alert
        {0x3E4248, {0xFFFFFF, 0xE4E7EA, 0xFFD7DB, 0xF0DCFF, 0xFFFFFF}},  // deceased
        {0x0E4635, {0xFFFFFF, 0xE6F3EE, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // frame_fresh
        {0xE3A62F, {0x1A1300, 0x261D00, 0x2B0000, 0x2A0040, 0x1A1300}},  // frame_stale
        {0x8E0A1F, {0xFFFFFF, 0xFFF1F2, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // frame_old
        {0x5E1877, {0xFFFFFF, 0xF7E9FF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF}},  // frame_wrong
    }},
    0x3A4149,
    0xFFD54A,
    0x3A4149,
};

constexpr std::array<Rgb, kInks> kOnBlack = {0xFFFFFF, 0xFFFFFF, 0xFFFF00, 0xFFFF00, 0xFFFF00};
constexpr std::array<Rgb, kInks> kOnYellow = {0x000000, 0x000000, 0x000000, 0x000000, 0x000000};

constexpr Theme kContrast = {
    "contrast",
    {{
        {0x000000, kOnBlack},   // page
        {0x000000, kOnBlack},   // stripe
        {0xFFFFFF, kOnYellow},  // selected
        {0x000000, kOnBlack},   // field
        {0x000000, kOnBlack},   // side
        {0x000000, kOnBlack},   // banner
        {0xFFFF00, kOnYellow},  // alarm
        {0x000000, kOnBlack},   // calm
        {0x000000, kOnBlack},   // alert
        {0xFFFFFF, kOnYellow},  // deceased
        {0xFFFFFF, kOnYellow},  // frame_fresh
        {0xFFFF00, kOnYellow},  // frame_stale
        {0xFFFF00, kOnYellow},  // frame_old
        {0xFFFF00, kOnYellow},  // frame_wrong
    }},
    0xFFFFFF,
    0xFFFF00,
    0x595959,
};

double channel_luminance(Rgb colour, int shift) {
  const double value = static_cast<double>((colour >> shift) & 0xFF) / 255;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Rgb colour) {
  return 0.2126 * channel_luminance(colour, 16) + 0.7152 * channel_luminance(colour, 8) +
         0.0722 * channel_luminance(colour, 0);
}

}  // namespace

const Theme& theme_of(ThemeName name) {
  switch (name) {
    case ThemeName::light:
      return kLight;
    case ThemeName::dark:
      return kDark;
    case ThemeName::contrast:
      return kContrast;
  }
  return kLight;
}

ThemeName next_theme(ThemeName name) {
  return static_cast<ThemeName>((static_cast<std::size_t>(name) + 1) % kThemes);
}

Ground frame_ground(app::Age age) {
  switch (age) {
    case app::Age::fresh:
      return Ground::frame_fresh;
    case app::Age::stale:
      return Ground::frame_stale;
    case app::Age::old:
      return Ground::frame_old;
    case app::Age::clock_wrong:
      return Ground::frame_wrong;
  }
  return Ground::frame_wrong;
}

double contrast_ratio(Rgb a, Rgb b) {
  const double light = std::max(luminance(a), luminance(b));
  const double dark = std::min(luminance(a), luminance(b));
  return (light + 0.05) / (dark + 0.05);
}

}  // namespace viewer
