#include "app/snapshot/search_tables.h"

#include <algorithm>

#include "app/record/name_folding.h"
#include "app/record/text.h"

namespace app {
namespace {

Error damaged(std::string detail) {
  return {Code::damaged, "The search index of this copy is damaged.", std::move(detail)};
}

// The first of [0, size) for which before(i) is false; those for which it is true come first.
template <typename Before>
std::size_t partition_point(std::size_t size, Before before) {
  std::size_t low = 0;
  while (size > 0) {
    const std::size_t half = size / 2;
    if (before(low + half)) low += half + 1, size -= half + 1;
    else size = half;
  }
  return low;
}

Range texts_beginning(const Texts& texts, std::string_view front) {
  const std::size_t begin = partition_point(texts.size(), [&](std::size_t i) { return texts[i] < front; });
  const std::size_t rest = partition_point(
      texts.size() - begin, [&](std::size_t i) { return texts[begin + i].substr(0, front.size()) <= front; });
  return {begin, begin + rest};
}

// The packed digits that begin with these: [first, first + span).
struct DigitSpan {
  std::uint64_t first;
  std::uint64_t last;
};
DigitSpan span_of(std::string_view digits) {
  const std::uint64_t first = pack_digits(digits);
  const std::uint64_t below = digits.empty() ? ~std::uint64_t{0} : (std::uint64_t{1} << (64 - 4 * digits.size())) - 1;
  return {first, first | below};
}

bool ascend_within(const Numbers& ends, std::size_t most) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const std::size_t end = ends[i];
    if (end < before || end > most) return false;
    before = end;
  }
  return before == most;
}

bool all_below(const Numbers& numbers, std::uint64_t limit) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] >= limit) return false;
  }
  return true;
}

// Taken apart; false if its bytes are no line.
bool read_line(std::string_view bytes, const Texts& said, Line& line) {
  std::uint32_t sex = 0, town = 0, name = 0, mrn = 0;
  if (!take_small(bytes, sex) || !take_small(bytes, town) || sex >= said.size() || town >= said.size()) return false;
  if (!take_small(bytes, name) || !take_small(bytes, mrn)) return false;
  if (name > bytes.size() || mrn > bytes.size() - name) return false;
  line = {bytes.substr(0, name), bytes.substr(name, mrn), bytes.substr(std::size_t{name} + mrn), said[sex], said[town]};
  return true;
}

}  // namespace

const std::array<std::string_view, 19> kSearchParts = {
    search_part::kCharts,        search_part::kBirths,       search_part::kDeceased,    search_part::kWords,
    search_part::kWordEnds,      search_part::kWordOwnerEnds, search_part::kWordOwners, search_part::kWordsBySound,
    search_part::kSaid,          search_part::kSaidEnds,     search_part::kLines,       search_part::kLineEnds,
    search_part::kByBirth,       search_part::kNumbers,      search_part::kNumberEnds,  search_part::kNumberOwners,
    search_part::kPhones,        search_part::kPhonePatients, search_part::kPhonesReversed};

bool SearchTables::point_into(std::size_t part) {
  const std::string_view bytes = parts_[part];
  const std::string_view name = kSearchParts[part];
  const std::array<std::pair<std::string_view, std::string_view*>, 4> texts = {
      {{search_part::kWords, &words.bytes}, {search_part::kNumbers, &numbers.bytes},
       {search_part::kSaid, &said.bytes}, {search_part::kLines, &lines.bytes}}};
  for (const auto& [text_name, text] : texts) {
    if (name == text_name) return *text = bytes, true;
  }
  if (name == search_part::kDeceased) return deceased = Table<std::uint8_t>(bytes), true;
  if (name == search_part::kPhones) return phones = Table<std::uint64_t>(bytes), bytes.size() % 8 == 0;
  const std::array<std::pair<std::string_view, Numbers*>, 13> tables = {
      {{search_part::kCharts, &charts}, {search_part::kBirths, &births}, {search_part::kWordEnds, &words.ends},
       {search_part::kWordOwnerEnds, &word_owner_ends}, {search_part::kWordOwners, &word_owners},
       {search_part::kWordsBySound, &words_by_sound}, {search_part::kByBirth, &by_birth},
       {search_part::kNumberEnds, &numbers.ends}, {search_part::kNumberOwners, &number_owners},
       {search_part::kPhonePatients, &phone_patients}, {search_part::kPhonesReversed, &phones_reversed},
       {search_part::kLineEnds, &lines.ends}, {search_part::kSaidEnds, &said.ends}}};
  for (const auto& [table_name, table] : tables) {
    if (name == table_name) return *table = Numbers(bytes), bytes.size() % 4 == 0;
  }
  return false;
}

bool SearchTables::check_ends() const {
  return births.size() == patients() && deceased.size() == patients() && lines.size() == patients() &&
         word_owner_ends.size() == words.size() && words_by_sound.size() == words.size() &&
         number_owners.size() == numbers.size() && phone_patients.size() == phones.size() &&
         phones_reversed.size() == phones.size() && ascend_within(words.ends, words.bytes.size()) &&
         ascend_within(numbers.ends, numbers.bytes.size()) && ascend_within(said.ends, said.bytes.size()) &&
         ascend_within(lines.ends, lines.bytes.size()) && ascend_within(word_owner_ends, word_owners.size());
}

bool SearchTables::check_owners() const {
  const std::uint64_t most = patients();
  return all_below(word_owners, most * 2) && all_below(number_owners, most * 2) && all_below(by_birth, most) &&
         all_below(phone_patients, most) && all_below(words_by_sound, words.size()) &&
         all_below(phones_reversed, phones.size());
}

bool SearchTables::check_words() {
  shared.resize(words.size());
  std::string_view before;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word.size() > kLongestWord || (i > 0 && word <= before)) return false;
    const auto differs = std::mismatch(before.begin(), before.end(), word.begin(), word.end()).first;
    shared[i] = static_cast<std::uint8_t>(differs - before.begin());
    before = word;
  }
  return true;
}

bool SearchTables::check_lines() const {
  Line line;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!read_line(lines[i], said, line)) return false;
  }
  return true;
}

Result<SearchTables> SearchTables::load(
    const std::function<Result<std::string>(std::string_view name)>& read_part) {
  SearchTables tables;
  tables.parts_.reserve(kSearchParts.size());
  for (std::size_t part = 0; part < kSearchParts.size(); ++part) {
    TRY_GET(std::string bytes, read_part(kSearchParts[part]));
    tables.parts_.push_back(std::move(bytes));
    if (!tables.point_into(part)) return damaged("its part " + std::string(kSearchParts[part]) + " has an impossible size");
  }
  if (!tables.check_ends()) return damaged("its parts do not fit together");
  if (!tables.check_owners()) return damaged("it names patients that are not in it");
  if (!tables.check_words()) return damaged("its words are out of order");
  if (!tables.check_lines()) return damaged("a line of it cannot be read");
  return tables;
}

Range SearchTables::words_beginning(std::string_view front) const { return texts_beginning(words, front); }
Range SearchTables::numbers_beginning(std::string_view front) const { return texts_beginning(numbers, front); }

Range SearchTables::words_sounding(std::string_view skeleton) const {
  const auto sound = [this](std::size_t i) { return sound_skeleton(words[words_by_sound[i]]); };
  const std::size_t begin = partition_point(words.size(), [&](std::size_t i) { return sound(i) < skeleton; });
  const std::size_t rest = partition_point(words.size() - begin, [&](std::size_t i) {
    return std::string_view(sound(begin + i)).substr(0, skeleton.size()) <= skeleton;
  });
  return {begin, begin + rest};
}

Range SearchTables::born_between(std::uint32_t begin, std::uint32_t end) const {
  const auto born_before = [this](std::uint32_t day) {
    return partition_point(by_birth.size(), [&](std::size_t i) { return births[by_birth[i]] < day; });
  };
  const std::size_t first = born_before(begin);
  return {first, std::max(first, born_before(end))};
}

Range SearchTables::phones_beginning(std::string_view digits) const {
  if (digits.size() > kMostPhoneDigits) return {};
  const DigitSpan span = span_of(digits);
  const std::size_t begin = partition_point(phones.size(), [&](std::size_t i) { return phones[i] < span.first; });
  const std::size_t end = partition_point(phones.size(), [&](std::size_t i) { return phones[i] <= span.last; });
  return {begin, std::max(begin, end)};
}

Range SearchTables::phones_ending(std::string_view digits) const {
  if (digits.size() > kMostPhoneDigits) return {};
  const DigitSpan span = span_of(std::string(digits.rbegin(), digits.rend()));
  const auto reversed = [this](std::size_t i) { return reverse_digits(phones[phones_reversed[i]]); };
  const std::size_t begin = partition_point(phones.size(), [&](std::size_t i) { return reversed(i) < span.first; });
  const std::size_t end = partition_point(phones.size(), [&](std::size_t i) { return reversed(i) <= span.last; });
  return {begin, std::max(begin, end)};
}

Range SearchTables::owners_of(Range range) const {
  if (range.begin >= range.end) return {};
  return {range.begin == 0 ? 0 : word_owner_ends[range.begin - 1], word_owner_ends[range.end - 1]};
}

Line SearchTables::line(std::size_t patient) const {
  Line line;
  read_line(lines[patient], said, line);
  return line;
}

Range SearchTables::listed_under(std::string_view name) const {
  // A letter is at most so many bytes; no more of a line than that decides.
  const std::size_t letters = name.size() * 4;
  const auto key = [&](std::size_t patient) {
    std::string_view shown = line(patient).name;
    if (shown.size() > letters) {
      std::size_t cut = letters;
      while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0) == 0x80) --cut;
      shown = shown.substr(0, cut);
    }
    return collation_key(shown);
  };
  // U+FFFF sorts behind every letter.
  const std::string first = collation_key(name), last = collation_key(std::string(name) + "\xEF\xBF\xBF");
  const std::size_t begin = partition_point(patients(), [&](std::size_t i) { return key(i) < first; });
  const std::size_t rest = partition_point(patients() - begin, [&](std::size_t i) { return key(begin + i) < last; });
  return {begin, begin + rest};
}

std::uint64_t pack_digits(std::string_view digits) {
  std::uint64_t packed = 0;
  const std::size_t count = std::min(digits.size(), kMostPhoneDigits);
  for (std::size_t i = 0; i < count; ++i) {
    packed |= static_cast<std::uint64_t>(digits[i] - '0' + 1) << (60 - 4 * i);
  }
  return packed;
}

std::uint64_t reverse_digits(std::uint64_t packed) {
  std::uint64_t reversed = 0;
  for (; packed != 0; packed <<= 4) reversed = reversed >> 4 | (packed & 0xF000000000000000);
  return reversed;
}

std::string fold_number(std::string_view number) {
  std::string folded;
  for (const std::string& token : fold_query(number)) folded += token;
  return folded;
}

void append_small(std::uint32_t number, std::string& bytes) {
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
  bytes += static_cast<char>(number);
}

bool take_small(std::string_view& bytes, std::uint32_t& number) {
  number = 0;
  for (unsigned shift = 0; shift < 32 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= std::uint32_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

}  // namespace app
