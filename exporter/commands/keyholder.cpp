#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "exporter/commands/commands.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/options.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

struct Arguments {
  std::string config;
  std::string name;
  std::string passphrase_file;
  bool json = false;
};

Result<app::Done> add(const Arguments& arguments) {
  TRY_GET(const fs::path file, find_config(arguments.config));
  TRY_GET(const Options options, read_options(file));
  TRY_GET(const std::string phrase, new_passphrase(arguments.passphrase_file, arguments.name));
  TRY(add_keyholder(options.practice_folder(), arguments.name, phrase));
  return app::Done{};
}

int run_add(const Arguments& arguments) {
  const auto added = add(arguments);
  if (!added.ok()) return report_error(added.error(), arguments.json);
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("keyholder", std::string_view(arguments.name));
    json.close_object();
    std::cout << text << std::endl;
  } else {
    std::cout << arguments.name << " can open the copies of the nights from now on; those made before stay closed to them." << std::endl;
  }
  return 0;
}

int run_list(const Arguments& arguments) {
  const auto listed = [&]() -> Result<std::vector<Keyholder>> {
    TRY_GET(const fs::path file, find_config(arguments.config));
    TRY_GET(const Options options, read_options(file));
    return read_keyholders(options.practice_folder());
  }();
  if (!listed.ok()) return report_error(listed.error(), arguments.json);
  std::string text;
  app::JsonWriter json(text);
  json.open_array();
  for (const Keyholder& keyholder : listed.value()) {
    json.text(keyholder.name);
    if (!arguments.json) std::cout << keyholder.name << "\n";
  }
  json.close_array();
  if (arguments.json) std::cout << text << "\n";
  return 0;
}

CLI::App* add_one_command(CLI::App& group, const char* name, const char* about, Arguments& arguments) {
  CLI::App* command = group.add_subcommand(name, about);
  command->add_option("--config", arguments.config, "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_flag("--json", arguments.json, "One JSON document for programs");
  return command;
}

}  // namespace

void add_keyholder(CLI::App& program, int& exit_code) {
  CLI::App* group = program.add_subcommand("keyholder", "Who can open the copies of the nights to come");
  group->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();
  CLI::App* add_one = add_one_command(*group, "add", "Add a person or a laptop", *arguments);
  add_one->add_option("NAME", arguments->name, "Their name, as the unlock page lists it")->required();
  add_one->add_option("--passphrase-file", arguments->passphrase_file, "A file whose first line is their passphrase; else you are asked");
  add_one->callback([arguments, &exit_code] { exit_code = run_add(*arguments); });
  CLI::App* list = add_one_command(*group, "list", "List them", *arguments);
  list->callback([arguments, &exit_code] { exit_code = run_list(*arguments); });
}

}  // namespace exporter
