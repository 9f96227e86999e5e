// A passphrase as it is typed or read: one rule for every program and every keyboard.
//
// Shape:   UTF-8 in normalisation form C, without control characters (no tab, no line break), 1 to 512 bytes. Blanks and
//          capitals count.
// Errors:  wrong_kind (empty, too long). How a file is read as one: read_passphrase_file in keys.h.
// Source:  FORMAT.md, "Slots and unlocking".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/error.h"

namespace app {

inline constexpr std::size_t kPassphraseBytesMost = 512;

// What was typed, as every reader takes it: keyboards differ in how they write é, and some type a tab.
std::string clean_passphrase(std::string_view typed);

// Whether it can be a passphrase at all; how hard it is to guess is judged elsewhere, when it is set.
Result<Done> check_passphrase(std::string_view typed);

}  // namespace app
