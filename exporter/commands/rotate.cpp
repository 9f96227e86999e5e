#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>

#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/delivery.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/copy/publish.h"
#include "exporter/options.h"
#include "exporter/report/report_words.h"
#include "exporter/shard.h"
#include "exporter/split.h"

namespace exporter {
namespace {

using app::Result;

struct Arguments {
  std::string config;
  std::string destination;
  std::string shard;
  bool dry_run = false;
  bool json = false;
};

// The folder of copies itself, too, is a place. Those of a part are named so.
std::vector<DestinationOptions> places_of(const Options& options, const std::string& only) {
  std::vector<DestinationOptions> places;
  if (only.empty()) places.push_back({"the folder of copies", options.copies, options.keep});
  for (const DestinationOptions& destination : options.destinations) {
    if (only.empty() || only == destination.name) places.push_back(destination);
  }
  if (!options.run.shard.is_whole()) {
    for (DestinationOptions& place : places) place.name += ", " + name_of_part(options);
  }
  return places;
}

// Of the whole practice, or of one of its parts.
Result<std::vector<Rotation>> rotate_places(const Arguments& arguments, const Options& options) {
  TRY_GET(const app::SigningKey key, read_signing_key(options.practice_folder()));
  const std::vector<DestinationOptions> places = places_of(options, arguments.destination);
  if (places.empty()) return app::Error{app::Code::not_found, "There is no destination \"" + arguments.destination + "\".", options.file.string()};
  const RotationRules rules{key.verifying_key(), options.time_zone, options.state_folder()};
  std::vector<Rotation> rotations;
  if (arguments.dry_run) {
    for (const DestinationOptions& place : places) rotations.push_back(plan_rotation(place, rules));
    return rotations;
  }
  // Not beside a night.
  TRY_GET(const CopiesFolder lock, CopiesFolder::open(options.copies, options.state_folder(), "`nightchart rotate`"));
  for (const DestinationOptions& place : places) rotations.push_back(rotate(place, rules, "", app::now()));
  return rotations;
}

// Every part of a practice that is made in parts; those that were never made have nothing to remove.
Result<std::vector<Rotation>> rotate_all(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(const Options options, read_options(file));
  std::vector<Options> parts = find_split(options);
  if (!arguments.shard.empty()) {
    TRY_GET(const app::Shard shard, parse_shard(arguments.shard));
    parts = {options_of_part(options, shard)};
  }
  if (parts.empty()) return rotate_places(arguments, options);
  std::vector<Rotation> all;
  for (const Options& part : parts) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(part.copies, ignored)) {
      if (arguments.shard.empty()) continue;
      TRY(verify_made(part));
    }
    auto rotations = rotate_places(arguments, part);
    if (rotations.ok()) {
      std::ranges::move(rotations.value(), std::back_inserter(all));
    } else {
      all.emplace_back();
      all.back().place = name_of_part(part);
      all.back().fault = rotations.error();
    }
  }
  return all;
}

void print(const Rotation& rotation, bool dry_run) {
  const auto going = std::ranges::count_if(rotation.verdicts, [](const KeepVerdict& verdict) { return !verdict.stays(); });
  const auto all = static_cast<std::uint64_t>(rotation.verdicts.size());
  std::cout << plain(rotation.place) << ": " << counted(all, "copy", "copies");
  if (dry_run) std::cout << ", of which " << grouped(static_cast<std::uint64_t>(going)) << " would be removed";
  else std::cout << "; removed " << grouped(rotation.removed.size());
  std::cout << "\n";
  for (const KeepVerdict& verdict : rotation.verdicts) {
    const char* word = verdict.stays() ? "  stays   " : dry_run ? "  WOULD GO" : "  gone    ";
    std::cout << word << "  " << plain(verdict.copy.name) << "  " << describe(verdict) << "\n";
  }
  for (const SetAside& aside : rotation.left_alone) {
    std::cout << "  left     " << plain(aside.name) << "  never removed by itself: " << plain(aside.reason) << "\n";
  }
  if (rotation.fault) std::cout << "  NOT DONE  " << plain(rotation.fault->what) << "\n";
  std::cout << "\n";
}

void print_json(const std::vector<Rotation>& rotations) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.key("places");
  json.open_array();
  for (const Rotation& rotation : rotations) {
    json.open_object();
    append_rotation(rotation, json);
    json.close_object();
  }
  json.close_array();
  json.close_object();
  std::cout << text << std::endl;
}

int run(const Arguments& arguments) {
  const auto rotations = rotate_all(arguments);
  if (!rotations.ok()) return report_error(rotations.error(), arguments.json);
  if (arguments.json) print_json(rotations.value());
  else for (const Rotation& rotation : rotations.value()) print(rotation, arguments.dry_run);
  if (arguments.dry_run && !arguments.json) std::cout << "Nothing was removed." << std::endl;
  for (const Rotation& rotation : rotations.value()) {
    if (rotation.fault) return static_cast<int>(rotation.fault->code);
  }
  return 0;
}

}  // namespace

void add_rotate(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("rotate", "Remove older copies that [keep] no longer keeps, here and at each destination");
  command->add_option("--config", arguments->config,
                      "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_option("--destination", arguments->destination, "Only there");
  command->add_option("--shard", arguments->shard, "One part only of a practice that is made in parts, such as 2/4; else each of them");
  command->add_flag("--dry-run", arguments->dry_run, "Say which copies would go and why the others stay; remove nothing");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("Every night does this by itself after its copy was checked. The newest copy that was checked never goes; a copy that\n"
                  "cannot be used is left where it is. Removals are written down in removals.log beside the settings.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
