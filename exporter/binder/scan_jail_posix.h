// Runs a program on foreign bytes where it can do little harm.
//
// POSIX only, Linux for the rest: bounded memory, processor time and file sizes, no core dump, and a seccomp filter that
// refuses sockets, other processes' memory and new privileges. The bytes are handed over in memory, never in a file.
// Errors:  not_found when there is no such program; bad_source when it ended badly or was stopped, with what it said.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

struct JailOrder {
  std::vector<std::string> command;
  std::size_t memory_bytes = 0;
  std::size_t out_bytes_most = 0;
  int seconds = 0;
};

// What it wrote to its standard output.
app::Result<std::string> run_in_jail(const JailOrder& order, const std::string& input);

// From now on this process opens no file, starts no program and no process. False where that cannot be had.
bool lock_the_door();

// The running nightchart, or the one beside the running program.
std::string find_nightchart();

}  // namespace exporter
