// Whose copy is opened, what is said of it, and what this computer learns from it.
#include "app/snapshot/trust.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/snapshot/fingerprint.h"
#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Warning;

constexpr app::Instant kNow{1'790'000'000 + 7 * 3600};

std::string bytes_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

class Trust : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(made("practice"));
    stranger_.emplace(made("stranger"));  // of the same name, with keys of its own
    forger_.emplace(made("forger"));      // who knows the practice's copies and seals to its keyholders
    forger_->keyholders = practice_->keyholders;
  }
  tests::Practice made(const char* name) {
    auto practice = tests::make_practice(folder_.path() / name);
    EXPECT_TRUE(practice.ok());
    return std::move(practice).value();
  }
  static app::CopyInfo night(const tests::Practice& practice) {
    const auto copy = tests::run_small_night(practice, tests::invented_charts(1));
    EXPECT_TRUE(copy.ok()) << (copy.ok() ? "" : app::format_error(copy.error()));
    return app::read_copy(copy.value(), app::Check::hashes).value();
  }
  app::LaptopMemory memory() const { return app::LaptopMemory::read(folder_.path() / "memory"); }
  app::Result<app::Opened> open(const app::CopyInfo& info, app::Insistence insistence = {}, std::string pair_anew = "") {
    app::LaptopMemory remembered = memory();
    return app::open_trusted(info, {tests::kPassphrase, "", std::move(insistence), std::move(pair_anew)}, remembered, kNow);
  }
  void pair(const app::CopyInfo& info) { EXPECT_TRUE(open(info).ok()); }
  static std::vector<std::string> kinds(const app::Result<app::Opened>& opened) {
    std::vector<std::string> kinds;
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : app::format_error(opened.error()));
    if (!opened.ok()) return kinds;
    for (const Warning& warning : opened.value().warnings) kinds.emplace_back(app::name_of(warning.kind));
    return kinds;
  }
  std::string decisions() const { return bytes_of(folder_.path() / "memory" / "decisions.log"); }

  using Kinds = std::vector<std::string>;
  tests::TemporaryFolder folder_;
  std::optional<tests::Practice> practice_, stranger_, forger_;
};

TEST_F(Trust, TheFirstCopyPairsAndIsSaidToBeTheFirstWithAFingerprintToCompare) {
  const app::CopyInfo info = night(*practice_);
  const auto first = open(info);
  EXPECT_EQ(kinds(first), Kinds{"first_time"});
  const std::string fingerprint = app::format_fingerprint(practice_->signing_key.verifying_key());
  EXPECT_NE(first.value().warnings[0].what.find(fingerprint), std::string::npos);
  EXPECT_NE(first.value().warnings[0].what.find("Elm Street Family Practice"), std::string::npos);
  EXPECT_EQ(kinds(open(info)), Kinds{});
  ASSERT_EQ(memory().pairings().practices.size(), 1u);
  EXPECT_EQ(memory().pairings().practices[0].sequence, 1u);
}

TEST_F(Trust, AnOlderCopyThanOneThatWasOpenedIsAWarningAndNoRefusal) {
  const app::CopyInfo old = night(*practice_), newest = night(*practice_);
  pair(newest);
  const auto opened = open(old);
  EXPECT_EQ(kinds(opened), Kinds{"older"});
  EXPECT_NE(opened.value().warnings[0].what.find("number 2"), std::string::npos) << opened.value().warnings[0].what;
  EXPECT_TRUE(opened.value().verified);
  EXPECT_EQ(memory().pairings().practices[0].sequence, 2u) << "an older copy lowers nothing";
  EXPECT_EQ(kinds(open(newest)), Kinds{});
}

TEST_F(Trust, AnotherCopyOfTheSameNumberIsSaid) {
  const app::CopyInfo first = night(*practice_);
  pair(first);
  fs::rename(first.folder, folder_.path() / "elsewhere");
  fs::remove(practice_->folder / "sequence.json");
  const app::CopyInfo again = night(*practice_);
  ASSERT_EQ(again.manifest.sequence, 1u);
  EXPECT_EQ(kinds(open(again)), Kinds{"same_number"});
}

TEST_F(Trust, ARenamedFolderAndAClockThatIsBehindAreSaid) {
  app::CopyInfo info = night(*practice_);
  pair(info);
  const fs::path renamed = practice_->copies / "2099-01-01T000000Z-000777";
  fs::rename(info.folder, renamed);
  info = app::read_copy(renamed, app::Check::hashes).value();
  EXPECT_EQ(kinds(open(info)), Kinds{"renamed"});
  app::LaptopMemory remembered = memory();
  const auto early = app::open_trusted(info, {tests::kPassphrase}, remembered, {info.manifest.as_of.s - 86'400});
  EXPECT_EQ(kinds(early), (Kinds{"clock", "renamed"}));
}

TEST_F(Trust, ACopyThatTheKeyOfThePassphraseDoesNotVouchForIsForgedAlsoOnALaptopThatNeverSawThePractice) {
  const app::CopyInfo forged = night(*forger_);
  for (const bool paired : {false, true}) {
    if (paired) pair(night(*practice_));
    const auto opened = open(forged);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, Code::forged);
    EXPECT_NE(opened.error().what.find("was not made by Elm Street Family Practice"), std::string::npos);
    EXPECT_NE(opened.error().detail.find(app::format_fingerprint(forged.manifest.verifying_key)), std::string::npos);
    EXPECT_EQ(memory().pairings().practices.size(), paired ? 1u : 0u) << "it taught this computer nothing";
  }
}

TEST_F(Trust, ANewKeyThatThePassphraseVouchesForOpensWithAWarning) {
  pair(night(*practice_));
  const app::CopyInfo other = night(*stranger_);
  EXPECT_EQ(app::signer_of(other, memory().pairings()), app::Signer::other_key);
  EXPECT_EQ(kinds(open(other)), Kinds{"new_key"});
  EXPECT_EQ(kinds(open(other)), Kinds{}) << "once";
}

TEST_F(Trust, InAnEmergencyAForgedCopyOpensOnSomebodysWordWhichIsKept) {
  pair(night(*practice_));
  const app::CopyInfo forged = night(*forger_);
  const auto opened = open(forged, {"patient at the desk, no other copy\n\x1b[2J", "QR"});
  EXPECT_EQ(kinds(opened), (Kinds{"not_verified", "new_key"}));
  EXPECT_FALSE(opened.value().verified);
  EXPECT_EQ(opened.value().copy.charts(), 1u);
  const std::string line = decisions();
  for (const char* part : {"patient at the desk", "\"QR\"", "opened though forged", "2026-09-2"}) {
    EXPECT_NE(line.find(part), std::string::npos) << part << " is missing from " << line;
  }
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1) << "one line a decision";
  EXPECT_EQ(line.find('\x1b'), std::string::npos);
  EXPECT_EQ(line.find(tests::kCanary), std::string::npos);
  EXPECT_EQ(memory().pairings().practices.size(), 1u);
  EXPECT_FALSE(open(forged).ok()) << "one word opens it once";
  EXPECT_TRUE(open(forged, {"again", "QR"}).ok());
  EXPECT_EQ(decisions().substr(0, line.size()), line) << "only ever added to";
}

TEST_F(Trust, InsistingOpensNothingThatAPassphraseDoesNotOpen) {
  const app::CopyInfo forged = night(*forger_);
  app::LaptopMemory remembered = memory();
  const auto wrong = app::open_trusted(forged, {"wrong", "", {"why", "QR"}, ""}, remembered, kNow);
  EXPECT_EQ(wrong.error().code, Code::wrong_passphrase);
  EXPECT_EQ(decisions(), "");
  const app::CopyInfo genuine = night(*practice_);
  EXPECT_TRUE(open(genuine, {"why", "QR"}).value().verified);
  EXPECT_EQ(decisions(), "") << "nothing to answer for";
}

TEST_F(Trust, APracticeWithANewKeyIsPairedAnewByTheFingerprintThatSomebodyCompared) {
  pair(night(*practice_));
  const app::CopyInfo info = night(*forger_);
  const std::string right = app::format_fingerprint(info.manifest.verifying_key);
  EXPECT_EQ(open(info, {}, "0000-0000-0000-0000-0000").error().code, Code::forged);
  const auto opened = open(info, {}, right);
  EXPECT_EQ(kinds(opened), Kinds{});
  EXPECT_TRUE(opened.value().verified);
  EXPECT_NE(decisions().find("paired anew"), std::string::npos);
  EXPECT_EQ(kinds(open(info)), Kinds{}) << "and is known from then on";
}

TEST_F(Trust, AComputerThatCannotRememberOpensAndSaysSo) {
  std::ofstream(folder_.path() / "memory") << "a file where the folder should be";
  const auto opened = open(night(*practice_));
  EXPECT_EQ(kinds(opened), (Kinds{"first_time", "not_remembered"}));
  const auto forged = open(night(*forger_), {"why", "QR"});
  EXPECT_EQ(kinds(forged), (Kinds{"not_verified", "first_time", "not_remembered"}));
}

TEST_F(Trust, ACopyOfTheFolderThatAStrangerMadeIsNeverTheNewest) {
  const app::CopyInfo genuine = night(*practice_);
  pair(genuine);
  night(*forger_);
  const app::CopyInfo forged = night(*forger_);
  ASSERT_GT(forged.manifest.sequence, genuine.manifest.sequence);
  fs::rename(forged.folder, practice_->copies / forged.folder.filename());
  const auto known = app::known_signers(memory().pairings());
  const auto chosen = app::read_copy(practice_->copies, app::Check::sizes, known);
  ASSERT_TRUE(chosen.ok());
  EXPECT_EQ(chosen.value().manifest.sequence, genuine.manifest.sequence);
  ASSERT_EQ(chosen.value().passed_over.size(), 1u);
  EXPECT_EQ(chosen.value().passed_over[0].fault->code, Code::forged);
  EXPECT_EQ(app::read_copy(practice_->copies, app::Check::sizes).value().folder.filename(), forged.folder.filename())
      << "who knows nobody takes the highest number";
}

}  // namespace
