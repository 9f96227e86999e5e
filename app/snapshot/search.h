// Finding a patient while the caller spells the name: any part of any name in any order, without case,
// accents and script, with typing errors; birth dates in usual spellings; phone digits; MRN; mixtures.
//
// Shape:   the index is made by the exporter, kept in the copy as parts, and held in memory whole.
// Speed:   fuzzy matching runs over the vocabulary, not over the patients.
// Errors:  loading parts that do not fit together is Code::damaged. A search never fails.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/calendar.h"

namespace app {

// The number of a chart inside its copy: 1, 2, 3, …
using ChartId = std::uint32_t;

// What the index knows of one patient, enough for one line of a list of hits.
struct Hit {
  ChartId chart = 0;
  std::string name;  // as format_name() says it
  std::string born;  // ISO 8601 as recorded, or ""
  std::string sex;
  std::string mrn;
  std::string phone;
  std::string town;
  bool deceased = false;
  bool exact = true;  // false: found by assuming a typing error
};

struct Hits {
  std::vector<Hit> hits;       // best first, then by name
  std::uint32_t total = 0;     // how many there are; a lower bound when `more`
  bool more = false;
};

// Of several indexes, each of a part of the practice.
struct HitsTogether {
  Hits hits;
  std::vector<std::uint32_t> parts;  // one a hit: which index's
};

class SearchIndex {
 public:
  SearchIndex();
  ~SearchIndex();
  SearchIndex(SearchIndex&&) noexcept;
  SearchIndex& operator=(SearchIndex&&) noexcept;

  // Reads the parts by name through `read_part` (the copy's search table).
  static Result<SearchIndex> load(
      const std::function<Result<std::string>(std::string_view name)>& read_part);

  std::uint32_t patients() const;
  // At most `most` hits for what was typed. `today` bounds birth dates. Not for two threads at once.
  Hits find(std::string_view typed, std::size_t most, const Date& today);
  // What one index of all their patients would find, in its order.
  static HitsTogether find_together(const std::vector<SearchIndex*>& parts, std::string_view typed, std::size_t most, const Date& today);
  // The charts whose MRN (or the EMR's own key) is exactly this, without regard to case.
  std::vector<ChartId> find_mrn(std::string_view mrn) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace app
