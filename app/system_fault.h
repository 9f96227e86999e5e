// Tells a disk that is full from any other refusal of the system.
//
// Units:   errno's numbers.
#pragma once

#include <system_error>

#include "app/error.h"

namespace app {

// no_room for a full disk, a quota, or a file that may grow no further; io for all else.
Code code_of_refusal(int number);
Code code_of_refusal(const std::error_code& failure);

}  // namespace app
