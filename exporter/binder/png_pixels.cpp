#include "exporter/binder/png_pixels.h"

#include <png.h>

#include <cstdint>

namespace exporter {
namespace {

// A page of 33 cm by 48 cm at 500 dots an inch.
constexpr std::uint64_t kPixelsMost = 60'000'000;

app::Error damaged(const png_image& image) {
  return {app::Code::bad_source, "The picture cannot be read.", std::string("damaged: ") + image.message};
}

}  // namespace

app::Result<PngPixels> read_png_pixels(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return damaged(image);
  if (std::uint64_t{image.width} * image.height > kPixelsMost) {
    png_image_free(&image);
    return app::Error{app::Code::no_room, "The picture has too many pixels.", "too many pixels"};
  }
  image.format = (image.format & PNG_FORMAT_FLAG_COLOR) != 0 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  PngPixels made{image.width, image.height, image.format == PNG_FORMAT_RGB ? 3 : 1, ""};
  made.pixels.resize(PNG_IMAGE_SIZE(image));
  const png_color white{255, 255, 255};
  // Missing and changed bytes are errors; warnings are about colours and remarks, of which many programs write strange ones.
  if (png_image_finish_read(&image, &white, made.pixels.data(), 0, nullptr) == 0) return damaged(image);
  return made;
}

}  // namespace exporter
