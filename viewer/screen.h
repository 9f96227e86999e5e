// The whole picture, made anew from the session: which panel is drawn where, and which key goes to it.
//
// Shape:   owns the ImGui context and the fonts; knows no window. Somebody feeds it sizes, keys and clicks,
//          asks for a frame and paints it: the window, the screenshot, or a test.
// Errors:  open: Code::io when there are no fonts.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "viewer/keys.h"
#include "viewer/session.h"
#include "viewer/style.h"
#include "viewer/surface.h"

struct ImDrawData;

namespace viewer {

class Screen {
 public:
  static app::Result<Screen> open(const std::filesystem::path& fonts_folder, Session& session);
  ~Screen();
  Screen(Screen&&) noexcept;
  Screen& operator=(Screen&&) noexcept;

  void resize(int width_px, int height_px);
  void set_theme(ThemeName theme);
  // The display's own scale, and the one that the person chose.
  void set_display_scale(float scale);
  void set_scale(float scale);
  float scale() const;  // as chosen; the type is smaller where the window holds no more

  void press(const KeyPress& press);
  void type(std::string_view text);
  void point_at(float x, float y);
  void click();
  void turn_wheel(float steps);

  // The frame as it is now. Valid until the next call.
  const ImDrawData& draw();
  const TextAtlas& atlas() const;
  const Theme& theme() const;
  // What the last frame says, and where.
  const std::vector<Written>& written() const;

 private:
  struct State;
  explicit Screen(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace viewer
