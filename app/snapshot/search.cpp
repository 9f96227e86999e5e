#include "app/snapshot/search.h"

#include <algorithm>
#include <iterator>

#include "app/record/text.h"
#include "app/snapshot/search_run.h"
#include "app/snapshot/search_tables.h"

namespace app {
namespace {

// As the lists are sorted, as far as a line shows it: the family name, then the given one.
std::string listing_key(std::string_view name) {
  const std::size_t comma = name.find(", ");
  if (comma == std::string_view::npos) return collation_key(name) + '\0';
  return collation_key(name.substr(0, comma)) + '\0' + collation_key(name.substr(comma + 2));
}

struct Found {
  const SearchRun* run;
  std::uint32_t part;
  const SearchRun::Item* item;
  std::string key{};
};

// All that were found, by place; hits of one place by name.
std::vector<Found> merge(const std::vector<SearchRun>& runs, std::size_t most) {
  std::vector<Found> all;
  for (std::uint32_t part = 0; part < runs.size(); ++part) {
    for (const SearchRun::Item& item : runs[part].found()) all.push_back({&runs[part], part, &item});
  }
  std::stable_sort(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.item->place < b.item->place; });
  for (auto begin = all.begin(); begin != all.end() && begin - all.begin() < static_cast<std::ptrdiff_t>(most);) {
    const auto end = std::find_if(begin, all.end(), [&](const Found& found) { return found.item->place != begin->item->place; });
    for (auto found = begin; found != end; ++found) found->key = listing_key(found->run->name(*found->item));
    std::stable_sort(begin, end, [](const Found& a, const Found& b) { return a.key < b.key; });
    begin = end;
  }
  if (all.size() > most) all.erase(all.begin() + static_cast<std::ptrdiff_t>(most), all.end());
  return all;
}

}  // namespace

struct SearchIndex::State {
  SearchTables tables;
};

SearchIndex::SearchIndex() : state_(std::make_unique<State>()) {}
SearchIndex::~SearchIndex() = default;
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;

Result<SearchIndex> SearchIndex::load(
    const std::function<Result<std::string>(std::string_view name)>& read_part) {
  SearchIndex index;
  TRY_GET(index.state_->tables, SearchTables::load(read_part));
  return index;
}

std::uint32_t SearchIndex::patients() const { return static_cast<std::uint32_t>(state_->tables.patients()); }

Hits SearchIndex::find(std::string_view typed, std::size_t most, const Date& today) {
  Tally tally{most};
  std::vector<SearchRun> runs;
  runs.emplace_back(state_->tables, typed, today, tally);
  SearchRun::run(runs, tally);
  Hits hits{{}, tally.total, tally.more};
  for (const SearchRun::Item& item : runs.front().found()) hits.hits.push_back(runs.front().hit(item));
  return hits;
}

HitsTogether SearchIndex::find_together(const std::vector<SearchIndex*>& parts, std::string_view typed, std::size_t most, const Date& today) {
  Tally tally{most};
  std::vector<SearchRun> runs;
  for (const SearchIndex* part : parts) runs.emplace_back(part->state_->tables, typed, today, tally);
  SearchRun::run(runs, tally);
  HitsTogether together{{{}, tally.total, tally.more}, {}};
  for (const Found& found : merge(runs, most)) {
    together.hits.hits.push_back(found.run->hit(*found.item));
    together.parts.push_back(found.part);
  }
  return together;
}

std::vector<ChartId> SearchIndex::find_mrn(std::string_view mrn) const {
  const SearchTables& tables = state_->tables;
  const std::string folded = fold_number(mrn);
  std::vector<ChartId> same, alike;
  if (folded.empty()) return same;
  const std::string wanted = upper_case(mrn);
  const Range range = tables.numbers_beginning(folded);
  for (std::size_t i = range.begin; i < range.end && tables.numbers[i].size() == folded.size(); ++i) {
    const std::uint32_t owner = tables.number_owners[i];
    if ((owner & 1) != 0) continue;
    alike.push_back(tables.charts[owner >> 1]);
    if (upper_case(tables.line(owner >> 1).mrn) == wanted) same.push_back(alike.back());
  }
  // Folding drops hyphens and blanks, so "1-23" and "12-3" are alike; the number as written decides.
  return same.empty() ? alike : same;
}

}  // namespace app
