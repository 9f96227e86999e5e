#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
#include <memory>

#include "app/process_faults_posix.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/nightly.h"
#include "exporter/report/tell.h"

namespace exporter {
namespace {

using app::Result;

struct Arguments {
  std::string config;
  std::string accept_shrink;
  bool json = false;
};

void note(const std::vector<app::Error>& faults) {
  for (const app::Error& fault : faults) {
    std::cerr << "nightchart: " << plain(fault.what) << (fault.detail.empty() ? "" : " (" + plain(fault.detail) + ")") << std::endl;
  }
}

// The night, and everybody told. `untold` is what could not be.
Result<NightReport> run_and_tell(const Options& options, std::vector<app::Error>& untold) {
  const auto start = std::chrono::steady_clock::now();
  // Until everybody is told: the next night's words must not come before this one's.
  const app::Instant began = app::now();
  const auto lock = FileLock::take(options.practice_folder() / ".night.lock");
  if (!lock.ok()) {
    // Of a night that is busy the other one tells.
    if (lock.error().code != app::Code::busy) untold = tell_night(options, {began, 0, nullptr, lock.error()}, began);
    return lock.error();
  }
  untold = tell_start(options.report);
  auto night = [&] {
    Progress progress;
    return run_night(options, began, [&progress](const std::string& text) { progress.show(text); });
  }();
  EndedNight ended{began, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), nullptr, std::nullopt};
  if (night.ok()) ended.report = &night.value();
  else ended.fault = night.error();
  const auto faults = tell_night(options, ended, app::now());
  untold.insert(untold.end(), faults.begin(), faults.end());
  return night;
}

Result<Options> read_settings(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(Options options, read_options(file));
  options.accept_shrink = arguments.accept_shrink;
  return options;
}

int run(const Arguments& arguments) {
  app::survive_closed_pipes();
  const auto options = read_settings(arguments);
  if (!options.ok()) return report_error(options.error(), arguments.json);
  std::vector<app::Error> untold;
  const auto report = run_and_tell(options.value(), untold);
  note(untold);
  if (!report.ok()) return report_error(report.error(), arguments.json);
  std::cout << (arguments.json ? format_report_json(report.value()) + "\n" : format_report(report.value())) << std::flush;
  if (!std::cout) {
    return report_error({app::Code::io, "The copy is made, but the night's report could not be written.",
                         report.value().copy.string()},
                        false);
  }
  const int code = exit_code_of(report.value());
  // Whoever relies on the hooks or the files must not hear of a night without a fault.
  return code == 0 && !untold.empty() ? static_cast<int>(untold.front().code) : code;
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
  command->add_flag("--json", arguments->json, "The night's report as one JSON document");
  command->footer("Until the new copy has been opened again and compared, yesterday's stays the current one.\n"
                  "Exit code 3: done, but some entries or lines were unreadable (counted, and the lines named). 23: far less than before,\n"
                  "so nothing was published.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
