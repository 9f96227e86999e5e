// Lays one patient's sheet out on pages: one or two for most people, the same order for everybody.
//
// Every page says whose it is, from when and which page of how many; allergies stand first in a heavy
// box; a row is never parted from its label and no word of it is shortened.
//
// Units:   points.
// Errors:  none; every sheet has at least one page.
// Source:  NHS CUI and ISMP for the banner, labels and lines; grey only, for any printer.
#pragma once

#include <vector>

#include "app/paper/page_frame.h"
#include "app/record/sheet.h"

namespace app {

std::vector<Page> lay_out_sheet(const Sheet& sheet, const PrintFrame& frame, const Paper& paper,
                                const FontSet& fonts);

}  // namespace app
