// What a person can press, apart from letters: named as on the keyboard, whatever window system sends it.
#pragma once

namespace viewer {

enum class Key {
  none,
  up,
  down,
  left,
  right,
  page_up,
  page_down,
  home,
  end,
  enter,
  escape,
  tab,
  backspace,
  erase,  // Delete
  plus,
  minus,
  f6,
  f7,
  f8,
  f9,
  character,  // a letter or digit pressed together with Ctrl or Alt
};

struct KeyPress {
  Key key = Key::none;
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  char character = 0;  // 'A'…'Z', '0'…'9' for Key::character
};

}  // namespace viewer
