#include "app/snapshot/search_fuzzy.h"

#include <algorithm>
#include <array>
#include <bit>

namespace app {
namespace {

// The matrix's column after some letters of a word. Bit i of `up` (`down`): the value in row i + 1 is one
// more (less) than in row i.
struct Column {
  std::uint64_t up = ~std::uint64_t{0};
  std::uint64_t down = 0;
  std::uint64_t diagonal_zero = 0;
  std::uint64_t matches = 0;
  int last = 0;      // the value in the last row: errors against all these letters
  int best = 0;      // the least `last` so far: errors against some beginning of them
  bool near = true;  // some row is within the limit
  bool nearer = true;  // some row is below the limit, so that a swap from here may still be within it
};

class Matcher {
 public:
  Matcher(std::string_view typed, int errors)
      : rows_(static_cast<int>(typed.size())), errors_(errors), last_row_(std::uint64_t{1} << (typed.size() - 1)) {
    for (std::size_t i = 0; i < typed.size(); ++i) places_[static_cast<unsigned char>(typed[i])] |= std::uint64_t{1} << i;
    columns_[0].last = columns_[0].best = rows_;
    columns_[0].near = true, columns_[0].nearer = errors > 0;
  }

  const Column& column(std::size_t letters) const { return columns_[letters]; }

  // Computes the column after `letters` letters, the last of which is `letter`, from the one before.
  // Returns false if no word that begins like this can be near.
  bool advance(std::size_t letters, char letter) {
    const Column& before = columns_[letters - 1];
    Column& now = columns_[letters];
    now.matches = places_[static_cast<unsigned char>(letter)];
    const std::uint64_t swapped = ((~before.diagonal_zero & now.matches) << 1) & before.matches;
    now.diagonal_zero = swapped | (((now.matches & before.up) + before.up) ^ before.up) | now.matches | before.down;
    std::uint64_t right_up = before.down | ~(now.diagonal_zero | before.up);
    std::uint64_t right_down = now.diagonal_zero & before.up;
    now.last = before.last + ((right_up & last_row_) != 0 ? 1 : 0) - ((right_down & last_row_) != 0 ? 1 : 0);
    now.best = std::min(before.best, now.last);
    right_up = right_up << 1 | 1;
    right_down <<= 1;
    now.up = right_down | ~(now.diagonal_zero | right_up);
    now.down = right_up & now.diagonal_zero;
    note_nearness(now, static_cast<int>(letters));
    return now.best <= errors_ || now.near || before.nearer;
  }

 private:
  // Only rows that differ from the column's number by no more than the limit can be within it.
  void note_nearness(Column& column, int letters) const {
    column.near = column.nearer = false;
    const int first = std::max(0, letters - errors_), last = std::min(rows_, letters + errors_);
    if (first > last) return;
    const std::uint64_t above = (std::uint64_t{1} << first) - 1;
    int value = letters + std::popcount(column.up & above) - std::popcount(column.down & above);
    for (int row = first;; ++row) {
      column.near = column.near || value <= errors_;
      column.nearer = column.nearer || value < errors_;
      if (row == last || column.nearer) return;
      value += static_cast<int>(column.up >> row & 1) - static_cast<int>(column.down >> row & 1);
    }
  }

  int rows_;
  int errors_;
  std::uint64_t last_row_;
  std::array<std::uint64_t, 256> places_{};
  std::array<Column, kLongestWord + 1> columns_{};
};

}  // namespace

std::vector<NearWord> near_words(const Texts& words, const std::vector<std::uint8_t>& shared,
                                 std::string_view typed, int errors) {
  std::vector<NearWord> found;
  if (typed.empty() || typed.size() > kLongestTypedWord) return found;
  Matcher matcher(typed, errors);
  const std::size_t longest = std::min(kLongestWord, typed.size() + static_cast<std::size_t>(errors));
  std::size_t known = 0;  // letters of the word before whose columns stand
  for (std::size_t i = 0; i < words.size();) {
    const std::string_view word = words[i];
    const std::size_t letters = std::min(word.size(), longest);
    std::size_t at = std::min<std::size_t>(known, shared[i]);
    bool hopeless = false;
    while (at < letters && !hopeless) hopeless = !matcher.advance(at + 1, word[at]), ++at;
    known = at;
    if (hopeless) {
      // No later word can be near that begins with the same letters.
      for (++i; i < words.size() && shared[i] >= at; ++i) {
      }
      continue;
    }
    const Column& last = matcher.column(letters);
    if (last.best <= errors) {
      const int whole = word.size() <= longest ? std::min<int>(last.last, kFar) : kFar;
      found.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint8_t>(last.best), static_cast<std::uint8_t>(whole)});
    }
    ++i;
  }
  return found;
}

}  // namespace app
