#include "app/snapshot/search_tables.h"

#include <algorithm>

#include "app/record/name_folding.h"
#include "app/record/text.h"
#include "app/snapshot/search_parts.h"

namespace app {
namespace {

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

// What lies in memory already.
class HeldParts final : public SearchParts {
 public:
  explicit HeldParts(const std::vector<std::string>& parts) : parts_(parts) {}
  Result<std::uint64_t> size(std::string_view part) override { return std::uint64_t{bytes_of(part).size()}; }
  Result<std::string_view> read(std::string_view part, std::uint64_t offset) override { return bytes_of(part).substr(offset); }

 private:
  std::string_view bytes_of(std::string_view part) const {
    return parts_[static_cast<std::size_t>(std::find(kSearchParts.begin(), kSearchParts.end(), part) - kSearchParts.begin())];
  }
  const std::vector<std::string>& parts_;
};

}  // namespace

bool take_line(std::string_view bytes, std::uint64_t said, PlacedLine& line) {
  std::uint32_t name = 0, mrn = 0;
  if (!take_small(bytes, line.sex) || !take_small(bytes, line.town) || line.sex >= said || line.town >= said) return false;
  if (!take_small(bytes, name) || !take_small(bytes, mrn)) return false;
  if (name > bytes.size() || mrn > bytes.size() - name) return false;
  line.name = bytes.substr(0, name), line.mrn = bytes.substr(name, mrn), line.phone = bytes.substr(std::size_t{name} + mrn);
  return true;
}

std::size_t item_bytes_of_search_part(std::string_view part) {
  if (part == search_part::kPhones) return sizeof(std::uint64_t);
  const bool bytes = part == search_part::kDeceased || part == search_part::kWords || part == search_part::kNumbers ||
                     part == search_part::kSaid || part == search_part::kLines;
  return bytes ? 1 : sizeof(std::uint32_t);
}

void SearchTables::point_into(std::size_t part) {
  const std::string_view bytes = parts_[part];
  const std::string_view name = kSearchParts[part];
  const std::array<std::pair<std::string_view, std::string_view*>, 4> texts = {
      {{search_part::kWords, &words.bytes}, {search_part::kNumbers, &numbers.bytes},
       {search_part::kSaid, &said.bytes}, {search_part::kLines, &lines.bytes}}};
  for (const auto& [text_name, text] : texts) {
    if (name == text_name) *text = bytes;
  }
  if (name == search_part::kDeceased) deceased = Table<std::uint8_t>(bytes);
  if (name == search_part::kPhones) phones = Table<std::uint64_t>(bytes);
  const std::array<std::pair<std::string_view, Numbers*>, 13> tables = {
      {{search_part::kCharts, &charts}, {search_part::kBirths, &births}, {search_part::kWordEnds, &words.ends},
       {search_part::kWordOwnerEnds, &word_owner_ends}, {search_part::kWordOwners, &word_owners},
       {search_part::kWordsBySound, &words_by_sound}, {search_part::kByBirth, &by_birth},
       {search_part::kNumberEnds, &numbers.ends}, {search_part::kNumberOwners, &number_owners},
       {search_part::kPhonePatients, &phone_patients}, {search_part::kPhonesReversed, &phones_reversed},
       {search_part::kLineEnds, &lines.ends}, {search_part::kSaidEnds, &said.ends}}};
  for (const auto& [table_name, table] : tables) {
    if (name == table_name) *table = Numbers(bytes);
  }
}

void SearchTables::compare_words() {
  shared.resize(words.size());
  std::string_view before;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const auto differs = std::mismatch(before.begin(), before.end(), word.begin(), word.end()).first;
    shared[i] = static_cast<std::uint8_t>(differs - before.begin());
    before = word;
  }
}

Result<SearchTables> SearchTables::load(
    const std::function<Result<std::string>(std::string_view name)>& read_part) {
  SearchTables tables;
  tables.parts_.reserve(kSearchParts.size());
  for (std::size_t part = 0; part < kSearchParts.size(); ++part) {
    TRY_GET(std::string bytes, read_part(kSearchParts[part]));
    tables.parts_.push_back(std::move(bytes));
    tables.point_into(part);
  }
  HeldParts held(tables.parts_);
  TRY(check_search_parts(held));
  tables.compare_words();
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
  PlacedLine placed;
  take_line(lines[patient], said.size(), placed);
  return {placed.name, placed.mrn, placed.phone, said[placed.sex], said[placed.town]};
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
