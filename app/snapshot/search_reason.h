// Why a patient is among the hits when nothing that a list shows of them was typed: a former name, another telephone
// number, the number of somebody who calls for them.
//
// Errors:  none; a chart that cannot be read leaves the reason empty.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/chart.h"
#include "app/snapshot/search.h"

namespace app {

class Copy;

// Whether name, birth date, MRN and telephone number, as the list shows them, hold all that was typed.
bool explains_itself(const Hit& hit, std::string_view typed, const Date& today);

// "maiden name FOTHERINGAY, Joan", "phone of Mary Jones (mother)"; "" if the chart gives no reason either.
std::string explain_hit(const Hit& hit, const Chart& chart, std::string_view typed, const Date& today);

// A reason for each hit, "" for those that need none. Reads the charts of those that need one.
std::vector<std::string> explain_hits(const Hits& hits, const Copy& copy, std::string_view typed, const Date& today);

}  // namespace app
