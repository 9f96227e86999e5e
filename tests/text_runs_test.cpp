#include "app/record/text_runs.h"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

std::string script_name(std::uint32_t script) {
  std::string name;
  for (int shift = 24; shift >= 0; shift -= 8) name += static_cast<char>(script >> shift & 0xFF);
  return name;
}

// "Latn>Smith|Arab<محمد": scripts, directions and texts as they are seen from left to right.
std::string seen(const std::string& line) {
  std::string text;
  for (const app::TextRun& run : app::visual_runs(line)) {
    if (!text.empty()) text += '|';
    text += script_name(run.script) + (run.right_to_left ? '<' : '>') + line.substr(run.begin, run.end - run.begin);
  }
  return text;
}

std::string broken(const std::string& text) {
  std::string pieces;
  std::size_t begin = 0;
  for (const std::size_t end : app::line_breaks(text)) {
    pieces += text.substr(begin, end - begin) + '|';
    begin = end;
  }
  EXPECT_EQ(begin, text.size());
  return pieces;
}

TEST(TextRuns, PlainLatinTextIsOneRun) {
  EXPECT_EQ(seen(""), "");
  EXPECT_EQ(seen("Smith, John (2)"), "Latn>Smith, John (2)");
  EXPECT_EQ(seen("Müller 12/3"), "Latn>Müller 12/3");
  EXPECT_EQ(seen("12/3"), "Zyyy>12/3");
}

TEST(TextRuns, MixedLineIsSeenInTheRightOrder) {
  // An Arabic line is read from the right, the Latin name and the numbers inside it from the left.
  EXPECT_EQ(seen("أحمد (2) Smith 12/3 علي"), "Arab< علي|Latn>Smith 12/3|Arab<) |Arab>2|Arab<أحمد (");
}

TEST(TextRuns, BracketsGoWithTheirPartner) {
  EXPECT_EQ(seen("Smith (محمد) x"), "Latn>Smith (|Arab<محمد|Latn>) x");
  EXPECT_EQ(seen("Wang (王) x"), "Latn>Wang (|Hani>王|Latn>) x");
}

TEST(TextRuns, CharactersWithoutAScriptGoWithTheirNeighbours) {
  EXPECT_EQ(seen("1. 王小明, 2"), "Hani>1. 王小明, 2");
  EXPECT_EQ(seen("שלום 5"), "Hebr>5|Hebr<שלום ");
  EXPECT_EQ(seen("e\xCC\x81 \xD0\xB9"), "Latn>e\xCC\x81 |Cyrl>й");
}

TEST(TextRuns, NoCharacterInAFieldTurnsTheRestOfTheLineAround) {
  for (const std::string turning : {"\u202E", "\u202B", "\u202D", "\u2067", "\u2068"}) {
    const std::string dose = "warfarin" + turning + " 1.0 mg, every evening";
    EXPECT_EQ(seen(dose), "Latn>" + dose);
  }
}

TEST(TextRuns, RunsCoverEveryByteOnceWhateverTheLine) {
  const std::string alphabet[] = {"a", " ", "1", "(", ")", "م", "ش", "ש", "王", "й", "\u200F", "\u202E", "\u202C", "\u2067", "\u2069", "\xFF", "😀", "\u0301"};
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string line;
    for (auto n = random() % 12; n > 0; --n) line += alphabet[random() % std::size(alphabet)];
    std::vector<int> covered(line.size());
    for (const app::TextRun& run : app::visual_runs(line)) {
      ASSERT_LT(run.begin, run.end);
      ASSERT_LE(run.end, line.size());
      for (std::size_t at = run.begin; at < run.end; ++at) ++covered[at];
    }
    EXPECT_EQ(covered, std::vector<int>(line.size(), 1)) << line;
  }
}

TEST(LineBreaks, ComeAfterBlanksAndHyphens) {
  EXPECT_EQ(broken("one two,  three."), "one |two,  |three.|");
  EXPECT_EQ(broken("well-known 2.5-5.0 mg/day"), "well-|known |2.5-5.0 |mg/|day|");
  EXPECT_EQ(broken(" (a b) c"), " |(a |b) |c|");
  EXPECT_EQ(broken("word"), "word|");
  EXPECT_EQ(broken(""), "|");
}

std::vector<std::size_t> breaks_by_the_rules(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaker(
      icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
  UText utext = UTEXT_INITIALIZER;
  utext_openUTF8(&utext, text.data(), static_cast<std::int64_t>(text.size()), &status);
  breaker->setText(&utext, status);
  std::vector<std::size_t> breaks;
  for (auto at = breaker->next(); at != icu::BreakIterator::DONE; at = breaker->next()) {
    breaks.push_back(static_cast<std::size_t>(at));
  }
  utext_close(&utext);
  return breaks;
}

TEST(LineBreaks, AreThoseOfTheUnicodeRulesHoweverTheTextIsTakenApart) {
  const std::string alphabet[] = {"a", "Z", "1", " ", " ", " ", ".", ",", ":", ";", "(", ")", "\"", "-", "/", "\n", "é", "王", "$", "%", "א"};
  std::mt19937 random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = "a";
    for (auto n = random() % 14; n > 0; --n) text += alphabet[random() % std::size(alphabet)];
    ASSERT_EQ(app::line_breaks(text), breaks_by_the_rules(text)) << text;
  }
}

TEST(LineBreaks, FollowNewLines) {
  EXPECT_EQ(broken("one\ntwo\n\nthree"), "one\n|two\n|\n|three|");
}

TEST(LineBreaks, KnowScriptsWithoutBlanks) {
  EXPECT_EQ(broken("王小明"), "王|小|明|");
  EXPECT_EQ(broken("ภาษาไทย"), "ภาษา|ไทย|");
}

}  // namespace
