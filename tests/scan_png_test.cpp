// PNG scans of every kind that programs write: what is see-through is paper, and no part of one goes missing in silence.
#include <gtest/gtest.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <sstream>

#include "exporter/binder/scan.h"
#include "exporter/binder/scan_pictures.h"
#include "tests/command.h"
#include "tests/temporary_folder.h"

namespace {

constexpr unsigned kSide = 64;

struct Kind {
  const char* name;
  int colour;
  int bits;
  int interlace;
  bool see_through_palette = false;
  bool as_it_is = false;  // a PDF shows it by its own bytes
};

void append(png_structp png, png_bytep bytes, png_size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), size);
}

// One row: black ink in the left quarter of the upper half, and paper; what is see-through is black below.
std::string row_of(const Kind& kind, unsigned y) {
  std::string row;
  for (unsigned x = 0; x < kSide; ++x) {
    const bool ink = y < kSide / 2 && x < kSide / 4;
    if (kind.colour == PNG_COLOR_TYPE_PALETTE) {
      row += static_cast<char>(ink ? 1 : 0);
      continue;
    }
    const bool has_alpha = (kind.colour & PNG_COLOR_MASK_ALPHA) != 0;
    const std::string colour(static_cast<std::size_t>(kind.bits / 8 * ((kind.colour & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1)), ink || has_alpha ? '\0' : '\xFF');
    row += colour;
    if (has_alpha) row += std::string(static_cast<std::size_t>(kind.bits / 8), ink ? '\xFF' : '\0');
  }
  return row;
}

std::string png_of(const Kind& kind) {
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &bytes, append, nullptr);
  png_set_IHDR(png, info, kSide, kSide, kind.bits, kind.colour, kind.interlace, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (kind.colour == PNG_COLOR_TYPE_PALETTE) {
    const png_color colours[2] = {{0, 0, 0}, {0, 0, 0}};
    const png_byte opacity[2] = {0, 255};
    png_set_PLTE(png, info, colours, 2);
    if (kind.see_through_palette) png_set_tRNS(png, info, opacity, 2, nullptr);
  }
  std::vector<std::string> rows;
  std::vector<png_bytep> pointers;
  for (unsigned y = 0; y < kSide; ++y) rows.push_back(row_of(kind, y));
  for (std::string& row : rows) pointers.push_back(reinterpret_cast<png_bytep>(row.data()));
  png_set_rows(png, info, pointers.data());
  png_write_png(png, info, PNG_TRANSFORM_IDENTITY, nullptr);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

// How much of the page is ink: of all of it, and of its left upper part, in percent.
struct Ink {
  int everywhere = 0;
  int where_it_belongs = 0;
};

Ink ink_of(const std::string& pdf) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "seen.pdf", pdf);
  tests::run("cd '" + folder.path().string() + "'; qpdf --check seen.pdf >/dev/null && pdftoppm -r 20 -gray -singlefile seen.pdf seen");
  std::istringstream picture(tests::contents(folder.path() / "seen.pgm"));
  std::string kind;
  int width = 0, height = 0, white = 0, dark = 0, there = 0, corner = 0;
  picture >> kind >> width >> height >> white;
  picture.get();
  for (int i = 0; i < width * height; ++i) {
    const bool belongs = i % width < width / 4 && i / width < height / 2;
    const bool ink = picture.get() < 128;
    corner += belongs ? 1 : 0;
    dark += ink ? 1 : 0;
    there += ink && belongs ? 1 : 0;
  }
  return {100 * dark / std::max(width * height, 1), 100 * there / std::max(corner, 1)};
}

const Kind kKinds[] = {
    {"grey", PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, false, true},
    {"colour of 16 bits", PNG_COLOR_TYPE_RGB, 16, PNG_INTERLACE_NONE, false, true},
    {"grey, see-through", PNG_COLOR_TYPE_GRAY_ALPHA, 8, PNG_INTERLACE_NONE},
    {"colour, see-through", PNG_COLOR_TYPE_RGB_ALPHA, 8, PNG_INTERLACE_NONE},
    {"colour of 16 bits, see-through", PNG_COLOR_TYPE_RGB_ALPHA, 16, PNG_INTERLACE_ADAM7},
    {"palette, see-through", PNG_COLOR_TYPE_PALETTE, 8, PNG_INTERLACE_NONE, true},
    {"interlaced", PNG_COLOR_TYPE_RGB, 8, PNG_INTERLACE_ADAM7},
};

TEST(ScanPng, OfEveryKindIsInkOnWhitePaper) {
  for (const Kind& kind : kKinds) {
    const auto scan = exporter::clean_scan(png_of(kind));
    ASSERT_TRUE(scan.ok()) << kind.name << ": " << scan.error().what << ' ' << scan.error().detail;
    const Ink ink = ink_of(scan.value().pdf);
    EXPECT_GE(ink.where_it_belongs, 90) << kind.name;
    EXPECT_LE(ink.everywhere, 16) << kind.name;
    EXPECT_GE(ink.everywhere, 9) << kind.name;
  }
}

TEST(ScanPng, IsUnpackedOnlyWhereAPdfCannotShowItsOwnBytes) {
  for (const Kind& kind : kKinds) {
    const auto pictures = exporter::read_pictures(png_of(kind));
    ASSERT_TRUE(pictures.ok()) << kind.name;
    EXPECT_EQ(pictures.value().at(0).packing == exporter::Packing::png_lines, kind.as_it_is) << kind.name;
  }
}

TEST(ScanPng, WithAByteChangedOrTheEndMissingIsNotPrintedAsIfItWereWhole) {
  for (const Kind& kind : kKinds) {
    const std::string good = png_of(kind);
    const std::size_t lines = good.find("IDAT") + 4;
    std::string changed = good;
    changed[lines + 12] = static_cast<char>(changed[lines + 12] ^ 0x20);
    EXPECT_FALSE(exporter::read_pictures(changed).ok()) << kind.name;
    EXPECT_FALSE(exporter::read_pictures(good.substr(0, lines + 12)).ok()) << kind.name;
  }
}

std::string four(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xFF);
  return bytes;
}

std::uint32_t sum_of(const std::string& bytes) {
  return static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

TEST(ScanPng, WithAColourProfileThatMakesNoSenseIsReadAllTheSame) {
  for (const Kind& kind : kKinds) {
    const std::string profile = std::string("iCCPmade up") + std::string(2, '\0') + "not a profile";
    const std::string chunk = four(static_cast<std::uint32_t>(profile.size() - 4)) + profile + four(sum_of(profile));
    std::string bytes = png_of(kind);
    bytes.insert(33, chunk);  // behind the head
    const auto pictures = exporter::read_pictures(bytes);
    EXPECT_TRUE(pictures.ok()) << kind.name;
  }
}

TEST(ScanPng, OfTooManyPixelsSaysSo) {
  std::string large = png_of(kKinds[0]);
  large.replace(16, 8, four(60'000) + four(60'000));
  large.replace(29, 4, four(sum_of(large.substr(12, 17))));
  const auto scan = exporter::clean_scan(large);
  ASSERT_FALSE(scan.ok());
  EXPECT_NE(scan.error().what.find("too many pixels"), std::string::npos) << scan.error().what;
}

}  // namespace
