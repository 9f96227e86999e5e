// Passphrases: one rule wherever they are typed, judged when they are set.
#include "app/snapshot/passphrase.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "app/snapshot/keys_locked.h"
#include "exporter/keyholders/passphrase_strength.h"
#include "exporter/keyholders/passphrase_words.h"
#include "tests/command.h"
#include "viewer/edit.h"

namespace {

using app::Code;

const std::vector<std::string> kNames = {"Elm Street Family Practice", "reception"};

double bits_of(const std::string& passphrase) { return exporter::judge_passphrase(passphrase, kNames).bits; }

TEST(Passphrase, ThatAThiefTriesFirstIsRefusedWithTheReason) {
  const std::vector<std::pair<std::string, std::string>> weak = {
      {"Smith1978", "year"},
      {"password", "common word or name"},
      {"ElmStreet!2024", "of the practice or the keyholder"},
      {"Reception2026!", "of the practice or the keyholder"},
      {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "repetition"},
      {"qwertyuiop[]", "row of keys"},
      {"abcdefghijklmnopqrstuvwxyz", "run such as abc"},
      {"2026-11-22", "date"},
      {"correct horse battery", "common words or names"},
      {"rex rex rex rex rex rex rex rex", "repetition"},
      {"r e c e p t i o n", "name of the practice or the keyholder"},
      {"\u043f\u0430\u0440\u043e\u043b\u044c", ""},
      {"\u5bc6\u7801", ""},
      {"x", ""},
  };
  for (const auto& [passphrase, reason] : weak) {
    const auto checked = exporter::check_new_passphrase(passphrase, kNames);
    ASSERT_FALSE(checked.ok()) << passphrase;
    EXPECT_NE(checked.error().what.find("too easy to guess"), std::string::npos) << passphrase;
    EXPECT_NE(checked.error().what.find(reason), std::string::npos) << passphrase << ": " << checked.error().what;
    EXPECT_EQ((checked.error().what + checked.error().detail).find(passphrase.size() > 3 ? passphrase : "\n"), std::string::npos)
        << "never the passphrase itself";
  }
}

TEST(Passphrase, OfFourUnrelatedWordsOrTwelveRandomLettersIsTaken) {
  for (const char* strong : {"lantern copper window seven", "correct horse battery staple", "x8K!v0q#LpZ2", "gating semester cleft icing",
                             "Lindstr\u00f6m K\u00e4sebrot Fenster B\u00fcgel"}) {
    EXPECT_TRUE(exporter::check_new_passphrase(strong, kNames).ok()) << strong << " " << bits_of(strong);
  }
}

TEST(Passphrase, BlanksBetweenWordsMakeItNoHarderToGuess) {
  EXPECT_LE(bits_of("correct horse battery"), bits_of("correcthorsebattery"));
  EXPECT_LT(bits_of("my dog rex"), exporter::kPassphraseBitsLeast);
}

TEST(Passphrase, InLettersThatTheListsDoNotKnowCountsWordByWord) {
  EXPECT_LT(bits_of("\u043c\u043e\u0439\u043f\u0430\u0440\u043e\u043b\u044c"), 20);
  EXPECT_LT(bits_of("\u043c\u043e\u0439 \u043f\u0430\u0440\u043e\u043b\u044c"), 30);
}

TEST(Passphrase, OfAnyLengthIsJudgedAtOnce) {
  const std::string longest(app::kPassphraseBytesMost, 'a');
  EXPECT_NE(exporter::check_new_passphrase(longest, kNames).error().what.find("repetition"), std::string::npos);
  EXPECT_EQ(exporter::check_new_passphrase(longest + "a", kNames).error().code, Code::wrong_kind);
  EXPECT_EQ(exporter::check_new_passphrase("\t\n", kNames).error().code, Code::wrong_kind);
}

TEST(Passphrase, IsTheSameInTheViewersFieldAndInAFile) {
  const tests::TemporaryFolder folder;
  const std::string typed = "caf\u0065\u0301 lan\ttern \x07window \u00a0 seven";
  viewer::EditLine line;
  line.insert(typed);
  std::ofstream(folder.path() / "phrase") << typed << "\nmore\n";
  const std::string read = app::read_passphrase_file(folder.path() / "phrase").value();
  EXPECT_EQ(app::clean_passphrase(read), app::clean_passphrase(line.text));
  const app::KeyPair pair = app::make_key_pair();
  const std::string locked = app::lock_key("Anna", pair, app::SigningKey::make().verifying_key(), read, app::kLockForTests).value();
  EXPECT_TRUE(app::unlock_key(locked, line.text).ok());
  EXPECT_EQ(viewer::kEditBytesMost, app::kPassphraseBytesMost) << "what can be set can be typed";
}

TEST(Passphrase, OfWordsIsDrawnFromTheWholeListAndNeverTwice) {
  std::set<std::string> drawn, words;
  for (int i = 0; i < 200; ++i) {
    const auto made = exporter::make_passphrase(exporter::find_words());
    ASSERT_TRUE(made.ok()) << app::format_error(made.error());
    EXPECT_TRUE(drawn.insert(made.value()).second);
    EXPECT_TRUE(exporter::check_new_passphrase(made.value(), kNames).ok()) << made.value();
    std::istringstream split(made.value());
    int count = 0;
    for (std::string word; split >> word; ++count) words.insert(word);
    EXPECT_EQ(count, exporter::kPassphraseWords);
  }
  EXPECT_GT(words.size(), 1000u) << "1,200 draws of 7,776 words repeat about a hundred";
}

TEST(Passphrase, IsNotDrawnFromAListThatIsTooShort) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "words") << "one\ntwo\nthree\n";
  EXPECT_EQ(exporter::make_passphrase(folder.path() / "words").error().code, Code::wrong_kind);
  EXPECT_EQ(exporter::make_passphrase(folder.path() / "none").error().code, Code::not_found);
}

TEST(Passphrase, FileMayHoldTheLinesOfAnEnvelope) {
  const tests::TemporaryFolder folder;
  const std::string lines = "2C1H-68SK-8D9P-6BVQ\nWW3J-RB2C-DJ6A-SRDH\nGQSQ-3VS8-ZJM2-YN8V\nTC33-DWPW-PZ0N-3JQK\n";
  std::ofstream(folder.path() / "lines") << lines;
  EXPECT_EQ(app::read_passphrase_file(folder.path() / "lines").value(), lines);
}

}  // namespace
