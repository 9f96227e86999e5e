// A destination that rclone reaches, on a real SFTP server on this machine.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "app/snapshot/copy.h"
#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;

bool connects(int port) {
  const int client = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool open = ::connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(client);
  return open;
}

// An SFTP server that serves one folder.
class SftpServer {
 public:
  SftpServer(const fs::path& folder, const fs::path& beside) : folder_(folder), beside_(beside) {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    (void)::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    (void)::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    ::close(probe);
    start();
    tests::write(config(), "[office]\ntype = sftp\nhost = 127.0.0.1\nport = " + std::to_string(port_) + "\nuser = nightchart\npass = " +
                               tests::run("rclone obscure secret").out + "\n");
  }
  ~SftpServer() { stop(); }

  fs::path config() const { return beside_ / "rclone.conf"; }
  void start() {
    tests::run("rclone --config /dev/null serve sftp " + folder_.string() + " --addr 127.0.0.1:" + std::to_string(port_) +
               " --dir-cache-time 0s --user nightchart --pass secret --cache-dir " + (beside_ / "cache").string() + " >/dev/null 2>&1 & echo $! > " + (beside_ / "pid").string());
    for (int i = 0; i < 600 && !connects(port_); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ASSERT_TRUE(connects(port_));
  }
  void stop() {
    const int pid = std::atoi(tests::contents(beside_ / "pid").c_str());
    if (pid <= 0) return;
    ::kill(pid, SIGKILL);
    for (int i = 0; i < 200 && connects(port_); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    tests::write(beside_ / "pid", "");
  }

 private:
  fs::path folder_, beside_;
  int port_ = 0;
};

class RemoteDestination : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(there_);
    server_ = std::make_unique<SftpServer>(practice_.beside() / "served", practice_.beside());
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
  std::unique_ptr<SftpServer> server_;
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
