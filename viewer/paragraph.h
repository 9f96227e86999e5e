// Breaks a text into lines of a given width, where its script allows it; nothing is ever left out.
//
// Units:   pixels, as `measure` gives them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace viewer {

using Measure = std::function<float(std::string_view)>;

// At least one line. A word wider than `width` is broken between characters.
std::vector<std::string> wrap_text(std::string_view text, float width, const Measure& measure);

}  // namespace viewer
