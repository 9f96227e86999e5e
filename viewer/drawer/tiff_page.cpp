#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "viewer/drawer/drawing.h"

namespace drawer {
namespace {

// The bytes as a file to libtiff, which reads and does nothing else.
struct Memory {
  const std::string& bytes;
  std::uint64_t at = 0;
};

tmsize_t read_memory(thandle_t handle, void* to, tmsize_t count) {
  auto* memory = static_cast<Memory*>(handle);
  if (memory->at >= memory->bytes.size() || count <= 0) return 0;
  const std::size_t size = std::min<std::size_t>(static_cast<std::size_t>(count), memory->bytes.size() - memory->at);
  std::memcpy(to, memory->bytes.data() + memory->at, size);
  memory->at += size;
  return static_cast<tmsize_t>(size);
}
tmsize_t write_memory(thandle_t, void*, tmsize_t) { return 0; }
toff_t seek_memory(thandle_t handle, toff_t offset, int whence) {
  auto* memory = static_cast<Memory*>(handle);
  memory->at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? memory->at + offset : memory->bytes.size() + offset;
  return memory->at;
}
int close_memory(thandle_t) { return 0; }
toff_t size_of_memory(thandle_t handle) { return static_cast<Memory*>(handle)->bytes.size(); }

struct Close {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};

int count_pages(TIFF& tiff) {
  int pages = 1;
  while (pages < app::kDocumentPagesMost && TIFFSetDirectory(&tiff, static_cast<tdir_t>(pages)) != 0 && pages < 65'534) ++pages;
  return pages;
}

}  // namespace

app::Result<app::PagePicture> draw_tiff(const std::string& bytes, const Order& order) {
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  Memory memory{bytes};
  const std::unique_ptr<TIFF, Close> tiff(TIFFClientOpen("scan", "rm", &memory, read_memory, write_memory, seek_memory, close_memory,
                                                         size_of_memory, nullptr, nullptr));
  if (!tiff) return fault("broken");
  const int pages = count_pages(*tiff);
  // The last one that can be read names another one behind it.
  const bool breaks_off = TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(pages - 1)) != 0 && TIFFLastDirectory(tiff.get()) == 0 && pages < 65'534;
  if (order.page > pages) return fault("page");
  if (TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(order.page - 1)) == 0) return fault("broken");
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height);
  if (width == 0 || height == 0) return fault("broken");
  if (!is_drawable(width, height)) return fault("large");
  float across = 0, down = 0;
  TIFFGetField(tiff.get(), TIFFTAG_XRESOLUTION, &across);
  TIFFGetField(tiff.get(), TIFFTAG_YRESOLUTION, &down);
  Raster raster;
  raster.width = static_cast<int>(width);
  raster.height = static_cast<int>(height);
  if (across > 0 && down > 0) raster.aspect = std::clamp(static_cast<double>(across) / static_cast<double>(down), 0.25, 4.0);
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width) * height);
  std::uint16_t orientation = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_ORIENTATION, &orientation);
  // As they lie in the file: libtiff mirrors where it should turn. Half a picture would be taken for the whole of it: what is
  // cut short is not shown at all.
  if (TIFFReadRGBAImageOriented(tiff.get(), width, height, pixels.data(), orientation, 1) == 0) return fault("broken");
  raster.rgb.reserve(pixels.size() * 3);
  for (const std::uint32_t pixel : pixels) {
    raster.rgb.push_back(static_cast<std::uint8_t>(TIFFGetR(pixel)));
    raster.rgb.push_back(static_cast<std::uint8_t>(TIFFGetG(pixel)));
    raster.rgb.push_back(static_cast<std::uint8_t>(TIFFGetB(pixel)));
  }
  raster = turn(std::move(raster), orientation);
  app::PagePicture picture = scale(raster, fit(raster.width, raster.height * raster.aspect, order));
  picture.pages = pages;
  if (breaks_off) picture.loss = app::Loss::pages;
  return picture;
}

}  // namespace drawer
