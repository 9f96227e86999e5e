// Cuts the power at every call of a night, on a disk that kept only what was synced.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <set>

#include "tests/command.h"
#include "tests/lying_disk.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using tests::Loss;
using tests::LyingDisk;
using tests::SmallPractice;

constexpr Loss kLosses[] = {Loss::all_unsynced, Loss::data, Loss::names, Loss::by_lot, Loss::by_lot};

// The newest copies of a practice whose folder was put elsewhere.
std::vector<std::string> newest_in(const SmallPractice& practice, const fs::path& elsewhere) {
  std::vector<std::string> names;
  for (const fs::path& home : practice.homes_of_copies()) {
    names.push_back(tests::newest_whole_copy(elsewhere / home.lexically_relative(practice.root())));
  }
  return names;
}

// The practice goes on from what the power cut left.
void expect_a_good_night_from(const SmallPractice& practice, const fs::path& left, const std::string& newest) {
  const fs::path aside = practice.beside() / "aside";
  fs::rename(practice.root(), aside);
  fs::rename(left, practice.root());
  tests::expect_a_good_night(practice, newest);
  fs::remove_all(practice.root());
  fs::rename(aside, practice.root());
}

struct Tally {
  int cuts = 0, different = 0, nights = 0, with_tonights = 0;
};

// Looks at one power cut; `seen` knows the disks that were looked at before.
void cut_power(const SmallPractice& practice, const LyingDisk& disk, Loss loss, const std::string& before,
               std::mt19937& random, std::set<std::string>& seen, Tally& tally) {
  const fs::path left = practice.beside() / "left";
  fs::create_directories(left);
  ++tally.cuts;
  if (seen.insert(disk.cut_power(loss, random, left)).second) {
    const auto names = newest_in(practice, left);
    for (const std::string& name : names) EXPECT_GE(name, before) << "yesterday's copy is gone";
    const std::string newest = *std::max_element(names.begin(), names.end());
    tally.with_tonights += newest != before;
    for (const char* file : {"practice/nightchart.toml", "practice/keys/signing.key", "practice/keyholders/Anna.json"}) {
      EXPECT_EQ(tests::contents(left / file), tests::contents(practice.root() / file)) << file;
    }
    if (++tally.different % tests::how_many(12, 1) == 0 && ++tally.nights > 0) expect_a_good_night_from(practice, left, newest);
  }
  fs::remove_all(left);
}

class PowerCut : public testing::TestWithParam<tests::SmallEmr> {};

TEST_P(PowerCut, LeavesYesterdaysCopyOrTonightsAndAllOfItOnceTheNightSaysThatItIsDone) {
  const SmallPractice practice({.emr = GetParam(), .paper = GetParam() == tests::SmallEmr::fhir});
  const std::string before = tests::expect_a_good_night(practice);
  LyingDisk disk(practice.root());
  const auto night = tests::run_night(practice, {.with_data = true});
  ASSERT_EQ(night.exit_code, 0) << night.err;
  const std::string tonight = tests::newest_whole_copy(practice.copies());

  std::mt19937 random(tests::seed());
  std::set<std::string> seen;
  Tally tally;
  for (const tests::FileCall& call : night.calls) {
    disk.replay(call);
    if (!call.changes_something()) continue;
    SCOPED_TRACE("after " + tests::kind_of_step(call, practice.root()));
    for (const Loss loss : kLosses) cut_power(practice, disk, loss, before, random, seen, tally);
    if (HasFailure()) break;
  }
  EXPECT_TRUE(disk.not_understood().empty()) << *disk.not_understood().begin();
  const fs::path left = practice.beside() / "left";
  disk.cut_power(Loss::all_unsynced, random, left);
  for (const std::string& name : newest_in(practice, left)) EXPECT_EQ(name, tonight) << "the night said that it was done";
  EXPECT_GT(tally.different, 30);
  EXPECT_GT(tally.with_tonights, 10);
  EXPECT_GT(tally.nights, 2);
  std::printf("%d power cuts left %d different disks; %d held tonight's copy; %d were gone on from\n", tally.cuts, tally.different,
              tally.with_tonights, tally.nights);
}

INSTANTIATE_TEST_SUITE_P(OfEach, PowerCut, testing::Values(tests::SmallEmr::sqlite, tests::SmallEmr::fhir),
                         [](const auto& each) { return each.param == tests::SmallEmr::fhir ? "Fhir" : "Sqlite"; });

}  // namespace
