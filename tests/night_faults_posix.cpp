// Runs the real program with the fault library preloaded.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/command.h"
#include "tests/house_places.h"
#include "tests/night_faults.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

// All that a child needs, made before the fork: between fork and exec nothing may allocate.
struct Launch {
  std::vector<std::string> arguments, environment;
  std::vector<char*> argument_list, environment_list;
  std::string folder, out, err;

  void close_lists() {
    for (std::string& text : arguments) argument_list.push_back(text.data());
    for (std::string& text : environment) environment_list.push_back(text.data());
    argument_list.push_back(nullptr);
    environment_list.push_back(nullptr);
  }
};

pid_t start(const Launch& launch) {
  const pid_t process = fork();
  if (process != 0) return process;
  setpgid(0, 0);
  if (chdir(launch.folder.c_str()) != 0) _exit(126);
  dup2(open("/dev/null", O_RDONLY), 0);
  dup2(open(launch.out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
  dup2(open(launch.err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
  execve(launch.argument_list[0], launch.argument_list.data(), launch.environment_list.data());
  _exit(127);
}

using Clock = std::chrono::steady_clock;

void wait_for(pid_t process, const NightOrder& order, NightOutcome& outcome) {
  const auto begin = Clock::now();
  bool stopped_before = false;
  if (order.kill_after_us) {
    std::this_thread::sleep_for(std::chrono::microseconds(*order.kill_after_us));
    kill(-process, SIGKILL);
  }
  for (int status = 0;;) {
    const pid_t seen = waitpid(process, &status, WNOHANG | WUNTRACED);
    if (seen == process && WIFSTOPPED(status)) {
      if (order.on_stop && !stopped_before) order.on_stop(process);
      stopped_before = true;
      kill(-process, SIGCONT);
    } else if (seen == process) {
      if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
      if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
      outcome.dumped_core = WIFSIGNALED(status) && WCOREDUMP(status);
      return;
    }
    if (Clock::now() - begin > std::chrono::seconds(order.most_s)) {
      outcome.hung = true;
      kill(-process, SIGKILL);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
}

}  // namespace

const FileCall* NightOutcome::struck() const {
  for (const FileCall& call : calls) {
    if (call.record.struck != 0) return &call;
  }
  return nullptr;
}

NightOutcome run_night(const SmallPractice& practice, const NightOrder& order) {
  static std::atomic<int> runs = 0;
  practice.scan_something();
  const std::string name = std::to_string(++runs);
  const fs::path journal = practice.beside() / ("journal-" + name);
  Launch launch;
  launch.folder = (practice.root() / "here").string();
  launch.out = (practice.beside() / ("out-" + name)).string();
  launch.err = (practice.beside() / ("err-" + name)).string();
  launch.arguments = {std::string(kPrograms) + "/nightchart"};
  if (!order.prefix.empty()) launch.arguments = {"/bin/sh", "-c", order.prefix + " exec \"$0\" \"$@\"", std::string(kPrograms) + "/nightchart"};
  launch.arguments.insert(launch.arguments.end(), order.command.begin(), order.command.end());
  if (order.command.front() == "night") launch.arguments.insert(launch.arguments.end(), {"--config", practice.config().string()});
  launch.environment = {"PATH=/usr/bin:/bin", "LD_PRELOAD=" FAULTS_LIBRARY, "FAULTS_BELOW=" + (order.below.empty() ? practice.root().string() : order.below),
                        "HOME=" + (practice.root() / "home").string(), "TMPDIR=" + (practice.root() / "tmp").string(),
                        "FAULTS_JOURNAL=" + (order.without_journal ? "/dev/null" : journal.string())};
  if (!order.fault.empty()) launch.environment.push_back("FAULTS_ORDER=" + order.fault);
  if (!order.clock.empty()) launch.environment.push_back("FAULTS_CLOCK=" + order.clock);
  if (order.with_data) launch.environment.push_back("FAULTS_DATA=1");
  launch.close_lists();

  NightOutcome outcome;
  wait_for(start(launch), order, outcome);
  outcome.out = contents(launch.out);
  outcome.err = contents(launch.err);
  outcome.calls = read_journal(journal);
  for (const std::string& file : {launch.out, launch.err, journal.string()}) fs::remove(file);
  return outcome;
}

}  // namespace tests
