#include "viewer/window_x11.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include <cstring>
#include <utility>

// Declared here because GLFW/glfw3native.h asks for headers that nothing else needs.
extern "C" Display* glfwGetX11Display(void);
extern "C" Window glfwGetX11Window(GLFWwindow* window);

namespace viewer {

struct Presenter::State {
  Display* display = nullptr;
  Window window = 0;
  Visual* visual = nullptr;
  unsigned depth = 0;
  GC context = nullptr;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (context != nullptr) XFreeGC(display, context);
  }
};

Presenter::Presenter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Presenter::~Presenter() = default;
Presenter::Presenter(Presenter&&) noexcept = default;
Presenter& Presenter::operator=(Presenter&&) noexcept = default;

app::Result<Presenter> Presenter::open(GLFWwindow* window) {
  auto state = std::make_unique<State>();
  state->display = glfwGetX11Display();
  state->window = glfwGetX11Window(window);
  XWindowAttributes attributes;
  std::memset(&attributes, 0, sizeof attributes);
  if (XGetWindowAttributes(state->display, state->window, &attributes) == 0)
    return app::Error{app::Code::io, "The window could not be drawn in.", "XGetWindowAttributes"};
  state->visual = attributes.visual;
  state->depth = static_cast<unsigned>(attributes.depth);
  if (state->depth < 24 || state->visual->red_mask != 0xFF0000 || state->visual->blue_mask != 0x0000FF)
    return app::Error{app::Code::io, "This display has too few colours.",
                      "X visual of depth " + std::to_string(state->depth)};
  state->context = XCreateGC(state->display, state->window, 0, nullptr);
  return Presenter(std::move(state));
}

void Presenter::show(const Picture& picture) {
  // XPutImage only reads the pixels, though its type cannot say so.
  char* pixels = const_cast<char*>(reinterpret_cast<const char*>(picture.pixels.data()));
  XImage* image =
      XCreateImage(state_->display, state_->visual, state_->depth, ZPixmap, 0, pixels,
                   static_cast<unsigned>(picture.width), static_cast<unsigned>(picture.height), 32, 0);
  if (image == nullptr) return;
  XPutImage(state_->display, state_->window, state_->context, image, 0, 0, 0, 0,
            static_cast<unsigned>(picture.width), static_cast<unsigned>(picture.height));
  XFlush(state_->display);
  image->data = nullptr;  // it is not the image's to free
  XDestroyImage(image);
}

}  // namespace viewer
