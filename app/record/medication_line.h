// One medication as one line that reads aloud correctly over the phone.
//
// Order:   drug — brand — strength — form — DOSE dose — rate — duration — route — frequency; the dose
//          is the strong piece. Where only an instruction was recorded, it is said as recorded.
// Source:  NHS CUI MEDi-007, 013, 018, 038, 051; FDA and ISMP lists of names with tall man letters.
// Errors:  none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/record/sheet.h"

namespace app {

// Look-alike names with the letters that differ in capitals ("hydroxyzine" → "hydrOXYzine"); every
// other word as it is. For showing only: what is kept is never changed.
std::string tall_man(std::string_view drug);

// What is said after the drug's name; empty when nothing was recorded of it.
std::vector<Span> make_medication_line(const Medication& medication);

// Drug and line as one plain text.
std::string format_medication(const Medication& medication);

}  // namespace app
