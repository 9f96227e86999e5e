#include "app/exif.h"

#include <cstddef>

namespace app {
namespace {

constexpr unsigned kOrientation = 0x0112;
constexpr unsigned kApp1 = 0xE1;
constexpr unsigned kPictureBegins = 0xDA;

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

}  // namespace

int read_exif_orientation(std::string_view exif) {
  constexpr std::string_view kHead("Exif\0\0", 6);
  if (!exif.starts_with(kHead)) return 1;
  const std::string_view tiff = exif.substr(kHead.size());
  if (tiff.size() < 8) return 1;
  const bool little = tiff.starts_with("II");
  const auto two = [&](std::size_t at) {
    const unsigned first = byte_at(tiff, at), second = byte_at(tiff, at + 1);
    return little ? second << 8 | first : first << 8 | second;
  };
  const std::size_t table = little ? std::size_t{two(6)} << 16 | two(4) : std::size_t{two(4)} << 16 | two(6);
  if (table > tiff.size() || tiff.size() - table < 2) return 1;
  const std::size_t entries = two(table);
  for (std::size_t i = 0; i < entries && table + 2 + 12 * (i + 1) <= tiff.size(); ++i) {
    const std::size_t at = table + 2 + 12 * i;
    if (two(at) != kOrientation) continue;
    const unsigned held = two(at + 8);
    return held >= 1 && held <= 8 ? static_cast<int>(held) : 1;
  }
  return 1;
}

int read_jpeg_orientation(std::string_view jpeg) {
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && byte_at(jpeg, at) == 0xFF) {
    const unsigned marker = byte_at(jpeg, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const std::size_t size = byte_at(jpeg, at + 2) << 8 | byte_at(jpeg, at + 3);
    if (marker == kPictureBegins || size < 2 || at + 2 + size > jpeg.size()) return 1;
    const int held = marker == kApp1 ? read_exif_orientation(jpeg.substr(at + 4, size - 2)) : 1;
    if (held != 1) return held;
    at += 2 + size;
  }
  return 1;
}

}  // namespace app
