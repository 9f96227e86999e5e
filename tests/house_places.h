// Where the tests find the tree that they are of, and the programs that were built from it.
#pragma once

namespace tests {

// Folders. Both are known to one compiled file only, so that the same test in two trees is compiled once where a compiler's
// cache serves both.
extern const char* const kHouseRoot;
extern const char* const kPrograms;

}  // namespace tests
