// Colours that a tired eye can read, on every ground, in every theme.
#include "viewer/style.h"

#include <gtest/gtest.h>

namespace {

using viewer::Ground;
using viewer::Ink;

TEST(Style, ContrastIsMeasuredAsWcagDefinesIt) {
  EXPECT_NEAR(viewer::contrast_ratio(0x000000, 0xFFFFFF), 21.0, 1e-9);
  EXPECT_NEAR(viewer::contrast_ratio(0x767676, 0xFFFFFF), 4.54, 0.01);
  EXPECT_NEAR(viewer::contrast_ratio(0x123456, 0x123456), 1.0, 1e-9);
}

TEST(Style, EveryInkIsReadableOnEveryGround) {
  for (std::size_t t = 0; t < viewer::kThemes; ++t) {
    const viewer::Theme& theme = viewer::theme_of(static_cast<viewer::ThemeName>(t));
    for (std::size_t g = 0; g < viewer::kGrounds; ++g) {
      for (std::size_t i = 0; i < viewer::kInks; ++i) {
        const auto ground = static_cast<Ground>(g);
        EXPECT_GE(viewer::contrast_ratio(theme.ink(ground, static_cast<Ink>(i)), theme.fill(ground)), 7.0)
            << theme.name << ", ground " << g << ", ink " << i;
      }
    }
    for (const Ground ground : {Ground::page, Ground::field, Ground::side})
      EXPECT_GE(viewer::contrast_ratio(theme.focus, theme.fill(ground)), 4.5) << theme.name << ": the focus";
    EXPECT_GE(viewer::contrast_ratio(theme.range, theme.ink(Ground::page, viewer::Ink::plain)), 7.0)
        << theme.name << ": a plot";
    EXPECT_GE(viewer::contrast_ratio(theme.range, theme.fill(Ground::page)), 1.3)
        << theme.name << ": the reference range";
  }
}

TEST(Style, FreshStaleOldAndWrongLookDifferent) {
  const viewer::Theme& theme = viewer::theme_of(viewer::ThemeName::light);
  for (const app::Age age : {app::Age::stale, app::Age::old, app::Age::clock_wrong})
    EXPECT_NE(theme.fill(viewer::frame_ground(age)), theme.fill(viewer::frame_ground(app::Age::fresh)));
}

}  // namespace
