// Draws one page of a foreign document into a box of pixels: the only thing that this program does.
//
// Everything here reads bytes that nobody vouches for, and runs in a process that can harm nothing (main.cpp).
// Units:   pixels; pages are counted from 1.
// Errors:  bad_source, its detail one of app::kDrawingFaults.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/page_picture.h"

namespace drawer {

struct Order {
  int page = 1;
  int width_most = 0;
  int height_most = 0;  // 0: as high as the width makes it
};

inline app::Error fault(std::string_view name) { return {app::Code::bad_source, "The document cannot be shown.", std::string(name)}; }

// Whatever it is.
app::Result<app::PagePicture> draw_page(const std::string& bytes, const Order& order);

app::Result<app::PagePicture> draw_pdf(const std::string& bytes, const Order& order);
app::Result<app::PagePicture> draw_jpeg(const std::string& bytes, const Order& order);
app::Result<app::PagePicture> draw_png(const std::string& bytes, const Order& order);
app::Result<app::PagePicture> draw_tiff(const std::string& bytes, const Order& order);

// As a decoder gives it: red, green, blue, a byte each.
struct Raster {
  int width = 0;
  int height = 0;
  double aspect = 1;  // how much higher than wide one of its pixels is: faxes have high ones
  std::vector<std::uint8_t> rgb;
};

// Upright again, from TIFF's orientation (1 to 8; any other is upright).
Raster turn(Raster raster, int orientation);

inline constexpr std::size_t kRasterPixelsMost = 120'000'000;
bool is_drawable(std::uint64_t width, std::uint64_t height);

struct Size {
  int width = 0;
  int height = 0;
};
// The largest size of these proportions that fits the order, and the most that is ever drawn.
Size fit(double width, double height, const Order& order);
// Each pixel the average of what lies below it, so that thin strokes stay; grey where all of it is.
app::PagePicture scale(const Raster& raster, const Size& size);
void drop_colour_if_none(app::PagePicture& picture);

}  // namespace drawer
