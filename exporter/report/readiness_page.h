// The page for the wall: whether the practice could go through an outage now, the last 30 nights, and the drills.
//
// Counts, dates and names of places only: it may hang where patients see it.
// Units:   points.
// Errors:  none; what does not fit on the one page is said to be left out.
#pragma once

#include "app/paper/page.h"
#include "app/paper/shape.h"
#include "exporter/report/readiness.h"

namespace exporter {

app::Page lay_out_readiness(const ReadinessFacts& facts, const Readiness& readiness, app::Instant now, const app::Paper& paper,
                            const app::FontSet& fonts);

}  // namespace exporter
