// Sorted runs made one: the smallest record of several runs, again and again; in a thread of its own where asked for.
//
// Errors:  as StagedBlocks.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "exporter/staging/sorter.h"
#include "exporter/staging/sorter_runs.h"

namespace exporter {

// A key's first bytes as a number that orders as they do, so that most comparisons touch nothing else.
std::uint64_t front_of(std::string_view key);

class Merge {
 public:
  // Records with equal keys come in the order of the runs.
  static app::Result<Merge> open(StagedBlocks& blocks, std::span<const Run> runs);

  // Null at the end; valid until the next call.
  app::Result<const SortedRecord*> next();

 private:
  // A run, by the key that it has come to.
  struct Head {
    std::uint64_t front;
    std::size_t reader;
  };
  struct After {
    const std::vector<RunReader>& readers;
    bool operator()(const Head& a, const Head& b) const;
  };

  app::Result<app::Done> push_next_of(std::size_t reader);
  app::Result<app::Done> move_on();
  void settle_first();

  std::vector<RunReader> readers_;
  std::vector<Head> heap_;
  bool begun_ = false;
};

// Merges ahead of whoever asks, by a few batches of records.
class MergeAhead {
 public:
  explicit MergeAhead(Merge merge);
  ~MergeAhead();

  // False at the end. The views are valid until the next call.
  app::Result<bool> next(SortedRecord& record);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exporter
