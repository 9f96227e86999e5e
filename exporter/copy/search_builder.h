// Makes the search index of a copy: every name, number, telephone and birth date of every patient.
//
// Shape:   add() every chart once, in the order of their numbers, then finish() once; the parts are what
//          app::SearchIndex::load() reads back, by name.
// Memory:  `memory_bytes` and a few blocks, eight bytes a patient, and every town once. What does not fit is staged on
//          disk, encrypted, in files without a name.
// Errors:  no_room, io; no_room too if the parts outgrow their 32-bit places (tens of millions of patients).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "app/snapshot/search.h"

namespace exporter {

// Whoever keeps the parts: one after the other, each in pieces.
class SearchPartKeeper {
 public:
  virtual ~SearchPartKeeper() = default;
  // `name` lives as long as the program.
  virtual app::Result<app::Done> begin(std::string_view name, std::uint64_t bytes) = 0;
  virtual app::Result<app::Done> add(std::string_view piece) = 0;
  virtual app::Result<app::Done> end() = 0;
};

struct SearchPart {
  std::string_view name;  // lives as long as the program
  std::string bytes;
};

class SearchIndexBuilder {
 public:
  static constexpr std::size_t kMemory_bytes = 16u << 20;

  explicit SearchIndexBuilder(std::filesystem::path staging, std::size_t memory_bytes = kMemory_bytes);
  ~SearchIndexBuilder();
  SearchIndexBuilder(SearchIndexBuilder&&) noexcept;
  SearchIndexBuilder& operator=(SearchIndexBuilder&&) noexcept;

  app::Result<app::Done> add(app::ChartId id, const app::Chart& chart);
  app::Result<app::Done> finish(SearchPartKeeper& keeper);
  // The same in memory.
  app::Result<std::vector<SearchPart>> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exporter
