#include "exporter/emr/odbc_text.h"

#include <cstdint>

namespace exporter {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

void append(std::uint32_t code, std::string& text) {
  const auto put = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  const auto tail = [&put, code](int shift) { put(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6), tail(0);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12), tail(6), tail(0);
  } else {
    put(0xF0 | code >> 18), tail(12), tail(6), tail(0);
  }
}

// Takes one character off; a byte that begins none gives U+FFFD and is taken off alone.
std::uint32_t take(std::string_view& utf8) {
  const auto first = static_cast<unsigned char>(utf8[0]);
  const std::size_t size = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  std::uint32_t code = size == 1 ? first : first & (0xFFu >> (size + 1));
  bool whole = size != 0 && size <= utf8.size();
  for (std::size_t i = 1; whole && i < size; ++i) {
    whole = (static_cast<unsigned char>(utf8[i]) & 0xC0) == 0x80;
    code = code << 6 | (static_cast<unsigned char>(utf8[i]) & 0x3Fu);
  }
  utf8.remove_prefix(whole ? size : 1);
  return whole ? code : kReplacement;
}

}  // namespace

void append_utf8(const unsigned short* units, std::size_t count, std::string& text) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t unit = units[i];
    const bool pair = unit >> 10 == 0x36 && i + 1 < count && units[i + 1] >> 10 == 0x37;
    append(pair ? 0x10000 + ((unit & 0x3FF) << 10 | (units[i + 1] & 0x3FFu)) : unit, text);
    i += pair ? 1 : 0;
  }
}

std::vector<unsigned short> make_utf16(std::string_view utf8) {
  std::vector<unsigned short> units;
  while (!utf8.empty()) {
    const std::uint32_t code = take(utf8);
    if (code < 0x10000) {
      units.push_back(static_cast<unsigned short>(code));
      continue;
    }
    units.push_back(static_cast<unsigned short>(0xD800 | ((code - 0x10000) >> 10 & 0x3FF)));
    units.push_back(static_cast<unsigned short>(0xDC00 | ((code - 0x10000) & 0x3FF)));
  }
  units.push_back(0);
  return units;
}

}  // namespace exporter
