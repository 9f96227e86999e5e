#include "exporter/binder/scan_pictures.h"

#include <utility>

#include "app/exif.h"
#include "exporter/binder/png_pixels.h"

namespace exporter {
namespace {

using app::Result;

constexpr unsigned kSideMost = 60'000;

app::Error unreadable(const char* why) { return {app::Code::bad_source, "The picture cannot be read.", why}; }

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }
unsigned two_at(std::string_view bytes, std::size_t at) { return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }
std::size_t four_at(std::string_view bytes, std::size_t at) { return std::size_t{two_at(bytes, at)} << 16 | two_at(bytes, at + 2); }

bool is_sound(const Picture& picture) {
  return picture.width > 0 && picture.height > 0 && picture.width <= kSideMost && picture.height <= kSideMost;
}

bool is_frame(unsigned marker) { return marker >= 0xC0 && marker <= 0xC2; }  // what PDF readers decode

// The JPEG at the beginning; `length` is where it ends.
Result<Picture> read_jpeg(std::string_view bytes, std::size_t& length) {
  Picture picture;
  picture.packing = Packing::jpeg;
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (byte_at(bytes, at) != 0xFF) return unreadable("no marker where one must be");
    const unsigned marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xD9) break;
    const std::size_t size = two_at(bytes, at + 2);
    if (size < 2 || at + 2 + size > bytes.size()) return unreadable("cut short");
    if (is_frame(marker) && size >= 8) {
      picture.bits = static_cast<int>(byte_at(bytes, at + 4));
      picture.height = two_at(bytes, at + 5);
      picture.width = two_at(bytes, at + 7);
      picture.channels = static_cast<int>(byte_at(bytes, at + 9));
    }
    if (marker == 0xE1 && picture.orientation == 1) picture.orientation = app::read_exif_orientation(bytes.substr(at + 4, size - 2));
    if (marker == 0xEE && size >= 12 && bytes.substr(at + 4, 5) == "Adobe") picture.inverted = true;
    at += 2 + size;
    if (marker != 0xDA) continue;
    // The picture itself: until a marker that is none of its own.
    while (at + 1 < bytes.size()) {
      const unsigned next = byte_at(bytes, at + 1);
      if (byte_at(bytes, at) == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) break;
      ++at;
    }
  }
  if (at + 2 > bytes.size() || byte_at(bytes, at) != 0xFF || byte_at(bytes, at + 1) != 0xD9) return unreadable("cut short");
  const bool known = picture.channels == 1 || picture.channels == 3 || picture.channels == 4;
  if (!is_sound(picture) || picture.bits != 8 || !known) return unreadable("of a kind that is not printed");
  length = at + 2;
  picture.bytes = bytes.substr(0, length);
  return picture;
}

Picture picture_of(PngPixels decoded) {
  Picture picture;
  picture.width = decoded.width;
  picture.height = decoded.height;
  picture.channels = decoded.channels;
  picture.packing = Packing::none;
  picture.bytes = std::move(decoded.pixels);
  return picture;
}

Result<Picture> read_png(std::string_view bytes) {
  TRY_GET(PngPixels decoded, read_png_pixels(bytes));
  Picture picture;
  bool is_plain = true;
  unsigned kind = 0;
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const std::size_t size = four_at(bytes, at);
    const std::string_view name = bytes.substr(at + 4, 4);
    if (size > bytes.size() - at - 12) return unreadable("cut short");
    const std::string_view data = bytes.substr(at + 8, size);
    if (name == "IHDR" && size == 13) {
      picture.width = static_cast<unsigned>(four_at(data, 0));
      picture.height = static_cast<unsigned>(four_at(data, 4));
      picture.bits = static_cast<int>(byte_at(data, 8));
      kind = byte_at(data, 9);
      picture.channels = kind == 2 ? 3 : 1;
      if (!is_sound(picture)) return unreadable("of a kind that is not printed");
      const bool is_interlaced = byte_at(data, 12) != 0;
      is_plain = is_plain && !is_interlaced && (kind == 0 || kind == 2 || kind == 3);
    }
    if (name == "PLTE") picture.palette = data;
    if (name == "tRNS") is_plain = false;
    if (name == "IDAT") picture.bytes += data;
    if (name == "IEND") break;
    at += 12 + size;
  }
  if (!is_plain) return picture_of(std::move(decoded));
  const int bits = picture.bits;
  const bool known = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
  if (picture.bytes.empty() || picture.channels == 0 || !known) return unreadable("cut short");
  if ((kind == 3) == picture.palette.empty() || picture.palette.size() % 3 != 0 || picture.palette.size() > 768) {
    if (kind == 3) return unreadable("without its colours");
    picture.palette.clear();
  }
  return picture;
}

}  // namespace

Result<std::vector<Picture>> read_pictures(std::string_view bytes) {
  std::vector<Picture> pictures;
  if (bytes.starts_with("\x89PNG\r\n")) {
    TRY_GET(Picture picture, read_png(bytes));
    pictures.push_back(std::move(picture));
    return pictures;
  }
  while (bytes.starts_with("\xFF\xD8\xFF")) {
    std::size_t length = 0;
    TRY_GET(Picture picture, read_jpeg(bytes, length));
    pictures.push_back(std::move(picture));
    bytes.remove_prefix(length);
  }
  if (pictures.empty()) return unreadable("neither JPEG nor PNG");
  return pictures;
}

}  // namespace exporter
