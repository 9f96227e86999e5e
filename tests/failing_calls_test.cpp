// Lets the night's file calls fail, one after the other, once and for ever, and looks at what it says and leaves.
#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

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
  } else {
    ++tally.ended;
    EXPECT_TRUE(any_is_named(practice, night)) << night.out << night.err;
    EXPECT_EQ((night.out + night.err).find(tests::kCanary), std::string::npos);
  }
}

using MakeFault = std::function<std::string(const tests::FileCall& call, std::size_t number)>;

// Fails each kind of step at its first call, then others by lot.
void fail_calls(SmallPractice& practice, std::size_t count, const MakeFault& make_fault, Tally& tally) {
  std::string before = tests::expect_a_good_night(practice);
  const NightOutcome clean = tests::run_night(practice);
  ASSERT_EQ(clean.exit_code, 0) << clean.err;
  before = tests::expect_a_good_night(practice);
  std::vector<std::size_t> numbers;
  std::set<std::string> kinds;
  for (std::size_t i = 0; i < clean.calls.size(); ++i) {
    if (make_fault(clean.calls[i], i + 1).empty()) continue;
    if (kinds.insert(tests::kind_of_step(clean.calls[i], practice.root())).second) numbers.push_back(i + 1);
  }
  std::mt19937 random(tests::seed());
  std::shuffle(numbers.begin(), numbers.end(), random);
  const bool everything = count >= clean.calls.size();
  if (everything) numbers.clear();
  for (std::size_t i = 1; everything && i <= clean.calls.size(); ++i) numbers.push_back(i);
  if (numbers.size() > count) numbers.resize(count);
  while (numbers.size() < count && !everything) numbers.push_back(random() % clean.calls.size() + 1);
  for (const std::size_t number : numbers) {
    const std::string fault = make_fault(clean.calls[number - 1], number);
    if (fault.empty()) continue;
    SCOPED_TRACE(fault + " " + tests::kind_of_step(clean.calls[number - 1], practice.root()));
    const NightOutcome night = tests::run_night(practice, {.fault = fault});
    expect_honesty(practice, before, night, tally);
    before = tests::expect_survival(practice, before);
  }
}

std::string order(int error, std::size_t number, const char* how_long, const char* sorts = "") {
  return std::to_string(error) + ":" + std::to_string(number) + ":" + how_long + ":" + sorts + ":";
}

struct Faults {
  const char* name;
  MakeFault make;
  std::size_t usual;
};

const Faults kFaults[] = {
    {"a call fails", [](const tests::FileCall&, std::size_t n) { return order(EIO, n, "once"); }, 100},
    {"the disk dies", [](const tests::FileCall&, std::size_t n) { return order(EIO, n, "ever"); }, 40},
    {"less is read or written than was asked for",
     [](const tests::FileCall& call, std::size_t n) {
       return std::strchr("rw", call.sort()) == nullptr ? "" : "short:" + std::to_string(n) + ":once::";
     },
     40},
};

TEST(FailingCalls, EndTheNightWithWordsOrAreSaidAndNeverHarmACopy) {
  Tally tally;
  std::vector<std::thread> both;
  for (const tests::SmallEmr emr : {tests::SmallEmr::sqlite, tests::SmallEmr::fhir}) {
    both.emplace_back([emr, &tally] {
      SmallPractice practice({.emr = emr, .paper = emr == tests::SmallEmr::fhir});
      for (const Faults& faults : kFaults) {
        SCOPED_TRACE(faults.name);
        fail_calls(practice, static_cast<std::size_t>(tests::how_many(static_cast<int>(faults.usual), 100'000)), faults.make, tally);
      }
    });
  }
  for (std::thread& each : both) each.join();
  EXPECT_GE(tally.faults, 250);
  EXPECT_GE(tally.ended, 100);
  EXPECT_GE(tally.kinds.size(), 80u);
  std::printf("%d faults at %zu kinds of calls: %d ended the night or were said, %d did no harm\n", tally.faults.load(),
              tally.kinds.size(), tally.ended.load(), tally.went_on.load());
}

}  // namespace
