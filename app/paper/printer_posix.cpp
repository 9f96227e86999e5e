#include "app/paper/printer_posix.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>
#include <vector>

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

// What a program of CUPS says; whatever it could not say within the time is missing.
std::string hear(std::vector<std::string> command) {
  constexpr int kWait_ms = 3000;
  constexpr std::size_t kMost = 64u << 10;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return "";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  // Its words are read by a program: in the language that they have everywhere.
  std::vector<char*> environment;
  std::string english = "LC_ALL=C";
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (!std::string_view(*entry).starts_with("LC_ALL=")) environment.push_back(*entry);
  environment.push_back(english.data());
  environment.push_back(nullptr);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string said;
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kWait_ms);
  std::array<char, 4096> piece{};
  while (failed == 0 && said.size() < kMost) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd ready{ends[0], POLLIN, 0};
    if (left <= 0 || poll(&ready, 1, static_cast<int>(left)) == 0) break;
    const ssize_t got = read(ends[0], piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    said.append(piece.data(), static_cast<std::size_t>(got));
  }
  close(ends[0]);
  if (failed != 0) return "";
  kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return said;
}

}  // namespace

std::vector<std::string> list_printers() {
  std::vector<std::string> printers;
  const std::string names = hear({"lpstat", "-e"});
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find('\n', at), names.size());
    if (end > at) printers.push_back(names.substr(at, end - at));
    at = end + 1;
  }
  const std::string usual = hear({"lpstat", "-d"});
  constexpr std::string_view kMark = "destination: ";
  if (const std::size_t at = usual.find(kMark); at != std::string::npos) {
    const std::size_t begin = at + kMark.size();
    const auto found = std::find(printers.begin(), printers.end(), usual.substr(begin, usual.find('\n', begin) - begin));
    if (found != printers.end()) std::rotate(printers.begin(), found, found + 1);
  }
  return printers;
}

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
    return Error{Code::not_found, "This computer knows no printer: there is no lp program to print with.",
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
    if (queue.empty() && list_printers().empty())
      return Error{Code::not_found, "This computer knows no printer. Connect one by USB, switch it on, and print again.", ""};
    return Error{Code::io, "The printer" + (queue.empty() ? "" : " " + queue) + " did not take the page.",
                 "lp ended with " + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1) + "; `lpstat -e` lists the names of the printers' queues"};
  }
  return Done{};
}

}  // namespace app
