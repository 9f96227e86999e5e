// The record of looks from the laptop's viewer to the privacy officer's list, with the real programs.
#include <gtest/gtest.h>

#include <regex>

#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using tests::Outcome;
using tests::run;

constexpr const char* kPhrase = "lantern drizzle copper anchovy";
constexpr const char* kOfficersPhrase = "walnut harbour spindle comet";

class LogCommands : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new tests::TemporaryFolder;
    tests::write(folder_->path() / "phrase", std::string(kPhrase) + "\n");
    tests::write(folder_->path() / "officer", std::string(kOfficersPhrase) + "\n");
    made_ = in_folder(
        "set -e; $NIGHTCHART practice --patients 5 --seed 3 --out emr.sqlite; "
        "$NIGHTCHART init practice --name Elm --time-zone America/New_York --keyholder reception --passphrase-file "
        "phrase "
        "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" --copies \"$PWD/copies\"; "
        "$NIGHTCHART log officer 'Dr. Reyes' --passphrase-file officer --config practice/nightchart.toml; "
        "$NIGHTCHART night --config practice/nightchart.toml; "
        "$NIGHTCHART show copies --all --json --passphrase-file phrase | head -1 > one.json");
  }
  static void TearDownTestSuite() { delete folder_; }
  void SetUp() override { ASSERT_EQ(made_.exit_code, 0) << made_.err; }
  static Outcome in_folder(const std::string& command) {
    return run("cd '" + folder_->path().string() + "'; export XDG_STATE_HOME=\"$PWD/state\"; " + command);
  }
  static Outcome look(const std::string& mrn) {
    return in_folder("$VIEWER copies --passphrase-file phrase --open " + mrn + " --screenshot picture.png");
  }
  static std::string member_of_first(const std::string& name) {
    std::smatch found;
    const std::string json = tests::contents(folder_->path() / "one.json");
    return std::regex_search(json, found, std::regex("\"" + name + "\":\"([^\"]+)\"")) ? found[1].str() : "";
  }
  static Outcome read(const std::string& more = "") {
    return in_folder("$NIGHTCHART log read --config practice/nightchart.toml --passphrase-file officer " + more);
  }
  static fs::path log() { return folder_->path() / "state" / "nightchart" / "access.log"; }

  static tests::TemporaryFolder* folder_;
  static Outcome made_;
};
tests::TemporaryFolder* LogCommands::folder_ = nullptr;
Outcome LogCommands::made_;

TEST_F(LogCommands, AChartThatTheViewerShowedIsInTheOfficersListAndNoOtherKeyReadsIt) {
  fs::remove(log());
  const std::string mrn = member_of_first("mrn"), family = member_of_first("family");
  ASSERT_EQ(look(mrn).exit_code, 0);
  EXPECT_EQ(tests::contents(log()).find(mrn), std::string::npos);
  const Outcome said = read();
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_NE(said.out.find("reception  opened"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("viewed"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("MRN " + mrn), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("The chain is whole."), std::string::npos) << said.out;
  const Outcome list = read("--patients");
  EXPECT_NE(list.out.find("1 patient's chart was opened"), std::string::npos) << list.out;
  EXPECT_NE(list.out.find("[ ]  "), std::string::npos) << list.out;
  EXPECT_NE(read("--json").out.find("\"mrn\":\"" + mrn + "\""), std::string::npos);
  EXPECT_EQ(in_folder("$NIGHTCHART log read --config practice/nightchart.toml --passphrase-file phrase").exit_code, 10)
      << "a keyholder's passphrase opens copies, not the record";
  EXPECT_NE(in_folder("$NIGHTCHART show copies --all --passphrase-file officer").exit_code, 0)
      << "and the officer's opens no copy";
}

TEST_F(LogCommands, WhatTheCommandsShowAndPrintIsRecordedBeforeItIsShown) {
  fs::remove(log());
  const std::string mrn = member_of_first("mrn"), with = " --passphrase-file phrase ";
  EXPECT_EQ(in_folder("$NIGHTCHART find copies zzyzx" + with).exit_code, 13);
  ASSERT_EQ(in_folder("$NIGHTCHART show copies " + mrn + with).exit_code, 0);
  ASSERT_EQ(in_folder("$NIGHTCHART print copies chart " + mrn + with + "--out c.pdf").exit_code, 0);
  ASSERT_EQ(in_folder("$NIGHTCHART print copies schedule" + with + "--out s.pdf").exit_code, 0);
  ASSERT_EQ(in_folder("$NIGHTCHART show copies --all --json" + with).exit_code, 0);
  ASSERT_EQ(in_folder("$VIEWER copies --find yyz --screenshot picture.png" + with).exit_code, 0);
  const std::string said = read().out;
  std::size_t at = 0;
  for (const std::string words : {"searched", "zzyzx", "viewed", mrn.c_str(), "printed", mrn.c_str(), "the schedule",
                                  "every chart of the copy", "opened", "yyz"}) {
    at = said.find(words, at);
    ASSERT_NE(at, std::string::npos) << words << " is missing in its place:\n" << said;
  }
}

TEST_F(LogCommands, WhereNoRecordCanBeKeptACommandShowsNothingWithoutAReason) {
  const std::string mrn = member_of_first("mrn");
  const std::string show = "rm -rf shut; echo x > shut; $NIGHTCHART show copies " + mrn + " --passphrase-file phrase --memory shut ";
  const Outcome refused = in_folder(show);
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_EQ(refused.out.find("Born"), std::string::npos) << refused.out;
  EXPECT_NE(refused.err.find("--unrecorded REASON"), std::string::npos) << refused.err;
  EXPECT_NE(in_folder(show + "--unrecorded x").exit_code, 0) << "a slip of the finger is no reason";
  const Outcome shown = in_folder(show + "--unrecorded 'the other laptop is empty'");
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_NE(shown.out.find("Born"), std::string::npos);
  EXPECT_NE(shown.err.find("NOT RECORDED"), std::string::npos) << shown.err;
}

TEST_F(LogCommands, TheListToReconcileHasABoxForEachPatient) {
  fs::remove(log());
  const std::string mrn = member_of_first("mrn");
  ASSERT_EQ(look(mrn).exit_code, 0);
  const Outcome all = read("--reconcile");
  EXPECT_NE(all.out.find("Nobody marked the beginning of an outage"), std::string::npos) << all.out;
  EXPECT_NE(all.out.find("Patients whose chart was looked at: 1\n[ ]  "), std::string::npos) << all.out;
  EXPECT_NE(all.out.find("MRN " + mrn + "  viewed 1 time  "), std::string::npos) << all.out;
}

TEST_F(LogCommands, AChangedLogIsSaidWithAnExitCodeOfItsOwn) {
  fs::remove(log());
  const std::string mrn = member_of_first("mrn");
  ASSERT_EQ(look(mrn).exit_code, 0);
  ASSERT_EQ(look(mrn).exit_code, 0);
  const std::string whole = tests::contents(log());
  tests::write(log(), whole.substr(whole.find('\n') + 1));
  const Outcome cut = read();
  EXPECT_EQ(cut.exit_code, 11);
  EXPECT_NE(cut.out.find("THE LOG WAS CHANGED"), std::string::npos) << cut.out;
}

TEST_F(LogCommands, AnOfficerIsNamedOnceUnlessANewKeyIsAskedForAndTheOldOneIsKept) {
  const std::string again =
      "$NIGHTCHART log officer 'Dr. Osei' --passphrase-file officer --config practice/nightchart.toml";
  EXPECT_EQ(in_folder(again).exit_code, 22);
  EXPECT_EQ(in_folder(again + " --anew").exit_code, 0);
  std::size_t keys = 0;
  for (const auto& entry : fs::directory_iterator(folder_->path() / "practice" / "keys"))
    keys += entry.path().filename().string().starts_with("privacy-officer") ? 1 : 0;
  EXPECT_EQ(keys, 2u);
}

}  // namespace
