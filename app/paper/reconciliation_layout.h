// Lays the list that has to close to zero after an outage out on pages: a box to tick for every patient, and lines to
// write on for the forms and temporary numbers that were handed out on paper.
//
// Units:   points.
// Errors:  none; a list without a patient says so.
#pragma once

#include <string>
#include <vector>

#include "app/paper/page_frame.h"
#include "app/record/reconciliation.h"

namespace app {

std::vector<Page> lay_out_reconciliation(const Reconciliation& list, const std::string& time_zone,
                                         const PrintFrame& frame, const Paper& paper, const FontSet& fonts);

}  // namespace app
