// A destination fails or vanishes in the middle of a copy.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstdio>

#include "tests/command.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using tests::NightOutcome;
using tests::SmallPractice;

constexpr std::size_t kLastCalls = 3;  // of the sync of the folder

struct Tally {
  int faults = 0, said = 0;
};

// The copy itself and the other destination are as after a good night, the report names the one that failed, and
// the next night mends it.
void expect_only_the_stick_failed(const SmallPractice& practice, const std::string& before, const NightOutcome& night, bool taken_away,
                                  Tally& tally) {
  EXPECT_EQ(night.signal, 0);
  EXPECT_FALSE(night.hung);
  const std::string newest = tests::newest_whole_copy(practice.copies());
  EXPECT_GT(newest, before) << night.out << night.err;
  EXPECT_EQ(tests::newest_whole_copy(practice.root() / "laptop"), newest) << night.out << night.err;
  EXPECT_NE(night.out.find("laptop: copied and checked there"), std::string::npos) << night.out;
  if (night.exit_code == 0) {
    // What was copied and checked before the stick was taken away, the night had said already.
    if (!taken_away) {
      EXPECT_EQ(tests::newest_whole_copy(practice.root() / "stick"), newest) << night.out;
    }
  } else {
    ++tally.said;
    const auto says = [&night](const char* words) { return night.out.find(words) != std::string::npos; };
    // What befalls it after the copy was checked there costs only the removal of older ones.
    EXPECT_TRUE((says("stick: FAILED") && says("NOT copied to stick")) ||
                (says("stick: copied and checked there") && says("In stick older copies could NOT be removed")))
        << night.out;
  }
  ++tally.faults;
}

// Something befalls the stick at each of some calls of the night there.
template <typename Befall>
void befall_the_stick(SmallPractice& practice, const std::string& sorts, int usual, bool taken_away, Befall befall) {
  const fs::path stick = practice.root() / "stick";
  std::string before = tests::expect_a_good_night(practice);
  const auto clean = tests::run_night(practice);
  before = tests::expect_a_good_night(practice);
  // What befalls the folder when all is done there, the night cannot know.
  const auto calls = tests::count_calls(clean, sorts, stick) - (sorts == "cwn" ? 0 : kLastCalls);
  ASSERT_GT(calls, 5u);
  const auto count = static_cast<std::size_t>(tests::how_many(usual, static_cast<int>(calls)));
  Tally tally;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = 1 + i * (calls - 1) / (count - 1);
    SCOPED_TRACE(number);
    const NightOutcome night = befall(number);
    expect_only_the_stick_failed(practice, before, night, taken_away, tally);
    fs::create_directories(stick);
    before = tests::expect_survival(practice, tests::newest_whole_copy(stick).empty() ? "" : before);
  }
  EXPECT_GE(tally.faults, usual);
  EXPECT_GT(tally.said, usual / 2);
}

TEST(DestinationFaults, OneThatDiesInTheMiddleIsSaidAndTheOthersGetTheirs) {
  SmallPractice practice;
  for (const int error : {EIO, ENODEV, ENOENT}) {
    befall_the_stick(practice, "", 8, false, [&](std::size_t number) {
      return tests::run_night(practice, {.fault = tests::fault(std::to_string(error), number, "ever", "", practice.root() / "stick")});
    });
  }
  for (const int error : {EROFS, ENOSPC}) {
    befall_the_stick(practice, "cwn", 6, false, [&](std::size_t number) {
      return tests::run_night(practice, {.fault = tests::fault(std::to_string(error), number, "ever", "cwn", practice.root() / "stick")});
    });
  }
}

TEST(DestinationFaults, OneWhoseFolderIsGoneInTheMiddleIsSaidAndTheOthersGetTheirs) {
  SmallPractice practice;
  befall_the_stick(practice, "", 10, true, [&](std::size_t number) {
    const auto take_away = [&](int) { fs::remove_all(practice.root() / "stick"); };
    return tests::run_night(practice, {.fault = tests::fault("stop", number, "once", "", practice.root() / "stick"), .on_stop = take_away});
  });
}

TEST(DestinationFaults, AStickThatIsPulledOutIsSaidAndTheOthersGetTheirs) {
  SmallPractice practice;
  const std::string stick = practice.root() / "stick";
  fs::remove_all(stick);
  fs::create_directories(stick);
  if (mount("none", stick.c_str(), "tmpfs", 0, "size=4m") != 0) GTEST_SKIP() << "no right to mount";
  umount(stick.c_str());
  // Calls whose number does not depend on how much lies there.
  befall_the_stick(practice, "ocwsnx", 8, true, [&](std::size_t number) {
    EXPECT_EQ(mount("none", stick.c_str(), "tmpfs", 0, "size=4m"), 0);
    const auto pull_out = [&](int) { EXPECT_EQ(umount2(stick.c_str(), MNT_DETACH), 0); };
    const auto night = tests::run_night(practice, {.fault = tests::fault("stop", number, "once", "ocwsnx", stick), .on_stop = pull_out});
    umount2(stick.c_str(), MNT_DETACH);
    return night;
  });
}

}  // namespace
