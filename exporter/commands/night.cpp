#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <thread>

#include "app/process_faults_posix.h"
#include "exporter/child_process_posix.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/nightly.h"
#include "exporter/process_rank_posix.h"
#include "exporter/report/tell.h"
#include "exporter/shard.h"
#include "exporter/split.h"
#include "exporter/time_limit.h"

namespace exporter {
namespace {

using app::Result;

struct Arguments {
  std::string config;
  std::string accept_shrink;
  std::string shard;
  int within_s = 0;
  bool hourly = false;
  bool on_battery = false;
  bool json = false;

  app::Occasion occasion() const { return on_battery ? app::Occasion::battery : hourly ? app::Occasion::day : app::Occasion::night; }
};

constexpr int kBattery_s = 120;

void note(const std::vector<app::Error>& faults) {
  for (const app::Error& fault : faults) {
    std::cerr << "nightchart: " << plain(fault.what) << (fault.detail.empty() ? "" : " (" + plain(fault.detail) + ")") << std::endl;
  }
}

void print(const NightReport& report, bool as_json) {
  std::cout << (as_json ? format_report_json(report) + "\n" : format_report(report)) << std::flush;
}

// What is known of a run while it goes on. The run waits whenever it tells anything while its end by force is being told.
class RunSoFar {
 public:
  RunSoFar(const Options& options, app::Instant began, bool as_json) : options_(options), began_(began), as_json_(as_json) {}

  void show(const std::string& step) {
    const std::lock_guard lock(mutex_);
    step_ = step;
    progress_.show(step);
  }
  void keep(const NightReport& report) {
    const std::lock_guard lock(mutex_);
    report_ = report;
  }

  // A step hangs, and the time is over: what can still be said is said. What was being made has no name yet, what was being
  // copied bears a name that the next run removes, and the system takes the locks away.
  [[noreturn]] void end_by_force() {
    const std::lock_guard lock(mutex_);
    kill_children();
    EndedNight ended{began_, static_cast<double>(options_.run.within_s), nullptr, std::nullopt, options_.run.occasion};
    auto made = report_ ? cut_short(std::move(*report_), options_) : std::nullopt;
    if (made) {
      made->total_s = ended.took_s;
      ended.report = &*made;
    } else {
      ended.fault = app::Error{app::Code::out_of_time, "The time that was given ran out before a copy was made.", ""};
    }
    const std::string where = "--within " + std::to_string(options_.run.within_s) + " seconds; the last step: " + step_;
    if (ended.fault) ended.fault->detail = where;
    Options hurried = options_;
    hurried.run.occasion = app::Occasion::battery;  // nobody asks a network, and hooks have seconds
    (void)tell_night(hurried, ended, app::now());
    if (!made) std::_Exit(report_error(*ended.fault, as_json_));
    print(*made, as_json_);
    std::cerr << "nightchart: The time that was given ran out before everything was done (" << plain(where) << ")." << std::endl;
    std::_Exit(exit_code_of(*made));
  }

 private:
  const Options& options_;
  const app::Instant began_;
  const bool as_json_;
  std::mutex mutex_;
  Progress progress_;
  std::string step_ = "beginning";
  std::optional<NightReport> report_;
};

Result<NightReport> run_in_time(const Options& options, app::Instant began, bool as_json) {
  RunSoFar so_far(options, began, as_json);
  const TimeLimit limit(options.run.within_s, [&] { so_far.end_by_force(); });
  return run_night(options, began, {[&](const std::string& step) { so_far.show(step); }, [&](const NightReport& report) { so_far.keep(report); }});
}

const char* work_of(app::Occasion occasion) {
  return occasion == app::Occasion::night ? "a night" : occasion == app::Occasion::day ? "an hourly copy" : "a copy on battery";
}

// On battery a run that is under way is waited for, for half of the time at most: it may be just about to end.
Result<FileLock> take_lock(const Options& options, std::chrono::steady_clock::time_point start) {
  const auto patience = std::chrono::seconds(options.run.occasion == app::Occasion::battery ? options.run.within_s / 2 : 0);
  for (;;) {
    auto lock = FileLock::take(options.state_folder() / ".night.lock", work_of(options.run.occasion));
    if (lock.ok() || lock.error().code != app::Code::busy || std::chrono::steady_clock::now() - start >= patience) return lock;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

// The night, and everybody told. `untold` is what could not be.
Result<NightReport> run_and_tell(Options options, bool as_json, std::vector<app::Error>& untold) {
  const auto start = std::chrono::steady_clock::now();
  // Until everybody is told: the next night's words must not come before this one's.
  const app::Instant began = app::now();
  const auto lock = take_lock(options, start);
  if (!lock.ok()) {
    untold = tell_night(options, {began, 0, nullptr, lock.error(), options.run.occasion}, began);
    return lock.error();
  }
  if (options.run.within_s > 0) {
    options.run.within_s -= static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count());
  }
  untold = tell_start(options.report);
  const auto night = run_in_time(options, began, as_json);
  EndedNight ended{began, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), nullptr, std::nullopt, options.run.occasion};
  if (night.ok()) ended.report = &night.value();
  else ended.fault = night.error();
  const auto faults = tell_night(options, ended, app::now());
  untold.insert(untold.end(), faults.begin(), faults.end());
  return night;
}

// What is not the night's must not be in anybody's way; and nothing that isn't needed may wait for a network that is gone.
void suit(Options& options) {
  use_cores(static_cast<std::size_t>(options.night.workers));
  const app::Occasion occasion = options.run.occasion;
  if (occasion == app::Occasion::night) return;
  // The practice's monitoring waits for nights: what comes between them must not look like one.
  options.report.ping.clear();
  if (occasion == app::Occasion::day && options.night.rows_per_second > 0) options.emr.rows_per_second = options.night.rows_per_second;
  if (options.run.within_s > 0) {
    options.emr.connect_timeout_s = std::min(options.emr.connect_timeout_s, options.run.within_s);
    options.emr.read_timeout_s = std::min(options.emr.read_timeout_s, options.run.within_s);
  }
  if (occasion == app::Occasion::day) step_behind_everybody();
}

Result<Options> read_settings(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(Options options, read_options(file));
  options.accept_shrink = arguments.accept_shrink;
  options.run.occasion = arguments.occasion();
  options.run.within_s = arguments.within_s == 0 && arguments.on_battery ? kBattery_s : arguments.within_s;
  if (!arguments.shard.empty()) {
    TRY_GET(const app::Shard shard, parse_shard(arguments.shard));
    TRY(place_shard(options, shard));
  }
  suit(options);
  return options;
}

// Whoever goes back to the whole does so by this very command; whoever forgot --shard must hear of it.
void warn_of_split(const Options& options) {
  if (!options.run.shard.is_whole()) return;
  const auto parts = find_split(options).size();
  if (parts == 0) return;
  std::cerr << "nightchart: This practice was made in " << parts << " parts until now, and this is a night of THE WHOLE. "
            << "Once its copy is there it counts, and the parts no longer do. Was a part meant? Then: nightchart night --shard 1/"
            << parts << ", and the others." << std::endl;
}

int run(const Arguments& arguments) {
  app::survive_closed_pipes();
  const auto options = read_settings(arguments);
  if (!options.ok()) return report_error(options.error(), arguments.json);
  warn_of_split(options.value());
  std::vector<app::Error> untold;
  const auto report = run_and_tell(options.value(), arguments.json, untold);
  note(untold);
  if (!report.ok()) return report_error(report.error(), arguments.json);
  print(report.value(), arguments.json);
  if (!std::cout) {
    return report_error({app::Code::io, "The copy is made, but the night's report could not be written.",
                         report.value().copy.string()},
                        false);
  }
  const int code = exit_code_of(report.value());
  // Whoever relies on the hooks or the files must not hear of a night without a fault.
  return (code == 0 || code == app::kExitUnreadable) && !untold.empty() ? static_cast<int>(untold.front().code) : code;
}

}  // namespace

void add_night(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("night", "The whole night: read the EMR, keep, print, open again and compare, publish, copy");
  command->add_option("--config", arguments->config,
                      "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_option("--accept-shrink", arguments->accept_shrink,
                      "Publish though the EMR gave far less than before, for this reason, which is written down")
      ->check([](const std::string& reason) {
        return reason.find_first_not_of(" \t") == std::string::npos ? std::string("give the reason, in quotation marks") : std::string();
      });
  auto* hourly = command->add_flag("--hourly", arguments->hourly,
                                   "A copy between two nights: charts and schedule, no paper, no new scans; nothing if nothing changed");
  command->add_flag("--on-battery", arguments->on_battery, "The last copy before the power goes: as --hourly, within two minutes, marked as such")
      ->excludes(hourly);
  command->add_option("--within", arguments->within_s, "Seconds that it may take; then it ends, and the copies made before stay")
      ->check(CLI::Range(1, 86'400));
  command->add_option("--shard", arguments->shard, "One part of the practice's patients only, such as 2/4, in a folder of its own: shard-2-of-4");
  command->add_flag("--json", arguments->json, "The night's report as one JSON document");
  command->footer("Until the new copy has been opened again and compared, yesterday's stays the current one.\n"
                  "Exit code 3: done, but some entries or lines were unreadable (counted, and the lines named). 23: far less than before,\n"
                  "so nothing was published. 24: the time of --within ran out: the report says whether before the copy was made, or which places\n"
                  "did not get it.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
