// Scans from end to end, with the real programs: a practice with scans, two nights, a stick, damage.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "app/record/chart_json.h"
#include "app/record/document_list.h"
#include "app/snapshot/manifest_volumes.h"
#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using tests::contents;
using tests::Outcome;
using tests::run;

class DocumentCommands : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new tests::TemporaryFolder;
    tests::write(folder_->path() / "phrase", "lantern copper window seven\n");
    made_ = in_folder("set -e; mkdir stick; $NIGHTCHART practice --patients 25 --seed 3 --out emr.sqlite --documents scans; "
                      "$NIGHTCHART init practice --name 'Elm Street' --time-zone America/New_York --keyholder reception --passphrase-file phrase "
                      "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" --documents scans --copies \"$PWD/copies\"; "
                      "printf '[[destination]]\\nname = \"stick\"\\npath = \"%s/stick\"\\n' \"$PWD\" >>practice/nightchart.toml; " +
                      std::string(kNight));
  }
  static void TearDownTestSuite() { delete folder_; }
  void SetUp() override { ASSERT_EQ(made_.exit_code, 0) << made_.out << made_.err; }

  static Outcome in_folder(const std::string& command) { return run("cd '" + folder_->path().string() + "'; " + command); }
  static std::map<std::string, std::string> volumes(const std::string& place) {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_->path() / place / app::kVolumesFolder)) {
      found[entry.path().filename().string()] = contents(entry.path());
    }
    return found;
  }
  // A patient's MRN and how many documents with pages they have.
  static std::pair<std::string, app::Chart> somebody_with_scans() {
    std::istringstream lines(in_folder("$NIGHTCHART show copies --all --json --passphrase-file phrase").out);
    for (std::string line; std::getline(lines, line);) {
      app::Chart chart = app::parse_chart(line).value();
      const auto listed = app::documents_as_listed(chart);
      if (!listed.empty() && listed[0]->content.state == app::Presence::known) return {chart.mrn, chart};
    }
    return {};
  }

  static constexpr char kNight[] = "$NIGHTCHART night --config practice/nightchart.toml";
  static tests::TemporaryFolder* folder_;
  static Outcome made_;
};
tests::TemporaryFolder* DocumentCommands::folder_ = nullptr;
Outcome DocumentCommands::made_;

TEST_F(DocumentCommands, AScanComesOutOfTheCopyByteForByteAndSaysThatItIsNotEncrypted) {
  const auto [mrn, chart] = somebody_with_scans();
  ASSERT_FALSE(mrn.empty());
  const Outcome shown = in_folder("$NIGHTCHART show copies " + mrn + " --passphrase-file phrase");
  EXPECT_NE(shown.out.find("1. " + app::documents_as_listed(chart)[0]->text), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("pages in the emergency copy"), std::string::npos) << shown.out;
  const Outcome printed = in_folder("$NIGHTCHART print copies document " + mrn + " 1 --out one.pdf --passphrase-file phrase");
  ASSERT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_NE(printed.out.find("NOT encrypted"), std::string::npos) << printed.out;
  const std::string bytes = contents(folder_->path() / "one.pdf");
  bool is_a_scan = false;
  for (const auto& entry : fs::recursive_directory_iterator(folder_->path() / "scans")) {
    is_a_scan = is_a_scan || (entry.is_regular_file() && contents(entry.path()) == bytes);
  }
  EXPECT_TRUE(is_a_scan);
  EXPECT_EQ(in_folder("$NIGHTCHART print copies document " + mrn + " 99 --out no.pdf --passphrase-file phrase").exit_code, 13);
  EXPECT_EQ(in_folder("$NIGHTCHART print copies document " + mrn + " --out no.pdf --passphrase-file phrase").exit_code, 2);
}

TEST_F(DocumentCommands, ASecondNightWritesNoVolumeAndNeitherDoesTheStick) {
  const auto before = volumes("copies"), stick = volumes("stick");
  ASSERT_EQ(before.size(), 1u);
  EXPECT_EQ(before, stick);
  const auto written = fs::last_write_time(folder_->path() / "stick/volumes" / stick.begin()->first);
  const Outcome night = in_folder(std::string(kNight) + " --json");
  ASSERT_EQ(night.exit_code, 0) << night.err;
  EXPECT_NE(night.out.find("\"written_bytes\":0"), std::string::npos) << night.out;
  EXPECT_EQ(volumes("copies"), before);
  EXPECT_EQ(fs::last_write_time(folder_->path() / "stick/volumes" / stick.begin()->first), written);
  EXPECT_EQ(in_folder("$NIGHTCHART verify stick --passphrase-file phrase").exit_code, 0);
}

TEST_F(DocumentCommands, NothingOfAScanStandsInTheClear) {
  for (const char* place : {"copies", "practice", "stick"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder_->path() / place)) {
      if (!entry.is_regular_file() || entry.path().extension() == ".pdf") continue;
      EXPECT_EQ(contents(entry.path()).find("%PDF"), std::string::npos) << entry.path();
    }
  }
}

TEST_F(DocumentCommands, ADamagedVolumeCostsItsPagesOnlyAndTheNextNightMendsItEverywhere) {
  const auto [mrn, chart] = somebody_with_scans();
  for (const char* place : {"copies", "stick"}) {
    auto [name, bytes] = *volumes(place).begin();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
    tests::write(folder_->path() / place / "volumes" / name, bytes);
  }
  const Outcome verified = in_folder("$NIGHTCHART verify copies --passphrase-file phrase");
  EXPECT_EQ(verified.exit_code, 11) << verified.out;
  EXPECT_NE(verified.out.find("PAGES LOST"), std::string::npos) << verified.out;
  EXPECT_NE(verified.out.find("This copy opens"), std::string::npos) << verified.out;
  fs::remove_all(folder_->path() / "stick/volumes");
  const Outcome shown = in_folder("$NIGHTCHART show stick " + mrn + " --passphrase-file phrase");
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_NE(shown.out.find("of this copy is missing or damaged"), std::string::npos) << shown.out;
  const Outcome night = in_folder(kNight);
  ASSERT_EQ(night.exit_code, 0) << night.out << night.err;
  EXPECT_NE(night.out.find("read from the EMR again"), std::string::npos) << night.out;
  EXPECT_EQ(in_folder("$NIGHTCHART verify copies --passphrase-file phrase").exit_code, 0);
  EXPECT_EQ(in_folder("$NIGHTCHART verify stick --passphrase-file phrase").exit_code, 0);
}

}  // namespace
