// The one box to type in, and below it who was found, or who is expected today.
#pragma once

#include <cstddef>

#include "viewer/intent.h"
#include "viewer/surface.h"
#include "viewer/views.h"

namespace viewer {

// Which rows are in sight; kept between frames.
struct ListWindow {
  std::size_t first = 0;
  std::size_t rows = 1;  // how many fit: what PageDown moves by
};

Intent draw_search_panel(const SearchView& view, const Box& inside, ListWindow& window, Surface& surface);

}  // namespace viewer
