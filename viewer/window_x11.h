// Shows a picture in an X11 window.
//
// Errors:  Code::io when the display has no 32-bit colours.
#pragma once

#include <memory>

#include "app/error.h"
#include "viewer/render.h"

struct GLFWwindow;

namespace viewer {

class Presenter {
 public:
  static app::Result<Presenter> open(GLFWwindow* window);
  ~Presenter();
  Presenter(Presenter&&) noexcept;
  Presenter& operator=(Presenter&&) noexcept;

  void show(const Picture& picture);

 private:
  struct State;
  explicit Presenter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace viewer
