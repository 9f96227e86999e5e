// nightchart: the exporter and its tools.
#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <string_view>

#include "app/process_faults_posix.h"
#include "exporter/binder/scan.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/log.h"
#include "exporter/report/drill_laptop.h"
#include "exporter/version.h"

int main(int argc, char** argv) {
  app::forbid_core_dumps();
  app::survive_file_limits();
  // The processes that read foreign scans, and that hold a drill, are this program too; nobody types that.
  if (argc == 2 && std::string_view(argv[1]) == "clean-scan") return exporter::run_scan_cleaner();
  if (argc == 2 && std::string_view(argv[1]) == exporter::kDrillLaptop) return exporter::run_drill_laptop();
  CLI::App program(
      "Nightchart makes the emergency copy of a medical practice's records every night, and opens it when the EMR is out of reach.",
      "nightchart");
  program.set_version_flag("--version", std::string("nightchart ") + exporter::kVersion);
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  program.footer(
      "A first evening:\n"
      "  nightchart init /etc/nightchart            make the practice folder, its keys and settings\n"
      "  nightchart night                           read the EMR, make the copy, open it again, publish it\n"
      "  nightchart find /srv/nightchart smith      look somebody up, as the viewer does\n"
      "Each command has its own --help. Exit codes: 0 done, 2 wrong command line, 3 done but some entries were\n"
      "unreadable (and said so), 4 a drill without the EMR, 10 wrong passphrase, 11 damaged, 12 newer format, 13 not found,\n"
      "14 not a copy, 15 no room, 16 the system refused, 17 forged, 18 configuration, 19 EMR data, 20 busy,\n"
      "21 not verified, 22 another kind of file, or a passphrase too easy to guess, 23 far less than before,\nand not published, 24 the time that was given ran out.");

  int exit_code = 0;
  exporter::add_init(program, exit_code);
  exporter::add_night(program, exit_code);
  exporter::add_status(program, exit_code);
  exporter::add_drill(program, exit_code);
  exporter::add_pull(program, exit_code);
  exporter::add_schedule(program, exit_code);
  exporter::add_rotate(program, exit_code);
  exporter::add_verify(program, exit_code);
  exporter::add_find(program, exit_code);
  exporter::add_show(program, exit_code);
  exporter::add_print(program, exit_code);
  exporter::add_form(program, exit_code);
  exporter::add_keyholder(program, exit_code);
  exporter::add_emr(program, exit_code);
  exporter::add_binder(program, exit_code);
  exporter::add_log(program, exit_code);
  exporter::add_practice(program, exit_code);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : app::kExitUsage;
  } catch (const std::exception&) {
    std::cerr << "nightchart: Something went wrong that should not have. The copies made before are untouched.\n";
    return static_cast<int>(app::Code::io);
  }
  return exit_code;
}
