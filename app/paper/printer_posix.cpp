#include "app/paper/printer_posix.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;

namespace app {
namespace {

bool write_all(int pipe, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(pipe, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<Done> send_to_printer(const std::string& queue, const std::string& title, std::string_view pdf) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return Error{Code::io, "The printer cannot be reached.", "pipe failed"};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO,
                                   STDOUT_FILENO);  // lp's "request id is …" is no answer of ours
  std::string lp = "lp", as = "-t", said = title, to = "-d", name = queue, last = "--";
  std::array<char*, 7> arguments = {lp.data(), as.data(), said.data(), to.data(), name.data(), last.data(), nullptr};
  if (queue.empty()) arguments[3] = last.data(), arguments[4] = nullptr;
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "lp", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[0]);
  if (failed != 0) {
    close(ends[1]);
    return Error{Code::not_found, "There is no lp program to print with.",
                      std::string(std::strerror(failed)) + "; install the client of CUPS, or use --out"};
  }
  // If lp ends early, that is said by its exit code, not by a signal that ends this program.
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  const bool written = write_all(ends[1], pdf);
  close(ends[1]);
  std::signal(SIGPIPE, before);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!written || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return Error{Code::io, "The printer" + (queue.empty() ? "" : " " + queue) + " did not take the page.",
                 "lp ended with " + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1)};
  }
  return Done{};
}

}  // namespace app
