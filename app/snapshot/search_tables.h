// The search index as it lies in a copy: plain tables of numbers and bytes, checked once when loaded.
//
// Shape:   each part is one table; numbers are little-endian. Patients are numbered from 0 in the order
//          in which hits are listed (family name, given names). *Ends* tables say where each item of
//          another table ends. An *owner* is a patient's number times two, plus one if what it stands
//          beside is of second rank: a word that is no family name, a number that is neither the MRN
//          nor the EMR's key.
// Errors:  parts that are damaged or do not fit together: Code::damaged.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/error.h"

namespace app {

namespace search_part {
inline constexpr std::string_view kCharts = "charts";              // u32 a patient: ChartId
inline constexpr std::string_view kBirths = "births";              // u32 a patient: yyyymmdd, 0 unknown
inline constexpr std::string_view kDeceased = "deceased";          // u8 a patient: 1 deceased
inline constexpr std::string_view kWords = "words";                // bytes: folded names, ascending
inline constexpr std::string_view kWordEnds = "word-ends";         // u32 a word
inline constexpr std::string_view kWordOwnerEnds = "word-owner-ends";  // u32 a word
inline constexpr std::string_view kWordOwners = "word-owners";     // u32: owners, ascending in a word
inline constexpr std::string_view kWordsBySound = "words-by-sound";  // u32 a word: words by skeleton
inline constexpr std::string_view kByBirth = "by-birth";           // u32: patients with a birth date, by it
inline constexpr std::string_view kNumbers = "numbers";            // bytes: folded identifiers, ascending
inline constexpr std::string_view kNumberEnds = "number-ends";     // u32 a number
inline constexpr std::string_view kNumberOwners = "number-owners";  // u32 a number
inline constexpr std::string_view kPhones = "phones";              // u64 a phone: packed digits, ascending
inline constexpr std::string_view kPhonePatients = "phone-patients";  // u32 a phone
inline constexpr std::string_view kPhonesReversed = "phones-reversed";  // u32: phones by reversed digits
inline constexpr std::string_view kLines = "lines";                // bytes: what a hit shows
inline constexpr std::string_view kLineEnds = "line-ends";         // u32 a patient
inline constexpr std::string_view kSaid = "said";                  // bytes: sexes and towns, each once
inline constexpr std::string_view kSaidEnds = "said-ends";         // u32 a text
}  // namespace search_part

// The words of a vocabulary are at most so long; the rest of a longer one is not searched.
inline constexpr std::size_t kLongestWord = 48;
// No telephone number has more digits (E.164).
inline constexpr std::size_t kMostPhoneDigits = 15;

// A table of little-endian numbers over bytes that it does not own.
template <typename Number>
class Table {
 public:
  Table() = default;
  explicit Table(std::string_view bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size() / sizeof(Number); }
  Number operator[](std::size_t i) const {
    Number number;
    std::memcpy(&number, bytes_.data() + i * sizeof(Number), sizeof number);
    if constexpr (std::endian::native == std::endian::little) return number;
    Number swapped = 0;
    for (std::size_t byte = 0; byte < sizeof number; ++byte) {
      swapped = static_cast<Number>(swapped << 8 | (number & 0xFF)), number = static_cast<Number>(number >> 8);
    }
    return swapped;
  }

 private:
  std::string_view bytes_;
};
using Numbers = Table<std::uint32_t>;

// Texts one after another.
struct Texts {
  std::string_view bytes;
  Numbers ends;
  std::size_t size() const { return ends.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return bytes.substr(begin, ends[i] - begin);
  }
};

// The items from begin up to, not with, end.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What the index keeps of one patient to be shown.
struct Line {
  std::string_view name, mrn, phone, sex, town;
};

// The same as it lies there: `sex` and `town` are places in `said`.
struct PlacedLine {
  std::uint32_t sex = 0, town = 0;
  std::string_view name, mrn, phone;
};
// False if the bytes are no line, or name more than is `said`.
bool take_line(std::string_view bytes, std::uint64_t said, PlacedLine& line);

class SearchTables {
 public:
  static Result<SearchTables> load(
      const std::function<Result<std::string>(std::string_view name)>& read_part);
  SearchTables() = default;
  SearchTables(SearchTables&&) noexcept = default;
  SearchTables& operator=(SearchTables&&) noexcept = default;

  Numbers charts, births;
  Table<std::uint8_t> deceased;
  Texts words, numbers, said, lines;
  Numbers word_owner_ends, word_owners, words_by_sound;
  Numbers by_birth;
  Numbers number_owners;
  Table<std::uint64_t> phones;
  Numbers phone_patients, phones_reversed;
  // How many letters each word shares with the one before it.
  std::vector<std::uint8_t> shared;

  std::size_t patients() const { return charts.size(); }
  // Those that begin with `front`.
  Range words_beginning(std::string_view front) const;
  Range numbers_beginning(std::string_view front) const;
  // Places in words_by_sound whose words' skeletons begin with `skeleton`.
  Range words_sounding(std::string_view skeleton) const;
  // Places in by_birth born from `begin` up to, not on, `end` (yyyymmdd).
  Range born_between(std::uint32_t begin, std::uint32_t end) const;
  // Places in phones, and in phones_reversed, that begin or end with these digits.
  Range phones_beginning(std::string_view digits) const;
  Range phones_ending(std::string_view digits) const;
  // The places in word_owners of words [begin, end).
  Range owners_of(Range words) const;
  Line line(std::size_t patient) const;
  // The patients whose line begins with this name, without case and accents: they stand together. Those of a script that
  // is listed otherwise than it is written may be missing.
  Range listed_under(std::string_view name) const;

 private:
  void point_into(std::size_t part);
  void compare_words();

  // The parts' bytes, in kParts order; the tables point into them, so they stay where they are.
  std::vector<std::string> parts_;
};

// The parts' names, in the order in which they are read.
inline constexpr std::array<std::string_view, 19> kSearchParts = {
    search_part::kCharts,        search_part::kBirths,       search_part::kDeceased,    search_part::kWords,
    search_part::kWordEnds,      search_part::kWordOwnerEnds, search_part::kWordOwners, search_part::kWordsBySound,
    search_part::kSaid,          search_part::kSaidEnds,     search_part::kLines,       search_part::kLineEnds,
    search_part::kByBirth,       search_part::kNumbers,      search_part::kNumberEnds,  search_part::kNumberOwners,
    search_part::kPhones,        search_part::kPhonePatients, search_part::kPhonesReversed};
// How many bytes an item of the part is: 4 for most.
std::size_t item_bytes_of_search_part(std::string_view part);

// The digits of a telephone number as one number that sorts as they do; at most kMostPhoneDigits.
std::uint64_t pack_digits(std::string_view digits);
// The same with the digits in reverse order.
std::uint64_t reverse_digits(std::uint64_t packed);
// Lower-case letters and digits of an identifier, nothing else: how it is kept and looked up.
std::string fold_number(std::string_view number);

// Small numbers take one byte. Appends; reads off the front, false if there is none.
void append_small(std::uint32_t number, std::string& bytes);
bool take_small(std::string_view& bytes, std::uint32_t& number);

}  // namespace app
