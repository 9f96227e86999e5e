#include "exporter/copy/search_builder.h"

#include <cassert>
#include <unordered_map>

#include "app/record/sheet.h"
#include "app/snapshot/search_tables.h"
#include "exporter/copy/search_finish.h"
#include "exporter/copy/search_terms.h"

namespace exporter {
namespace {

using app::Done;
using app::Result;

constexpr std::size_t kLongestShown = 4000;

// Cut where a character ends, if it is longer than anyone's name or number.
std::string_view at_most(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return text;
  while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80) --longest;
  return text.substr(0, longest);
}

class PartsInMemory final : public SearchPartKeeper {
 public:
  Result<Done> begin(std::string_view name, std::uint64_t bytes) override {
    parts_.push_back({name, {}});
    parts_.back().bytes.reserve(bytes);
    return Done{};
  }
  Result<Done> add(std::string_view piece) override {
    parts_.back().bytes += piece;
    return Done{};
  }
  Result<Done> end() override { return Done{}; }
  std::vector<SearchPart> take() { return std::move(parts_); }

 private:
  std::vector<SearchPart> parts_;
};

}  // namespace

struct SearchIndexBuilder::State {
  State(std::filesystem::path staging, std::size_t memory_bytes) : gathered(std::move(staging), memory_bytes) {
    said_number("");
  }

  std::uint32_t said_number(std::string_view text) {
    const auto [found, is_new] = said.emplace(at_most(text, kLongestShown), static_cast<std::uint32_t>(said.size()));
    if (is_new) gathered.said.push_back(found->first);
    return found->second;
  }
  std::string make_line(const app::Chart& chart);

  std::unordered_map<std::string, std::uint32_t> said;
  GatheredTerms gathered;
  app::ChartId last = 0;
};

std::string SearchIndexBuilder::State::make_line(const app::Chart& chart) {
  const std::string name = app::format_name(app::shown_name(chart));
  const std::string_view shown = at_most(name, kLongestShown), mrn = at_most(chart.mrn, kLongestShown);
  const std::string phone = shown_phone(chart);
  std::string line;
  app::append_small(said_number(chart.sex), line);
  app::append_small(said_number(chart.addresses.empty() ? "" : chart.addresses.front().city), line);
  app::append_small(static_cast<std::uint32_t>(shown.size()), line);
  app::append_small(static_cast<std::uint32_t>(mrn.size()), line);
  line += shown;
  line += mrn;
  line += at_most(phone, kLongestShown);
  return line;
}

SearchIndexBuilder::SearchIndexBuilder(std::filesystem::path staging, std::size_t memory_bytes)
    : state_(std::make_unique<State>(std::move(staging), memory_bytes)) {}
SearchIndexBuilder::~SearchIndexBuilder() = default;
SearchIndexBuilder::SearchIndexBuilder(SearchIndexBuilder&&) noexcept = default;
SearchIndexBuilder& SearchIndexBuilder::operator=(SearchIndexBuilder&&) noexcept = default;

Result<Done> SearchIndexBuilder::add(app::ChartId id, const app::Chart& chart) {
  State& s = *state_;
  assert(id > s.last);  // patients of one name are listed in the order of their charts
  s.last = id;
  std::uint32_t birth = 0;
  if (chart.birth_date.is_known()) birth = static_cast<std::uint32_t>(app::format_day_number(chart.birth_date.value()));
  const bool deceased = chart.deceased.value_or(false) || chart.deceased_date.is_known();
  TRY(s.gathered.begin_patient(sorting_key(chart), {id, birth, deceased}, s.make_line(chart)));
  for (const SearchWord& word : search_words(chart)) TRY(s.gathered.add_word(word.word, !word.family));
  for (const SearchNumber& number : search_numbers(chart)) TRY(s.gathered.add_number(number.number, !number.of_chart));
  for (const std::string& phone : search_phones(chart)) TRY(s.gathered.add_phone(app::pack_digits(phone)));
  return Done{};
}

Result<Done> SearchIndexBuilder::finish(SearchPartKeeper& keeper) {
  const std::unique_ptr<State> state = std::exchange(state_, nullptr);
  return finish_search(state->gathered, keeper);
}

Result<std::vector<SearchPart>> SearchIndexBuilder::finish() {
  PartsInMemory parts;
  TRY(finish(parts));
  return parts.take();
}

}  // namespace exporter
