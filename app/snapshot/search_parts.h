// The parts of a search index read piece by piece, and whether they are whole and fit together.
//
// It is the check that every opening makes, whether the parts lie in memory or are read again from a copy that was written.
// Memory:  what `read` holds, and one text.
// Errors:  parts that are damaged or do not fit together: Code::damaged; else what `size` and `read` say.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/error.h"

namespace app {

class SearchParts {
 public:
  virtual ~SearchParts() = default;
  virtual Result<std::uint64_t> size(std::string_view part) = 0;
  // Bytes of the part from `offset` on, as many as are at hand; never none, and never half a number where `offset` is none.
  // Valid until the part is read again. Requires: offset < size(part).
  virtual Result<std::string_view> read(std::string_view part, std::uint64_t offset) = 0;
};

Result<Done> check_search_parts(SearchParts& parts);

}  // namespace app
