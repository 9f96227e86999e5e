#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/emr/emr_check.h"
#include "exporter/open_emr.h"

namespace exporter {
namespace {

struct Arguments {
  std::string config;
  bool json = false;
};

app::Result<EmrCheck> check(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(const Options options, read_options(file));
  if (options.emr.kind != EmrKind::sql) {
    return app::Error{app::Code::bad_config, "`emr check` is for databases; [emr] kind is \"fhir-bulk\".",
                      "run the night: its report names every line that cannot be read"};
  }
  Progress progress;
  return check_emr(sql_order_of(options, staging_beside_copies(options), nullptr), [&progress](const std::string& text) { progress.show(text); });
}

int run(const Arguments& arguments) {
  const auto checked = check(arguments);
  if (!checked.ok()) return report_error(checked.error(), arguments.json);
  const EmrCheck& result = checked.value();
  std::cout << (arguments.json ? format_check_json(result) + "\n" : format_check(result)) << std::flush;
  if (!result.faults.empty()) return static_cast<int>(app::Code::bad_config);
  return result.whole() ? 0 : app::kExitUnreadable;
}

}  // namespace

void add_emr(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* emr = program.add_subcommand("emr", "Look at the EMR's data without making a copy");
  emr->require_subcommand(1);
  CLI::App* command = emr->add_subcommand("check", "Read the EMR's database through its mapping pack, and say what is wrong with either");
  command->add_option("--config", arguments->config,
                      "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("Reads everything once, as the night does, and keeps nothing. It shows counts and the EMR's own keys of ten\n"
                  "patients, no other word of any patient. Exit code 18: a file of the pack is wrong; 3: something could not be read.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
