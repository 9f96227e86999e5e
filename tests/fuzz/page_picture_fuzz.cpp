// What a program that may have been taken over says that it drew: any bytes are one page of the right size, or an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "app/page_picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto picture = app::parse_page_picture(std::string(reinterpret_cast<const char*>(data), size));
  if (!picture.ok()) return 0;
  const app::PagePicture& page = picture.value();
  if (page.pixels.size() != page.row_bytes() * static_cast<std::size_t>(page.height)) std::abort();
  if (page.pages < 1 || page.width < 1 || page.height < 1) std::abort();
  // What was understood is written as it was read.
  if (app::parse_page_picture(app::format_picture_head(page) + page.pixels).value().pixels != page.pixels) std::abort();
  if (app::parse_page_picture(app::format_picture_head(page) + page.pixels).value().loss != page.loss) std::abort();
  return 0;
}
