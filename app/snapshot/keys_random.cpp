#include "app/snapshot/keys_random.h"

#include <sodium.h>

#include <cstdlib>

namespace app {

std::uint32_t random_below(std::uint32_t most) {
  if (sodium_init() < 0) std::abort();
  return randombytes_uniform(most);
}

}  // namespace app
