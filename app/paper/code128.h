// A Code 128 bar code, for a scanner that types what it reads.
//
// Units:   modules, the width of the thinnest bar; points on the page.
// Source:  ISO/IEC 15417: code set B, and C for an even number of digits.
// Errors:  none; what is no printable ASCII, or empty, or longer than 48 has no bar code.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/paper/page.h"

namespace app {

// The widths of bar, gap, bar, …, bar; the quiet zones of ten modules are the caller's to leave.
std::optional<std::vector<int>> make_code_128(std::string_view text);

int modules_of(const std::vector<int>& widths);

void put_code_128(Page& page, const std::vector<int>& widths, double x_pt, double y_pt, double module_pt, double height_pt);

}  // namespace app
