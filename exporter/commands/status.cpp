#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/paper/draw.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/durable_file.h"
#include "exporter/report/readiness_page.h"

namespace exporter {
namespace {

using app::Result;

struct Arguments {
  std::string config;
  std::string page;  // a PDF for the wall
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

void print_json(const ReadinessFacts& facts, const Readiness& readiness) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("practice", std::string_view(facts.practice));
  append_readiness(readiness, json);
  if (facts.newest) {
    json.key("newest");
    json.open_object();
    json.member("sequence", static_cast<std::int64_t>(facts.newest->sequence));
    json.member("as_of", std::string_view(app::format_utc(facts.newest->as_of)));
    json.member("patients", static_cast<std::int64_t>(facts.newest->patients));
    json.close_object();
  }
  json.close_object();
  std::cout << text << std::endl;
}

Result<app::Done> write_page(const Options& options, const ReadinessFacts& facts, const Readiness& readiness, const std::string& file) {
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  const app::Page page = lay_out_readiness(facts, readiness, app::now(), options.paper.letter ? app::kLetter : app::kA4, fonts);
  TRY_GET(const app::DrawnPdf pdf, app::draw_pdf({page}, fonts, "Readiness"));
  return write_file(file, pdf.bytes);
}

Result<Light> show(const Arguments& arguments) {
  TRY_GET(const std::filesystem::path file, find_config(arguments.config));
  TRY_GET(const Options options, read_options(file));
  const ReadinessFacts facts = read_facts(options);
  const Readiness readiness = judge_readiness(facts, app::now());
  if (arguments.json) print_json(facts, readiness);
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
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("Exit code for monitoring: 0 green, 1 amber, 2 red; above 2 it could not be told. It needs no passphrase and opens no copy.");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
