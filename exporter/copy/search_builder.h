// Makes the search index of a copy: every name, number, telephone and birth date of every patient.
//
// Shape:   add() every chart once, in any order, then finish() once; the parts are what
//          app::SearchIndex::load() reads back, by name.
// Memory:  below 250 bytes a patient at any moment, the finished parts included.
// Errors:  finish: Code::no_room if the parts outgrow their 32-bit places (tens of millions of patients).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "app/snapshot/search.h"

namespace exporter {

struct SearchPart {
  std::string_view name;  // lives as long as the program
  std::string bytes;
};

using SearchPartHearer = std::function<app::Result<app::Done>(std::string_view name, const std::string& bytes)>;

class SearchIndexBuilder {
 public:
  SearchIndexBuilder();
  ~SearchIndexBuilder();
  SearchIndexBuilder(SearchIndexBuilder&&) noexcept;
  SearchIndexBuilder& operator=(SearchIndexBuilder&&) noexcept;

  void add(app::ChartId id, const app::Chart& chart);
  // One after the other, none of which is kept here; the first Error of `hear` ends it. Names come first.
  app::Result<app::Done> finish(const SearchPartHearer& hear);
  app::Result<std::vector<SearchPart>> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exporter
