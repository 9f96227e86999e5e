// What a drill must not let pass: a place that was rolled back, a drill that could not begin, what a killed one leaves behind.
#include <gtest/gtest.h>
#include <sqlcipher/sqlite3.h>

#include <algorithm>

#include "app/snapshot/copy.h"
#include "exporter/child_process_posix.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/copy/publish.h"
#include "exporter/report/drill_jail_posix.h"
#include "exporter/report/drill_result.h"
#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/night_faults.h"
#include "tests/running_program_posix.h"
#include "tests/sftp_server.h"

namespace {

namespace fs = std::filesystem;

class DrillPlaces : public testing::TestWithParam<tests::SmallEmr> {
 protected:
  void SetUp() override { tests::write(passphrase_, std::string(tests::kPassphrase) + "\n"); }
  tests::Outcome night() const {
    practice_.scan_something();
    return tests::run("$NIGHTCHART night --config " + practice_.config().string());
  }
  tests::Outcome drill(const std::string& more = "") const {
    return tests::run("$NIGHTCHART drill --config " + practice_.config().string() + " --passphrase-file " + passphrase_.string() + " " + more);
  }
  tests::Outcome check(const std::string& more = "") const { return tests::run("$NIGHTCHART drill --check --config " + practice_.config().string() + " " + more); }
  void configure(const std::string& more) const { tests::write(practice_.config(), tests::contents(practice_.config()) + "\n" + more); }
  void set(const std::string& table, const std::string& line) const {
    std::string text = tests::contents(practice_.config());
    const auto at = text.find("\n[" + table + "]");
    ASSERT_NE(at, std::string::npos) << table;
    tests::write(practice_.config(), text.insert(text.find('\n', at + 1) + 1, line + "\n"));
  }
  void change_emr(const std::string& statement) const {
    sqlite3* emr = nullptr;
    ASSERT_EQ(sqlite3_open(practice_.emr().c_str(), &emr), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(emr, statement.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(emr);
    EXPECT_GT(sqlite3_changes(emr), 0) << statement;
    sqlite3_close(emr);
  }

  const tests::SmallPractice practice_{{.emr = GetParam(), .destinations = 1, .keeps_every_copy = true}};
  const fs::path passphrase_ = practice_.beside() / "passphrase";
  const fs::path stick_ = practice_.root() / "stick";
};

using DrillOfFiles = DrillPlaces;
INSTANTIATE_TEST_SUITE_P(Emrs, DrillOfFiles, testing::Values(tests::SmallEmr::sqlite));

TEST_P(DrillOfFiles, FailsWhereTheNewestCopyThatWasCheckedThereIsGone) {
  ASSERT_EQ(night().exit_code, 0);
  ASSERT_EQ(drill().exit_code, 0);
  const fs::path newest = app::list_copies(stick_).front().folder;
  fs::rename(newest, practice_.beside() / newest.filename());
  const auto back = drill();
  EXPECT_EQ(back.exit_code, 21) << back.out;
  EXPECT_NE(back.out.find("FAILED  stick"), std::string::npos) << back.out;
  EXPECT_NE(back.out.find("older than one that was copied there and checked"), std::string::npos) << back.out;
  EXPECT_NE(back.out.find("PASSED  the folder of copies"), std::string::npos) << back.out;
  fs::rename(practice_.beside() / newest.filename(), newest);
  EXPECT_EQ(drill().exit_code, 0);
}

TEST_P(DrillOfFiles, PassesAlthoughTheEmrCorrectedANameAndABirthDateSince) {
  const auto info = app::read_copy(practice_.copies(), app::Check::sizes);
  ASSERT_TRUE(info.ok());
  ASSERT_TRUE(tests::wait_until([&] { return app::now().s > info.value().manifest.as_of.s; }));
  change_emr("UPDATE patient_names SET family = 'Umbenannt', given = 'Xaveria', whole = 'Xaveria Umbenannt'");
  change_emr("UPDATE patients SET born = '1931-12-24'");
  const auto outcome = drill();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("3 of 3 patients found"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("identity"), std::string::npos) << outcome.out;
}

TEST_P(DrillOfFiles, ThatCouldNotBeginIsKeptAndTold) {
  ASSERT_EQ(drill().exit_code, 0);
  set("drill", "passphrase_file = \"" + (practice_.beside() / "stick/away").string() + "\"");
  set("report", "on_failure = 'touch " + (practice_.beside() / "heard").string() + "'");
  const auto status = [&] { return tests::run("$NIGHTCHART status --config " + practice_.config().string()); };
  const auto away = tests::run("$NIGHTCHART drill --config " + practice_.config().string());
  EXPECT_EQ(away.exit_code, 13) << away.out << away.err;
  EXPECT_NE(away.out.find("Drill no. 2"), std::string::npos) << away.out;
  EXPECT_NE(away.out.find("FAILED  the drill"), std::string::npos) << away.out;
  EXPECT_TRUE(fs::exists(practice_.beside() / "heard"));
  EXPECT_NE(status().out.find("COULD NOT BEGIN"), std::string::npos) << status().out;
  EXPECT_EQ(status().exit_code, 2);
  EXPECT_EQ(check().exit_code, 0);
  // While another one runs.
  fs::remove(practice_.beside() / "heard");
  {
    const auto lock = exporter::FileLock::take(practice_.root() / "practice/.drill.lock", "a drill");
    ASSERT_TRUE(lock.ok());
    const auto busy = drill();
    EXPECT_EQ(busy.exit_code, 20) << busy.out;
    EXPECT_NE(busy.out.find("Another drill"), std::string::npos) << busy.out;
    EXPECT_TRUE(fs::exists(practice_.beside() / "heard"));
  }
  // Without the signing key there is no result to sign; it is told all the same.
  fs::remove(practice_.beside() / "heard");
  const fs::path key = practice_.root() / "practice/keys/signing.key";
  fs::rename(key, practice_.beside() / "signing.key");
  const auto unsigned_one = drill();
  EXPECT_NE(unsigned_one.exit_code, 0);
  EXPECT_TRUE(fs::exists(practice_.beside() / "heard"));
  EXPECT_NE(status().out.find("COULD NOT BEGIN"), std::string::npos) << status().out;
  fs::rename(practice_.beside() / "signing.key", key);
  // One that is held makes it good.
  EXPECT_EQ(drill().exit_code, 0);
  EXPECT_EQ(status().out.find("COULD NOT BEGIN"), std::string::npos) << status().out;
  EXPECT_EQ(check().exit_code, 0) << check().out;
}

TEST_P(DrillOfFiles, ItsResultsAreCheckedInTheOrderOfTheirNumbersAndUnderTheirOwnNames) {
  const fs::path drills = practice_.root() / "practice/drills";
  exporter::Drill drill;
  drill.places.emplace_back();
  drill.places.back().name = exporter::kFolderOfCopies;
  std::vector<fs::path> files;
  for (const std::int64_t began : {1'790'000'000, 1'780'000'000, 1'790'000'100}) {  // the clock went back
    drill.began = {began};
    drill.number = 0;
    const auto file = exporter::keep_result(practice_.root() / "practice", "Elm", drill);
    ASSERT_TRUE(file.ok()) << file.error().what;
    files.push_back(file.value());
  }
  EXPECT_EQ(check().exit_code, 0) << check().out;
  const auto lists = [&](const std::string& words) {
    const auto outcome = check();
    return outcome.exit_code == 17 && outcome.out.find(words) != std::string::npos;
  };
  const fs::path later = drills / "2027-11-22T120000Z-000002.json";
  fs::rename(files[1], later);
  EXPECT_TRUE(lists("It did not begin when its name says")) << check().out;
  fs::copy_file(later, files[1]);
  EXPECT_TRUE(lists("000002.json  It did not begin when its name says")) << check().out;
  fs::remove(later);
  EXPECT_EQ(check().exit_code, 0);
  // Signed by the practice, as a backup's may be, and of a number that is there already.
  fs::remove(files[2]);
  drill.began = {1'790'000'200};
  drill.number = 0;
  fs::create_directories(practice_.beside() / "aside");
  fs::rename(files[1], practice_.beside() / "aside/second");
  fs::rename(practice_.root() / "practice/nights.state", practice_.beside() / "aside/nights.state");
  ASSERT_TRUE(exporter::keep_result(practice_.root() / "practice", "Elm", drill).ok());
  fs::rename(practice_.beside() / "aside/second", files[1]);
  EXPECT_TRUE(lists("Another result bears the same number")) << check().out;
}

TEST_P(DrillOfFiles, SaysOneJsonDocumentAlthoughItsResultCannotBeKept) {
  tests::write(practice_.root() / "practice/drills", "no folder");
  const auto outcome = drill("--json");
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 1) << outcome.out;
  EXPECT_NE(outcome.out.find("\"nightchart\":\"drill\""), std::string::npos) << outcome.out;
  EXPECT_FALSE(outcome.err.empty());
}

TEST_P(DrillOfFiles, TriesASecretThatIsALinkToo) {
  tests::write(practice_.beside() / "secret", "phrase");
  fs::create_symlink(practice_.beside() / "secret", practice_.beside() / "link");
  EXPECT_TRUE(exporter::can_read(practice_.beside() / "link"));
}

TEST_P(DrillOfFiles, SweepsWhatAKilledOneFetchedAndANightDoesToo) {
  const fs::path left = practice_.copies() / ".drill-1234", copy = left / "2026-01-01T000000Z-000001";
  fs::create_directories(copy);
  ASSERT_EQ(drill().exit_code, 0);
  EXPECT_FALSE(fs::exists(left));
  fs::create_directories(copy);
  {
    const auto lock = exporter::FileLock::take(practice_.copies() / exporter::kDrillsLock, "a drill");
    ASSERT_TRUE(lock.ok());
    ASSERT_EQ(night().exit_code, 0);
    EXPECT_TRUE(fs::exists(left)) << "a drill is at it";
  }
  ASSERT_EQ(night().exit_code, 0);
  EXPECT_FALSE(fs::exists(left));
}

TEST(ChildProcess, DiesWithTheProgramThatStartedIt) {
  const tests::TemporaryFolder folder;
  const fs::path said = folder.path() / "said";
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    (void)exporter::run_child({.command = {"sh", "-c", "echo $$ > " + said.string() + "; exec sleep 600"}, .most_s = 600}).ok();
    ::_exit(0);
  }
  EXPECT_TRUE(tests::wait_until([&] { return tests::contents(said).ends_with("\n"); }));
  const pid_t child = std::atoi(tests::contents(said).c_str());
  ASSERT_GT(child, 1);
  ASSERT_EQ(::kill(child, 0), 0);
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  const auto gone = [&] {
    std::string line = tests::contents("/proc/" + std::to_string(child) + "/stat");
    return line.empty() || line.find(") Z ") != std::string::npos;
  };
  const bool died = tests::wait_until(gone, std::chrono::seconds(5));
  EXPECT_TRUE(died);
  if (!died) ::kill(child, SIGKILL);
}

using DrillOfARemote = DrillPlaces;
INSTANTIATE_TEST_SUITE_P(Emrs, DrillOfARemote, testing::Values(tests::SmallEmr::fhir));

TEST_P(DrillOfARemote, FetchesTheVolumesOfTheDocumentsThatItsPatientsHaveAndReadsEveryByte) {
  const fs::path there = practice_.beside() / "served/copies";
  fs::create_directories(there);
  const tests::SftpServer server(practice_.beside() / "served", practice_.beside());
  configure("[[destination]]\nname = \"office\"\nkind = \"rclone\"\nremote = \"office:copies\"\nconfig = \"" + server.config().string() + "\"\n");
  ASSERT_EQ(night().exit_code, 0);
  const auto good = drill("--destination office");
  ASSERT_EQ(good.exit_code, 0) << good.out << good.err;
  EXPECT_NE(good.out.find(" fetched from there, every byte as it was signed."), std::string::npos) << good.out;
  for (const auto& volume : fs::directory_iterator(there / "volumes")) {
    std::string bytes = tests::contents(volume.path());
    bytes[bytes.size() / 2] ^= 1;
    tests::write(volume.path(), bytes);
  }
  const auto damaged = drill("--destination office");
  EXPECT_EQ(damaged.exit_code, 11) << damaged.out << damaged.err;
  fs::remove_all(there / "volumes");
  const auto gone = drill("--destination office");
  EXPECT_EQ(gone.exit_code, 13) << gone.out << gone.err;
  EXPECT_NE(gone.out.find("a volume of documents is not"), std::string::npos) << gone.out;
  for (const auto& entry : fs::directory_iterator(practice_.copies())) EXPECT_FALSE(entry.path().filename().string().starts_with(".drill-")) << entry.path();
}

TEST_P(DrillOfARemote, FailsWhenTheNewestCopyThereIsBrokenOrGone) {
  const fs::path there = practice_.beside() / "served/copies";
  fs::create_directories(there);
  const tests::SftpServer server(practice_.beside() / "served", practice_.beside());
  configure("[[destination]]\nname = \"office\"\nkind = \"rclone\"\nremote = \"office:copies\"\nconfig = \"" + server.config().string() + "\"\n");
  ASSERT_EQ(night().exit_code, 0);
  ASSERT_EQ(night().exit_code, 0);
  const auto good = drill("--destination office");
  ASSERT_EQ(good.exit_code, 0) << good.out << good.err;
  const fs::path newest = app::list_copies(there).front().folder;
  const std::string charts = tests::contents(newest / "charts.db");
  tests::write(newest / "charts.db", charts.substr(0, charts.size() / 2));
  const auto broken = drill("--destination office");
  EXPECT_EQ(broken.exit_code, 11) << broken.out;
  EXPECT_NE(broken.out.find("the newest there cannot be used"), std::string::npos) << broken.out;
  fs::remove_all(newest);
  const auto gone = drill("--destination office");
  EXPECT_EQ(gone.exit_code, 21) << gone.out;
  EXPECT_NE(gone.out.find("older than one that was copied there and checked"), std::string::npos) << gone.out;
  for (const auto& entry : fs::directory_iterator(practice_.copies())) EXPECT_FALSE(entry.path().filename().string().starts_with(".drill-")) << entry.path();
}

}  // namespace
