// The master index: every patient of the copy on one line, so that whoever calls is found without the computer, and any
// printed sheet can be checked by eye.
//
// Units:   points.
// Errors:  what the taker returns.
// Memory:  two pages.
#pragma once

#include <functional>

#include "app/error.h"
#include "app/paper/page_frame.h"
#include "exporter/binder/index_lines.h"

namespace exporter {

// Gets the pages in their order.
using TakeIndexPage = std::function<app::Result<app::Done>(const app::Page& page)>;

// The lines in the order given: by collation of the names.
app::Result<app::Done> lay_out_index(const IndexLines& lines, const app::PrintFrame& frame, const app::Paper& paper,
                                     const app::FontSet& fonts, const TakeIndexPage& take);

}  // namespace exporter
