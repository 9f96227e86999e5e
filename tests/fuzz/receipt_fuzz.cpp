// Any bytes that lie where a laptop's receipt should.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/snapshot/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string key(64, '7');
  const auto receipt = app::parse_receipt({reinterpret_cast<const char*>(data), size}, [&](std::uint64_t) { return std::optional(key); });
  // What was read is written as it was.
  if (receipt.ok() && !app::parse_receipt(app::format_receipt(receipt.value(), key), [&](std::uint64_t) { return std::optional(key); }).ok()) __builtin_trap();
  return 0;
}
