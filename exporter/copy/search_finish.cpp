#include "exporter/copy/search_finish.h"

#include <algorithm>
#include <cassert>

#include "app/record/name_folding.h"
#include "app/snapshot/search_tables.h"
#include "exporter/copy/search_builder.h"
#include "exporter/staging/staged_bytes.h"

namespace exporter {
namespace {

using app::Done;
using app::Result;
namespace part = app::search_part;

constexpr std::size_t kSorters = 4;

template <typename Number>
void append_little(Number number, std::string& bytes) {
  for (std::size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}
// Which sorts as the number does.
template <typename Number>
std::string big_endian(Number number) {
  std::string bytes;
  for (std::size_t i = sizeof number; i-- > 0;) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  return bytes;
}
template <typename Number>
Number take_little(std::string_view& bytes) {
  assert(bytes.size() >= sizeof(Number));
  Number number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    number |= static_cast<Number>(Number{static_cast<unsigned char>(bytes[i])} << (8 * i));
  }
  bytes.remove_prefix(sizeof number);
  return number;
}
std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

app::Error too_many() { return {app::Code::no_room, "There are too many patients for one search index.", ""}; }

// One part, staged until its size is known.
class Part {
 public:
  Part(std::string_view name, const std::filesystem::path& staging) : name_(name), bytes_(staging) {}

  Result<Done> add(std::string_view bytes) { return bytes_.add(bytes); }
  template <typename Number>
  Result<Done> add_number(Number number) {
    room_.clear();
    append_little(number, room_);
    return bytes_.add(room_);
  }
  // Where what was added until now ends.
  Result<std::uint32_t> end() const {
    if (bytes_.size() > UINT32_MAX) return too_many();
    return static_cast<std::uint32_t>(bytes_.size());
  }
  Result<Done> give(SearchPartKeeper& keeper) {
    TRY(keeper.begin(name_, bytes_.size()));
    TRY(bytes_.read([&keeper](std::string_view piece) { return keeper.add(piece); }));
    return keeper.end();
  }

 private:
  std::string_view name_;
  StagedBytes bytes_;
  std::string room_;
};

class Finish {
 public:
  Finish(GatheredTerms& gathered, SearchPartKeeper& keeper) : gathered_(gathered), keeper_(keeper), places_(gathered.patients) {}

  Result<Done> run() {
    TRY(finish_patients());
    TRY(finish_said());
    TRY(finish_words());
    TRY(finish_numbers());
    return finish_phones();
  }

 private:
  Part make(std::string_view name) const { return Part(name, gathered_.staging); }
  Sorter make_sorter() const { return Sorter(gathered_.staging, gathered_.memory_bytes / kSorters); }
  Result<Done> give(std::initializer_list<Part*> parts) {
    for (Part* one : parts) TRY(one->give(keeper_));
    return Done{};
  }
  // What sorts by numbers that were added in their order.
  Result<Done> finish_order(Sorter sorter, std::string_view name) {
    TRY(sorter.sort());
    Part order = make(name);
    SortedRecord record;
    for (;;) {
      TRY_GET(const bool more, sorter.next(record));
      if (!more) return order.give(keeper_);
      TRY(order.add(record.bytes));
    }
  }
  // Calls `each` with every key once and all its owners, ascending.
  template <typename Each>
  Result<Done> each_owned(Sorter sorter, Each each) {
    TRY(sorter.sort());
    SortedRecord record;
    std::string key;
    std::vector<std::uint32_t> owners;
    for (bool more = true; more;) {
      TRY_GET(more, sorter.next(record));
      if (!owners.empty() && (!more || record.key != key)) {
        std::sort(owners.begin(), owners.end());
        TRY(each(key, owners));
        owners.clear();
      }
      if (!more) break;
      if (owners.empty()) key = record.key;
      const auto owner = take_little<std::uint32_t>(record.bytes);
      owners.push_back(places_[owner >> 1] << 1 | (owner & 1));
    }
    return Done{};
  }

  Result<Done> finish_patients();
  Result<Done> finish_said();
  Result<Done> finish_words();
  Result<Done> finish_numbers();
  Result<Done> finish_phones();

  GatheredTerms& gathered_;
  SearchPartKeeper& keeper_;
  std::vector<std::uint32_t> places_;  // where each patient is in the list
};

Result<Done> Finish::finish_patients() {
  Sorter patients = std::move(gathered_.by_name), born = make_sorter();
  Part charts = make(part::kCharts), births = make(part::kBirths), deceased = make(part::kDeceased);
  Part lines = make(part::kLines), line_ends = make(part::kLineEnds);
  TRY(patients.sort());
  SortedRecord record;
  for (std::uint32_t place = 0;; ++place) {
    TRY_GET(const bool more, patients.next(record));
    if (!more) break;
    std::string_view rest = record.bytes;
    places_[take_little<std::uint32_t>(rest)] = place;
    TRY(charts.add_number(take_little<std::uint32_t>(rest)));
    const auto birth = take_little<std::uint32_t>(rest);
    TRY(births.add_number(birth));
    TRY(deceased.add_number(static_cast<std::uint8_t>(record.kind)));
    TRY(lines.add(rest));
    TRY_GET(const std::uint32_t end, lines.end());
    TRY(line_ends.add_number(end));
    if (birth == 0) continue;
    std::string number;
    append_little(place, number);
    TRY(born.add(big_endian(birth), 0, number));
  }
  TRY(give({&charts, &births, &deceased, &lines, &line_ends}));
  return finish_order(std::move(born), part::kByBirth);
}

Result<Done> Finish::finish_said() {
  Part said = make(part::kSaid), ends = make(part::kSaidEnds);
  for (const std::string_view text : gathered_.said) {
    TRY(said.add(text));
    TRY_GET(const std::uint32_t end, said.end());
    TRY(ends.add_number(end));
  }
  return give({&said, &ends});
}

Result<Done> Finish::finish_words() {
  Part words = make(part::kWords), ends = make(part::kWordEnds);
  Part owner_ends = make(part::kWordOwnerEnds), word_owners = make(part::kWordOwners);
  Sorter by_sound = make_sorter();
  std::uint64_t owned = 0;
  std::uint32_t word = 0;
  const auto keep = [&](std::string_view text, const std::vector<std::uint32_t>& owners) -> Result<Done> {
    TRY(words.add(text));
    TRY_GET(const std::uint32_t end, words.end());
    TRY(ends.add_number(end));
    for (const std::uint32_t owner : owners) TRY(word_owners.add_number(owner));
    owned += owners.size();
    if (owned > UINT32_MAX) return too_many();
    TRY(owner_ends.add_number(static_cast<std::uint32_t>(owned)));
    std::string number;
    append_little(word++, number);
    return by_sound.add(app::sound_skeleton(text), 0, number);
  };
  TRY(each_owned(std::move(gathered_.words), keep));
  TRY(give({&words, &ends, &owner_ends, &word_owners}));
  return finish_order(std::move(by_sound), part::kWordsBySound);
}

Result<Done> Finish::finish_numbers() {
  Part numbers = make(part::kNumbers), ends = make(part::kNumberEnds), number_owners = make(part::kNumberOwners);
  const auto keep = [&](std::string_view text, const std::vector<std::uint32_t>& owners) -> Result<Done> {
    for (const std::uint32_t owner : owners) {
      TRY(numbers.add(text));
      TRY_GET(const std::uint32_t end, numbers.end());
      TRY(ends.add_number(end));
      TRY(number_owners.add_number(owner));
    }
    return Done{};
  };
  TRY(each_owned(std::move(gathered_.numbers), keep));
  return give({&numbers, &ends, &number_owners});
}

Result<Done> Finish::finish_phones() {
  Part phones = make(part::kPhones), patients = make(part::kPhonePatients);
  Sorter reversed = make_sorter();
  std::uint32_t phone = 0;
  const auto keep = [&](std::string_view key, const std::vector<std::uint32_t>& owners) -> Result<Done> {
    const std::uint64_t digits = read_big_endian(key);
    for (const std::uint32_t owner : owners) {
      TRY(phones.add_number(digits));
      TRY(patients.add_number(owner >> 1));
      if (phone == UINT32_MAX) return too_many();
      std::string number;
      append_little(phone++, number);
      TRY(reversed.add(big_endian(app::reverse_digits(digits)), 0, number));
    }
    return Done{};
  };
  TRY(each_owned(std::move(gathered_.phones), keep));
  TRY(give({&phones, &patients}));
  return finish_order(std::move(reversed), part::kPhonesReversed);
}

}  // namespace

GatheredTerms::GatheredTerms(std::filesystem::path folder, std::size_t memory)
    : staging(std::move(folder)), memory_bytes(memory), by_name(staging, memory / kSorters), words(staging, memory / kSorters),
      numbers(staging, memory / kSorters), phones(staging, memory / kSorters) {}

Result<Done> GatheredTerms::begin_patient(std::string_view listed_by, const SearchPatient& patient, std::string_view line) {
  if (patients == INT32_MAX) return too_many();
  std::string bytes;
  append_little(patients++, bytes);
  append_little(patient.chart, bytes);
  append_little(patient.birth, bytes);
  bytes += line;
  return by_name.add(listed_by, patient.deceased ? 1 : 0, bytes);
}

namespace {

// The patient at hand times two, plus one for what is of second rank.
std::string owner_of(const GatheredTerms& gathered, bool second_rank) {
  assert(gathered.patients > 0);
  std::string bytes;
  append_little((gathered.patients - 1) << 1 | (second_rank ? 1u : 0u), bytes);
  return bytes;
}

}  // namespace

Result<Done> GatheredTerms::add_word(std::string_view word, bool second_rank) {
  return words.add(word, 0, owner_of(*this, second_rank));
}
Result<Done> GatheredTerms::add_number(std::string_view number, bool second_rank) {
  return numbers.add(number, 0, owner_of(*this, second_rank));
}
Result<Done> GatheredTerms::add_phone(std::uint64_t digits) {
  return phones.add(big_endian(digits), 0, owner_of(*this, false));
}

Result<Done> finish_search(GatheredTerms& gathered, SearchPartKeeper& keeper) { return Finish(gathered, keeper).run(); }

}  // namespace exporter
