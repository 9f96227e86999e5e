// Bytes that are written from end to end and then read once: one block is held, the rest lies on disk, encrypted, in a file
// without a name.
//
// What is shorter than a block never touches a disk.
// Errors:  as StagedBlocks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/error.h"
#include "exporter/staging/sorter_runs.h"

namespace exporter {

class StagedBytes {
 public:
  using Hearer = std::function<app::Result<app::Done>(std::string_view piece)>;

  explicit StagedBytes(std::filesystem::path staging) : staging_(std::move(staging)) {}

  app::Result<app::Done> add(std::string_view bytes);
  std::uint64_t size() const;
  // From the first byte to the last, in pieces.
  app::Result<app::Done> read(const Hearer& hear);

 private:
  std::filesystem::path staging_;
  std::optional<StagedBlocks> blocks_;
  std::string last_;  // the block that is not full yet
};

}  // namespace exporter
