// A laptop that pulls: it gets the newest good copy whole or not at all, goes on where it was cut short, and believes nobody
// but its own practice.
#include "exporter/copy/pull.h"

#include <gtest/gtest.h>

#include "app/snapshot/copy.h"
#include "app/snapshot/fingerprint.h"
#include "app/snapshot/volume_files.h"
#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/night_faults.h"
#include "tests/sftp_server.h"

namespace {

namespace fs = std::filesystem;

// Copies of a practice of three patients with scans, on a "share"; TO is the laptop's own.
class Pull : public testing::Test {
 protected:
  void night() {
    practice_.scan_something();
    ASSERT_EQ(tests::run("$NIGHTCHART night --config " + practice_.config().string()).exit_code, 0);
  }
  tests::Outcome pull(const std::string& more = "") const { return tests::run("$NIGHTCHART pull " + share_.string() + " " + to_.string() + " " + more); }
  std::string newest_there() const { return app::list_copies(share_).front().folder.filename().string(); }
  std::string newest_here() const { return tests::newest_copy_to_the_last_chart(to_); }
  void ruin(const fs::path& file) const {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(5000);
    bytes << "rot";
  }
  // Another practice's copy under a high number, or the one after `last`.
  fs::path put_stranger(int last = 900) const {
    const fs::path other = practice_.beside() / "other";
    const auto practice = tests::make_practice(other);
    EXPECT_TRUE(practice.ok());
    tests::write(other / "sequence.json", "{\"sequence\":" + std::to_string(last) + "}\n");
    const auto copy = tests::run_small_night(practice.value(), tests::invented_charts(5));
    EXPECT_TRUE(copy.ok());
    fs::copy(copy.value(), share_ / copy.value().filename(), fs::copy_options::recursive);
    return share_ / copy.value().filename();
  }

  const tests::SmallPractice practice_{{.emr = tests::SmallEmr::fhir, .destinations = 1}};
  const fs::path share_ = practice_.root() / "stick";
  const fs::path to_ = practice_.beside() / "laptop";
};

TEST_F(Pull, BringsTheNewestCopyWholeAndOfTheVolumesOnlyWhatIsNew) {
  night();
  const auto first = pull();
  ASSERT_EQ(first.exit_code, 0) << first.out << first.err;
  EXPECT_NE(first.out.find("THE FIRST TIME"), std::string::npos) << first.out;
  EXPECT_EQ(newest_here(), newest_there());
  std::map<fs::path, fs::file_time_type> before;
  for (const auto& file : fs::directory_iterator(to_ / app::kVolumesFolder)) before[file.path()] = fs::last_write_time(file.path());
  ASSERT_FALSE(before.empty());
  const auto nothing = pull();
  EXPECT_EQ(nothing.exit_code, 0);
  EXPECT_NE(nothing.out.find("Nothing new"), std::string::npos) << nothing.out;
  night();
  const auto second = pull();
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(second.out.find("THE FIRST TIME"), std::string::npos) << second.out;
  EXPECT_EQ(newest_here(), newest_there());
  for (const auto& [file, was] : before) EXPECT_EQ(fs::last_write_time(file), was) << file;
  for (const auto& entry : fs::recursive_directory_iterator(to_)) EXPECT_FALSE(entry.path().filename().string().starts_with(".pulling-")) << entry.path();
}

TEST_F(Pull, WritesNothingWhereItPullsFrom) {
  night();
  std::map<std::string, std::string> before;
  const auto look = [&] {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(share_)) files[entry.path().string()] = entry.is_regular_file() ? tests::contents(entry.path()) : "";
    return files;
  };
  before = look();
  ASSERT_EQ(pull().exit_code, 0);
  EXPECT_EQ(look(), before);
}

TEST_F(Pull, GoesOnWithTheFileWhereItWasCutShort) {
  night();
  const std::string name = newest_there();
  const fs::path half = to_ / (".pulling-" + name);
  fs::create_directories(half);
  const std::string whole = tests::contents(share_ / name / "charts.db");
  tests::write(half / "charts.db", whole.substr(0, whole.size() / 2));
  auto outcome = pull("--json");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("\"resumed_bytes\":" + std::to_string(whole.size() / 2)), std::string::npos) << outcome.out;
  EXPECT_EQ(newest_here(), name);
  // What lies there half may be rubbish: then it is fetched anew.
  fs::remove_all(to_);
  fs::create_directories(half);
  tests::write(half / "charts.db", std::string(whole.size() / 2, 'x'));
  outcome = pull("--json");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(newest_here(), name);
}

TEST_F(Pull, OfADamagedCopyTakesTheOlderOneAndSaysSo) {
  const std::string good = newest_there();
  night();
  const std::string bad = newest_there();
  ASSERT_NE(good, bad);
  ruin(share_ / bad / "charts.db");
  const auto outcome = pull();
  EXPECT_EQ(outcome.exit_code, 11) << outcome.out;
  EXPECT_NE(outcome.err.find("NOT the newest copy: " + bad), std::string::npos) << outcome.err;
  EXPECT_EQ(newest_here(), good);
  // A night later all is well.
  night();
  EXPECT_EQ(pull().exit_code, 0);
  EXPECT_EQ(newest_here(), newest_there());
}

TEST_F(Pull, BringsTheChartsAlthoughAVolumeCannotBeHadAndSaysSo) {
  night();
  for (const auto& file : fs::directory_iterator(share_ / app::kVolumesFolder)) ruin(file.path());
  const auto outcome = pull();
  EXPECT_EQ(outcome.exit_code, 11) << outcome.out;
  EXPECT_NE(outcome.err.find("not all pages of documents"), std::string::npos) << outcome.err;
  const auto here = app::read_copy(to_, app::Check::files);
  ASSERT_TRUE(here.ok());
  EXPECT_EQ(here.value().folder.filename(), newest_there());
}

TEST_F(Pull, RefusesAnotherPracticesCopyWhateverItsNumber) {
  ASSERT_EQ(pull().exit_code, 0);
  const std::string ours = newest_here();
  const fs::path stranger = put_stranger();
  const auto outcome = pull();
  EXPECT_EQ(outcome.exit_code, 11) << outcome.out;
  EXPECT_NE(outcome.err.find("another key than this practice's"), std::string::npos) << outcome.err;
  EXPECT_EQ(newest_here(), ours);
  EXPECT_FALSE(fs::exists(to_ / stranger.filename()));
  // Alone on the share it is not believed either.
  for (const app::FoundCopy& copy : app::list_copies(share_)) {
    if (copy.folder != stranger) fs::remove_all(copy.folder);
  }
  EXPECT_EQ(pull().exit_code, 17);
  EXPECT_EQ(newest_here(), ours);
}

TEST_F(Pull, TheFirstTimeTakesNobodyOfTwoUnlessItIsToldWhom) {
  put_stranger();
  EXPECT_EQ(pull().exit_code, 17);
  const auto ours = app::read_copy(practice_.copies(), app::Check::sizes);
  ASSERT_TRUE(ours.ok());
  const auto told = pull("--fingerprint '" + app::format_fingerprint(ours.value().manifest.verifying_key) + "'");
  EXPECT_EQ(newest_here(), ours.value().folder.filename().string()) << told.err;
}

TEST_F(Pull, FollowsAnExporterThatWasReplacedWhenItIsToldSoAndOnlyThen) {
  const std::string first = newest_there();
  fs::copy(share_ / first, practice_.beside() / first, fs::copy_options::recursive);
  night();
  night();
  ASSERT_EQ(pull().exit_code, 0);
  const std::string ours = newest_here();
  const fs::path fresh = put_stranger(0);
  const auto other = app::read_copy(fresh, app::Check::sizes);
  ASSERT_TRUE(other.ok());
  ASSERT_EQ(other.value().manifest.sequence, 1u);
  const std::string theirs = "--fingerprint '" + app::format_fingerprint(other.value().manifest.verifying_key) + "'";
  const auto own = app::read_copy(to_ / ours, app::Check::sizes);
  ASSERT_TRUE(own.ok());
  const auto told = pull(theirs);
  EXPECT_EQ(told.exit_code, 0) << told.out << told.err;
  EXPECT_NE(told.out.find("THE SIGNER WAS REPLACED"), std::string::npos) << told.out;
  EXPECT_TRUE(fs::exists(to_ / fresh.filename() / "charts.db"));
  // It is said once; nor is it needed again.
  const auto again = pull(theirs);
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_EQ(again.out.find("REPLACED"), std::string::npos) << again.out;
  for (const app::FoundCopy& copy : app::list_copies(share_)) {
    if (copy.folder != fresh) fs::remove_all(copy.folder);
  }
  EXPECT_EQ(pull().exit_code, 0);
  // The one before is remembered: nobody goes back behind its number either.
  for (const app::FoundCopy& copy : app::list_copies(to_)) fs::remove_all(copy.folder);
  fs::remove_all(share_ / fresh.filename());
  fs::rename(practice_.beside() / first, share_ / first);
  const auto back = pull("--fingerprint '" + app::format_fingerprint(own.value().manifest.verifying_key) + "'");
  EXPECT_EQ(back.exit_code, 17) << back.out << back.err;
  EXPECT_NE(back.err.find("older than one that was here before"), std::string::npos) << back.err;
}

// What a bad sector, or a share's refusal, looks like to whoever reads there.
TEST_F(Pull, OfACopyOfWhichAFileCannotBeReadTakesTheOlderOneAndSaysSo) {
  const std::string good = newest_there();
  night();
  const std::string bad = newest_there();
  fs::remove(share_ / bad / "charts.db");
  fs::create_symlink("/proc/self/mem", share_ / bad / "charts.db");
  const auto outcome = pull();
  EXPECT_EQ(outcome.exit_code, 11) << outcome.out << outcome.err;
  EXPECT_NE(outcome.err.find("NOT the newest copy: " + bad), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("cannot be read"), std::string::npos) << outcome.err;
  EXPECT_EQ(newest_here(), good);
}

TEST_F(Pull, DoesNotBlameTheRoomWhenTheSystemRefusesAFile) {
  // A folder in the way of the file that is to be written.
  const std::string name = newest_there();
  const fs::path in_the_way = to_ / (".pulling-" + name) / "charts.db";
  fs::create_directories(in_the_way / "x");
  const auto refused = pull();
  EXPECT_EQ(refused.exit_code, 16) << refused.out << refused.err;
  EXPECT_EQ(refused.err.find("room"), std::string::npos) << refused.err;
}

TEST_F(Pull, RefusesAShareThatWasRolledBackOrWhoseManifestWasChanged) {
  night();
  ASSERT_EQ(pull().exit_code, 0);
  const std::string newest = newest_here();
  fs::rename(share_ / newest, practice_.beside() / newest);
  const auto back = pull();
  EXPECT_EQ(back.exit_code, 17) << back.out;
  EXPECT_NE(back.err.find("older than one that was here before"), std::string::npos) << back.err;
  // Also when somebody emptied the laptop's own folder of it.
  fs::remove_all(to_ / newest);
  EXPECT_EQ(pull().exit_code, 17);
  fs::rename(practice_.beside() / newest, share_ / newest);
  std::string manifest = tests::contents(share_ / newest / "manifest.json");
  tests::write(share_ / newest / "manifest.json", manifest.replace(manifest.find("\"patients\":3"), 12, "\"patients\":4"));
  EXPECT_EQ(pull().exit_code, 17);
  EXPECT_FALSE(fs::exists(to_ / newest));
}

TEST_F(Pull, RefusesACopyUnderAnotherCopysName) {
  const std::string old = newest_there();
  night();
  const std::string name = newest_there();
  fs::remove_all(share_ / name);
  fs::rename(share_ / old, share_ / name);
  EXPECT_EQ(pull().exit_code, 17);
}

TEST_F(Pull, PullsAnewWhatWasDamagedHere) {
  ASSERT_EQ(pull().exit_code, 0);
  ruin(to_ / newest_there() / "charts.db");
  const auto outcome = pull();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("Pulled "), std::string::npos) << outcome.out;
  EXPECT_EQ(newest_here(), newest_there());
}

TEST_F(Pull, KeepsSoManyNightsAsItIsToldAndNoVolumeThatNobodyNames) {
  for (int i = 0; i < 4; ++i) {
    night();
    ASSERT_EQ(pull("--keep 2").exit_code, 0);
  }
  EXPECT_EQ(app::list_copies(to_).size(), 2u);
  EXPECT_EQ(newest_here(), newest_there());
  const auto info = app::read_copy(to_, app::Check::hashes);
  ASSERT_TRUE(info.ok());
  for (const app::FoundVolume& volume : info.value().volumes) EXPECT_FALSE(volume.fault);
}

TEST_F(Pull, BringsACopyFromARemoteAndGoesOnThereToo) {
  night();
  const fs::path served = practice_.beside() / "served";
  fs::create_directories(served);
  fs::copy(share_, served / "copies", fs::copy_options::recursive);
  tests::SftpServer server(served, practice_.beside());
  const std::string name = newest_there();
  const fs::path half = to_ / (".pulling-" + name);
  fs::create_directories(half);
  const std::string whole = tests::contents(share_ / name / "charts.db");
  tests::write(half / "charts.db", whole.substr(0, whole.size() / 2));
  const auto outcome = tests::run("$NIGHTCHART pull office:copies " + to_.string() + " --json --rclone-config " + server.config().string());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("\"resumed_bytes\":" + std::to_string(whole.size() / 2)), std::string::npos) << outcome.out;
  EXPECT_EQ(newest_here(), name);
  server.stop();
  const auto away = tests::run("$NIGHTCHART pull office:copies " + to_.string() + " --rclone-config " + server.config().string());
  EXPECT_EQ(away.exit_code, 16) << away.out;
  EXPECT_EQ(newest_here(), name);
}

}  // namespace
