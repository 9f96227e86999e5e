// The main job from end to end, with the real programs: an EMR's data in, an encrypted copy and paper
// out, found again by a few letters.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "app/record/chart_json.h"
#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using tests::contents;
using tests::Outcome;
using tests::run;
using tests::TemporaryFolder;

constexpr char kPhrase[] = "lantern copper window seven";

// One practice of sixty patients whose night has been run once, shared by all tests here.
class Night : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    tests::write(folder_->path() / "phrase", std::string(kPhrase) + "\n");
    made_ = run("set -e; cd '" + root() + "'; $NIGHTCHART practice --patients 60 --seed 3 --out emr.sqlite; " + init("practice", "copies") +
                "; $NIGHTCHART night --config practice/nightchart.toml");
  }
  static void TearDownTestSuite() { delete folder_; }

  void SetUp() override { ASSERT_EQ(made_.exit_code, 0) << made_.out << made_.err; }

  static std::string root() { return folder_->path().string(); }
  static std::string init(const std::string& practice, const std::string& copies) {
    return "$NIGHTCHART init " + practice + " --name 'Elm Street' --time-zone America/New_York --keyholder reception --passphrase-file phrase "
           "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" --copies \"$PWD/" + copies + "\"";
  }
  static Outcome in_folder(const std::string& command) { return run("cd '" + root() + "'; " + command); }
  static std::set<std::string> copies_in(const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_->path() / folder)) {
      if (entry.path().filename().string()[0] != '.') names.insert(entry.path().filename().string());
    }
    return names;
  }
  static fs::path newest_copy() { return folder_->path() / "copies" / *copies_in("copies").rbegin(); }
  // Every chart of the copy.
  static std::vector<app::Chart> charts() {
    std::vector<app::Chart> all;
    std::istringstream lines(in_folder("$NIGHTCHART show copies --all --json --passphrase-file phrase").out);
    for (std::string line; std::getline(lines, line);) {
      auto chart = app::parse_chart(line);
      EXPECT_TRUE(chart.ok());
      if (chart.ok()) all.push_back(std::move(chart).value());
    }
    return all;
  }

  static TemporaryFolder* folder_;
  static Outcome made_;
};
TemporaryFolder* Night::folder_ = nullptr;
Outcome Night::made_;

TEST_F(Night, SaysWhatItDidInWordsAManagerUnderstands) {
  EXPECT_NE(made_.out.find("Elm Street: the night is done."), std::string::npos) << made_.out;
  EXPECT_NE(made_.out.find("60 patients"), std::string::npos) << made_.out;
  EXPECT_NE(made_.out.find("reception"), std::string::npos) << made_.out;
  EXPECT_NE(made_.out.find(newest_copy().string()), std::string::npos) << made_.out;
}

TEST_F(Night, EveryPatientIsInTheCopyOnceAndIsFoundByNameAndShownByMrn) {
  const auto all = charts();
  ASSERT_EQ(all.size(), 60u);
  std::set<std::string> keys;
  for (const app::Chart& chart : all) keys.insert(chart.emr_key);
  EXPECT_EQ(keys.size(), 60u);
  for (std::size_t i = 0; i < all.size(); i += 13) {
    const std::string& mrn = all[i].mrn;
    const Outcome shown = in_folder("$NIGHTCHART show copies " + mrn + " --passphrase-file phrase");
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_NE(shown.out.find("MRN " + mrn), std::string::npos) << shown.out;
    const std::string family = app::shown_name(all[i]).family;
    const Outcome found = in_folder("$NIGHTCHART find copies --most 60 --passphrase-file phrase -- \"" + family + "\"");
    EXPECT_EQ(found.exit_code, 0) << family << found.err;
    EXPECT_NE(found.out.find("MRN " + mrn), std::string::npos) << family << found.out;
  }
}

TEST_F(Night, VerifyOpensEveryChartAndNamesWhatItCannotOpenWithoutAKey) {
  const Outcome with_key = in_folder("$NIGHTCHART verify copies --passphrase-file phrase");
  EXPECT_EQ(with_key.exit_code, 0) << with_key.err;
  EXPECT_NE(with_key.out.find("all 60 charts"), std::string::npos) << with_key.out;
  const Outcome without = in_folder("$NIGHTCHART verify copies");
  EXPECT_EQ(without.exit_code, 0) << without.err;
  EXPECT_NE(without.out.find("were not opened"), std::string::npos) << without.out;
}

TEST_F(Night, APrintedSheetSaysWhoseItIsAndFromWhen) {
  const std::string mrn = charts().front().mrn;
  const Outcome printed = in_folder("$NIGHTCHART print copies chart " + mrn + " --out sheet.pdf --passphrase-file phrase && qpdf --check sheet.pdf >/dev/null && pdftotext -layout sheet.pdf -");
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_NE(printed.out.find(mrn), std::string::npos) << printed.out;
  EXPECT_NE(printed.out.find("America/New_York"), std::string::npos) << printed.out;
  EXPECT_TRUE(std::regex_search(printed.out, std::regex("[Pp]age 1 of"))) << printed.out;
}

TEST_F(Night, NothingOfAPatientStandsInTheClearAnywhereItWrote) {
  std::set<std::string> canaries;
  for (const app::Chart& chart : charts()) {
    const app::HumanName& name = app::shown_name(chart);
    if (name.family.size() >= 7) canaries.insert(name.family);
    if (chart.mrn.size() >= 6) canaries.insert(chart.mrn);
  }
  ASSERT_GT(canaries.size(), 10u);
  for (const char* place : {"copies", "practice"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder_->path() / place)) {
      if (!entry.is_regular_file()) continue;
      const std::string bytes = contents(entry.path());
      for (const std::string& canary : canaries) {
        EXPECT_EQ(bytes.find(canary), std::string::npos) << entry.path();
      }
    }
  }
  EXPECT_NE(contents(newest_copy() / "charts.db").substr(0, 6), "SQLite");
}

TEST_F(Night, EachFaultHasItsOwnExitCodeAndOneSentenceThatNamesIt) {
  tests::write(folder_->path() / "wrong", "not the phrase\n");
  fs::create_directories(folder_->path() / "empty");
  const std::string with = " --passphrase-file phrase";
  const struct {
    std::string command;
    int code;
    std::string names;
  } faults[] = {
      {"$NIGHTCHART find copies smith --passphrase-file wrong", 10, "passphrase"},
      {"$NIGHTCHART find empty smith" + with, 14, "empty"},
      {"$NIGHTCHART find nowhere smith" + with, 13, "nowhere"},
      {"$NIGHTCHART find copies smith --passphrase-file nofile", 13, "nofile"},
      {"$NIGHTCHART show copies no-such-mrn" + with, 13, "MRN"},
      {"$NIGHTCHART night --config nofile.toml", 13, "nofile.toml"},
      {"$NIGHTCHART find copies", 2, "WORDS"},
  };
  for (const auto& fault : faults) {
    const Outcome outcome = in_folder(fault.command);
    EXPECT_EQ(outcome.exit_code, fault.code) << fault.command << outcome.err;
    EXPECT_NE(outcome.err.find(fault.names), std::string::npos) << fault.command << outcome.err;
    EXPECT_EQ(outcome.out, "") << fault.command;
  }
}

TEST_F(Night, AFailedNightLeavesYesterdaysCopyCurrentAndNothingHalfMade) {
  const auto before = copies_in("copies");
  const Outcome outcome = in_folder("sed 's|emr.sqlite|missing.sqlite|' practice/nightchart.toml >practice/broken.toml; "
                                    "$NIGHTCHART night --config practice/broken.toml");
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_NE(outcome.err.find("missing.sqlite"), std::string::npos) << outcome.err;
  EXPECT_EQ(copies_in("copies"), before);
  for (const auto& entry : fs::directory_iterator(folder_->path() / "copies")) {
    EXPECT_FALSE(entry.is_directory() && entry.path().filename().string()[0] == '.') << entry.path();
  }
  EXPECT_EQ(in_folder("$NIGHTCHART verify copies --passphrase-file phrase").exit_code, 0);
}

TEST_F(Night, ASecondNightIsANewCopyUnderANewKeyAndADestinationGetsItChecked) {
  const auto before = copies_in("copies");
  const Outcome outcome = in_folder("cp practice/nightchart.toml practice/two.toml; mkdir -p stick; "
                                    "printf '[[destination]]\\nname = \"stick\"\\npath = \"%s/stick\"\\n' \"$PWD\" >>practice/two.toml; "
                                    "$NIGHTCHART night --config practice/two.toml");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("stick: copied and checked there"), std::string::npos) << outcome.out;
  const auto after = copies_in("copies");
  EXPECT_EQ(after.size(), before.size() + 1);
  EXPECT_EQ(copies_in("stick"), std::set<std::string>{*after.rbegin()});
  EXPECT_EQ(in_folder("$NIGHTCHART verify stick --passphrase-file phrase").exit_code, 0);
  EXPECT_NE(contents(folder_->path() / "copies" / *after.begin() / "charts.db").substr(0, 16),
            contents(newest_copy() / "charts.db").substr(0, 16));
}

TEST_F(Night, AKeyholderAddedTodayOpensTomorrowsCopy) {
  tests::write(folder_->path() / "doctor", "seven windows copper lantern\n");
  ASSERT_EQ(in_folder("$NIGHTCHART keyholder add doctor --config practice/nightchart.toml --passphrase-file doctor").exit_code, 0);
  EXPECT_EQ(in_folder("$NIGHTCHART verify copies --passphrase-file doctor").exit_code, 10);
  ASSERT_EQ(in_folder("$NIGHTCHART night --config practice/nightchart.toml").exit_code, 0);
  EXPECT_EQ(in_folder("$NIGHTCHART verify copies --passphrase-file doctor").exit_code, 0);
  EXPECT_EQ(in_folder("$NIGHTCHART verify copies --passphrase-file phrase").exit_code, 0);
}

TEST(Programs, ShowNoSqliteSymbolThatAnotherLibraryCouldTakeOver) {
  const Outcome symbols = run("nm -D --defined-only \"$NIGHTCHART\" \"$VIEWER\"; nm -D --undefined-only \"$NIGHTCHART\" \"$VIEWER\"");
  ASSERT_EQ(symbols.exit_code, 0) << symbols.err;
  EXPECT_GT(symbols.out.size(), 1000u);
  EXPECT_EQ(symbols.out.find("sqlite3_"), std::string::npos);
}

TEST(Programs, TheViewerHoldsNoCodeThatWritesACopyOrReadsAnEmr) {
  const Outcome symbols = run("nm -C --defined-only \"$VIEWER\"");
  ASSERT_EQ(symbols.exit_code, 0) << symbols.err;
  EXPECT_NE(symbols.out.find("app::Copy::open"), std::string::npos) << "looked at the wrong program";
  EXPECT_EQ(symbols.out.find("exporter::"), std::string::npos);
}

}  // namespace
