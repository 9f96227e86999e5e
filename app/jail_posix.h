// Runs a program on foreign bytes where it can do little harm.
//
// POSIX only, Linux for the rest: bounded memory, processor time and file sizes, no core dump, and a seccomp filter that
// refuses sockets, other processes' memory and new privileges. The bytes are handed over in memory, never in a file.
// Errors:  not_found when there is no such program; bad_source when it ended badly, with what it said; no_room when it
//          said too much; out_of_time when it took too long, which on another day it may not; busy when nobody waits for it
//          any more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/error.h"

namespace app {

struct JailOrder {
  std::vector<std::string> command;
  std::size_t memory_bytes = 0;
  std::size_t out_bytes_most = 0;
  int seconds = 0;
  std::function<bool()> goes_on{};  // asked now and then: false ends it
};

// What it wrote to its standard output.
Result<std::string> run_in_jail(const JailOrder& order, const std::string& input);

// What the process behind the door may still read.
enum class Window : std::uint8_t {
  none,
  fonts,  // the system's, to draw with. A kernel without Landlock lets it read other files too; none lets it write one
};

// From now on this process opens no file, starts no program and no process. False where that cannot be had.
bool lock_the_door(Window window = Window::none);

// The program of this name that lies beside the running one; or the running one itself.
std::string find_program_beside(const std::string& name);

}  // namespace app
