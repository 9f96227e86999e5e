// One line of text that is being typed: the text, the place of the caret, and what each key does to it.
//
// Units:   caret is a byte position between characters of UTF-8.
// Errors:  none; what is not clean text is taken out on the way in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "viewer/keys.h"

namespace viewer {

struct EditLine {
  std::string text;
  std::size_t caret = 0;
  bool is_selected = false;  // all of it: the next letter takes its place

  void insert(std::string_view typed);
  // Whether the key was one for editing; the text or the caret may have changed.
  bool press(const KeyPress& press);
  // Overwrites the bytes before it lets go of them: it may have held a passphrase.
  void wipe();
};

inline constexpr std::size_t kEditBytesMost = 512;

}  // namespace viewer
