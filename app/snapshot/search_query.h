// What somebody typed, taken apart into names and numbers in every way that makes sense.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace app {

// One way to read it: all of these together.
struct Reading {
  std::vector<std::string> names;    // folded words, in the order typed
  std::vector<std::string> numbers;  // as typed: each a birth date, a telephone number or an identifier
};

inline constexpr std::size_t kMostReadings = 24;
inline constexpr std::size_t kMostTypedWords = 8;

// "smi 4 3 75" is read as the name smi with the number "4 3 75", with "4 3" and "75", and so on; "mar 75"
// as a month and as a name. Words beyond kMostTypedWords are left out. Nothing for nothing.
std::vector<Reading> read_query(std::string_view typed);

}  // namespace app
