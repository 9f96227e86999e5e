// Characters as text, and the letters behind characters that only say how a letter looks.
//
// Source:  Unicode compatibility composition (ICU).
// Errors:  none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace app {

// A code point as UTF-8.
std::string text_of(std::uint32_t code_point);

// "ﬁ" → "fi", a joined Arabic letter → the letter.
std::string plain_letters(std::string_view text);

}  // namespace app
