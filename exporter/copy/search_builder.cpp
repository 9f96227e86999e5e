#include "exporter/copy/search_builder.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <unordered_map>

#include "app/record/name_folding.h"
#include "app/record/sheet.h"
#include "app/record/text.h"
#include "app/snapshot/search_tables.h"
#include "exporter/copy/byte_arena.h"
#include "exporter/copy/search_terms.h"

namespace exporter {
namespace {

constexpr std::size_t kLongestShown = 4000;
constexpr std::uint32_t kDeceased = 1u << 31;

struct Patient {
  app::ChartId chart = 0;
  std::uint32_t birth = 0;  // yyyymmdd, and kDeceased
  ByteArena::Place key = 0;
  ByteArena::Place line = 0;
};

struct Number {
  ByteArena::Place text = 0;
  std::uint32_t owner = 0;
};

struct Phone {
  std::uint32_t high = 0;  // the packed digits, in halves so that none of it is padding
  std::uint32_t low = 0;
  std::uint32_t patient = 0;
  std::uint64_t digits() const { return std::uint64_t{high} << 32 | low; }
};

void append_u32(std::uint32_t number, std::string& bytes) {
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xFF);
}

// Cut where a character ends, if it is longer than anyone's name or number.
std::string_view at_most(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return text;
  while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80) --longest;
  return text.substr(0, longest);
}

template <typename T>
std::vector<T> take_all(std::deque<T>& queue) {
  std::vector<T> all;
  all.reserve(queue.size());
  for (; !queue.empty(); queue.pop_front()) all.push_back(queue.front());
  queue = {};
  return all;
}

}  // namespace

struct SearchIndexBuilder::State {
  State() { said_number(""); }

  std::uint32_t word_number(const std::string& word) {
    if (const auto found = words.find(word); found != words.end()) return found->second;
    const std::string_view kept = word_bytes.get(word_bytes.add(word));
    const auto number = static_cast<std::uint32_t>(words.size());
    words.emplace(kept, number);
    return number;
  }
  std::uint32_t said_number(std::string_view text) {
    const auto [found, is_new] = said.emplace(at_most(text, kLongestShown), static_cast<std::uint32_t>(said.size()));
    if (is_new) said_order.push_back(&found->first);
    return found->second;
  }
  std::string make_line(const app::Chart& chart);
  void sort_patients();
  void finish_patients();
  void finish_words();
  void finish_said();
  void finish_lines();
  void finish_births();
  void finish_numbers();
  void finish_phones();
  // Each part leaves as soon as it is made: all of them together are as large as what they are made of.
  void give(std::string_view name, std::string bytes) {
    if (given.ok()) given = hear(name, bytes);
  }
  // A whole table at once, so that no part grows by doubling.
  template <typename Value>
  void add_table(std::string_view name, std::size_t size, Value value) {
    std::string bytes;
    bytes.reserve(size * sizeof(std::uint32_t));
    for (std::size_t i = 0; i < size; ++i) append_u32(value(i), bytes);
    give(name, std::move(bytes));
  }

  std::deque<Patient> patients;
  ByteArena keys, lines, word_bytes, number_bytes;
  std::unordered_map<std::string_view, std::uint32_t> words;
  std::deque<std::uint64_t> word_owners;  // word in the upper half, owner in the lower
  std::unordered_map<std::string, std::uint32_t> said;
  std::vector<const std::string*> said_order;
  std::deque<Number> numbers;
  std::deque<Phone> phones;

  std::vector<std::uint32_t> order;  // patients as they are listed
  std::vector<std::uint32_t> place;  // where each patient is in `order`
  SearchPartHearer hear;
  app::Result<app::Done> given = app::Done{};
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

SearchIndexBuilder::SearchIndexBuilder() : state_(std::make_unique<State>()) {}
SearchIndexBuilder::~SearchIndexBuilder() = default;
SearchIndexBuilder::SearchIndexBuilder(SearchIndexBuilder&&) noexcept = default;
SearchIndexBuilder& SearchIndexBuilder::operator=(SearchIndexBuilder&&) noexcept = default;

void SearchIndexBuilder::add(app::ChartId id, const app::Chart& chart) {
  State& s = *state_;
  const auto patient = static_cast<std::uint32_t>(s.patients.size());
  Patient kept;
  kept.chart = id;
  if (chart.birth_date.is_known()) kept.birth = static_cast<std::uint32_t>(app::format_day_number(chart.birth_date.value()));
  if (chart.deceased.value_or(false) || chart.deceased_date.is_known()) kept.birth |= kDeceased;
  kept.key = s.keys.add(sorting_key(chart));
  kept.line = s.lines.add(s.make_line(chart));
  s.patients.push_back(kept);
  for (const SearchWord& word : search_words(chart)) {
    s.word_owners.push_back(std::uint64_t{s.word_number(word.word)} << 32 | patient << 1 | (word.family ? 0u : 1u));
  }
  for (const SearchNumber& number : search_numbers(chart)) {
    s.numbers.push_back({s.number_bytes.add(number.number), patient << 1 | (number.of_chart ? 0u : 1u)});
  }
  for (const std::string& phone : search_phones(chart)) {
    const std::uint64_t packed = app::pack_digits(phone);
    s.phones.push_back({static_cast<std::uint32_t>(packed >> 32), static_cast<std::uint32_t>(packed), patient});
  }
}

void SearchIndexBuilder::State::sort_patients() {
  order.resize(patients.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
    const int compared = keys.get(patients[a].key).compare(keys.get(patients[b].key));
    return compared != 0 ? compared < 0 : patients[a].chart < patients[b].chart;
  });
  keys.clear();
  place.resize(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<std::uint32_t>(i);
}

void SearchIndexBuilder::State::finish_patients() {
  add_table(app::search_part::kCharts, order.size(), [this](std::size_t i) { return patients[order[i]].chart; });
  add_table(app::search_part::kBirths, order.size(),
            [this](std::size_t i) { return patients[order[i]].birth & ~kDeceased; });
  std::string deceased;
  deceased.reserve(order.size());
  for (const std::uint32_t patient : order) deceased += (patients[patient].birth & kDeceased) != 0 ? '\1' : '\0';
  give(app::search_part::kDeceased, std::move(deceased));
}

void SearchIndexBuilder::State::finish_words() {
  std::vector<std::pair<std::string_view, std::uint32_t>> sorted(words.begin(), words.end());
  words = {};
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> rank(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) rank[sorted[i].second] = static_cast<std::uint32_t>(i);

  std::vector<std::uint64_t> owners = take_all(word_owners);
  for (std::uint64_t& entry : owners) {
    const auto owner = static_cast<std::uint32_t>(entry);
    entry = std::uint64_t{rank[entry >> 32]} << 32 | place[owner >> 1] << 1 | (owner & 1);
  }
  std::sort(owners.begin(), owners.end());

  std::string bytes;
  for (const auto& [word, number] : sorted) bytes += word;
  give(app::search_part::kWords, std::move(bytes));
  std::size_t end = 0;
  add_table(app::search_part::kWordEnds, sorted.size(), [&](std::size_t i) {
    end += sorted[i].first.size();
    return static_cast<std::uint32_t>(end);
  });
  std::size_t owner_end = 0;
  add_table(app::search_part::kWordOwnerEnds, sorted.size(), [&](std::size_t i) {
    while (owner_end < owners.size() && owners[owner_end] >> 32 == i) ++owner_end;
    return static_cast<std::uint32_t>(owner_end);
  });
  add_table(app::search_part::kWordOwners, owners.size(),
            [&](std::size_t i) { return static_cast<std::uint32_t>(owners[i]); });
  owners = {};

  std::vector<std::pair<std::string, std::uint32_t>> sounds(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    sounds[i] = {app::sound_skeleton(sorted[i].first), static_cast<std::uint32_t>(i)};
  }
  std::sort(sounds.begin(), sounds.end());
  add_table(app::search_part::kWordsBySound, sounds.size(), [&](std::size_t i) { return sounds[i].second; });
  word_bytes.clear();
}

void SearchIndexBuilder::State::finish_said() {
  std::string bytes;
  for (const std::string* text : said_order) bytes += *text;
  give(app::search_part::kSaid, std::move(bytes));
  std::size_t end = 0;
  add_table(app::search_part::kSaidEnds, said_order.size(), [&](std::size_t i) {
    end += said_order[i]->size();
    return static_cast<std::uint32_t>(end);
  });
}

void SearchIndexBuilder::State::finish_lines() {
  std::size_t size = 0;
  for (const Patient& patient : patients) size += lines.get(patient.line).size();
  std::string bytes;
  bytes.reserve(size);
  for (const std::uint32_t patient : order) bytes += lines.get(patients[patient].line);
  give(app::search_part::kLines, std::move(bytes));
  std::size_t end = 0;
  add_table(app::search_part::kLineEnds, order.size(), [&](std::size_t i) {
    end += lines.get(patients[order[i]].line).size();
    return static_cast<std::uint32_t>(end);
  });
  lines.clear();
}

void SearchIndexBuilder::State::finish_births() {
  std::vector<std::uint32_t> born;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if ((patients[order[i]].birth & ~kDeceased) != 0) born.push_back(static_cast<std::uint32_t>(i));
  }
  std::stable_sort(born.begin(), born.end(), [this](std::uint32_t a, std::uint32_t b) {
    return (patients[order[a]].birth & ~kDeceased) < (patients[order[b]].birth & ~kDeceased);
  });
  add_table(app::search_part::kByBirth, born.size(), [&](std::size_t i) { return born[i]; });
}

void SearchIndexBuilder::State::finish_numbers() {
  std::vector<Number> sorted = take_all(numbers);
  for (Number& number : sorted) number.owner = place[number.owner >> 1] << 1 | (number.owner & 1);
  std::sort(sorted.begin(), sorted.end(), [this](const Number& a, const Number& b) {
    const int compared = number_bytes.get(a.text).compare(number_bytes.get(b.text));
    return compared != 0 ? compared < 0 : a.owner < b.owner;
  });
  std::size_t size = 0;
  for (const Number& number : sorted) size += number_bytes.get(number.text).size();
  std::string bytes;
  bytes.reserve(size);
  for (const Number& number : sorted) bytes += number_bytes.get(number.text);
  give(app::search_part::kNumbers, std::move(bytes));
  std::size_t end = 0;
  add_table(app::search_part::kNumberEnds, sorted.size(), [&](std::size_t i) {
    end += number_bytes.get(sorted[i].text).size();
    return static_cast<std::uint32_t>(end);
  });
  number_bytes.clear();
  add_table(app::search_part::kNumberOwners, sorted.size(), [&](std::size_t i) { return sorted[i].owner; });
}

void SearchIndexBuilder::State::finish_phones() {
  std::vector<Phone> sorted = take_all(phones);
  for (Phone& phone : sorted) phone.patient = place[phone.patient];
  std::sort(sorted.begin(), sorted.end(), [](const Phone& a, const Phone& b) {
    return a.digits() != b.digits() ? a.digits() < b.digits() : a.patient < b.patient;
  });
  std::string bytes;
  bytes.reserve(sorted.size() * sizeof(std::uint64_t));
  for (const Phone& phone : sorted) append_u32(phone.low, bytes), append_u32(phone.high, bytes);
  give(app::search_part::kPhones, std::move(bytes));
  add_table(app::search_part::kPhonePatients, sorted.size(), [&](std::size_t i) { return sorted[i].patient; });
  std::vector<std::pair<std::uint64_t, std::uint32_t>> reversed(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    reversed[i] = {app::reverse_digits(sorted[i].digits()), static_cast<std::uint32_t>(i)};
  }
  std::sort(reversed.begin(), reversed.end());
  add_table(app::search_part::kPhonesReversed, reversed.size(), [&](std::size_t i) { return reversed[i].second; });
}

app::Result<app::Done> SearchIndexBuilder::finish(const SearchPartHearer& hear) {
  State& s = *state_;
  const bool too_many = s.keys.full() || s.lines.full() || s.number_bytes.full() || s.word_bytes.full() ||
                        s.word_owners.size() > UINT32_MAX || s.patients.size() > INT32_MAX;
  if (too_many) return app::Error{app::Code::no_room, "There are too many patients for one search index.", ""};
  s.hear = hear;
  s.sort_patients();
  s.finish_words();
  s.finish_numbers();
  s.finish_phones();
  s.finish_said();
  s.finish_lines();
  s.finish_patients();
  s.finish_births();
  const app::Result<app::Done> given = s.given;
  state_ = std::make_unique<State>();
  return given;
}

app::Result<std::vector<SearchPart>> SearchIndexBuilder::finish() {
  std::vector<SearchPart> parts;
  TRY(finish([&parts](std::string_view name, const std::string& bytes) -> app::Result<app::Done> {
    parts.push_back({name, bytes});
    return app::Done{};
  }));
  return parts;
}

}  // namespace exporter
