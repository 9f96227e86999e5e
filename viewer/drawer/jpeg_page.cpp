#include <turbojpeg.h>

#include <memory>

#include "app/exif.h"
#include "viewer/drawer/drawing.h"

namespace drawer {
namespace {

struct Decoder {
  ~Decoder() { tjDestroy(handle); }
  tjhandle handle = tjInitDecompress();
};

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
  raster = turn(std::move(raster), app::read_jpeg_orientation(bytes));
  return scale(raster, fit(raster.width, raster.height, order));
}

}  // namespace drawer
