// A destination that rclone reaches, on a real SFTP server on this machine.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "app/snapshot/copy.h"
#include "app/snapshot/receipt.h"
#include "exporter/report/receipts.h"
#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/night_faults.h"
#include "tests/sftp_server.h"

namespace {

namespace fs = std::filesystem;

class RemoteDestination : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(there_);
    server_ = std::make_unique<tests::SftpServer>(practice_.beside() / "served", practice_.beside());
    tests::write(practice_.config(), tests::contents(practice_.config()) + "\n[[destination]]\nname = \"second office\"\nkind = \"rclone\"\nremote = \"office:copies\"\nconfig = \"" +
                                         server_->config().string() + "\"\nkeep = { nights = 1, weeks = 0, months = 0, years = 0, floor = 2 }\n");
  }
  tests::Outcome night() {
    practice_.scan_something();
    return tests::run("$NIGHTCHART night --config " + practice_.config().string());
  }
  // Whole, as a laptop would find it there.
  std::string newest() const { return tests::newest_copy_to_the_last_chart(there_); }
  std::string newest_here() const { return tests::newest_whole_copy(practice_.copies()); }
  std::vector<fs::path> volumes() const {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(there_ / "volumes")) files.push_back(file.path());
    return files;
  }

  const tests::SmallPractice practice_{{.emr = tests::SmallEmr::fhir, .destinations = 1}};
  const fs::path there_ = practice_.beside() / "served/copies";
  std::unique_ptr<tests::SftpServer> server_;
};

TEST_F(RemoteDestination, GetsEveryCopyWholeAndOfTheVolumesOnlyWhatIsNew) {
  auto outcome = night();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("second office: copied and checked there"), std::string::npos) << outcome.out;
  EXPECT_EQ(newest(), newest_here());
  std::map<fs::path, fs::file_time_type> before;
  for (const fs::path& file : volumes()) before[file] = fs::last_write_time(file);
  ASSERT_FALSE(before.empty());
  outcome = night();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_EQ(newest(), newest_here());
  std::size_t stayed = 0;
  for (const auto& [file, was] : before) stayed += fs::exists(file) && fs::last_write_time(file) == was;
  EXPECT_EQ(stayed, before.size()) << "what lay there already was sent again";
  EXPECT_GT(volumes().size(), before.size());
}

TEST_F(RemoteDestination, KeepsWhatItsOwnPolicySaysAndDropsVolumesThatNobodyNames) {
  for (int i = 0; i < 4; ++i) ASSERT_EQ(night().exit_code, 0);
  EXPECT_EQ(app::list_copies(there_).size(), 2u);
  EXPECT_EQ(newest(), newest_here());
  EXPECT_GE(app::list_copies(practice_.copies()).size(), 4u);
  std::set<std::string> named;
  for (const app::FoundCopy& copy : app::list_copies(there_)) {
    const auto info = app::read_copy(copy.folder, app::Check::hashes);
    ASSERT_TRUE(info.ok());
    for (const auto& volume : info.value().manifest.volumes) named.insert(volume.name + ".db");
  }
  for (const fs::path& file : volumes()) EXPECT_TRUE(named.count(file.filename().string()) != 0) << file;
  EXPECT_EQ(volumes().size(), named.size());
  const auto listed = tests::run("$NIGHTCHART rotate --dry-run --destination 'second office' --config " + practice_.config().string());
  EXPECT_EQ(listed.exit_code, 0) << listed.err;
  EXPECT_NE(listed.out.find("second office: 2 copies, of which 0 would be removed"), std::string::npos) << listed.out;
  EXPECT_NE(tests::contents(practice_.root() / "practice/removals.log").find("removed from second office"), std::string::npos);
}

TEST_F(RemoteDestination, ThatIsOutOfReachIsSaidAndTheOthersGetTheirs) {
  ASSERT_EQ(night().exit_code, 0);
  const std::string before = newest();
  server_->stop();
  const auto outcome = night();
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_NE(outcome.out.find("NOT copied to second office"), std::string::npos) << outcome.out;
  EXPECT_EQ(tests::newest_whole_copy(practice_.root() / "stick"), newest_here());
  EXPECT_EQ(newest(), before);
  server_->start();
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_EQ(newest(), newest_here());
}

TEST_F(RemoteDestination, MendsWhatATransferThatWasCutShortOrADiskLeftThere) {
  ASSERT_EQ(night().exit_code, 0);
  const auto files = volumes();
  ASSERT_FALSE(files.empty());
  // Half a volume, and half a copy.
  fs::resize_file(files.front(), fs::file_size(files.front()) / 2);
  fs::create_directories(there_ / ".incoming-2020-01-01T000000Z-000001");
  tests::write(there_ / ".incoming-2020-01-01T000000Z-000001/charts.db", "half");
  auto outcome = night();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_EQ(newest(), newest_here());
  EXPECT_FALSE(fs::exists(there_ / ".incoming-2020-01-01T000000Z-000001/charts.db"));
  // A volume of the right size with a byte that rotted.
  {
    std::fstream file(files.front(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(5000);
    file << "rot";
  }
  outcome = night();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  const auto info = app::read_copy(there_, app::Check::hashes);
  ASSERT_TRUE(info.ok());
  for (const app::FoundVolume& volume : info.value().volumes) EXPECT_FALSE(volume.fault) << volume.fault->what;
}

TEST_F(RemoteDestination, GivesBackTheReceiptsThatLaptopsLeftThere) {
  ASSERT_EQ(night().exit_code, 0);
  const std::uint64_t number = app::list_copies(practice_.copies()).front().sequence;
  const auto key = exporter::make_receipt_key(practice_.root() / "practice", number);
  ASSERT_TRUE(key.ok());
  fs::create_directories(there_ / app::kReceiptsFolder);
  for (const char* laptop : {"North laptop", "South laptop"}) {
    tests::write(there_ / app::kReceiptsFolder / app::receipt_file_name(laptop), app::format_receipt({laptop, number, {}, app::now()}, key.value()));
  }
  tests::write(there_ / app::kReceiptsFolder / "forged.json", app::format_receipt({"Forged laptop", number, {}, app::now()}, std::string(64, '8')));
  const auto status = tests::run("$NIGHTCHART status --config " + practice_.config().string());
  for (const char* laptop : {"North laptop", "South laptop"}) EXPECT_NE(status.out.find(laptop), std::string::npos) << status.out;
  EXPECT_EQ(status.out.find("Forged"), std::string::npos) << status.out;
  server_->stop();
  const auto away = tests::run("$NIGHTCHART status --config " + practice_.config().string());
  EXPECT_NE(away.out.find("second office"), std::string::npos) << away.out << away.err;
}

TEST_F(RemoteDestination, CountsNoCopyAsGoodWhoseManifestLiesInAnotherFolder) {
  ASSERT_EQ(night().exit_code, 0);
  ASSERT_EQ(night().exit_code, 0);
  const auto copies = app::list_copies(there_);
  ASSERT_EQ(copies.size(), 2u);
  fs::create_directories(there_ / "elsewhere");
  fs::rename(copies[0].folder / "manifest.json", there_ / "elsewhere/manifest.json");
  const auto listed = tests::run("$NIGHTCHART rotate --dry-run --destination 'second office' --config " + practice_.config().string());
  EXPECT_NE(listed.out.find("Files of it are missing"), std::string::npos) << listed.out << listed.err;
}

TEST(MustBeMounted, SaysOfAFolderOnTheCopiesOwnDiskThatTheStickIsNotPluggedIn) {
  const tests::SmallPractice practice({.destinations = 1});
  std::string text = tests::contents(practice.config());
  const std::string key = "path = \"" + (practice.root() / "stick").string() + "\"\n";
  ASSERT_NE(text.find(key), std::string::npos);
  tests::write(practice.config(), text.insert(text.find(key), "must_be_mounted = true\n"));
  const auto outcome = tests::run("$NIGHTCHART night --config " + practice.config().string());
  EXPECT_EQ(outcome.exit_code, 13) << outcome.out;
  EXPECT_NE(outcome.out.find("Nothing is mounted on"), std::string::npos) << outcome.out;
  EXPECT_EQ(app::list_copies(practice.root() / "stick").size(), 1u) << "only the one from before the setting";
}

}  // namespace
