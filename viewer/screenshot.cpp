#include "viewer/screenshot.h"

#include <png.h>

#include <cstring>
#include <vector>

namespace viewer {

app::Result<app::Done> write_png(const Picture& picture, const std::filesystem::path& file) {
  std::vector<unsigned char> bytes;
  bytes.reserve(picture.pixels.size() * 3);
  for (const std::uint32_t pixel : picture.pixels) {
    bytes.push_back(static_cast<unsigned char>(pixel >> 16));
    bytes.push_back(static_cast<unsigned char>(pixel >> 8 & 0xFF));
    bytes.push_back(static_cast<unsigned char>(pixel & 0xFF));
  }
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(&image, file.c_str(), 0, bytes.data(), 0, nullptr) == 0)
    return app::Error{app::Code::io, "The picture could not be written.",
                      file.string() + ": " + image.message};
  return app::Done{};
}

}  // namespace viewer
