#include <png.h>

#include "viewer/drawer/drawing.h"

namespace drawer {

app::Result<app::PagePicture> draw_png(const std::string& bytes, const Order& order) {
  if (order.page > 1) return fault("page");
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return fault("broken");
  if (!is_drawable(image.width, image.height)) {
    png_image_free(&image);
    return fault("large");
  }
  image.format = PNG_FORMAT_RGB;
  Raster raster;
  raster.width = static_cast<int>(image.width);
  raster.height = static_cast<int>(image.height);
  raster.rgb.resize(static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height) * 3);
  const png_color white{255, 255, 255};  // what is see-through is paper
  // Missing and changed bytes are errors; warnings are about colours and remarks, of which many programs write strange ones.
  if (png_image_finish_read(&image, &white, raster.rgb.data(), 0, nullptr) == 0) return fault("broken");
  return scale(raster, fit(raster.width, raster.height, order));
}

}  // namespace drawer
