#include "app/record/sheet_id.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace app {

std::string format_sheet_id(const Digest& digest) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | digest[i];
  std::string id;
  for (int shift = 35; shift >= 0; shift -= 5) {
    id += kAlphabet[static_cast<std::size_t>(bits >> shift & 31)];
    if (shift == 20) id += '-';
  }
  return id;
}

}  // namespace app
