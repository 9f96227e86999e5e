#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <vector>

#include "app/record/document_list.h"
#include "app/record/json.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/fingerprint.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/pull_parts.h"

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

void print(const Pulled& pulled, const Arguments& arguments, bool is_alone) {
  const app::Manifest& manifest = pulled.manifest;
  std::cout << (pulled.is_new ? "Pulled " : "Nothing new: ") << pulled.name << (pulled.is_new ? "" : " is here already") << "\n"
            << "  " << plain(manifest.practice) << ", data as of " << app::format_as_of(manifest.as_of, manifest.time_zone) << ", "
            << app::freshness(manifest.as_of, app::now()).text << "\n  ";
  if (is_alone && !manifest.shard.is_whole()) std::cout << words_of_part(manifest.shard) << "\n  ";
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
  if (pulled.is_new && manifest.shard.is_whole()) std::cout << "  Open it: nightchart-viewer " << arguments.to << "\n";
  std::cout << std::flush;
  for (const SetAside& aside : pulled.passed_over) std::cerr << "nightchart: NOT the newest copy: " << plain(aside.name) << " cannot be used. " << plain(aside.reason) << std::endl;
  if (pulled.volumes_fault) std::cerr << "nightchart: The charts are here, but not all pages of documents. " << plain(pulled.volumes_fault->what) << std::endl;
  if (pulled.rotation.fault) std::cerr << "nightchart: " << plain(pulled.rotation.fault->what) << std::endl;
}

void append_names(const std::vector<SetAside>& asides, app::JsonWriter& json) {
  for (const SetAside& aside : asides) json.text(aside.name);
}

void append_pulled(const Pulled& pulled, const std::vector<SetAside>& passed_over, app::JsonWriter& json) {
  json.member("copy", std::string_view(pulled.name));
  if (!pulled.manifest.shard.is_whole()) json.member("part", std::string_view(app::format_part_folder(pulled.manifest.shard)));
  json.member("new", pulled.is_new);
  json.member("sequence", static_cast<std::int64_t>(pulled.manifest.sequence));
  json.member("as_of", std::string_view(app::format_utc(pulled.manifest.as_of)));
  json.member("fingerprint", std::string_view(app::format_fingerprint(pulled.manifest.verifying_key)));
  json.member("first_time", pulled.first_time);
  if (pulled.replaced) json.member("replaced", std::string_view(app::format_fingerprint(*pulled.replaced)));
  json.member("fetched_bytes", static_cast<std::int64_t>(pulled.fetched_bytes));
  json.member("resumed_bytes", static_cast<std::int64_t>(pulled.resumed_bytes));
  json.member("new_volumes", static_cast<std::int64_t>(pulled.new_volumes));
  json.key("passed_over");
  json.open_array();
  append_names(passed_over, json);
  append_names(pulled.passed_over, json);
  json.close_array();
  if (pulled.volumes_fault) json.member("volumes_fault", std::string_view(pulled.volumes_fault->what));
}

int code_of(const Pulled& pulled) {
  if (!pulled.passed_over.empty()) return static_cast<int>(app::Code::damaged);
  if (pulled.volumes_fault) return static_cast<int>(pulled.volumes_fault->code);
  return pulled.rotation.fault ? static_cast<int>(pulled.rotation.fault->code) : 0;
}

int code_of(const PulledParts& all) {
  if (all.fault) return static_cast<int>(all.fault->code);
  for (const PulledPart& part : all.parts) {
    if (const int code = code_of(*part.pulled); code != 0) return code;
  }
  return all.passed_over.empty() ? 0 : static_cast<int>(app::Code::damaged);
}

// What lies in TO of these parts now, whether it came just now or before.
std::vector<app::FoundPart> find_here(const PulledParts& all, const Arguments& arguments) {
  std::vector<app::PublicKey> signers;
  for (const PulledPart& part : all.parts) {
    if (part.pulled) signers.push_back(part.pulled->manifest.verifying_key);
  }
  for (std::vector<app::FoundPart>& split : app::list_splits(arguments.to, signers)) {
    if (split.size() != all.parts.size()) continue;
    std::erase_if(split, [](const app::FoundPart& part) { return !part.info; });
    return std::move(split);
  }
  return {};
}

bool is_here(const std::vector<app::FoundPart>& here, const app::Shard& shard) {
  return std::ranges::any_of(here, [&](const app::FoundPart& part) { return part.shard == shard; });
}

void print_json(const PulledParts& all, const Arguments& arguments) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  if (all.parts.size() == 1) {
    append_pulled(*all.parts.front().pulled, all.passed_over, json);
  } else {
    const std::vector<app::FoundPart> here = find_here(all, arguments);
    json.member("complete", !all.fault);
    json.member("parts_here", static_cast<std::int64_t>(here.size()));
    if (all.fault) json.member("fault", std::string_view(all.fault->what));
    json.key("passed_over");
    json.open_array();
    append_names(all.passed_over, json);
    json.close_array();
    json.key("parts");
    json.open_array();
    for (const PulledPart& part : all.parts) {
      json.open_object();
      if (part.pulled) {
        append_pulled(*part.pulled, {}, json);
      } else {
        json.member("part", std::string_view(app::format_part_folder(part.shard)));
        json.member("fault", std::string_view(part.fault->what));
        json.member("here_from_before", is_here(here, part.shard));
      }
      json.close_object();
    }
    json.close_array();
  }
  json.close_object();
  std::cout << text << std::endl;
}

void print_sum(const PulledParts& all, const Arguments& arguments) {
  const std::vector<app::FoundPart> here = find_here(all, arguments);
  std::cout << here.size() << " of " << all.parts.size() << " parts are here";
  for (const PulledPart& part : all.parts) {
    if (!part.pulled && is_here(here, part.shard)) std::cout << "; part " << part.shard.number << " was not renewed";
  }
  std::cout << ". Open them together: nightchart-viewer " << arguments.to << std::endl;
  const auto apart = app::judge_ages(here);
  if (apart) std::cerr << "nightchart: THE PARTS ARE NOT OF ONE NIGHT. " << plain(apart->what) << std::endl;
}

void print(const PulledParts& all, const Arguments& arguments) {
  for (const PulledPart& part : all.parts) {
    if (all.parts.size() > 1) std::cout << app::name_of(part.shard) << ": " << std::flush;
    if (!part.pulled) {
      std::cout << "NOT PULLED\n" << std::flush;
      std::cerr << "nightchart: " << app::name_of(part.shard) << " WAS NOT PULLED. " << plain(part.fault->what)
                << (part.fault->detail.empty() ? "" : " (" + plain(part.fault->detail) + ")") << std::endl;
      continue;
    }
    print(*part.pulled, arguments, all.parts.size() == 1);
  }
  for (const SetAside& aside : all.passed_over) std::cerr << "nightchart: NOT the newest: of " << plain(aside.name) << " there nothing can be used. " << plain(aside.reason) << std::endl;
  if (all.parts.size() > 1) print_sum(all, arguments);
}

int run(const Arguments& arguments) {
  const auto pulled = [&] {
    Progress progress;
    return pull_parts(arguments.from, arguments.rclone_config, {arguments.to, arguments.fingerprint, arguments.keep}, app::now(),
                      [&progress](const std::string& text) { progress.show(text); });
  }();
  if (!pulled.ok()) return report_error(pulled.error(), arguments.json);
  const PulledParts& all = pulled.value();
  if (all.parts.size() == 1 && all.fault) return report_error(*all.fault, arguments.json);
  if (arguments.json) print_json(all, arguments);
  else print(all, arguments);
  return code_of(all);
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
      "Was the exporter replaced? Then once with --fingerprint, as the new sealed envelope shows it. Of a practice that is\n"
      "made in parts (`nightchart night --shard`) all parts are pulled, each verified; one that is missing is said, and the others come.\n"
      "Exit code 0 also when nothing is new; 13 nothing there, 17 another practice's, or older than what was here, 11 damaged there\n"
      "(an older good copy may have been pulled instead).");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
