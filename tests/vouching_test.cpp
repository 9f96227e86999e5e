// A locked key vouches for its practice: what a forger can do who has an old copy and no passphrase.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "app/snapshot/copy.h"
#include "app/snapshot/keys_envelope.h"
#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

using app::Code;
namespace fs = std::filesystem;

TEST(Vouching, ACopyMadeAroundAnOldCopysSlotIsForgedThoughThePassphraseOpensIt) {
  const tests::TemporaryFolder ours, forgers;
  const tests::Practice practice = tests::make_practice(ours.path()).value();
  const auto real = tests::run_small_night(practice, tests::invented_charts(2));
  ASSERT_TRUE(real.ok());
  const app::Manifest seen = app::read_copy(real.value(), app::Check::sizes).value().manifest;

  tests::Practice forger{forgers.path(), forgers.path() / "copies", app::SigningKey::make(), {}};
  for (const app::KeySlot& slot : seen.slots) forger.keyholders.push_back({slot.keyholder, slot.public_key, slot.locked_key});
  const auto forged = tests::run_small_night(forger, tests::invented_charts(1));
  ASSERT_TRUE(forged.ok());
  const auto info = app::read_copy(forged.value(), app::Check::hashes);
  ASSERT_TRUE(info.ok()) << "without a passphrase it looks like any other copy";

  const auto opened = app::Copy::open(info.value(), tests::kPassphrase);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, Code::forged);
  EXPECT_EQ(app::Copy::open(info.value(), "another").error().code, Code::wrong_passphrase);
}

class Envelope : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(tests::make_practice(ours_.path()).value());
    recovery_.emplace(app::make_recovery(practice_->signing_key.verifying_key()));
    practice_->keyholders.push_back({"Sealed envelope", app::envelope_key_pair(*recovery_).public_key, ""});
    folder_ = tests::run_small_night(*practice_, tests::invented_charts(2)).value();
  }
  app::Result<app::Copy> open(const fs::path& folder, const app::Recovery& recovery) {
    const auto info = app::read_copy(folder, app::Check::hashes);
    EXPECT_TRUE(info.ok());
    return app::Copy::open(info.value(), std::string(app::format_recovery_letters(recovery).view()));
  }

  tests::TemporaryFolder ours_;
  std::optional<tests::Practice> practice_;
  std::optional<app::Recovery> recovery_;
  fs::path folder_;
};

TEST_F(Envelope, OpensTheCopyByItsLinesAndSaysWhoOpenedIt) {
  const auto opened = open(folder_, *recovery_);
  ASSERT_TRUE(opened.ok()) << app::format_error(opened.error());
  EXPECT_EQ(opened.value().keyholder(), "Sealed envelope");
  EXPECT_TRUE(opened.value().verify().ok());
}

TEST_F(Envelope, OfThePracticeDoesNotOpenACopyThatAnotherSigned) {
  const tests::TemporaryFolder forgers;
  tests::Practice forger{forgers.path(), forgers.path() / "copies", app::SigningKey::make(), practice_->keyholders};
  const auto opened = open(tests::run_small_night(forger, tests::invented_charts(1)).value(), *recovery_);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, Code::forged);
}

TEST_F(Envelope, ThatWasReplacedSaysWhichOneIsWanted) {
  const auto opened = open(folder_, app::make_recovery(practice_->signing_key.verifying_key()));
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, Code::wrong_kind);
  EXPECT_NE(opened.error().what.find("opens with: Sealed envelope"), std::string::npos);
}

TEST_F(Envelope, OfAnotherPracticeIsSaidToBeSo) {
  const auto opened = open(folder_, app::make_recovery(app::SigningKey::make().verifying_key()));
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().what.find("another practice"), std::string::npos);
}

TEST_F(Envelope, WithAMistakeNamesTheLineInsteadOfSpeakingOfAPassphrase) {
  const auto info = app::read_copy(folder_, app::Check::sizes).value();
  std::string typed(app::format_recovery_letters(*recovery_).view());
  typed[20] = typed[20] == 'A' ? 'B' : 'A';
  const auto opened = app::Copy::open(info, typed);
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().what.find("Line 2"), std::string::npos) << opened.error().what;
}

}  // namespace
