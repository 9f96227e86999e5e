// Forged and foreign copies before the real programs.
#include <gtest/gtest.h>

#include "app/snapshot/copy.h"
#include "app/snapshot/fingerprint.h"
#include "app/snapshot/laptop_memory.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace {

using tests::Outcome;
using tests::run;

class Forged : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(tests::make_practice(folder_.path() / "practice").value());
    forger_.emplace(tests::make_practice(folder_.path() / "forger").value());
    forger_->keyholders = practice_->keyholders;
    genuine_ = tests::run_small_night(*practice_, tests::invented_charts(2)).value();
    forged_ = tests::run_small_night(*forger_, tests::invented_charts(2)).value();
    tests::write(folder_.path() / "phrase", std::string(tests::kPassphrase) + "\n");
  }
  // A command on a computer that remembers from one to the next.
  Outcome command(const std::string& words, const std::filesystem::path& copy, const std::string& options = "") {
    return run("export XDG_STATE_HOME='" + (folder_.path() / "state").string() + "'; $NIGHTCHART " + words + " '" + copy.string() +
               "' " + options + " --passphrase-file '" + (folder_.path() / "phrase").string() + "'");
  }
  std::string fingerprint(const tests::Practice& practice) const {
    return app::format_fingerprint(practice.signing_key.verifying_key());
  }
  std::string decisions() const { return tests::contents(folder_.path() / "state" / "nightchart" / "decisions.log"); }

  using fs_path = std::filesystem::path;
  tests::TemporaryFolder folder_;
  std::optional<tests::Practice> practice_, forger_;
  fs_path genuine_, forged_;
};

TEST_F(Forged, EveryCommandRefusesItAndSaysWhose) {
  for (const char* words : {"verify", "find", "show", "print"}) {
    const std::string options = words == std::string("find")    ? "quirin"
                                : words == std::string("show")  ? "10001"
                                : words == std::string("print") ? "chart 10001 --out '" + (folder_.path() / "x.pdf").string() + "'"
                                                                : "";
    const Outcome outcome = command(words, forged_, options);
    EXPECT_EQ(outcome.exit_code, 17) << words << outcome.err;
    EXPECT_NE(outcome.err.find("was not made by Elm Street Family Practice"), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "") << words;
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "x.pdf"));
}

TEST_F(Forged, OpensOnSomebodysWordMarkedEverywhereAndRecorded) {
  const Outcome shown = command("show", forged_, "10001 --even-if-forged 'patient at the desk'");
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_EQ(shown.out.rfind("NOT VERIFIED", 0), 0u) << shown.out.substr(0, 200);
  EXPECT_NE(shown.err.find("NOT VERIFIED"), std::string::npos);
  EXPECT_NE(decisions().find("patient at the desk"), std::string::npos);
  EXPECT_NE(decisions().find(fingerprint(*forger_)), std::string::npos);
  EXPECT_EQ(decisions().find(tests::kCanary), std::string::npos);
  const Outcome verified = command("verify", forged_, "--json --even-if-forged 'looking into it'");
  EXPECT_EQ(verified.exit_code, 17) << "its bytes are whole and it is forged all the same";
  EXPECT_NE(verified.out.find("\"verified\":false"), std::string::npos) << verified.out;
}

TEST_F(Forged, VerifySaysTheFingerprintTheStrangersAndWhatThisComputerRemembers) {
  tests::write(genuine_ / "notes\n\x1b[2J.txt", "x");
  const Outcome first = command("verify", genuine_);
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_NE(first.out.find("Signed by " + fingerprint(*practice_)), std::string::npos) << first.out;
  EXPECT_NE(first.out.find("Not part of this copy, and not read: notes"), std::string::npos) << first.out;
  EXPECT_EQ(first.out.find('\x1b'), std::string::npos) << "a file's name does nothing to the terminal";
  EXPECT_NE(first.err.find("has not opened a copy of Elm Street"), std::string::npos) << first.err;
  EXPECT_EQ(command("verify", genuine_).err, "") << "the second time it is known";
  const auto newer = tests::run_small_night(*practice_, tests::invented_charts(2));
  EXPECT_EQ(command("verify", newer.value()).exit_code, 0);
  const Outcome older = command("verify", genuine_);
  EXPECT_EQ(older.exit_code, 0);
  EXPECT_NE(older.err.find("OLDER: a newer copy was opened on this computer"), std::string::npos) << older.err;
}

TEST_F(Forged, WithoutAPassphraseNobodyVouchesForAnotherKey) {
  const auto look = [&](const fs_path& copy) {
    return run("export XDG_STATE_HOME='" + (folder_.path() / "state").string() + "'; $NIGHTCHART verify '" + copy.string() + "'");
  };
  EXPECT_EQ(look(forged_).exit_code, 0) << "nobody of this name is known yet";
  EXPECT_EQ(command("verify", genuine_).exit_code, 0);
  EXPECT_EQ(look(forged_).exit_code, 17);
  EXPECT_EQ(look(genuine_).exit_code, 0);
}

TEST_F(Forged, APracticeWithANewKeyIsPairedAnewByItsFingerprint) {
  EXPECT_EQ(command("verify", forged_, "--pair-anew 0000-0000-0000-0000-0000").exit_code, 17);
  EXPECT_EQ(command("find", forged_, "quirin --pair-anew " + fingerprint(*forger_)).exit_code, 0);
  EXPECT_EQ(command("find", forged_, "quirin").exit_code, 0) << "from then on";
  EXPECT_NE(decisions().find("paired anew"), std::string::npos);
}

TEST_F(Forged, TheComputerOnWhichAKeyWasMadeKnowsItFromTheStart) {
  const std::string state = (folder_.path() / "state").string(), root = folder_.path().string();
  tests::write(folder_.path() / "strong", "lantern copper window seven\n");
  for (const char* folder : {"first", "second"}) {
    const Outcome made = run("export XDG_STATE_HOME='" + state + "'; $NIGHTCHART init '" + root + "/" + folder +
                             "' --name 'Elm Street Family Practice' --keyholder reception --passphrase-file '" + root + "/strong'");
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  const auto memory = app::LaptopMemory::read(folder_.path() / "state" / "nightchart");
  ASSERT_EQ(memory.pairings().practices.size(), 2u);
  for (const app::Pairing& own : memory.pairings().practices) {
    EXPECT_TRUE(own.confirmed);
    EXPECT_EQ(own.sequence, 0u) << "no copy was opened yet";
  }
}

TEST_F(Forged, ThePictureShowsTheRefusalAndTheProgramEndsWithItsCode) {
  const fs_path picture = folder_.path() / "page.png";
  const Outcome refused = run("$VIEWER '" + forged_.string() + "' --passphrase-file '" + (folder_.path() / "phrase").string() +
                              "' --screenshot '" + picture.string() + "'");
  EXPECT_EQ(refused.exit_code, 17) << refused.err;
  EXPECT_GT(std::filesystem::file_size(picture), 10'000u);
  std::filesystem::remove(picture);
  std::filesystem::resize_file(genuine_ / "charts.db", 5000);
  const Outcome broken = run("$VIEWER '" + genuine_.string() + "' --screenshot '" + picture.string() + "'");
  EXPECT_EQ(broken.exit_code, 11) << broken.err;
  EXPECT_TRUE(std::filesystem::exists(picture));
  EXPECT_EQ(run("$VIEWER '" + folder_.path().string() + "/practice/keys' --screenshot '" + picture.string() + "'").exit_code, 14);
}

}  // namespace
