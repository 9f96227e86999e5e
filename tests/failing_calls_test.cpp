// Lets the night's file calls fail, one after the other, once and for ever, and looks at what it says and leaves.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using tests::NightOutcome;
using tests::SmallPractice;

struct Tally {
  std::atomic<int> faults = 0, ended = 0, went_on = 0;
  std::mutex mutex;
  std::set<std::string> kinds;
};

// Whether what the night said names what failed: the file, its folder, the destination, or something in that folder.
bool is_named(const SmallPractice& practice, const tests::FileCall& call, const std::string& said) {
  fs::path path = call.path;
  for (const std::string ending : {"-journal", "-wal"}) {  // SQLite looks for them beside its file
    if (path.string().ends_with(ending)) path = path.string().substr(0, path.string().size() - ending.size());
  }
  if (path.filename().string().ends_with(".new")) path = path.parent_path() / path.stem().string().substr(1);
  for (; path.string().starts_with(practice.root().string() + "/"); path = path.parent_path()) {
    if (said.find(path.filename().string()) != std::string::npos) return true;
  }
  return said.find(call.path + "/") != std::string::npos;
}

bool any_is_named(const SmallPractice& practice, const NightOutcome& night) {
  for (const tests::FileCall& call : night.calls) {
    const bool injected = call.record.struck != 0;
    if (injected && is_named(practice, call, night.out + night.err)) return true;
  }
  return false;
}

// No crash, no silence: a night that says it is done has done everything, any other says what was wrong.
void expect_honesty(const SmallPractice& practice, const std::string& before, const NightOutcome& night, Tally& tally) {
  EXPECT_FALSE(night.hung);
  EXPECT_EQ(night.signal, 0) << "the night died";
  const tests::FileCall* struck = night.struck();
  if (struck == nullptr) return;
  ++tally.faults;
  {
    const std::lock_guard lock(tally.mutex);
    tally.kinds.insert(tests::kind_of_step(*struck, practice.root()));
  }
  if (night.exit_code == 0) {
    ++tally.went_on;
    const std::string newest = tests::newest_whole_copy(practice.copies());
    EXPECT_GT(newest, before) << "it says it is done, and there is no copy";
    for (const fs::path& home : practice.destinations()) {
      EXPECT_EQ(tests::newest_whole_copy(home), newest) << "it says it is done, and " << home << " has nothing of it";
    }
    EXPECT_EQ(tests::counts_of_newest(practice.copies()), practice.counts()) << "it says it is done, and something is missing";
  } else {
    ++tally.ended;
    EXPECT_TRUE(any_is_named(practice, night)) << night.out << night.err;
    EXPECT_EQ((night.out + night.err).find(tests::kCanary), std::string::npos);
  }
}

struct Faults {
  std::string says;
  std::string action;    // of tests/faults/record.h
  std::string how_long;  // once, ever
  std::string sorts;
  int usual;  // of each practice
  app::Code code = app::Code::io;  // no_room: nothing else may be said
};

// The calls that these faults can befall: one of each kind first, then others by lot.
std::vector<std::size_t> choose_calls(const SmallPractice& practice, const NightOutcome& clean, const Faults& faults) {
  std::vector<std::string> kinds;
  for (const tests::FileCall& call : clean.calls) {
    const bool counts = faults.sorts.empty() || faults.sorts.find(call.sort()) != std::string::npos;
    if (counts) kinds.push_back(tests::kind_of_step(call, practice.root()));
  }
  const auto count = static_cast<std::size_t>(tests::how_many(faults.usual, static_cast<int>(kinds.size())));
  std::vector<std::size_t> numbers, others;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < kinds.size(); ++i) (seen.insert(kinds[i]).second ? numbers : others).push_back(i + 1);
  std::mt19937 random(tests::seed());
  std::shuffle(numbers.begin(), numbers.end(), random);
  std::shuffle(others.begin(), others.end(), random);
  numbers.insert(numbers.end(), others.begin(), others.end());
  numbers.resize(std::min(count, numbers.size()));
  return numbers;
}

void fail_calls(const SmallPractice& practice, const Faults& faults, Tally& tally) {
  SCOPED_TRACE(faults.says);
  std::string before = tests::expect_a_good_night(practice);
  const NightOutcome clean = tests::run_night(practice);
  ASSERT_EQ(clean.exit_code, 0) << clean.err;
  before = tests::expect_a_good_night(practice);
  for (const std::size_t number : choose_calls(practice, clean, faults)) {
    const std::string fault = tests::fault(faults.action, number, faults.how_long, faults.sorts);
    const NightOutcome night = tests::run_night(practice, {.fault = fault});
    const std::string where = night.struck() ? tests::kind_of_step(*night.struck(), practice.root()) : "";
    SCOPED_TRACE(fault + " " + where);
    expect_honesty(practice, before, night, tally);
    if (faults.code == app::Code::no_room && night.exit_code != 0) {
      EXPECT_EQ(night.exit_code, static_cast<int>(app::Code::no_room)) << night.out << night.err;
    }
    before = tests::expect_survival(practice, before);
  }
}

// Both kinds of practice at the same time.
void fail_calls(const std::vector<Faults>& all, int least) {
  Tally tally;
  std::vector<std::thread> both;
  for (const tests::SmallEmr emr : {tests::SmallEmr::sqlite, tests::SmallEmr::fhir}) {
    both.emplace_back([&all, emr, &tally] {
      const SmallPractice practice({.emr = emr, .paper = emr == tests::SmallEmr::fhir});
      for (const Faults& faults : all) fail_calls(practice, faults, tally);
    });
  }
  for (std::thread& each : both) each.join();
  EXPECT_GE(tally.faults, least);
  EXPECT_GE(tally.ended, least / 4);
  std::printf("%d faults at %zu kinds of calls: %d ended the night or were said, %d did no harm\n", tally.faults.load(),
              tally.kinds.size(), tally.ended.load(), tally.went_on.load());
}

TEST(FailingCalls, EndTheNightWithWordsOrAreSaidAndNeverHarmACopy) {
  fail_calls({{"a call fails", std::to_string(EIO), "once", "", 70},
              {"the disk dies", std::to_string(EIO), "ever", "", 25},
              {"the disk is gone", std::to_string(ENODEV), "ever", "", 10},
              {"the disk can only be read from here on", std::to_string(EROFS), "ever", "cwnu", 12},
              {"less is read or written than was asked for", "short", "once", "rw", 15},
              {"all reads and writes do half of what they are asked for", "short", "ever", "rw", 3}},
             230);
}

TEST(FailingCalls, OfAFullDiskAreSaidToBeThatAndNeverHarmACopy) {
  fail_calls({{"a write finds no room", std::to_string(ENOSPC), "once", "cwsn", 30, app::Code::no_room},
              {"the disk is full from here on", std::to_string(ENOSPC), "ever", "cwsn", 30, app::Code::no_room},
              {"the quota is used up from here on", std::to_string(EDQUOT), "ever", "cwsn", 8, app::Code::no_room}},
             120);
}

}  // namespace
