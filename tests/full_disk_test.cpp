// Real file systems that are too small, at many sizes, so that each fills up somewhere else; and limits on files.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using tests::NightOutcome;
using tests::SmallPractice;

// A file system of its own size on a folder, gone at the end.
class SmallDisk {
 public:
  explicit SmallDisk(fs::path folder) : folder_(std::move(folder)) {
    mounted_ = mount("none", folder_.c_str(), "tmpfs", 0, "size=4m") == 0;
    why_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool is_mounted() const { return mounted_; }
  const std::string& why() const { return why_; }
  bool resize(std::uint64_t kilobytes) const {
    const std::string size = "size=" + std::to_string(kilobytes) + "k";
    return mount("none", folder_.c_str(), "tmpfs", MS_REMOUNT, size.c_str()) == 0;
  }
  std::uint64_t used_kilobytes() const {
    const fs::space_info space = fs::space(folder_);
    return (space.capacity - space.free) / 1024;
  }

 private:
  fs::path folder_;
  bool mounted_ = false;
  std::string why_;
};

constexpr std::uint64_t kPlenty_kilobytes = 4096;

// Nights on a disk that has ever more room, until there is enough; returns how many found it too small.
int fill(const SmallPractice& practice, const SmallDisk& disk, bool of_destination) {
  int full = 0;
  std::string before = tests::expect_a_good_night(practice);
  const auto step = static_cast<std::uint64_t>(tests::how_many(8, 4));
  for (std::uint64_t room = 0; room < 1024; room += step) {
    SCOPED_TRACE(std::to_string(room) + " KB are free");
    if (!disk.resize(disk.used_kilobytes() + room)) ADD_FAILURE() << "cannot be resized";
    const NightOutcome night = tests::run_night(practice);
    EXPECT_EQ(night.signal, 0);
    const bool was_full = night.exit_code != 0;
    full += was_full;
    if (was_full) {
      EXPECT_EQ(night.exit_code, static_cast<int>(app::Code::no_room)) << night.out << night.err;
      EXPECT_NE((night.out + night.err).find("no room"), std::string::npos) << night.out << night.err;
      EXPECT_EQ(night.out.find("stick: FAILED") != std::string::npos, of_destination) << night.out;
    }
    for (const fs::path& home : practice.homes_of_copies()) EXPECT_GE(tests::newest_whole_copy(home), before);
    EXPECT_TRUE(disk.resize(kPlenty_kilobytes));
    before = tests::expect_survival(practice, before);
    if (!was_full || testing::Test::HasFailure()) break;
  }
  return full;
}

TEST(FullDisk, OfTheCopiesIsSaidAndYesterdaysCopyStays) {
  const SmallPractice practice({.emr = tests::SmallEmr::fhir, .paper = true});
  fs::remove_all(practice.copies());
  fs::create_directories(practice.copies());
  const SmallDisk disk(practice.copies());
  if (!disk.is_mounted()) GTEST_SKIP() << "no file system can be mounted here: " << disk.why();
  const int full = fill(practice, disk, false);
  EXPECT_GE(full, 12);
  std::printf("%d nights on a disk that was too small\n", full);
}

TEST(FullDisk, OfADestinationIsSaidAndTheOthersGetTheirs) {
  const SmallPractice practice;
  const fs::path stick = practice.root() / "stick";
  fs::remove_all(stick);
  fs::create_directories(stick);
  const SmallDisk disk(stick);
  if (!disk.is_mounted()) GTEST_SKIP() << "no file system can be mounted here: " << disk.why();
  EXPECT_GE(fill(practice, disk, true), 8);
}

TEST(FullDisk, AFileThatMayNotGrowEndsTheNightWithWordsAndNotByASignal) {
  const SmallPractice practice({.emr = tests::SmallEmr::fhir, .paper = true});
  std::string before = tests::expect_a_good_night(practice);
  int refused = 0;
  for (const int blocks : {1, 2, 8, 32, 100, 180}) {
    SCOPED_TRACE(std::to_string(blocks) + " blocks of 512 bytes");
    const auto night = tests::run_night(practice, {.without_journal = true, .prefix = "ulimit -f " + std::to_string(blocks) + ";"});
    EXPECT_EQ(night.signal, 0);
    if (night.exit_code != 0) {
      ++refused;
      EXPECT_EQ(night.exit_code, static_cast<int>(app::Code::no_room)) << night.out << night.err;
    }
    before = tests::expect_survival(practice, before);
  }
  EXPECT_GE(refused, 5);
}

}  // namespace
