// A person at a terminal of their own: reads what a program says, types answers, presses Ctrl-C.
#pragma once

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "tests/house_places.h"

namespace tests {

class TerminalSession {
 public:
  // A shell command line; `$NIGHTCHART` names the program.
  explicit TerminalSession(const std::string& command) {
    const std::string line = std::string("NIGHTCHART='") + kPrograms + "/nightchart'; stty -onlcr; " + command;
    child_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (child_ == 0) {
      ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      ::_exit(127);
    }
  }
  ~TerminalSession() {
    if (child_ > 0) ::kill(child_, SIGKILL), ::waitpid(child_, nullptr, 0);
    ::close(terminal_);
  }
  TerminalSession(const TerminalSession&) = delete;
  TerminalSession& operator=(const TerminalSession&) = delete;

  // Reads until these words have come since the last answer (what is typed before a question is asked is dropped by it); false when the program ended or said nothing more for long.
  bool hears(const std::string& words) {
    while (said_.find(words, answered_) == std::string::npos) {
      if (!read_more()) return said_.find(words, answered_) != std::string::npos;
    }
    return true;
  }
  // Which of two came; the first, if both have.
  int hears_either(const std::string& one, const std::string& other) {
    for (;;) {
      if (said_.find(one, answered_) != std::string::npos) return 1;
      if (said_.find(other, answered_) != std::string::npos) return 2;
      if (!read_more()) return 0;
    }
  }
  void types(const std::string& text) {
    answered_ = said_.size();
    (void)!::write(terminal_, text.data(), text.size());
  }
  void answers(const std::string& line) { types(line + "\n"); }
  bool hears_and_answers(const std::string& question, const std::string& line) {
    if (!hears(question)) return false;
    answers(line);
    return true;
  }
  // After the program's end: its exit code.
  int ends() {
    while (read_more()) {
    }
    int status = 0;
    ::waitpid(std::exchange(child_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  const std::string& said() const { return said_; }

 private:
  bool read_more() {
    pollfd one{terminal_, POLLIN, 0};
    constexpr int kMost_ms = 120'000;
    if (::poll(&one, 1, kMost_ms) <= 0) return false;
    char piece[4096];
    const ssize_t got = ::read(terminal_, piece, sizeof piece);
    if (got <= 0) return false;
    said_.append(piece, static_cast<std::size_t>(got));
    return true;
  }

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string said_;
  std::size_t answered_ = 0;
};

}  // namespace tests
