// A keyholder's file of any bytes. Nothing is unlocked: that is slow on purpose.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/snapshot/keys_locked.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto key = app::parse_locked_key(std::string_view(reinterpret_cast<const char*>(data), size));
  if (key.ok() && (key.value().cost.memory_bytes > (1ull << 30) || key.value().locked.size() != 48)) std::abort();
  return 0;
}
