// What a run may take of the computer.
#include "exporter/process_rank_posix.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

namespace {

// What `ask` gives in a process of its own, which may be held back.
template <typename Ask>
int in_a_child(Ask ask) {
  const pid_t child = fork();
  if (child == 0) _exit(ask());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ProcessRank, SoManyCoresAreLeftToAllThreadsAndNoneIsMadeUp) {
  const auto all = static_cast<int>(exporter::count_usable_cores());
  ASSERT_GE(all, 1);
  for (const int most : {1, 2, 64, 0}) {
    const int left = in_a_child([most] {
      exporter::use_cores(static_cast<std::size_t>(most));
      int of_a_thread = 0;
      std::thread([&of_a_thread] { of_a_thread = static_cast<int>(exporter::count_usable_cores()); }).join();
      return of_a_thread;
    });
    EXPECT_EQ(left, most == 0 ? all : std::min(most, all)) << most;
  }
}

TEST(ProcessRank, BehindEverybodyIsALowerPlaceThanTheirs) {
  EXPECT_EQ(in_a_child([] {
    exporter::step_behind_everybody();
    return getpriority(PRIO_PROCESS, 0);
  }), 10);
}

}  // namespace
