#include "viewer/edit.h"

#include <algorithm>
#include <utility>

#include "app/record/text.h"

namespace viewer {
namespace {

std::size_t character_before(const std::string& text, std::size_t at) {
  if (at == 0) return 0;
  std::size_t start = at - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return start;
}

std::size_t word_before(const std::string& text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  while (at > 0 && text[at - 1] != ' ') --at;
  return at;
}

}  // namespace

void EditLine::insert(std::string_view typed) {
  std::string clean = app::clean_text(typed).text;
  std::erase_if(clean, [](char c) { return c == '\n' || c == '\t'; });
  if (is_selected && !clean.empty()) wipe();
  if (text.size() + clean.size() > kEditBytesMost) return;
  // Reserved once, so that a growing passphrase leaves no copies of itself behind.
  text.reserve(kEditBytesMost);
  text.insert(caret, clean);
  caret += clean.size();
}

bool EditLine::press(const KeyPress& press) {
  const auto erase_to = [this](std::size_t from, std::size_t to) {
    text.erase(from, to - from);
    caret = from;
  };
  const bool was_selected = std::exchange(is_selected, false);
  if (was_selected && (press.key == Key::backspace || press.key == Key::erase)) {
    wipe();
    return true;
  }
  switch (press.key) {
    case Key::left:
      caret = press.ctrl ? word_before(text, caret) : character_before(text, caret);
      return true;
    case Key::right:
      if (caret < text.size()) caret += app::character_length(text, caret);
      return true;
    case Key::home:
      caret = 0;
      return true;
    case Key::end:
      caret = text.size();
      return true;
    case Key::backspace:
      erase_to(press.ctrl ? word_before(text, caret) : character_before(text, caret), caret);
      return true;
    case Key::erase:
      if (caret < text.size()) erase_to(caret, caret + app::character_length(text, caret));
      return true;
    default:
      return false;
  }
}

void EditLine::wipe() {
  volatile char* bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
  text.clear();
  caret = 0;
  is_selected = false;
}

}  // namespace viewer
