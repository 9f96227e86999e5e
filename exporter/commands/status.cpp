#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

#include "app/paper/draw.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/durable_file.h"
#include "exporter/report/readiness_page.h"
#include "exporter/report/split_readiness.h"
#include "exporter/shard.h"
#include "exporter/split.h"

namespace exporter {
namespace {

using app::Result;

struct Arguments {
  std::string config;
  std::string page;  // a PDF for the wall
  std::string shard;
  bool json = false;
};

const char* headline(Light light) {
  return light == Light::green ? "ready for an outage." : light == Light::amber ? "ready, but look at what is AMBER." : "NOT READY: mend what is RED.";
}

void print(const ReadinessFacts& facts, const Readiness& readiness) {
  std::cout << word_of(readiness.light) << ": " << plain(facts.practice) << " is " << headline(readiness.light) << "\n\n";
  std::size_t widest = 0;
  for (const Finding& finding : readiness.findings) widest = std::max(widest, plain(finding.about).size());
  for (const Finding& finding : readiness.findings) {
    const std::string about = plain(finding.about);
    std::cout << "  " << word_of(finding.light) << std::string(7 - word_of(finding.light).size(), ' ') << about
              << std::string(widest - about.size() + 2, ' ') << plain(finding.what) << "\n";
  }
  std::cout << std::flush;
}

void append_newest(const NewestCopy& newest, app::JsonWriter& json) {
  json.key("newest");
  json.open_object();
  // Each part counts its own.
  if (newest.sequence != 0) json.member("sequence", static_cast<std::int64_t>(newest.sequence));
  json.member("as_of", std::string_view(app::format_utc(newest.as_of)));
  json.member("patients", static_cast<std::int64_t>(newest.patients));
  json.close_object();
}

void append_parts(const SplitFacts& split, app::JsonWriter& json) {
  json.key("parts");
  json.open_array();
  for (const PartFacts& part : split.parts) {
    json.open_object();
    json.member("number", std::int64_t{part.shard.number});
    json.member("of", std::int64_t{part.shard.of});
    append_readiness(judge_readiness(part.facts, app::now()), json);
    if (part.facts.newest) append_newest(*part.facts.newest, json);
    json.close_object();
  }
  json.close_array();
}

// `split` of a practice that is made in parts.
void print_json(const ReadinessFacts& facts, const Readiness& readiness, const SplitFacts* split) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("practice", std::string_view(facts.practice));
  append_readiness(readiness, json);
  if (facts.newest) append_newest(*facts.newest, json);
  if (split != nullptr) append_parts(*split, json);
  json.close_object();
  std::cout << text << std::endl;
}

Result<app::Done> write_page(const Options& options, const ReadinessFacts& facts, const Readiness& readiness, const std::string& file) {
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  const app::Page page = lay_out_readiness(facts, readiness, app::now(), options.paper.letter ? app::kLetter : app::kA4, fonts);
  TRY_GET(const app::DrawnPdf pdf, app::draw_pdf({page}, fonts, "Readiness"));
  return write_file(file, pdf.bytes);
}

Result<Options> read_settings(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(Options options, read_options(file));
  if (arguments.shard.empty()) return options;
  TRY_GET(const app::Shard shard, parse_shard(arguments.shard));
  return options_of_part(std::move(options), shard);
}

Result<Light> show(const Arguments& arguments) {
  TRY_GET(const Options options, read_settings(arguments));
  const std::vector<Options> parts = find_split(options);
  std::optional<SplitFacts> split;
  if (!parts.empty()) split = read_split_facts(options, parts);
  const ReadinessFacts facts = split ? gather_nights(*split) : read_facts(options);
  const Readiness readiness = split ? judge_split(*split, app::now()) : judge_readiness(facts, app::now());
  if (arguments.json) print_json(facts, readiness, split ? &*split : nullptr);
  else print(facts, readiness);
  if (!arguments.page.empty()) TRY(write_page(options, facts, readiness, arguments.page));
  return readiness.light;
}

int run(const Arguments& arguments) {
  const auto light = show(arguments);
  return light.ok() ? static_cast<int>(light.value()) : report_error(light.error(), arguments.json);
}

}  // namespace

void add_status(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("status", "Whether the practice could go through an outage now: copies, destinations, drills, keyholders");
  command->add_option("--config", arguments->config,
                      "The settings; else NIGHTCHART_CONFIG, ./nightchart.toml, /etc/nightchart/nightchart.toml");
  command->add_option("--page", arguments->page, "Write the page for the wall to this PDF file as well");
  command->add_option("--shard", arguments->shard, "One part only of a practice that is made in parts, such as 2/4; else all of them together");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("Exit code for monitoring: 0 green, 1 amber, 2 red; above 2 it could not be told. It needs no passphrase and opens no copy.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
