// What a person asked for with the pointer in one frame. Panels return it; only Screen and Session act on it.
#pragma once

namespace viewer {

struct Intent {
  enum class Kind { none, submit, back, insist, choose_spare, choose_keyholder, open_row, open_document, choose_document, print_choice, move_selection, jump_to_section, scroll };
  Kind kind = Kind::none;
  int value = 0;       // row, section, rows to move, copy
  float distance = 0;  // pixels to scroll
};

}  // namespace viewer
