#include "exporter/binder/tiff_pages.h"

#include <set>

namespace exporter {
namespace {

constexpr std::size_t kPagesMost = 10'000;
constexpr std::size_t kEntryBytes = 12;
enum Tag : unsigned { kWidth = 256, kHeight = 257, kStrips = 273, kStripBytes = 279, kResolution = 282, kTiles = 324, kTileBytes = 325 };

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}
  std::uint32_t two(std::size_t at) const { return little_ ? byte(at) | byte(at + 1) << 8 : byte(at) << 8 | byte(at + 1); }
  std::uint32_t four(std::size_t at) const { return little_ ? two(at) | two(at + 2) << 16 : two(at) << 16 | two(at + 2); }
  bool holds(std::size_t at, std::size_t length) const { return at <= bytes_.size() && length <= bytes_.size() - at; }

 private:
  std::uint32_t byte(std::size_t at) const { return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0; }
  std::string_view bytes_;
  bool little_;
};

// The numbers of one entry, SHORT or LONG.
struct Numbers {
  std::size_t at = 0;
  std::size_t count = 0;
  bool is_short = false;
  std::uint32_t value(const Reader& reader, std::size_t i) const { return is_short ? reader.two(at + 2 * i) : reader.four(at + 4 * i); }
};

struct Directory {
  Numbers width, height, places, lengths;
  bool has_resolution = false;
  bool sound = true;
};

Directory read_directory(const Reader& reader, std::size_t at, std::size_t entries) {
  Directory directory;
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = at + kEntryBytes * i;
    const unsigned tag = reader.two(entry);
    Numbers numbers{entry + 8, reader.four(entry + 4), reader.two(entry + 2) == 3};
    const std::size_t size = numbers.count * (numbers.is_short ? 2 : 4);
    if (size > 4) numbers.at = reader.four(entry + 8);
    if (tag == kResolution) directory.has_resolution = true;
    if (tag == kWidth) directory.width = numbers;
    if (tag == kHeight) directory.height = numbers;
    if (tag != kStrips && tag != kTiles && tag != kStripBytes && tag != kTileBytes) continue;
    if (!reader.holds(numbers.at, size)) directory.sound = false;
    (tag == kStrips || tag == kTiles ? directory.places : directory.lengths) = numbers;
  }
  return directory;
}

bool has_its_bytes(const Reader& reader, const Directory& directory) {
  if (!directory.sound || directory.places.count == 0) return false;
  // Some programs leave the lengths out where there is only one.
  for (std::size_t i = 0; i < directory.places.count; ++i) {
    const std::size_t length = i < directory.lengths.count ? directory.lengths.value(reader, i) : 1;
    if (!reader.holds(directory.places.value(reader, i), length)) return false;
  }
  return true;
}

}  // namespace

bool is_tiff(std::string_view bytes) {
  return bytes.starts_with(std::string_view("II*\0", 4)) || bytes.starts_with(std::string_view("MM\0*", 4));
}

TiffPages look_at_tiff(std::string_view bytes) {
  TiffPages tiff;
  if (!is_tiff(bytes) || bytes.size() < 8) return tiff;
  const Reader reader(bytes);
  std::set<std::size_t> seen;
  for (std::size_t at = reader.four(4); at != 0; ++tiff.pages) {
    if (!reader.holds(at, 2) || !seen.insert(at).second || tiff.pages == kPagesMost) return tiff;
    const std::size_t entries = reader.two(at);
    if (!reader.holds(at + 2, entries * kEntryBytes + 4)) return tiff;
    const Directory directory = read_directory(reader, at + 2, entries);
    if (tiff.pages == 0) {
      tiff.width = directory.width.count == 1 ? directory.width.value(reader, 0) : 0;
      tiff.height = directory.height.count == 1 ? directory.height.value(reader, 0) : 0;
      tiff.has_resolution = directory.has_resolution;
    }
    if (!has_its_bytes(reader, directory)) return tiff;
    at = reader.four(at + 2 + entries * kEntryBytes);
  }
  tiff.whole = tiff.pages > 0;
  return tiff;
}

}  // namespace exporter
