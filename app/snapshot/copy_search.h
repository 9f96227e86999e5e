// The search index where it lies in a copy's charts.db: read whole for searching, or piece by piece for checking.
//
// Memory:  one piece of each part; a part whole, where another program stored it so that it cannot be read in pieces.
// Errors:  damaged, io.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/digest.h"
#include "app/error.h"
#include "app/snapshot/database.h"
#include "app/snapshot/search_parts.h"

namespace app {

class CopySearchParts final : public SearchParts {
 public:
  // Requires: the database outlives it.
  explicit CopySearchParts(const Database& database) : database_(database) {}

  Result<std::uint64_t> size(std::string_view part) override;
  Result<std::string_view> read(std::string_view part, std::uint64_t offset) override;
  Result<std::string> read_whole(std::string_view part);
  // Of the part's bytes.
  Result<Digest> digest(std::string_view part);

 private:
  struct Part {
    std::optional<BlobReader> blob;
    std::uint64_t size = 0;
    std::string piece;  // all of it if there is no blob
    std::uint64_t first = 0;  // where the piece begins
  };
  Result<Part*> open(std::string_view part);

  const Database& database_;
  std::map<std::string, Part, std::less<>> parts_;
};

}  // namespace app
