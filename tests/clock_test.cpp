// Nights by a clock that jumps.
#include <gtest/gtest.h>

#include <utility>

#include "app/record/calendar.h"
#include "app/snapshot/copy.h"
#include "tests/night_faults.h"

namespace {

using tests::SmallPractice;

constexpr long kDay_s = 86'400;

std::uint64_t sequence_of(const std::string& copy) {
  std::uint64_t number = 0;
  EXPECT_TRUE(app::parse_copy_name(copy, number)) << copy;
  return number;
}

TEST(Clock, ThatJumpsNeverStopsTheNightNorPutsAnOldCopyBeforeANewOne) {
  const SmallPractice practice({.keeps_every_copy = true});
  const long since_2099 = 4'070'908'800 - app::now().s;
  const std::string jumps[] = {"0",          std::to_string(-kDay_s),        std::to_string(-400 * kDay_s), std::to_string(since_2099),
                               "0",          "0:1:" + std::to_string(-kDay_s), "0:2:" + std::to_string(since_2099), "-3600",
                               "3600",       "=1792000000",                  "=1792000000",                 "=0",
                               "=253402300799", "0"};
  std::uint64_t last = sequence_of(tests::newest_whole_copy(practice.copies()));
  for (const std::string& jump : jumps) {
    SCOPED_TRACE("clock " + jump);
    const auto night = tests::run_night(practice, {.clock = jump});
    EXPECT_EQ(night.exit_code, 0) << night.err;
    for (const auto& home : practice.homes_of_copies()) {
      EXPECT_EQ(sequence_of(tests::newest_whole_copy(home)), last + 1) << home;
    }
    ++last;
  }
  EXPECT_EQ(app::list_copies(practice.copies()).size(), 1 + std::size(jumps));
  EXPECT_TRUE(tests::litter(practice).empty()) << tests::litter(practice).front();
}

TEST(Clock, ThatIsWrongIsSaidInWordsAndNotAsAnAge) {
  const SmallPractice practice;
  const auto verify = [&practice](const std::string& clock) {
    return tests::run_night(practice, {.clock = clock, .command = {"verify", practice.copies().string()}});
  };
  for (const auto& [clock, says] : {std::pair("0", " min old"), std::pair("-400000000", "dated in the future: check this computer's clock"),
                                    std::pair("=0", "dated in the future: check this computer's clock"), std::pair("2000000000", " days old")}) {
    const auto outcome = verify(clock);
    EXPECT_EQ(outcome.exit_code, 0) << clock << outcome.err;
    EXPECT_NE(outcome.out.find(says), std::string::npos) << clock << outcome.out;
  }
}

}  // namespace
