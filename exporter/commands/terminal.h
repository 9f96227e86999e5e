// The person at the terminal: questions without echo, progress that leaves nothing behind.
//
// POSIX only (termios, isatty).
// Errors:  Code::not_found when there is no terminal to ask at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/error.h"

namespace exporter {

// Asks on the terminal itself, not on standard output; what is typed is not shown.
app::Result<std::string> ask_passphrase(const std::string& question);
// An ordinary question; an empty answer gives the fallback.
app::Result<std::string> ask(const std::string& question, const std::string& fallback);

// A name or a path as a terminal may show it: no control characters, nothing unseen, nothing that turns the direction of what follows. A
// copy's manifest may have been written by anybody.
std::string plain(std::string_view text);

// Shows "text" on stderr in place of what it showed before, if stderr is a terminal; at most ten times
// a second. The destructor clears the line.
class Progress {
 public:
  ~Progress();
  void show(const std::string& text);

 private:
  std::int64_t last_ms_ = 0;
  bool shown_ = false;
};

}  // namespace exporter
