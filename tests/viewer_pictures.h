// Small pictures of the viewer's pages, to hold against those under tests/pictures.
//
// A font is drawn a little differently from one Debian to the next: pictures are compared as a person squints, in coarse
// cells. A panel that is not there, stands elsewhere or has another colour is seen; the shape of a letter is not.
#pragma once

#include <png.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "viewer/screenshot.h"
#include "tests/viewer_harness.h"

namespace viewer_test {

inline constexpr int kCell_px = 16;

inline viewer::Picture paint(Viewer& at) {
  viewer::Picture picture;
  const ImDrawData& drawn = at.screen->draw();
  picture.resize(static_cast<int>(drawn.DisplaySize.x), static_cast<int>(drawn.DisplaySize.y));
  viewer::render(drawn, at.screen->atlas().image(), at.screen->theme().fill(viewer::Ground::page), picture);
  return picture;
}

inline int channel(std::uint32_t pixel, int shift) { return static_cast<int>(pixel >> shift & 0xFF); }

// One pixel for each whole cell: its mean.
inline viewer::Picture shrink(const viewer::Picture& large) {
  viewer::Picture small;
  small.resize(large.width / kCell_px, large.height / kCell_px);
  for (int y = 0; y < small.height; ++y)
    for (int x = 0; x < small.width; ++x) {
      int sums[3] = {0, 0, 0};
      for (int i = 0; i < kCell_px * kCell_px; ++i) {
        const std::uint32_t pixel =
            large.pixels[static_cast<std::size_t>((y * kCell_px + i / kCell_px) * large.width + x * kCell_px + i % kCell_px)];
        for (int c = 0; c < 3; ++c) sums[c] += channel(pixel, c * 8);
      }
      std::uint32_t mean = 0;
      for (int c = 0; c < 3; ++c) mean |= static_cast<std::uint32_t>(sums[c] / (kCell_px * kCell_px)) << c * 8;
      small.pixels[static_cast<std::size_t>(y * small.width + x)] = mean;
    }
  return small;
}

// In hundredths of all cells: those of which somebody would say that they look different. 100 for another size.
inline double difference(const viewer::Picture& a, const viewer::Picture& b) {
  if (a.width != b.width || a.height != b.height || a.pixels.empty()) return 100;
  std::size_t other = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    int most = 0;
    for (int c = 0; c < 3; ++c) most = std::max(most, std::abs(channel(a.pixels[i], c * 8) - channel(b.pixels[i], c * 8)));
    other += most > 40 ? 1 : 0;
  }
  return 100.0 * static_cast<double>(other) / static_cast<double>(a.pixels.size());
}

inline viewer::Picture read_png(const std::filesystem::path& file) {
  viewer::Picture picture;
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, file.c_str()) == 0) return picture;
  image.format = PNG_FORMAT_RGB;
  std::vector<unsigned char> bytes(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, bytes.data(), 0, nullptr) == 0) return picture;
  picture.resize(static_cast<int>(image.width), static_cast<int>(image.height));
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    picture.pixels[i] = static_cast<std::uint32_t>(bytes[i * 3] << 16 | bytes[i * 3 + 1] << 8 | bytes[i * 3 + 2]);
  return picture;
}

}  // namespace viewer_test
