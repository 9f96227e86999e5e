#include "tests/house_places.h"

namespace tests {

const char* const kHouseRoot = HOUSE_ROOT;
const char* const kPrograms = PROGRAMS;

}  // namespace tests
