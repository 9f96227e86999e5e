// nightchart-document: draws one page of a document, for the viewer that started it. Nobody types this.
//
// The document comes through standard input, the picture goes to standard output. Between the two this process can open no
// file but fonts, reach no network and start nothing; who started it has bounded its memory and time.
#include <charconv>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <string>

#include "app/jail_posix.h"
#include "app/process_faults_posix.h"
#include "viewer/drawer/drawing.h"

namespace {

std::string read_input() {
  std::string bytes;
  char piece[65536];
  for (std::size_t got = std::fread(piece, 1, sizeof piece, stdin); got > 0; got = std::fread(piece, 1, sizeof piece, stdin))
    bytes.append(piece, got);
  return bytes;
}

bool read_number(const char* text, int most, int& number) {
  const auto [end, failure] = std::from_chars(text, text + std::strlen(text), number);
  return failure == std::errc{} && *end == '\0' && number >= 0 && number <= most;
}

int fail(const std::string& name) {
  std::fputs(name.c_str(), stderr);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  app::forbid_core_dumps();
  drawer::Order order;
  if (argc != 4 || !read_number(argv[1], app::kDocumentPagesMost, order.page) ||
      !read_number(argv[2], app::kPictureSideMost, order.width_most) || !read_number(argv[3], app::kPictureSideMost, order.height_most)) {
    std::fputs("nightchart-document is started by nightchart-viewer, to draw a page of a document.\n", stderr);
    return app::kExitUsage;
  }
  try {
    const std::string bytes = read_input();
    if (!app::lock_the_door(app::Window::fonts)) return fail("door");
    const auto drawn = drawer::draw_page(bytes, order);
    if (!drawn.ok()) return fail(drawn.error().detail);
    const std::string head = app::format_picture_head(drawn.value());
    const std::string& pixels = drawn.value().pixels;
    const bool written = std::fwrite(head.data(), 1, head.size(), stdout) == head.size() &&
                         std::fwrite(pixels.data(), 1, pixels.size(), stdout) == pixels.size() && std::fflush(stdout) == 0;
    return written ? 0 : fail("large");
  } catch (const std::bad_alloc&) {
    return fail("large");
  } catch (const std::exception&) {
    return fail("broken");
  }
}
