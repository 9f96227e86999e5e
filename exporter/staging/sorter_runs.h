// Sorted runs of records on disk, in a nameless file, encrypted under a key that only this process knows.
//
// Format:  blocks of equal size, each sealed with XChaCha20-Poly1305 under a random key, its number as
//          the nonce: a block that was changed, moved or left out does not open. Records run on from
//          block to block: length of key (4), length of bytes (8), kind (2), key, bytes.
// Errors:  as NamelessFile; Code::io too when a block does not open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "exporter/staging/sorter.h"

namespace exporter {

struct Run {
  std::uint64_t first_block = 0;
  std::uint64_t bytes = 0;  // in the clear, without padding
};

// The file and its key. The key lies in locked memory and is wiped with the object.
class StagedBlocks {
 public:
  static app::Result<StagedBlocks> open(const std::filesystem::path& folder, std::size_t block_bytes);
  ~StagedBlocks();
  StagedBlocks(StagedBlocks&&) noexcept;
  StagedBlocks& operator=(StagedBlocks&&) noexcept;

  std::size_t block_bytes() const;
  std::uint64_t blocks() const;
  // Requires: plain.size() == block_bytes().
  app::Result<app::Done> append(std::string_view plain);
  app::Result<app::Done> read(std::uint64_t block, std::string& plain);

 private:
  struct State;
  explicit StagedBlocks(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Writes one run. Records must come in order.
class RunWriter {
 public:
  explicit RunWriter(StagedBlocks& blocks);
  app::Result<app::Done> add(const SortedRecord& record);
  app::Result<Run> finish();

 private:
  app::Result<app::Done> put(const char* bytes, std::size_t count);

  StagedBlocks& blocks_;
  Run run_;
  std::string block_;
};

// Reads one run. Holds one block, and one record if that lies across blocks.
class RunReader {
 public:
  RunReader(StagedBlocks& blocks, Run run);
  // False at the end. The record is valid until the next call.
  app::Result<bool> next();
  const SortedRecord& record() const { return record_; }

 private:
  app::Result<std::string_view> take(std::size_t count);

  StagedBlocks* blocks_;
  std::uint64_t next_block_;
  std::uint64_t rest_;  // bytes of the run not yet taken
  std::string block_;
  std::size_t at_;
  std::string across_;
  SortedRecord record_;
};

}  // namespace exporter
