// Runs another program to its end, hears what it says, and never waits for it for ever.
//
// The child gets no open file of ours, this program's environment with what is added to it, and dies when we are killed. Its input
// is a pipe that holds all that it gets, or nothing.
// Errors:  not_found when there is no such program; io when it cannot be started, took too long, or gets more than a pipe holds.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/error.h"

namespace exporter {

inline constexpr std::size_t kChildInputMost = 65'536;

struct ChildOrder {
  std::vector<std::string> command;  // the program is looked for in PATH
  std::vector<std::pair<std::string, std::string>> environment = {};  // in place of what those names were
  bool clean_environment = false;     // the child knows of this program's only where programs lie
  std::string input = {};             // at most kChildInputMost bytes
  int most_s = 60;                    // then it is killed, with its own children
  std::size_t most_bytes = 1u << 20;  // of each of out and err; the rest is dropped
  std::function<void(std::string_view)> hear_out = {};  // gets standard output piece by piece, in place of `out`
};

struct ChildOutcome {
  int exit_code = -1;  // 128 and the signal, if one ended it
  std::string out;
  std::string err;
};

app::Result<ChildOutcome> run_child(const ChildOrder& order);

// Kills every program that run_child() waits for in any thread, with its own children: this program is about to end in the middle
// of something, and a shell's or a transfer's children would go on without it.
void kill_children();

// A program that has the terminal to itself, as if it was typed; its exit code.
app::Result<int> run_in_front(const std::vector<std::string>& command);

}  // namespace exporter
