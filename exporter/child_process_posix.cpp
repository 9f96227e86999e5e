#include "exporter/child_process_posix.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>
#include <set>
#include <thread>

extern char** environ;

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

struct Pipe {
  Pipe() { opened = ::pipe2(ends, O_CLOEXEC) == 0; }
  ~Pipe() { close(0), close(1); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close(int end) {
    if (ends[end] >= 0) ::close(std::exchange(ends[end], -1));
  }
  int ends[2] = {-1, -1};
  bool opened = false;
};

// What exec takes, made before the fork: between fork and exec nothing may ask for memory.
struct Vectors {
  explicit Vectors(const ChildOrder& order) {
    for (char** entry = environ; *entry != nullptr && !order.clean_environment; ++entry) {
      const std::string_view text = *entry;
      const std::string_view name = text.substr(0, text.find('='));
      bool replaced = false;
      for (const auto& [key, value] : order.environment) replaced = replaced || key == name;
      if (!replaced) environment_texts.emplace_back(text);
    }
    if (order.clean_environment) environment_texts.emplace_back("PATH=/usr/bin:/bin");
    for (const auto& [key, value] : order.environment) environment_texts.push_back(key + "=" + value);
    command_texts = order.command;
    for (std::string& text : command_texts) command.push_back(text.data());
    for (std::string& text : environment_texts) environment.push_back(text.data());
    command.push_back(nullptr);
    environment.push_back(nullptr);
  }
  std::vector<std::string> command_texts, environment_texts;
  std::vector<char*> command, environment;
};

// All of it before anybody reads, so that neither waits for the other.
bool fill(Pipe& in, const std::string& input) {
  if (input.size() > kChildInputMost) return errno = E2BIG, false;
  if (::fcntl(in.ends[1], F_SETFL, O_NONBLOCK) != 0) return false;
  const bool filled = input.empty() || ::write(in.ends[1], input.data(), input.size()) == static_cast<ssize_t>(input.size());
  in.close(1);
  return filled;
}

[[noreturn]] void become(const Vectors& vectors, const Pipe& in, const Pipe& out, const Pipe& err, const Pipe& fault, pid_t parent) {
  ::setpgid(0, 0);
  // Nobody is left to hear it or to stop it when this program is killed.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(in.ends[0], STDIN_FILENO);
  ::dup2(out.ends[1], STDOUT_FILENO);
  ::dup2(err.ends[1], STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::execvpe(vectors.command[0], vectors.command.data(), vectors.environment.data());
  const int why = errno;
  (void)!::write(fault.ends[1], &why, sizeof why);
  ::_exit(127);
}

// The children that were not waited for yet: until then their numbers are nobody else's.
class Running {
 public:
  explicit Running(pid_t child) : child_(child) {
    const std::lock_guard lock(mutex_);
    all_.insert(child_);
  }
  ~Running() { end(0); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == child_;
  }
  // Waits for its end; gives its status.
  int end(int signal) {
    if (signal != 0) ::kill(-child_, signal);
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    const std::lock_guard lock(mutex_);
    if (all_.erase(child_) != 0) ::waitpid(child_, &status_, 0);
    return status_;
  }
  static void kill_all() {
    const std::lock_guard lock(mutex_);
    for (const pid_t child : all_) ::kill(-child, SIGKILL);
  }

 private:
  static inline std::mutex mutex_;
  static inline std::set<pid_t> all_;
  const pid_t child_;
  int status_ = 0;
};

class Listener {
 public:
  explicit Listener(const ChildOrder& order) : order_(order) {}

  // Until both pipes are closed; false when the time is over.
  bool listen(const Pipe& out, const Pipe& err, ChildOutcome& outcome) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(order_.most_s);
    pollfd both[] = {{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}};
    while (both[0].fd >= 0 || both[1].fd >= 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
      if (left <= 0) return false;
      const int ready = ::poll(both, 2, static_cast<int>(std::min<long long>(left, 60'000)));
      if (ready < 0 && errno != EINTR) return false;
      if (ready <= 0) continue;
      if (both[0].revents != 0 && !take(both[0].fd, outcome.out, true)) both[0].fd = -1;
      if (both[1].revents != 0 && !take(both[1].fd, outcome.err, false)) both[1].fd = -1;
    }
    return true;
  }

 private:
  bool take(int descriptor, std::string& text, bool is_out) {
    char piece[65536];
    const ssize_t got = ::read(descriptor, piece, sizeof piece);
    if (got < 0) return errno == EINTR;
    const std::string_view bytes(piece, static_cast<std::size_t>(got));
    if (is_out && order_.hear_out) order_.hear_out(bytes);
    else if (text.size() < order_.most_bytes) text += bytes.substr(0, order_.most_bytes - text.size());
    return got > 0;
  }

  const ChildOrder& order_;
};

}  // namespace

Result<ChildOutcome> run_child(const ChildOrder& order) {
  const std::string& program = order.command.front();
  Pipe in, out, err, fault;
  if (!in.opened || !out.opened || !err.opened || !fault.opened || !fill(in, order.input)) return Error{Code::io, program + " could not be started.", std::strerror(errno)};
  const Vectors vectors(order);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return Error{Code::io, program + " could not be started.", std::strerror(errno)};
  if (child == 0) become(vectors, in, out, err, fault, parent);
  ::setpgid(child, child);
  Running running(child);
  in.close(0);
  for (Pipe* pipe : {&out, &err, &fault}) pipe->close(1);
  int why = 0;
  if (::read(fault.ends[0], &why, sizeof why) == sizeof why) {
    return Error{why == ENOENT ? Code::not_found : Code::io, "The program " + program + " could not be started.", std::strerror(why)};
  }
  ChildOutcome outcome;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(order.most_s);
  bool in_time = Listener(order).listen(out, err, outcome);
  // One that closed its pipes may run on, and has no more time for that.
  while (in_time && !running.has_ended()) {
    in_time = std::chrono::steady_clock::now() < end;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  const int status = running.end(in_time ? 0 : SIGKILL);
  if (!in_time) return Error{Code::io, program + " did not end in " + std::to_string(order.most_s) + " seconds and was stopped.", outcome.err};
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

void kill_children() { Running::kill_all(); }

Result<int> run_in_front(const std::vector<std::string>& command) {
  std::vector<std::string> texts = command;
  std::vector<char*> words;
  for (std::string& text : texts) words.push_back(text.data());
  words.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return Error{Code::io, command.front() + " could not be started.", std::strerror(errno)};
  if (child == 0) {
    ::execvp(words[0], words.data());
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace exporter
