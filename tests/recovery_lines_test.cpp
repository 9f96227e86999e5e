// The lines of a sealed envelope: what a tired person types, and what must be noticed of it.
#include "app/snapshot/recovery_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/digest.h"
#include "app/snapshot/keys_envelope.h"

namespace {

using app::Code;

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

app::Recovery recovery_of(const std::string& seed) {
  app::PublicKey key{};
  key.fill(7);
  return {app::SecretBytes::copy_of(seed), app::practice_digest(key)};
}
const app::Recovery& example() {
  static const app::Recovery recovery = recovery_of("0123456789abcdef");
  return recovery;
}
std::string letters_of(const app::Recovery& recovery) {
  return std::string(app::format_recovery_letters(recovery).view());
}
std::string paper_of(const app::Recovery& recovery) {
  const app::SecretBytes letters = app::format_recovery_letters(recovery);
  std::string text;
  for (std::size_t line = 0; line < app::kRecoveryLines; ++line) text += app::format_recovery_line(letters, line) + "\n";
  return text;
}
bool is_example(std::string_view typed) {
  const auto parsed = app::parse_recovery_lines(typed);
  return parsed.ok() && parsed.value().seed.view() == example().seed.view() && parsed.value().practice == example().practice;
}
std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return text;
}
std::string replaced_all(std::string text, char what, char with) {
  std::replace(text.begin(), text.end(), what, with);
  return text;
}

TEST(RecoveryLines, AreTheseLettersForThisSeed) {
  // Frozen: worked out from FORMAT.md by another program.
  EXPECT_EQ(paper_of(example()), "2C1H-68SK-8D9P-6BVQ\nWW3J-RB2C-DJ6A-SRDH\nGQSQ-3VS8-ZJM2-YN8V\nTC33-DWPW-PZ0N-3JQK\n");
  EXPECT_EQ(app::format_hex(app::envelope_key_pair(example()).public_key), "d2e06fdd9791ae7496bf8f618754d741066b63e8eaf9a1e18da9a4b6a3409a53");
}

TEST(RecoveryLines, ComeBackForSeedsOfEveryKind) {
  for (const char byte : {'\0', '\x01', '\x80', '\xFF', 'u'}) {
    const app::Recovery recovery = recovery_of(std::string(16, byte));
    const auto parsed = app::parse_recovery_lines(paper_of(recovery));
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(parsed.value().seed.view(), recovery.seed.view());
    EXPECT_EQ(parsed.value().practice, recovery.practice);
  }
}

TEST(RecoveryLines, AreReadHoweverTheyAreTyped) {
  const std::string paper = paper_of(example()), letters = letters_of(example());
  EXPECT_TRUE(is_example(paper));
  EXPECT_TRUE(is_example(letters)) << "as a scanner types them";
  EXPECT_TRUE(is_example(lower(paper)));
  EXPECT_TRUE(is_example(replaced_all(paper, '-', ' ')));
  EXPECT_TRUE(is_example(replaced_all(paper, '\n', ' ')));
  EXPECT_TRUE(is_example("\r\n  " + replaced_all(letters, '0', 'o') + "\t\n"));
  EXPECT_TRUE(is_example(replaced_all(letters, '1', 'l')));
  EXPECT_TRUE(is_example(replaced_all(letters, '1', 'I')));
  EXPECT_NE(letters.find('0'), std::string::npos);
  EXPECT_NE(letters.find('1'), std::string::npos);
}

// Every line of the example with every change that `change` makes must be noticed, and its line named.
template <typename Change>
std::size_t expect_noticed(Change change) {
  const std::string right = letters_of(example());
  std::size_t changes = 0;
  for (std::size_t at = 0; at < right.size(); ++at) {
    change(right, at, [&](const std::string& wrong) {
      ++changes;
      const auto progress = app::judge_recovery_lines(wrong);
      EXPECT_EQ(progress.wrong_line, at / 16 + 1) << at;
      EXPECT_FALSE(app::parse_recovery_lines(wrong).ok());
    });
  }
  return changes;
}

TEST(RecoveryLines, EverySingleWrongLetterIsNoticedAndItsPlaceNamed) {
  const std::size_t changes = expect_noticed([](const std::string& right, std::size_t at, auto report) {
    for (const char letter : kLetters) {
      std::string wrong = right;
      wrong[at] = letter;
      if (wrong == right) continue;
      report(wrong);
      EXPECT_EQ(app::judge_recovery_lines(wrong).wrong_group, at % 16 / 4 + 1);
    }
  });
  EXPECT_EQ(changes, 64u * 31u);
}

TEST(RecoveryLines, EveryTwoLettersOfALineThatChangedPlacesAreNoticed) {
  const std::size_t changes = expect_noticed([](const std::string& right, std::size_t at, auto report) {
    for (std::size_t other = at + 1; other / 16 == at / 16; ++other) {
      std::string wrong = right;
      std::swap(wrong[at], wrong[other]);
      if (wrong != right) report(wrong);
    }
  });
  EXPECT_GT(changes, 400u);
}

TEST(RecoveryLines, EveryTwoAndThreeWrongLettersOfALineAreNoticed) {
  // The code is linear: if no difference of up to three letters looks like a right line, no mistake of three passes.
  const std::string right = letters_of(example());
  std::size_t tried = 0;
  for (std::size_t a = 0; a < 16; ++a) {
    for (std::size_t b = a + 1; b < 16; ++b) {
      for (std::size_t pair = 0; pair < 31 * 31; ++pair) {
        std::string wrong = right;
        wrong[a] = kLetters[(kLetters.find(right[a]) ^ (pair / 31 + 1))];
        wrong[b] = kLetters[(kLetters.find(right[b]) ^ (pair % 31 + 1))];
        ++tried;
        const auto progress = app::judge_recovery_lines(std::string_view(wrong).substr(0, 16));
        ASSERT_EQ(progress.wrong_line, 1u) << a << " " << b;
        // A third letter that would make it right again would be a mistake of three that passes.
        ASSERT_EQ(progress.wrong_group, 0u) << "two wrong letters are never taken for one";
      }
    }
  }
  EXPECT_EQ(tried, 120u * 961u);
}

TEST(RecoveryLines, LinesThatChangedPlacesAreNoticedWhateverStandsInThem) {
  const app::SecretBytes letters = app::format_recovery_letters(example());
  const std::string text(letters.view());
  for (std::size_t line = 0; line < 4; ++line) {
    for (std::size_t place = 0; place < 4; ++place) {
      std::string moved = text;
      moved.replace(place * 16, 16, text.substr(line * 16, 16));
      EXPECT_EQ(app::parse_recovery_lines(moved).ok(), line == place);
      EXPECT_EQ(app::judge_recovery_lines(moved).wrong_line, line == place ? 0u : place + 1);
    }
  }
}

TEST(RecoveryLines, TheLineWithTheMistakeIsNamedInWords) {
  std::string paper = paper_of(example());
  const std::size_t third = 2 * 20 + 6;
  paper[third] = paper[third] == 'Z' ? 'Y' : 'Z';
  const auto parsed = app::parse_recovery_lines(paper);
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.error().code, Code::wrong_kind);
  EXPECT_EQ(parsed.error().what, "Line 3 of the sealed envelope has a mistake, probably in its second group.");
  EXPECT_EQ(parsed.error().what.find(letters_of(example()).substr(0, 4)), std::string::npos) << "nothing of the secret";
}

TEST(RecoveryLines, AMissingLetterOrLineIsNamed) {
  const std::string text = letters_of(example());
  EXPECT_EQ(app::parse_recovery_lines(text.substr(0, 48)).error().what, "Line 4 of the sealed envelope is not whole.");
  EXPECT_EQ(app::parse_recovery_lines(text.substr(0, 63)).error().what, "Line 4 of the sealed envelope is not whole.");
  EXPECT_EQ(app::judge_recovery_lines(text.substr(0, 20) + text.substr(21)).wrong_line, 2u);
  EXPECT_FALSE(app::parse_recovery_lines(text + "0").ok());
  EXPECT_FALSE(app::parse_recovery_lines("").ok());
  EXPECT_FALSE(app::parse_recovery_lines(text + std::string(5000, ' ')).ok());
}

TEST(RecoveryLines, ALetterThatIsNeverPrintedIsAMistakeOfItsLine) {
  std::string text = letters_of(example());
  text[37] = 'U';
  EXPECT_EQ(app::judge_recovery_lines(text).wrong_line, 3u);
  EXPECT_EQ(app::judge_recovery_lines(text).wrong_group, 2u);
}

TEST(RecoveryLines, ProgressIsToldLineByLine) {
  const std::string text = letters_of(example());
  EXPECT_EQ(app::judge_recovery_lines(text.substr(0, 15)).right_lines, 0u);
  EXPECT_EQ(app::judge_recovery_lines(text.substr(0, 16)).right_lines, 1u);
  EXPECT_EQ(app::judge_recovery_lines(text.substr(0, 40)).right_lines, 2u);
  EXPECT_EQ(app::judge_recovery_lines(text).right_lines, 4u);
  EXPECT_TRUE(app::judge_recovery_lines(text.substr(0, 16)).seems_to_be);
}

TEST(RecoveryLines, APassphraseOfWordsDoesNotSeemToBeLines) {
  for (const char* words : {"correct horse battery staple", "lantern copper window seven", "Tea at 4 o'clock", "Smith1978", "x", ""}) {
    EXPECT_FALSE(app::judge_recovery_lines(words).seems_to_be) << words;
  }
}

}  // namespace
