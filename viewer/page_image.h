// A page of a document as the screen paints it.
#pragma once

#include <cstdint>

#include "app/page_picture.h"

namespace viewer {

struct PageImage {
  app::PagePicture picture;
  std::uint64_t number = 0;  // no two pictures of a run of the program share one
};

}  // namespace viewer
