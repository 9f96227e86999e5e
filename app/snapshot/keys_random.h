// A number drawn at random, each as likely as the others.
//
// Source:  libsodium's randombytes_uniform.
// Errors:  none.
#pragma once

#include <cstdint>

namespace app {

// 0 to most - 1.
std::uint32_t random_below(std::uint32_t most);

}  // namespace app
