// Kills the night with SIGKILL at every kind of step and at any time, and looks at what is left.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
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

struct KillPoint {
  std::string fault;  // "" for any time
  std::string kind;
};

// Before the first and after the last call of every kind of step that changes anything, and others by lot.
std::vector<KillPoint> choose_kills(const SmallPractice& practice, const NightOutcome& clean, std::size_t count) {
  std::map<std::string, std::vector<std::size_t>> calls_of;
  std::vector<KillPoint> kills;
  const auto add = [&](const char* when, std::size_t number) {
    const std::string kind = tests::kind_of_step(clean.calls[number - 1], practice.root());
    kills.push_back({std::string(when) + ":" + std::to_string(number) + ":once::", kind});
  };
  for (std::size_t i = 0; i < clean.calls.size(); ++i) {
    if (!clean.calls[i].changes_something()) continue;
    calls_of[tests::kind_of_step(clean.calls[i], practice.root())].push_back(i + 1);
  }
  for (const auto& [kind, numbers] : calls_of) {
    add("kill", numbers.front());
    add("killafter", numbers.back());
  }
  std::mt19937 random(tests::seed());
  while (kills.size() < count) add(random() % 2 == 0 ? "kill" : "killafter", random() % clean.calls.size() + 1);
  return kills;
}

struct Tally {
  std::atomic<int> kills = 0, at_calls = 0, at_times = 0;
  std::mutex mutex;
  std::set<std::string> kinds;

  void note(const SmallPractice& practice, const NightOutcome& night) {
    if (!night.killed()) return;
    ++kills;
    if (night.struck() == nullptr) return void(++at_times);
    ++at_calls;
    const std::lock_guard lock(mutex);
    kinds.insert(tests::kind_of_step(*night.struck(), practice.root()));
  }
};

void kill_at_calls(SmallPractice& practice, std::size_t count, Tally& tally) {
  const NightOutcome clean = tests::run_night(practice);
  ASSERT_EQ(clean.exit_code, 0) << clean.err;
  ASSERT_GT(clean.calls.size(), 100u);
  std::string before = tests::expect_a_good_night(practice);
  int done = 0;
  for (const KillPoint& point : choose_kills(practice, clean, count)) {
    SCOPED_TRACE(point.fault + " " + point.kind);
    const NightOutcome night = tests::run_night(practice, {.fault = point.fault});
    EXPECT_TRUE(night.killed() || night.exit_code == 0) << night.err;
    tally.note(practice, night);
    before = tests::expect_survival(practice, before, ++done % 10 == 0);
    if (testing::Test::HasFailure()) return;
  }
}

void kill_at_times(SmallPractice& practice, int count, Tally& tally) {
  const auto begin = std::chrono::steady_clock::now();
  tests::run_night(practice);
  const auto whole_us = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
  std::string before = tests::expect_a_good_night(practice);
  std::mt19937 random(tests::seed());
  for (int i = 0; i < count; ++i) {
    const long when_us = std::uniform_int_distribution<long>(1000, whole_us * 9 / 10)(random);
    SCOPED_TRACE("after " + std::to_string(when_us) + " us");
    tally.note(practice, tests::run_night(practice, {.kill_after_us = when_us}));
    before = tests::expect_survival(practice, before, i % 10 == 0);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(KilledNight, LeavesYesterdaysCopyAndTheNextNightMakesAllGoodWhereverItIsKilled) {
  Tally tally;
  SmallPractice of_sqlite({.emr = tests::SmallEmr::sqlite}), of_fhir({.emr = tests::SmallEmr::fhir, .paper = true});
  const auto count = static_cast<std::size_t>(tests::how_many(135, 2500));
  const int times = tests::how_many(40, 1000);
  std::thread other([&] {
    kill_at_calls(of_fhir, count, tally);
    kill_at_times(of_fhir, times, tally);
  });
  kill_at_calls(of_sqlite, count, tally);
  kill_at_times(of_sqlite, times, tally);
  other.join();
  EXPECT_GE(tally.kills, 300);
  EXPECT_GE(tally.at_times, 20);
  EXPECT_GE(tally.kinds.size(), 60u) << "kinds of steps";
  std::printf("%d kills: %d at calls of %zu kinds, %d at any time\n", tally.kills.load(), tally.at_calls.load(), tally.kinds.size(), tally.at_times.load());
}

}  // namespace
