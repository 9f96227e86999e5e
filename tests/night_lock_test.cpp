// What goes on beside a night: another night, somebody who reads, the lock of a program that is dead.
#include <gtest/gtest.h>

#include <unistd.h>

#include "app/snapshot/copy.h"
#include "exporter/copy/file_lock_posix.h"
#include "tests/command.h"
#include "tests/night_faults.h"

namespace {

using tests::SmallPractice;

TEST(NightLock, ASecondNightIsRefusedAndTheFirstGoesOnWhereverItIs) {
  const SmallPractice practice;
  const auto clean = tests::run_night(practice);
  std::string before = tests::expect_a_good_night(practice);
  const std::size_t calls = tests::count_calls(clean, "cwn", practice.root());
  int refused = 0;
  for (std::size_t number = 3; number < calls; number += calls / 6) {
    SCOPED_TRACE(number);
    const auto second_night = [&](int) {
      const auto second = tests::run_night(practice);
      EXPECT_EQ(second.exit_code, static_cast<int>(app::Code::busy)) << second.out << second.err;
      EXPECT_NE(second.err.find(" is at work on "), std::string::npos) << second.err;
      ++refused;
    };
    const auto first = tests::run_night(practice, {.fault = tests::fault("stop", number, "once", "cwn"), .on_stop = second_night});
    EXPECT_EQ(first.exit_code, 0) << first.err;
    before = tests::expect_survival(practice, before);
  }
  EXPECT_GE(refused, 6);
}

TEST(NightLock, WhoeverReadsYesterdaysCopyReadsItToTheEndWhileTheNightPublishes) {
  const SmallPractice practice;
  const auto info = app::read_copy(practice.copies(), app::Check::hashes);
  ASSERT_TRUE(info.ok());
  const auto copy = app::Copy::open(info.value(), tests::kPassphrase);
  ASSERT_TRUE(copy.ok());
  const auto read_it = [&](int) { EXPECT_TRUE(copy.value().verify(app::Depth::everything).ok()); };
  const auto night = tests::run_night(practice, {.fault = tests::fault("stop", 1, "once", "n", practice.copies()), .on_stop = read_it});
  EXPECT_NE(night.struck(), nullptr);
  EXPECT_EQ(night.exit_code, 0) << night.err;
  read_it(0);
  EXPECT_GT(tests::newest_whole_copy(practice.copies()), info.value().folder.filename().string());
}

TEST(NightLock, SaysWhichWorkHoldsItSinceWhenAndInWhichProcess) {
  const SmallPractice practice;
  const auto pulling = exporter::FileLock::take(practice.copies() / ".nightchart.lock", "a pull");
  ASSERT_TRUE(pulling.ok());
  const auto night = tests::run_night(practice, {.without_journal = true});
  EXPECT_EQ(night.exit_code, static_cast<int>(app::Code::busy));
  EXPECT_NE(night.err.find("A pull is at work on " + practice.copies().string()), std::string::npos) << night.err;
  EXPECT_NE(night.err.find("process " + std::to_string(::getpid()) + " since 20"), std::string::npos) << night.err;
  // One of a release before says less; one that is dead had it before.
  for (const char* text : {"process 1 since 2026-01-01T00:00:00Z\n", "process 2147483646 since 2026-01-01T00:00:00Z, a drill\n"}) {
    tests::write(practice.copies() / ".nightchart.lock", text);
    const auto again = tests::run_night(practice, {.without_journal = true});
    EXPECT_NE(again.err.find("Another run of Nightchart is at work on"), std::string::npos) << again.err;
  }
}

TEST(NightLock, ThatADeadProgramLeftHoldsNobodyUp) {
  const SmallPractice practice;
  for (const char* folder : {"copies", "practice"}) tests::write(practice.root() / folder / ".nightchart.lock", "4711 another-boot\n");
  tests::expect_a_good_night(practice);
}

}  // namespace
