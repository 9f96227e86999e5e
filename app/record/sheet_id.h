// The short code of what a sheet or a form says: equal codes, equal words.
//
// Errors:  none.
#pragma once

#include <string>

#include "app/digest.h"

namespace app {

// Eight characters of 5 bits in Crockford's alphabet, which has no I, L, O and U: "7KD2-M4QX".
std::string format_sheet_id(const Digest& digest);

}  // namespace app
