#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/process_faults_posix.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/nightly.h"

namespace exporter {
namespace {

struct Arguments {
  std::string config;
  bool json = false;
};

app::Result<NightReport> run_with_progress(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(const Options options, read_options(file));
  Progress progress;
  return run_night(options, app::now(), [&progress](const std::string& text) { progress.show(text); });
}

int run(const Arguments& arguments) {
  app::survive_closed_pipes();
  const auto report = run_with_progress(arguments);
  if (!report.ok()) return report_error(report.error(), arguments.json);
  std::cout << (arguments.json ? format_report_json(report.value()) + "\n" : format_report(report.value())) << std::flush;
  if (!std::cout) {
    return report_error({app::Code::io, "The copy is made, but the night's report could not be written.",
                         report.value().copy.string()},
                        false);
  }
  if (report.value().left_behind) return static_cast<int>(report.value().left_behind->code);
  if (report.value().paper_fault) return static_cast<int>(report.value().paper_fault->code);
  for (const DestinationResult& destination : report.value().destinations) {
    if (destination.fault) return static_cast<int>(destination.fault->code);
  }
  const DocumentReport& documents = report.value().documents;
  if (documents.fault) return static_cast<int>(documents.fault->code);
  const bool whole = documents.not_found + documents.unreadable == 0 && report.value().read.unreadable == 0 && report.value().read.skipped == 0;
  return whole ? 0 : app::kExitUnreadable;
}

}  // namespace

void add_night(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("night", "The whole night: read the EMR, keep, print, open again and compare, publish, copy");
  command->add_option("--config", arguments->config,
                      "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_flag("--json", arguments->json, "The night's report as one JSON document");
  command->footer("Until the new copy has been opened again and compared, yesterday's stays the current one.\n"
                  "Exit code 3: done, but some entries or lines were unreadable (counted, and the lines named).");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
