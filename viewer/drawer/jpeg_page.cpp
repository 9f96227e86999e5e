#include <turbojpeg.h>

#include <memory>

#include "viewer/drawer/drawing.h"

namespace drawer {
namespace {

struct Decoder {
  ~Decoder() { tjDestroy(handle); }
  tjhandle handle = tjInitDecompress();
};

// How the picture is to be turned, as a camera notes it: 1 to 8, 1 when it says nothing.
int orientation_of(std::string_view bytes) {
  const std::size_t begin = bytes.substr(0, 65'536).find(std::string_view("Exif\0\0", 6));
  if (begin == std::string_view::npos || begin + 14 > bytes.size()) return 1;
  const std::string_view tiff = bytes.substr(begin + 6, 65'536);
  const bool big = tiff.starts_with("MM");
  const auto two = [&](std::size_t at) -> unsigned {
    if (at + 2 > tiff.size()) return 0;
    const unsigned a = static_cast<unsigned char>(tiff[at]), b = static_cast<unsigned char>(tiff[at + 1]);
    return big ? a << 8 | b : b << 8 | a;
  };
  const std::size_t list = big ? std::size_t{two(4)} << 16 | two(6) : std::size_t{two(6)} << 16 | two(4);
  const unsigned entries = two(list);
  for (unsigned i = 0; i < entries && i < 200; ++i) {
    const std::size_t entry = list + 2 + std::size_t{12} * i;
    if (two(entry) == 0x0112) return static_cast<int>(two(entry + 8));
  }
  return 1;
}

// Quarter turns are what cameras make; mirrored pictures they don't.
Raster turn(Raster raster, int orientation) {
  if (orientation != 3 && orientation != 6 && orientation != 8) return raster;
  Raster turned;
  const int w = raster.width, h = raster.height;
  turned.width = orientation == 3 ? w : h;
  turned.height = orientation == 3 ? h : w;
  turned.rgb.resize(raster.rgb.size());
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int to_x = orientation == 3 ? w - 1 - x : orientation == 6 ? h - 1 - y : y;
      const int to_y = orientation == 3 ? h - 1 - y : orientation == 6 ? x : w - 1 - x;
      const std::size_t from = (static_cast<std::size_t>(y) * static_cast<std::size_t>(w) + static_cast<std::size_t>(x)) * 3;
      const std::size_t to = (static_cast<std::size_t>(to_y) * static_cast<std::size_t>(turned.width) + static_cast<std::size_t>(to_x)) * 3;
      for (std::size_t channel = 0; channel < 3; ++channel) turned.rgb[to + channel] = raster.rgb[from + channel];
    }
  }
  return turned;
}

// Inks as programs of Adobe write them: inverted.
std::vector<std::uint8_t> rgb_of_inks(const std::vector<std::uint8_t>& inks) {
  std::vector<std::uint8_t> rgb;
  rgb.reserve(inks.size() / 4 * 3);
  for (std::size_t i = 0; i + 3 < inks.size(); i += 4)
    for (std::size_t ink = 0; ink < 3; ++ink) rgb.push_back(static_cast<std::uint8_t>(inks[i + ink] * inks[i + 3] / 255));
  return rgb;
}

}  // namespace

app::Result<app::PagePicture> draw_jpeg(const std::string& bytes, const Order& order) {
  if (order.page > 1) return fault("page");
  const Decoder decoder;
  const auto* given = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0, height = 0, sampling = 0, space = 0;
  if (decoder.handle == nullptr || tjDecompressHeader3(decoder.handle, given, bytes.size(), &width, &height, &sampling, &space) != 0)
    return fault("broken");
  if (!is_drawable(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height))) return fault("large");
  const bool inks = space == TJCS_CMYK || space == TJCS_YCCK;
  Raster raster;
  raster.width = width;
  raster.height = height;
  raster.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * (inks ? 4 : 3));
  // Half a picture would be taken for the whole of it: what is cut short is not shown at all.
  if (tjDecompress2(decoder.handle, given, bytes.size(), raster.rgb.data(), width, 0, height, inks ? TJPF_CMYK : TJPF_RGB,
                    TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING) != 0)
    return fault("broken");
  if (inks) raster.rgb = rgb_of_inks(raster.rgb);
  raster = turn(std::move(raster), orientation_of(bytes));
  return scale(raster, fit(raster.width, raster.height, order));
}

}  // namespace drawer
