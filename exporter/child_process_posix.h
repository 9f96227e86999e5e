// Runs another program to its end, hears what it says, and never waits for it for ever.
//
// The child gets no input, no open file of ours, and this program's environment with what is added to it.
// Errors:  not_found when there is no such program; io when it cannot be started or took too long.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/error.h"

namespace exporter {

struct ChildOrder {
  std::vector<std::string> command;  // the program is looked for in PATH
  std::vector<std::pair<std::string, std::string>> environment = {};  // in place of what those names were
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

}  // namespace exporter
