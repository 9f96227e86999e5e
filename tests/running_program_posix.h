// A program that runs beside the test, and is gone when the test is.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

namespace tests {

// Asks again and again until it is so; false when that takes longer than `most`.
template <typename Condition>
bool wait_until(Condition is_so, std::chrono::milliseconds most = std::chrono::seconds(20)) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

class RunningProgram {
 public:
  // A shell command line that names one program.
  explicit RunningProgram(const std::string& command) : process_(fork()) {
    if (process_ != 0) return;
    const std::string line = "exec " + command;
    execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  ~RunningProgram() {
    if (process_ <= 0 || ended()) return;
    kill(process_, SIGTERM);
    if (wait_until([this] { return ended(); }, std::chrono::seconds(3))) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  bool ended() {
    int status = 0;
    if (!exit_code_ && waitpid(process_, &status, WNOHANG) == process_)
      exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return exit_code_.has_value();
  }
  // Requires: ended().
  int exit_code() const { return *exit_code_; }

  // Of the processor, by all its threads, in hundredths of a second.
  long time_used() const {
    std::ifstream in("/proc/" + std::to_string(process_) + "/stat");
    std::string word;
    long user = 0, system = 0;
    for (int field = 1; field <= 13 && in >> word; ++field) continue;
    in >> user >> system;
    return user + system;
  }

  // The number on the line of /proc/…/status that begins so: "VmRSS:" in kB, "voluntary_ctxt_switches:"; of its first thread.
  long status(const std::string& name) const {
    std::ifstream in("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(in, line);)
      if (line.starts_with(name)) return std::atol(line.c_str() + name.size());
    return -1;
  }

 private:
  pid_t process_;
  std::optional<int> exit_code_;
};

}  // namespace tests
