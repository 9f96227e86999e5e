// Any bytes whatever as pictures: pictures whose heads are sound, or an error, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exporter/binder/scan_pictures.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto pictures = exporter::read_pictures({reinterpret_cast<const char*>(data), size});
  if (!pictures.ok()) return 0;
  for (const exporter::Picture& picture : pictures.value()) {
    if (picture.width == 0 || picture.height == 0 || picture.bytes.empty() || picture.bytes.size() > size) std::abort();
  }
  return 0;
}
