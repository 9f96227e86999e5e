#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/snapshot/keys.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/report/drill_result.h"
#include "exporter/report/tell.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

struct Arguments {
  std::string config;
  std::string destination;
  std::string passphrase_file;
  std::string keyholder;
  int sample = 0;
  bool check = false;
  bool json = false;
};

Result<DrillOrder> make_order(const Arguments& arguments, Options& options) {
  if (arguments.sample > 0) options.drill.sample = arguments.sample;
  DrillOrder order;
  order.destination = arguments.destination;
  order.keyholder = arguments.keyholder.empty() ? options.drill.keyholder : arguments.keyholder;
  const fs::path file = arguments.passphrase_file.empty() ? options.drill.passphrase_file : fs::path(arguments.passphrase_file);
  if (file.empty()) {
    TRY_GET(order.passphrase, ask_passphrase("Passphrase of " + (order.keyholder.empty() ? std::string("a keyholder") : plain(order.keyholder)) + ", for the drill:"));
  } else {
    TRY_GET(order.passphrase, app::read_passphrase_file(file));
    order.secrets.push_back(file);
  }
  return order;
}

Result<Drill> begin_and_hold(const DrillOrder& order, const Options& options, app::Instant began) {
  auto lock = FileLock::take(options.practice_folder() / ".drill.lock", "a drill");
  if (!lock.ok()) {
    app::Error fault = lock.error();
    if (fault.code == app::Code::busy) fault.what = "Another drill of this practice is running.";
    return fault;
  }
  Progress progress;
  return hold_drill(options, order, began, [&progress](const std::string& text) { progress.show(text); });
}

// One that could not begin failed as well: nobody reads what a timer's command says.
Drill failed_to_begin(app::Instant began, const app::Error& fault) {
  Drill drill;
  drill.began = began;
  drill.places.emplace_back();
  drill.places.back().name = kDrillItself;
  drill.places.back().fault = fault;
  return drill;
}

const char* outcome_of(const Drill& drill) {
  const int code = exit_code_of(drill);
  return code == 0 ? "PASSED" : code == kExitNotCompared ? "OPENED EVERYWHERE, BUT NOT COMPARED: the EMR is away" : "FAILED";
}

Result<int> hold(const Arguments& arguments, Options options) {
  const app::Instant began = app::now();
  const auto order = make_order(arguments, options);
  const bool person_was_asked = arguments.passphrase_file.empty() && options.drill.passphrase_file.empty();
  if (!order.ok() && person_was_asked) return order.error();
  const auto held = order.ok() ? begin_and_hold(order.value(), options, began) : Result<Drill>(order.error());
  Drill drill = held.ok() ? held.value() : failed_to_begin(began, held.error());
  const auto file = keep_result(options.practice_folder(), options.practice, drill);
  for (const app::Error& fault : tell_drill(options, drill, app::now())) std::cerr << "nightchart: " << plain(fault.what) << " (" << plain(fault.detail) << ")" << std::endl;
  if (arguments.json) {
    TRY_GET(const app::SigningKey key, read_signing_key(options.practice_folder()));
    std::cout << format_drill_json(drill, options.practice, key.verifying_key(), "") << std::endl;
  } else {
    const std::string number = drill.number == 0 ? "Drill" : "Drill no. " + std::to_string(drill.number);
    std::cout << number << " of " << plain(options.practice) << ": " << outcome_of(drill) << "\n"
              << format_drill(drill, options.time_zone) << (file.ok() ? "Signed result: " + file.value().string() + "\n" : "") << std::flush;
  }
  // The one JSON document is the drill's.
  if (!file.ok()) (void)report_error(file.error(), false);
  if (!held.ok() || file.ok()) return exit_code_of(drill);
  return static_cast<int>(file.error().code);
}

Result<int> check(const Arguments& arguments, const Options& options) {
  TRY_GET(const KeptDrills kept, check_results(options.practice_folder()));
  int code = 0;
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.key("drills");
  json.open_array();
  for (const KeptDrills::Kept& drill : kept.drills) {
    if (drill.fault) code = static_cast<int>(drill.fault->code);
    if (!arguments.json) {
      std::cout << (drill.fault ? "FORGED  " : drill.passed ? "passed  " : !drill.compared ? "opened, not compared  " : "failed  ") << plain(drill.file.filename().string()) << (drill.fault ? "  " + drill.fault->what : "") << "\n";
    }
    json.open_object();
    json.member("file", std::string_view(drill.file.filename().string()));
    json.member("passed", drill.passed && !drill.fault);
    if (!drill.compared) json.member("not_compared", true);
    if (drill.fault) json.member("fault", std::string_view(drill.fault->what));
    json.close_object();
  }
  json.close_array();
  json.key("missing");
  json.open_array();
  for (const std::string& missing : kept.missing) {
    code = static_cast<int>(app::Code::forged);
    json.text(missing);
    if (!arguments.json) std::cout << "MISSING " << missing << "\n";
  }
  json.close_array();
  json.close_object();
  if (arguments.json) std::cout << text << std::endl;
  else std::cout << kept.drills.size() << (kept.drills.size() == 1 ? " result" : " results") << (code == 0 ? ", each signed by the practice, none missing.\n" : ".\n") << std::flush;
  return code;
}

int run(const Arguments& arguments) {
  const auto code = [&]() -> Result<int> {
    TRY_GET(const fs::path file, find_config(arguments.config));
    TRY_GET(const Options options, read_options(file));
    return arguments.check ? check(arguments, options) : hold(arguments, options);
  }();
  return code.ok() ? code.value() : report_error(code.error(), arguments.json);
}

}  // namespace

void add_drill(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("drill", "Open a copy where it lies as a laptop would, look up known patients, compare with the EMR, sign the result");
  command->add_option("--config", arguments->config, "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_option("--destination", arguments->destination, "Only this one, or \"the folder of copies\"; else all of them");
  command->add_option("--passphrase-file", arguments->passphrase_file, "A file whose first line is a keyholder's passphrase; else that of [drill], else you are asked");
  command->add_option("--keyholder", arguments->keyholder, "Whose passphrase it is; else that of [drill], else every keyholder is tried");
  command->add_option("--sample", arguments->sample, "So many patients, drawn at random; else as [drill] says")->check(CLI::Range(1, kDrillSampleMost));
  command->add_flag("--check", arguments->check, "Hold none: check the signed results of those before, and that none is missing");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("The copy is opened by a process that can read neither the practice's keys nor the EMR's password. The result, in counts and\n"
                  "without any patient, is signed and kept in drills/ beside the settings; `nightchart status` says when the next is due.\n"
                  "Of a practice that is made in parts it opens all parts: one that is missing fails it. One that cannot begin is a failed one.\n"
                  "Is the EMR away, as in an outage, every copy is opened all the same and its own patients are looked up; nothing is compared.\n"
                  "Exit code 0: passed everywhere; 4: opened everywhere, but the EMR is away; else of the first place that failed: 10 wrong\n"
                  "passphrase, 11 damaged, 13 it is not there, 17 forged, 18 the settings, 21 what was found cannot be explained;\n"
                  "19 or 20: the EMR is there and cannot be read (no tables, no patient, damaged; or locked), 16 the system refused.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
