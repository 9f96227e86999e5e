#include "exporter/commands/keyholder_envelope.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "app/snapshot/keys.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/new_envelope.h"
#include "exporter/commands/terminal.h"
#include "exporter/keyholders/envelope.h"

namespace exporter {
namespace {

using app::Result;

struct Arguments : EnvelopeArguments {
  std::string config;
  std::string lines_file;
  bool check = false;
  bool json = false;
};

Result<std::string> ask_for_lines() {
  std::string typed;
  for (std::size_t line = 1; line <= app::kRecoveryLines; ++line) {
    TRY_GET(const std::string one, ask("Line " + std::to_string(line) + ":", ""));
    typed += one + "\n";
    const app::RecoveryProgress progress = app::judge_recovery_lines(typed);
    if (progress.wrong_line != 0) return app::Error{app::Code::wrong_kind, app::describe_mistake(progress), ""};
    if (progress.right_lines == app::kRecoveryLines) break;  // a scanner types all of them in one go
  }
  return typed;
}

Result<Keyholder> check(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(const Options options, read_options(file));
  TRY_GET(const std::vector<Keyholder> keyholders, read_keyholders(options.practice_folder()));
  const auto current = find_envelope(keyholders);
  if (!current) {
    return app::Error{app::Code::not_found, "This practice has no sealed envelope yet.", "`nightchart keyholder envelope` makes one"};
  }
  TRY_GET(const std::string typed, arguments.lines_file.empty() ? ask_for_lines() : app::read_passphrase_file(arguments.lines_file));
  TRY(check_envelope(*current, typed));
  return *current;
}

int run_check(const Arguments& arguments) {
  const auto checked = check(arguments);
  if (!checked.ok()) return report_error(checked.error(), arguments.json);
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("envelope", std::string_view(checked.value().name));
    json.member("lines_right", true);
    json.close_object();
    std::cout << text << std::endl;
  } else {
    std::cout << "Right: these are the lines of " << plain(checked.value().name) << ", which opens the copies of the nights from now on."
              << std::endl;
  }
  return 0;
}

int run_make(const Arguments& arguments) {
  const auto made = [&]() -> Result<EnvelopeMade> {
    TRY_GET(const std::filesystem::path file, find_config(arguments.config));
    TRY_GET(const Options options, read_options(file));
    return hand_over_envelope(options, arguments);
  }();
  if (!made.ok()) return report_error(made.error(), arguments.json);
  if (!arguments.json) {
    std::cout << describe_envelope(made.value()) << std::flush;
    return 0;
  }
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("envelope", std::string_view(made.value().envelope.name));
  if (made.value().replaced) json.member("replaced", std::string_view(made.value().replaced->name));
  if (!arguments.out.empty()) json.member("out", std::string_view(arguments.out));
  json.close_object();
  std::cout << text << std::endl;
  return 0;
}

}  // namespace

void add_keyholder_envelope(CLI::App& group, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = group.add_subcommand(
      "envelope", "Make the sealed envelope: one page that opens the copies when nobody can give a passphrase");
  command->add_option("--config", arguments->config, "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  auto* where = command->add_option_group("Where to");
  where->add_option("--out", arguments->out, "A new PDF file, readable by you alone. It IS the key: print it, then delete it");
  where->add_option("--printer", arguments->printer, "A print queue (lp -d): the page is written to no file of ours");
  auto* checks = where->add_flag("--check", arguments->check, "Make nothing: type the lines of the current page, and see whether they are right");
  where->require_option(1);
  command->add_flag("--letter", arguments->letter, "US Letter, whatever the settings say");
  command->add_option("--passphrase-file", arguments->lines_file, "With --check: a file that holds the lines")->needs(checks);
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("A new envelope takes the place of the one before for the copies to come. This computer keeps only its public key:\n"
                  "nothing that stays here opens a copy. Examples: nightchart keyholder envelope --printer office\n"
                  "                                                nightchart keyholder envelope --out /media/stick/envelope.pdf");
  command->callback([arguments, &exit_code] { exit_code = arguments->check ? run_check(*arguments) : run_make(*arguments); });
}

}  // namespace exporter
