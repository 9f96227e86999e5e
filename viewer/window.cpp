#include "viewer/window.h"

#include <GLFW/glfw3.h>

#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <string>

#include "viewer/job_runner.h"
#include "viewer/power_posix.h"
#include "viewer/render.h"
#include "viewer/text_pieces.h"
#include "viewer/window_x11.h"

namespace viewer {
namespace {

// GLFW for as long as the window is open.
struct Glfw {
  bool started = false;
  GLFWwindow* window = nullptr;

  Glfw() = default;
  Glfw(const Glfw&) = delete;
  Glfw& operator=(const Glfw&) = delete;
  ~Glfw() {
    if (window != nullptr) glfwDestroyWindow(window);
    if (started) glfwTerminate();
  }
};

struct Input {
  Screen& screen;
  Session& session;
  bool fresh = true;    // something happened that a frame may have to show
  bool damaged = true;  // the window lost its picture
};

Input& input_of(GLFWwindow* window) { return *static_cast<Input*>(glfwGetWindowUserPointer(window)); }

Key key_of(int key) {
  static const std::map<int, Key> kKeys = {
      {GLFW_KEY_UP, Key::up},
      {GLFW_KEY_DOWN, Key::down},
      {GLFW_KEY_LEFT, Key::left},
      {GLFW_KEY_RIGHT, Key::right},
      {GLFW_KEY_PAGE_UP, Key::page_up},
      {GLFW_KEY_PAGE_DOWN, Key::page_down},
      {GLFW_KEY_HOME, Key::home},
      {GLFW_KEY_END, Key::end},
      {GLFW_KEY_ENTER, Key::enter},
      {GLFW_KEY_KP_ENTER, Key::enter},
      {GLFW_KEY_ESCAPE, Key::escape},
      {GLFW_KEY_TAB, Key::tab},
      {GLFW_KEY_BACKSPACE, Key::backspace},
      {GLFW_KEY_DELETE, Key::erase},
      {GLFW_KEY_EQUAL, Key::plus},
      {GLFW_KEY_KP_ADD, Key::plus},
      {GLFW_KEY_MINUS, Key::minus},
      {GLFW_KEY_KP_SUBTRACT, Key::minus},
      {GLFW_KEY_F6, Key::f6},
      {GLFW_KEY_F7, Key::f7},
      {GLFW_KEY_F8, Key::f8},
      {GLFW_KEY_F9, Key::f9},
  };
  const auto found = kKeys.find(key);
  return found == kKeys.end() ? Key::none : found->second;
}

void on_key(GLFWwindow* window, int key, int scancode, int action, int mods) {
  Input& input = input_of(window);
  input.fresh = true;
  input.session.set_caps_lock((mods & GLFW_MOD_CAPS_LOCK) != 0);
  if (action == GLFW_RELEASE) return;
  KeyPress press{key_of(key), (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0,
                 (mods & GLFW_MOD_ALT) != 0, 0};
  if (press.key == Key::none && (press.ctrl || press.alt)) {
    // By the letter on the key, not by its place on an American keyboard.
    const char* name = glfwGetKeyName(key, scancode);
    if (name == nullptr || name[0] == 0 || name[1] != 0) return;
    press.key = Key::character;
    press.character = name[0] >= 'a' && name[0] <= 'z' ? static_cast<char>(name[0] - 'a' + 'A') : name[0];
    if (name[0] == '+') press.key = Key::plus;
    // Where digits need Shift, their keys carry signs.
    const bool is_letter = press.character >= 'A' && press.character <= 'Z';
    if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9 && !is_letter)
      press.character = static_cast<char>('0' + (key - GLFW_KEY_0));
    if (press.ctrl && press.character == 'V') {
      if (const char* pasted = glfwGetClipboardString(window)) input.screen.type(pasted);
      return;
    }
  }
  if (press.key != Key::none) input.screen.press(press);
}

void on_character(GLFWwindow* window, unsigned code_point) {
  Input& input = input_of(window);
  std::string text;
  append_utf8(code_point, text);
  input.screen.type(text);
  input.fresh = true;
}

void on_button(GLFWwindow* window, int button, int action, int) {
  if (button != GLFW_MOUSE_BUTTON_LEFT || action != GLFW_PRESS) return;
  Input& input = input_of(window);
  double x = 0, y = 0;
  glfwGetCursorPos(window, &x, &y);
  input.screen.point_at(static_cast<float>(x), static_cast<float>(y));
  input.screen.click();
  input.fresh = true;
}

void on_scroll(GLFWwindow* window, double, double steps) {
  Input& input = input_of(window);
  double x = 0, y = 0;
  glfwGetCursorPos(window, &x, &y);
  input.screen.point_at(static_cast<float>(x), static_cast<float>(y));
  input.screen.turn_wheel(static_cast<float>(steps));
  input.fresh = true;
}

void on_refresh(GLFWwindow* window) { input_of(window).damaged = true; }

app::Error no_window(const std::string& detail) {
  const char* why = nullptr;
  glfwGetError(&why);
  return {app::Code::io, "No window could be opened on this display.",
          detail + (why ? std::string(": ") + why : "")};
}

app::Result<app::Done> open_window(const WindowSize& size, Glfw& glfw) {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
  // Frames are shown by X11; under Wayland through its X server.
  glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
  if (glfwInit() != GLFW_TRUE) return no_window("glfwInit");
  glfw.started = true;
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHint(GLFW_MAXIMIZED, size.maximized ? GLFW_TRUE : GLFW_FALSE);
  glfw.window =
      glfwCreateWindow(size.width_px, size.height_px, "Nightchart \u2013 emergency copy", nullptr, nullptr);
  if (glfw.window == nullptr) return no_window("glfwCreateWindow");
  glfwSetInputMode(glfw.window, GLFW_LOCK_KEY_MODS, GLFW_TRUE);
  glfwSetKeyCallback(glfw.window, on_key);
  glfwSetCharCallback(glfw.window, on_character);
  glfwSetMouseButtonCallback(glfw.window, on_button);
  glfwSetScrollCallback(glfw.window, on_scroll);
  glfwSetWindowRefreshCallback(glfw.window, on_refresh);
  return app::Done{};
}

double seconds_to_next_minute() {
  const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  return 60.05 - std::fmod(now, 60.0);
}

// Builds the frame, and paints it if it looks different from the last.
class Painter {
 public:
  explicit Painter(Presenter presenter) : presenter_(std::move(presenter)) {}

  void paint(GLFWwindow* window, Input& input) {
    int width = 0, height = 0;
    glfwGetFramebufferSize(window, &width, &height);
    if (width <= 0 || height <= 0) return;
    float scale = 1, ignored = 1;
    glfwGetWindowContentScale(window, &scale, &ignored);
    input.screen.set_display_scale(scale);
    input.screen.resize(width, height);
    const ImDrawData& data = input.screen.draw();
    const Rgb background = input.screen.theme().fill(Ground::page);
    const AtlasImage atlas = input.screen.atlas().image();
    const std::uint64_t hash = hash_of(data, atlas, background);
    const bool resized = width != picture_.width || height != picture_.height;
    if (!resized && hash == hash_) {
      if (input.damaged) presenter_.show(picture_);
    } else {
      if (resized) picture_.resize(width, height);
      render(data, atlas, background, picture_);
      presenter_.show(picture_);
      hash_ = hash;
    }
    input.fresh = input.damaged = false;
  }

 private:
  Presenter presenter_;
  Picture picture_;
  std::uint64_t hash_ = 0;
};

}  // namespace

app::Result<app::Done> run_window(const WindowSize& size, Errand errand, Screen& screen, Session& session) {
  Glfw glfw;
  TRY(open_window(size, glfw));
  Input input{screen, session};
  glfwSetWindowUserPointer(glfw.window, &input);
  TRY_GET(Presenter presenter, Presenter::open(glfw.window));
  Painter painter(std::move(presenter));
  JobRunner jobs(session, [] { glfwPostEmptyEvent(); });

  std::int64_t minute = -1;
  while (glfwWindowShouldClose(glfw.window) == GLFW_FALSE) {
    session.tick(app::now());
    if (session.now().s / 60 != minute) {
      minute = session.now().s / 60, input.fresh = true;
      session.set_power(read_power());
    }
    if (jobs.serve()) input.fresh = true;
    // On the page itself it shows why an errand failed.
    if (auto done = run_errand(errand, session); !done.ok()) errand = {};
    if (jobs.serve()) input.fresh = true;
    if (input.fresh || input.damaged) painter.paint(glfw.window, input);
    // Only a frame knows how large a document's page is wanted.
    if (jobs.serve()) continue;
    glfwWaitEventsTimeout(seconds_to_next_minute());
  }
  session.lock();  // which records the search that was on the screen last
  return app::Done{};
}

}  // namespace viewer
