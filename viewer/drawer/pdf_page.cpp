#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "app/whole_page.h"
#include "viewer/drawer/drawing.h"

namespace drawer {
namespace {

constexpr double kPointsPerInch = 72;

// What poppler says of files that are whole, written by programs that take it lightly.
constexpr std::array<std::string_view, 9> kHarmless = {"no valid states to pop", "ExtGState", "Couldn't find a font", "font type",
                                                       "language pack", "Leftover args", "annotation", "optional content", "ICC"};

// What poppler finds wrong may hold words of the document: it is counted, and nobody is told.
void count_fault(const std::string& words, void* count) {
  const bool harmless = std::ranges::any_of(kHarmless, [&](std::string_view part) { return words.find(part) != std::string::npos; });
  if (!harmless) ++*static_cast<int*>(count);
}

app::Result<app::PagePicture> copy_picture(const poppler::image& image, int pages) {
  if (!image.is_valid() || image.format() != poppler::image::format_rgb24 || image.width() < 1 || image.height() < 1) return fault("broken");
  app::PagePicture picture{pages, image.width(), image.height(), 3, {}};
  for (int row = 0; row < picture.height; ++row)
    picture.pixels.append(image.const_data() + static_cast<std::ptrdiff_t>(row) * image.bytes_per_row(), picture.row_bytes());
  drop_colour_if_none(picture);
  return picture;
}

}  // namespace

app::Result<app::PagePicture> draw_pdf(const std::string& bytes, const Order& order) {
  int faults = 0;
  poppler::set_debug_error_function(count_fault, &faults);
  const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) return fault("broken");
  if (document->is_locked()) return fault("locked");
  const int pages = std::min(document->pages(), app::kDocumentPagesMost);
  if (pages < 1) return fault("broken");
  if (order.page > pages) return fault("page");
  faults = 0;  // those of its list of objects are mended by now
  const std::unique_ptr<poppler::page> page(document->create_page(order.page - 1));
  if (!page) return fault("broken");
  poppler::rectf box = page->page_rect(poppler::crop_box);
  double width = box.width(), height = box.height();
  if (page->orientation() == poppler::page::landscape || page->orientation() == poppler::page::seascape) std::swap(width, height);
  if (!(width > 0) || !(height > 0)) return fault("broken");
  const Size size = fit(width, height, order);
  const double per_inch = kPointsPerInch * std::min(size.width / width, size.height / height);
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  renderer.set_paper_color(0xFFFFFFFF);
  renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
  auto picture = copy_picture(renderer.render_page(page.get(), per_inch, per_inch, 0, 0, size.width, size.height), pages);
  // Of a JPEG that breaks off poppler says nothing.
  if (picture.ok() && (faults > 0 || !app::is_whole_page(bytes, order.page))) picture.value().loss = app::Loss::parts;
  return picture;
}

}  // namespace drawer
