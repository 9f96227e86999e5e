#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/record/document_list.h"
#include "app/record/json.h"
#include "app/snapshot/fingerprint.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/pull.h"

namespace exporter {
namespace {

struct Arguments {
  std::string from;
  std::string to;
  std::string rclone_config;
  std::string fingerprint;
  int keep = 7;
  bool json = false;
};

void print(const Pulled& pulled, const Arguments& arguments) {
  const app::Manifest& manifest = pulled.manifest;
  std::cout << (pulled.is_new ? "Pulled " : "Nothing new: ") << pulled.name << (pulled.is_new ? "" : " is here already") << "\n"
            << "  " << plain(manifest.practice) << ", data as of " << app::format_as_of(manifest.as_of, manifest.time_zone) << ", "
            << app::freshness(manifest.as_of, app::now()).text << "\n  ";
  if (pulled.fetched_bytes > 0) std::cout << app::words_of_size(pulled.fetched_bytes) << " fetched";
  if (pulled.resumed_bytes > 0) std::cout << (pulled.fetched_bytes > 0 ? "; " : "") << app::words_of_size(pulled.resumed_bytes) << " had come before";
  if (pulled.fetched_bytes + pulled.resumed_bytes > 0) std::cout << ".\n  ";
  std::cout << "Signed by " << app::format_fingerprint(manifest.verifying_key) << "; every byte was read again here and is what was signed.\n";
  if (pulled.first_time) std::cout << "  THE FIRST TIME: compare that fingerprint with the one on the practice's sealed envelope. From now on no other is taken.\n";
  if (pulled.replaced) {
    std::cout << "  THE SIGNER WAS REPLACED, as --fingerprint says: until now " << app::format_fingerprint(*pulled.replaced) << ".\n"
                 "  From now on only the new one's copies are taken, and counted by their own numbers. The old one's stay in " << arguments.to << ": remove them by hand.\n";
  }
  for (const std::string& name : pulled.rotation.removed) std::cout << "  No longer kept: " << name << "\n";
  if (pulled.is_new) std::cout << "  Open it: nightchart-viewer " << arguments.to << "\n";
  std::cout << std::flush;
  for (const SetAside& aside : pulled.passed_over) std::cerr << "nightchart: NOT the newest copy: " << plain(aside.name) << " cannot be used. " << plain(aside.reason) << std::endl;
  if (pulled.volumes_fault) std::cerr << "nightchart: The charts are here, but not all pages of documents. " << plain(pulled.volumes_fault->what) << std::endl;
  if (pulled.rotation.fault) std::cerr << "nightchart: " << plain(pulled.rotation.fault->what) << std::endl;
}

void print_json(const Pulled& pulled) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("copy", std::string_view(pulled.name));
  json.member("new", pulled.is_new);
  json.member("sequence", static_cast<std::int64_t>(pulled.manifest.sequence));
  json.member("as_of", std::string_view(app::format_utc(pulled.manifest.as_of)));
  json.member("fingerprint", std::string_view(app::format_fingerprint(pulled.manifest.verifying_key)));
  json.member("first_time", pulled.first_time);
  if (pulled.replaced) json.member("replaced", std::string_view(app::format_fingerprint(*pulled.replaced)));
  json.member("fetched_bytes", static_cast<std::int64_t>(pulled.fetched_bytes));
  json.member("resumed_bytes", static_cast<std::int64_t>(pulled.resumed_bytes));
  json.member("new_volumes", static_cast<std::int64_t>(pulled.new_volumes));
  for (const auto& [name, asides] : {std::pair("passed_over", &pulled.passed_over)}) {
    json.key(name);
    json.open_array();
    for (const SetAside& aside : *asides) json.text(aside.name);
    json.close_array();
  }
  if (pulled.volumes_fault) json.member("volumes_fault", std::string_view(pulled.volumes_fault->what));
  json.close_object();
  std::cout << text << std::endl;
}

int run(const Arguments& arguments) {
  const auto pulled = [&] {
    Progress progress;
    return pull(*open_pull_source(arguments.from, arguments.rclone_config), {arguments.to, arguments.fingerprint, arguments.keep}, app::now(),
                [&progress](const std::string& text) { progress.show(text); });
  }();
  if (!pulled.ok()) return report_error(pulled.error(), arguments.json);
  if (arguments.json) print_json(pulled.value());
  else print(pulled.value(), arguments);
  if (!pulled.value().passed_over.empty()) return static_cast<int>(app::Code::damaged);
  if (pulled.value().volumes_fault) return static_cast<int>(pulled.value().volumes_fault->code);
  return pulled.value().rotation.fault ? static_cast<int>(pulled.value().rotation.fault->code) : 0;
}

}  // namespace

void add_pull(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("pull", "On a laptop: fetch the newest good copy from a share, a stick or a remote; nothing there is written");
  command->add_option("FROM", arguments->from, "A folder of copies, or a remote of rclone such as office:copies")->required();
  command->add_option("TO", arguments->to, "A folder of this laptop's own")->required();
  command->add_option("--keep", arguments->keep, "So many nights stay in TO")->check(CLI::Range(1, 3660))->capture_default_str();
  command->add_option("--fingerprint", arguments->fingerprint, "Of the practice's key, as its sealed envelope shows it: take no other's copies, not the first time either");
  command->add_option("--rclone-config", arguments->rclone_config, "rclone's settings; else its own choice");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer(
      "It needs no passphrase and no settings, and goes on where it was cut short. Every hour, by systemd:\n"
      "  systemd-run --user --on-calendar=hourly --unit=nightchart-pull nightchart pull /mnt/office/copies ~/nightchart\n"
      "or by cron:  17 * * * * nightchart pull /mnt/office/copies $HOME/nightchart\n"
      "Was the exporter replaced? Then once with --fingerprint, as the new sealed envelope shows it. Of parts (`nightchart night --shard`)\n"
      "it knows nothing yet: name one part's folder.\n"
      "Exit code 0 also when nothing is new; 13 nothing there, 17 another practice's, or older than what was here, 11 damaged there\n"
      "(an older good copy may have been pulled instead).");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
