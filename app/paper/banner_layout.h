// Who it is, at the head of every page of a sheet.
//
// Units:   points.
// Errors:  none. What is too long for a banner (a name of many lines) is said there to stand in the
//          text, and `overlong` gives it to the text: never shortened.
#pragma once

#include <vector>

#include "app/paper/page_frame.h"
#include "app/record/sheet.h"

namespace app {

// On the first page everything, on the others who it is, allergies and alerts. With
// `allergies_follow` the first page leaves the allergies to the text below it. Begins at `y_pt`;
// returns where the text may begin.
double put_banner(Page& page, const Banner& banner, bool first_page, bool allergies_follow, double y_pt,
                  const FontSet& fonts);

// The rows for what no banner holds, to be put before all others.
std::vector<Row> overlong_rows(const Banner& banner, const Paper& paper, const FontSet& fonts);

}  // namespace app
