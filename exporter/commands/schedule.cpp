#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "exporter/child_process_posix.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/schedule/schedule.h"
#include "exporter/schedule/ups.h"
#include "exporter/split.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr const char* kUnits = "/etc/systemd/system";

struct Arguments {
  std::string config;
  std::string at = "02:00";
  std::string units = kUnits;
  std::string ups_script = UpsOrder{}.script.string();
  int within_s = ScheduleOrder{}.within_s;
  bool ups = false;
  bool cron = false;
};

Result<fs::path> own_program() {
  std::error_code fault;
  const fs::path program = fs::read_symlink("/proc/self/exe", fault);
  if (fault) return Error{Code::io, "Where this program lies could not be found out.", fault.message()};
  return program;
}

// Only where systemd itself runs, and for its own folder of units.
Result<Done> switch_on(const fs::path& units, const std::vector<std::string>& names) {
  std::vector<std::string> enable{"systemctl", "enable", "--now"};
  std::string listed;
  for (const std::string& name : names) enable.push_back(name), listed += " " + name;
  std::error_code ignored;
  if (units != kUnits || !fs::is_directory("/run/systemd/system", ignored)) {
    std::cout << "It is not switched on yet: put the files into " << kUnits << ", then\n"
              << "  systemctl daemon-reload && systemctl enable --now" << listed << std::endl;
    return Done{};
  }
  for (const std::vector<std::string>& command : {std::vector<std::string>{"systemctl", "daemon-reload"}, enable}) {
    TRY_GET(const ChildOutcome outcome, run_child({.command = command}));
    if (outcome.exit_code != 0) return Error{Code::io, "The units are written, but systemd did not switch them on.", outcome.err};
  }
  std::cout << "It is switched on. `systemctl list-timers 'nightchart*'` says what runs next." << std::endl;
  return Done{};
}

// For the practice's UPS. Whether upsmon runs here, and what else it runs, is not for Nightchart to change.
Result<Done> install_ups(const Arguments& arguments, const Options& options, const ScheduleOrder& order) {
  const UpsOrder ups{.script = fs::absolute(arguments.ups_script)};
  TRY(write_ups(options, order, ups, arguments.units));
  std::cout << "Wrote " << plain(ups.script.string()) << ", and nightchart-battery.service and nightchart-battery.path to " << plain(arguments.units)
            << ".\nWhen the power is gone, a last copy of charts and schedule is made within " << arguments.within_s << " seconds. Network UPS Tools must run the script.\n"
            << format_ups_lines(ups);
  return switch_on(arguments.units, {"nightchart-battery.path"});
}

Result<Done> install(const Arguments& arguments) {
  TRY_GET(const fs::path file, find_config(arguments.config));
  TRY_GET(const Options options, read_options(file));
  if (const auto parts = find_split(options); !parts.empty()) {
    const std::string of = std::to_string(parts.size());
    return Error{Code::bad_config, "This practice is made in " + of + " parts, and this would make copies of the whole beside them.",
                 "plan `nightchart night --shard 1/" + of + "` to `--shard " + of + "/" + of + "` instead: templates/schedulers/README.md shows how"};
  }
  TRY_GET(const fs::path program, own_program());
  const ScheduleOrder order{program, arguments.at, arguments.within_s};
  if (arguments.ups) return install_ups(arguments, options, order);
  if (arguments.cron) {
    std::cout << "# /etc/cron.d/nightchart. Cron does not make up a night that was missed because the computer was off.\n"
              << format_cron(options, order) << std::flush;
    return Done{};
  }
  TRY(write_units(options, order, arguments.units));
  std::cout << "Wrote nightchart.service and nightchart.timer to " << plain(arguments.units) << ": every night at " << arguments.at
            << ";\na night that was missed because the computer was off is made up. The night may write to these folders only:\n";
  for (const fs::path& folder : written_folders(options)) std::cout << "  " << plain(folder.string()) << "\n";
  std::vector<std::string> timers{"nightchart.timer"};
  if (const std::vector<int> times = times_of_day(options.night); !times.empty()) {
    timers.push_back("nightchart-day.timer");
    std::cout << "Wrote nightchart-day.service and nightchart-day.timer too: " << times.size() << " copies a day between the nights, from "
              << format_minutes(times.front()) << " to " << format_minutes(times.back()) << ".\n";
  }
  if (drills_by_itself(options)) {
    timers.push_back("nightchart-drill.timer");
    std::cout << "Wrote nightchart-drill.service and nightchart-drill.timer too: a restore drill at noon of the first of every month.\n";
  } else {
    std::cout << "No drill is scheduled: [drill] names no passphrase_file. Hold one by hand every month: nightchart drill\n";
  }
  std::cout << "After a change of [[destination]], [copy] or [night], run this again.\n";
  return switch_on(arguments.units, timers);
}

}  // namespace

void add_schedule(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("schedule", "Let the night run by itself: systemd's timer and service, or a line for cron");
  command->add_option("--config", arguments->config,
                      "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_option("--at", arguments->at, "When, by this computer's clock")->capture_default_str()->check([](const std::string& time) {
    return is_time_of_day(time) ? std::string() : std::string("must be a time of day such as 02:00");
  });
  command->add_option("--units", arguments->units, "Where systemd's units are written")->capture_default_str();
  command->add_flag("--ups", arguments->ups, "Instead: what Network UPS Tools (upsmon) runs when the power is gone, so that a last copy is made");
  command->add_option("--ups-script", arguments->ups_script, "--ups: where the script is written")->capture_default_str();
  command->add_option("--within", arguments->within_s, "--ups: seconds that the last copy may take")->capture_default_str()->check(CLI::Range(10, 3600));
  command->add_flag("--cron", arguments->cron, "Print the line for /etc/cron.d instead, and write nothing");
  command->footer("The service is hardened: it may write to the settings' own folder, the copies and the destinations, and nowhere else.");
  command->callback([arguments, &exit_code] {
    const auto done = install(*arguments);
    exit_code = done.ok() ? 0 : report_error(done.error(), false);
  });
}

}  // namespace exporter
