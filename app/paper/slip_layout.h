// A page for whoever is on the phone: who it is, what they must not be given and what they take, in large type.
//
// Nothing of these sections is shortened; everything else of the sheet is left out, and the page says so.
// Units:   points.
// Errors:  none; at least one page.
#pragma once

#include <vector>

#include "app/paper/page_frame.h"
#include "app/record/sheet.h"

namespace app {

std::vector<Page> lay_out_slip(const Sheet& sheet, const PrintFrame& frame, const Paper& paper, const FontSet& fonts);

}  // namespace app
