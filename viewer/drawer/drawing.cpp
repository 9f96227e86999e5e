#include "viewer/drawer/drawing.h"

#include <algorithm>
#include <cmath>

namespace drawer {
namespace {

constexpr int kFarthestIn = 1024;  // some programs write a line of their own before a PDF

// How far a row or column reaches into those of the raster: from the first to before the last, one at least.
struct Reach {
  int from = 0;
  int to = 0;
};

Reach reach_of(int at, int count, int of) {
  const auto from = static_cast<int>(static_cast<std::int64_t>(at) * of / count);
  const auto to = static_cast<int>((static_cast<std::int64_t>(at) + 1) * of / count);
  return {from, std::min(of, std::max(to, from + 1))};
}

}  // namespace

app::Result<app::PagePicture> draw_page(const std::string& bytes, const Order& order) {
  const std::string_view view(bytes);
  if (order.page < 1) return fault("page");
  if (view.starts_with("\xFF\xD8\xFF")) return draw_jpeg(bytes, order);
  if (view.starts_with("\x89PNG\r\n")) return draw_png(bytes, order);
  if (view.starts_with(std::string_view("II*\0", 4)) || view.starts_with(std::string_view("MM\0*", 4)) ||
      view.starts_with(std::string_view("II+\0", 4)) || view.starts_with(std::string_view("MM\0+", 4)))
    return draw_tiff(bytes, order);
  if (view.substr(0, kFarthestIn).find("%PDF-") != std::string_view::npos) return draw_pdf(bytes, order);
  return fault("kind");
}

bool is_drawable(std::uint64_t width, std::uint64_t height) {
  constexpr std::uint64_t kSideMost = 65'535;
  return width > 0 && height > 0 && width <= kSideMost && height <= kSideMost && width * height <= kRasterPixelsMost;
}

Raster turn(Raster raster, int orientation) {
  if (orientation < 2 || orientation > 8) return raster;
  const bool lies = orientation >= 5;
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Raster turned;
  const int w = raster.width, h = raster.height;
  turned.width = lies ? h : w;
  turned.height = lies ? w : h;
  turned.aspect = lies ? 1 / raster.aspect : raster.aspect;
  turned.rgb.resize(raster.rgb.size());
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int across = from_right ? w - 1 - x : x, down = from_below ? h - 1 - y : y;
      const int to_x = lies ? down : across, to_y = lies ? across : down;
      const std::size_t from = (static_cast<std::size_t>(y) * static_cast<std::size_t>(w) + static_cast<std::size_t>(x)) * 3;
      const std::size_t to = (static_cast<std::size_t>(to_y) * static_cast<std::size_t>(turned.width) + static_cast<std::size_t>(to_x)) * 3;
      for (std::size_t channel = 0; channel < 3; ++channel) turned.rgb[to + channel] = raster.rgb[from + channel];
    }
  }
  return turned;
}

Size fit(double width, double height, const Order& order) {
  if (!(width > 0) || !(height > 0) || !std::isfinite(width) || !std::isfinite(height)) return {1, 1};
  double scale = std::max(1, order.width_most) / width;
  if (order.height_most > 0) scale = std::min(scale, order.height_most / height);
  const double pixels = width * height * scale * scale;
  if (pixels > static_cast<double>(app::kPicturePixelsMost)) scale *= std::sqrt(static_cast<double>(app::kPicturePixelsMost) / pixels);
  scale = std::min({scale, app::kPictureSideMost / width, app::kPictureSideMost / height});
  return {std::max(1, static_cast<int>(width * scale)), std::max(1, static_cast<int>(height * scale))};
}

app::PagePicture scale(const Raster& raster, const Size& size) {
  app::PagePicture picture{1, size.width, size.height, 3, {}};
  picture.pixels.resize(picture.row_bytes() * static_cast<std::size_t>(size.height));
  std::vector<Reach> columns;
  for (int x = 0; x < size.width; ++x) columns.push_back(reach_of(x, size.width, raster.width));
  auto out = picture.pixels.begin();
  for (int y = 0; y < size.height; ++y) {
    const Reach rows = reach_of(y, size.height, raster.height);
    for (const Reach& across : columns) {
      std::uint64_t sums[3] = {0, 0, 0};
      for (int row = rows.from; row < rows.to; ++row) {
        const std::uint8_t* at = raster.rgb.data() + (static_cast<std::size_t>(row) * static_cast<std::size_t>(raster.width) +
                                                      static_cast<std::size_t>(across.from)) * 3;
        for (int column = across.from; column < across.to; ++column, at += 3)
          for (int channel = 0; channel < 3; ++channel) sums[channel] += at[channel];
      }
      const auto count = static_cast<std::uint64_t>(rows.to - rows.from) * static_cast<std::uint64_t>(across.to - across.from);
      for (const std::uint64_t sum : sums) *out++ = static_cast<char>(static_cast<std::uint8_t>(sum / count));
    }
  }
  drop_colour_if_none(picture);
  return picture;
}

void drop_colour_if_none(app::PagePicture& picture) {
  if (picture.channels != 3) return;
  const std::string& pixels = picture.pixels;
  for (std::size_t i = 0; i + 2 < pixels.size(); i += 3)
    if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) return;
  for (std::size_t i = 0; i * 3 < pixels.size(); ++i) picture.pixels[i] = picture.pixels[i * 3];
  picture.pixels.resize(picture.pixels.size() / 3);
  picture.channels = 1;
}

}  // namespace drawer
