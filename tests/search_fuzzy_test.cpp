#include "app/snapshot/search_fuzzy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace {

// Optimal string alignment as the textbook has it: errors against each beginning of `word`.
std::vector<int> errors_against_beginnings(const std::string& typed, const std::string& word) {
  const std::size_t rows = typed.size(), columns = word.size();
  std::vector<std::vector<int>> d(rows + 1, std::vector<int>(columns + 1));
  for (std::size_t i = 0; i <= rows; ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= columns; ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= rows; ++i) {
    for (std::size_t j = 1; j <= columns; ++j) {
      const int other = typed[i - 1] == word[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + other});
      if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[rows];
}

struct Vocabulary {
  explicit Vocabulary(const std::set<std::string>& sorted) : list(sorted.begin(), sorted.end()) {
    std::string before;
    for (const std::string& word : list) {
      bytes += word;
      for (int shift = 0; shift < 32; shift += 8) ends += static_cast<char>(bytes.size() >> shift & 0xFF);
      const auto differs = std::mismatch(before.begin(), before.end(), word.begin(), word.end()).first;
      shared.push_back(static_cast<std::uint8_t>(differs - before.begin()));
      before = word;
    }
  }
  app::Texts texts() const { return {bytes, app::Numbers(ends)}; }

  std::vector<std::string> list;
  std::string bytes;
  std::string ends;
  std::vector<std::uint8_t> shared;
};

std::string random_word(std::mt19937& random, std::size_t longest, unsigned letters) {
  std::string word;
  for (auto n = 1 + random() % longest; n > 0; --n) word += static_cast<char>('a' + random() % letters);
  return word;
}

TEST(NearWords, AreThoseOfThePlainEditDistance) {
  std::mt19937 random(5);
  for (int round = 0; round < 30; ++round) {
    const unsigned letters = round % 2 == 0 ? 3 : 8;
    std::set<std::string> words;
    for (int i = 0; i < 400; ++i) words.insert(random_word(random, 12, letters));
    const Vocabulary vocabulary(words);
    for (int query = 0; query < 10; ++query) {
      const std::string typed = random_word(random, 10, letters);
      for (const int errors : {1, 2}) {
        const auto found = app::near_words(vocabulary.texts(), vocabulary.shared, typed, errors);
        std::size_t next = 0;
        for (std::size_t i = 0; i < vocabulary.list.size(); ++i) {
          const auto against = errors_against_beginnings(typed, vocabulary.list[i]);
          const int front = *std::min_element(against.begin(), against.end());
          if (front > errors) continue;
          ASSERT_LT(next, found.size()) << typed << " " << vocabulary.list[i];
          ASSERT_EQ(found[next].word, i) << typed << " " << vocabulary.list[i];
          EXPECT_EQ(found[next].front, front) << typed << " " << vocabulary.list[i];
          if (found[next].whole != app::kFar) { EXPECT_EQ(found[next].whole, against.back()) << typed << " " << vocabulary.list[i]; }
          if (against.back() <= errors) { EXPECT_NE(found[next].whole, app::kFar); }
          ++next;
        }
        EXPECT_EQ(next, found.size()) << typed;
      }
    }
  }
}

TEST(NearWords, LongestAndEmptyWordsAreHarmless) {
  const Vocabulary vocabulary({"a", std::string(app::kLongestWord, 'b')});
  const std::string longest(app::kLongestTypedWord, 'b');
  ASSERT_EQ(app::near_words(vocabulary.texts(), vocabulary.shared, longest, 2).size(), 1u);
  EXPECT_TRUE(app::near_words(vocabulary.texts(), vocabulary.shared, longest + "b", 2).empty());
  EXPECT_TRUE(app::near_words(vocabulary.texts(), vocabulary.shared, "", 2).empty());
  EXPECT_TRUE(app::near_words(Vocabulary({}).texts(), {}, "smith", 2).empty());
}

}  // namespace
