// What a computer remembers, of any bytes: read, or refused; and what was read is written and read again the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/snapshot/pairing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto pairings = app::parse_pairings({reinterpret_cast<const char*>(data), size});
  if (!pairings.ok()) return 0;
  if (pairings.value().practices.size() > app::kPairingsMost) std::abort();
  const std::string text = app::format_pairings(pairings.value());
  const auto again = app::parse_pairings(text);
  if (!again.ok() || app::format_pairings(again.value()) != text) std::abort();
  return 0;
}
