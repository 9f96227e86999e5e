// Bytes put aside until somebody asks for them: on the disk, encrypted under a key that only this process knows.
//
// Units:   bytes.
// Errors:  as StagedBlocks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/error.h"
#include "exporter/staging/sorter_runs.h"

namespace exporter {

struct PlaceAside {
  std::uint64_t first = 0;  // counted from the beginning of all that was put aside
  std::uint64_t bytes = 0;
};

class BytesAside {
 public:
  explicit BytesAside(std::filesystem::path folder) : folder_(std::move(folder)) {}

  app::Result<PlaceAside> put(std::string_view bytes);
  app::Result<std::string> get(PlaceAside place);

 private:
  std::filesystem::path folder_;
  std::optional<StagedBlocks> blocks_;
  std::string last_;  // the block that is not full yet
};

}  // namespace exporter
