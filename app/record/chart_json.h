// A Chart as canonical JSON and back: the form in which a copy keeps it and `show --json` prints it.
//
// Shape:   one object. The patient's own particulars, then one array a section; what is not recorded
//          is left out. A value that is not simply known is an object {"state": …, "as_recorded": …};
//          a section that is not simply a list of facts is named in "states" with its state and how
//          many entries are withheld. "unreadable" lists what could not be read.
// Errors:  parse_chart: Code::damaged when the text is no such object.
#pragma once

#include <string>
#include <string_view>

#include "app/error.h"
#include "app/record/chart.h"
#include "app/record/json.h"

namespace app {

// Appends to `out`. Equal charts give equal bytes.
void format_chart(const Chart& chart, std::string& out);

// Dates are read in `time_zone`, as read_date() does.
Result<Chart> parse_chart(std::string_view json, std::string_view time_zone = {});

}  // namespace app
