#include "exporter/staging/sorter.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using exporter::SortedRecord;
using exporter::Sorter;

class SorterTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sorter-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  bool folder_is_empty() const { return fs::directory_iterator(folder_) == fs::directory_iterator(); }

  fs::path folder_;
};

struct Record {
  std::string key;
  std::uint16_t kind = 0;
  std::string bytes;
  bool operator==(const Record&) const = default;
};

std::vector<Record> random_records(std::size_t count, std::size_t most_bytes) {
  std::mt19937 random(7);
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    Record record;
    // Few keys, of all bytes, some the beginning of others: ties and prefixes abound.
    record.key.resize(random() % 11);
    for (char& c : record.key) c = static_cast<char>(random() % 3 * 127);
    record.kind = static_cast<std::uint16_t>(random());
    record.bytes.resize(random() % most_bytes);
    for (char& c : record.bytes) c = static_cast<char>(random());
    records.push_back(std::move(record));
  }
  return records;
}

std::vector<Record> read_all(Sorter& sorter) {
  std::vector<Record> all;
  SortedRecord record;
  for (;;) {
    const auto more = sorter.next(record);
    EXPECT_TRUE(more.ok());
    if (!more.ok() || !more.value()) return all;
    all.push_back({std::string(record.key), record.kind, std::string(record.bytes)});
  }
}

void expect_sorted_like_stable_sort(Sorter sorter, std::vector<Record> records) {
  for (const Record& record : records) ASSERT_TRUE(sorter.add(record.key, record.kind, record.bytes).ok());
  ASSERT_TRUE(sorter.sort().ok());
  std::stable_sort(records.begin(), records.end(),
                   [](const Record& a, const Record& b) { return a.key < b.key; });
  EXPECT_TRUE(read_all(sorter) == records);
}

TEST_F(SorterTest, InMemorySortsByKeyThenArrival) {
  expect_sorted_like_stable_sort(Sorter(folder_, 64 << 20), random_records(3000, 200));
}

TEST_F(SorterTest, InTinyMemorySortsAlikeThroughManyRunsAndPasses) {
  // 20 KB of memory against 1.5 MB: more runs than can be read at once, so merging goes in passes.
  expect_sorted_like_stable_sort(Sorter(folder_, 20 << 10), random_records(15'000, 200));
  EXPECT_TRUE(folder_is_empty());
}

TEST_F(SorterTest, TakesRecordsLargerThanItsMemory) {
  expect_sorted_like_stable_sort(Sorter(folder_, 8 << 10), random_records(40, 40'000));
}

TEST_F(SorterTest, AnEmptySorterEndsAtOnce) {
  Sorter sorter(folder_, 1 << 20);
  ASSERT_TRUE(sorter.sort().ok());
  EXPECT_TRUE(read_all(sorter).empty());
}

TEST_F(SorterTest, SmallInputNeverTouchesTheDisk) {
  const fs::path unwritable = "/proc/no-folder-can-be-made-here";
  Sorter sorter(unwritable, 1 << 20);
  ASSERT_TRUE(sorter.add("b", 1, "two").ok());
  ASSERT_TRUE(sorter.add("a", 1, "one").ok());
  ASSERT_TRUE(sorter.sort().ok());
  EXPECT_EQ(read_all(sorter).size(), 2U);
}

TEST_F(SorterTest, AFolderThatCannotBeUsedIsNamedInTheError) {
  Sorter sorter("/proc/no-folder-can-be-made-here", 8 << 10);
  std::string detail;
  for (int i = 0; i < 1000 && detail.empty(); ++i) {
    const auto added = sorter.add("key", 1, std::string(100, 'x'));
    if (!added.ok()) detail = added.error().detail;
  }
  EXPECT_NE(detail.find("/proc/no-folder"), std::string::npos) << detail;
}

TEST_F(SorterTest, AFullDiskIsSaidAsNoRoom) {
  // /dev/full cannot stand for a folder, so the process' own file size limit plays the full disk; the
  // child process keeps that limit to itself.
  const auto fill = [this] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{64 << 10, 64 << 10};
    if (setrlimit(RLIMIT_FSIZE, &small) != 0) std::_Exit(2);
    Sorter sorter(folder_, 8 << 10);
    for (int i = 0; i < 10'000; ++i) {
      const auto added = sorter.add("key", 1, std::string(100, 'x'));
      if (!added.ok()) std::_Exit(added.error().code == app::Code::no_room ? 0 : 3);
    }
    std::_Exit(4);
  };
  EXPECT_EXIT(fill(), testing::ExitedWithCode(0), "");
}

// Every byte of every file that this process holds open and that has no name any more.
std::string nameless_files_of_this_process() {
  std::string all;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (target.find("(deleted)") == std::string::npos) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

TEST_F(SorterTest, WhatIsStagedIsEncryptedAndHasNoName) {
  const std::string canary = "canary-Zephyrine-Quillfeather";
  Sorter sorter(folder_, 16 << 10);
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(sorter.add("key" + std::to_string(i % 7), 1, canary).ok());
  const auto look = [&](const char* when) {
    const std::string staged = nameless_files_of_this_process();
    EXPECT_GT(staged.size(), 40'000U) << when << ": the test looked in the wrong place";
    EXPECT_EQ(staged.find("canary-Zeph"), std::string::npos) << when;
    EXPECT_TRUE(folder_is_empty()) << when;
  };
  look("while adding");
  ASSERT_TRUE(sorter.sort().ok());
  look("while reading");
  EXPECT_EQ(read_all(sorter).size(), 2000U);
}

TEST_F(SorterTest, StagedBytesThatWereChangedAreNotBelieved) {
  Sorter sorter(folder_, 16 << 10);
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(sorter.add("key", 1, "thirty bytes of nothing at all").ok());
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (target.find(folder_.string()) == std::string::npos) continue;
    std::fstream staged(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    staged.seekp(5000);
    staged.put('?').put('?');
  }
  bool believed = sorter.sort().ok();
  SortedRecord record;
  while (believed) {
    const auto more = sorter.next(record);
    if (more.ok() && !more.value()) break;
    believed = more.ok();
  }
  EXPECT_FALSE(believed);
}

}  // namespace
