// Which words of a sorted vocabulary somebody may have meant who mistyped one.
//
// Source:  H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"
//          (2003): optimal string alignment, one column of the matrix a machine word.
// Speed:   a column is shared by all words with the same beginning, and a beginning that is too far
//          off ends the search of all words that have it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/snapshot/search_tables.h"

namespace app {

struct NearWord {
  std::uint32_t word = 0;
  std::uint8_t front = 0;  // fewest errors between what was typed and any beginning of the word
  std::uint8_t whole = 0;  // errors between what was typed and the whole word; kFar if more than counted
};

inline constexpr std::uint8_t kFar = 15;
inline constexpr std::size_t kLongestTypedWord = 40;

// Words of which some beginning is at most `errors` insertions, deletions, substitutions and swaps of
// neighbours away from `typed`; in the vocabulary's order. `shared` says how many bytes each word shares
// with the one before. Nothing for an empty word or one longer than kLongestTypedWord.
std::vector<NearWord> near_words(const Texts& words, const std::vector<std::uint8_t>& shared,
                                 std::string_view typed, int errors);

}  // namespace app
