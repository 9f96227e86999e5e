#include "exporter/process_rank_posix.h"

#include <malloc.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace exporter {
namespace {

// Of Linux, which has no header for them (ioprio_set(2)).
constexpr int kOfProcess = 1;
constexpr int kIdleClass = 3 << 13;
// Behind everybody, and not starved by a computer that is never idle.
constexpr int kNice = 10;

}  // namespace

void step_behind_everybody() {
  (void)setpriority(PRIO_PROCESS, 0, kNice);
  (void)syscall(SYS_ioprio_set, kOfProcess, 0, kIdleClass);
}

void use_cores(std::size_t most) {
  cpu_set_t allowed;
  if (most == 0 || sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  std::size_t left = most;
  for (std::size_t core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &allowed) && left-- == 0) CPU_CLR(core, &allowed), ++left;
  }
  (void)sched_setaffinity(0, sizeof allowed, &allowed);
}

std::size_t count_usable_cores() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&allowed)));
}

void give_back_memory() { (void)malloc_trim(0); }

}  // namespace exporter
