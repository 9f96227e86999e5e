// Any bytes whatever as a TIFF: a count of pages that could be there, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exporter/binder/tiff_pages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tiff = exporter::look_at_tiff({reinterpret_cast<const char*>(data), size});
  if (tiff.pages > size || (tiff.whole && tiff.pages == 0)) std::abort();
  return 0;
}
