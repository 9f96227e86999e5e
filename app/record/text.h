// Text as a medical record needs it: clean, comparable, and in the right letters.
//
// Units:   all text is UTF-8, all positions are bytes.
// Source:  Unicode (ICU): normalisation form C, root collation, ISO 15924 script codes.
// Errors:  none; invalid bytes become U+FFFD and are reported as a change.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace app {

struct CleanText {
  std::string text;
  bool changed = false;  // bytes were no UTF-8, or control characters stood in it
};

// Valid UTF-8 in form C; CR LF and CR become \n; other control characters but \n and \t are taken
// out, and with them those that turn whatever stands behind them around (is_turning()). Composing
// alone is no change. Plain ASCII costs one scan.
CleanText clean_text(std::string_view bytes);

// Whether clean_text() would leave it as it is.
bool is_clean(std::string_view bytes);

// "Smith" → "SMITH", by Unicode's rules without a language ("Straße" → "STRASSE").
std::string upper_case(std::string_view text);

// Whether the code point orders its neighbours about: U+202A to U+202E and U+2066 to U+2069. One of these inside of a field
// makes "1.0 mg" behind it read "gm 0.1". Letters of Hebrew or Arabic find their order without them.
bool is_turning(std::uint32_t code_point);

// A byte string that sorts as people expect names to sort (root collation, case and accents last).
std::string collation_key(std::string_view text);

// Under which tab of a ring binder a name is filed: "A" to "Z" as collation_key() sorts it ("Ørsted" is at O), the script's
// name for other letters ("Han", "Arabic"), "#" for what begins with none. Names of one tab stand together when sorted.
std::string tab_of(std::string_view name);

// ISO 15924 of the first letter that has a script of its own: "Latn", "Arab", "Hani"; "Zyyy" if none.
std::string script_of(std::string_view text);

// The length in bytes of the code point that begins at `at`; at least 1.
std::size_t character_length(std::string_view text, std::size_t at);

// The code point at `at` in clean text.
std::uint32_t code_point_at(std::string_view text, std::size_t at);

// The value of a decimal digit of any script ("٣" is 3), or -1.
int digit_value(std::uint32_t code_point);

}  // namespace app
