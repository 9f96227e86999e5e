#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/practice_keys.h"
#include "exporter/options.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

struct Arguments {
  std::string folder;
  std::string name;
  std::string time_zone;
  std::string keyholder;
  std::string passphrase_file;
  std::string emr_kind;
  std::string path;
  std::string pack = "practice";
  std::string url;
  std::string copies;
  std::string documents;
  bool json = false;
};

// An answer from its option, else asked for at the terminal.
Result<std::string> answer(const std::string& given, const std::string& question, const std::string& fallback) {
  if (!given.empty()) return given;
  return ask(question, fallback);
}

Result<Options> answers(const Arguments& arguments) {
  Options options;
  options.file = fs::absolute(fs::path(arguments.folder) / "nightchart.toml").lexically_normal();
  TRY_GET(options.practice, answer(arguments.name, "The practice's name:", ""));
  options.time_zone = arguments.time_zone.empty() ? "America/New_York" : arguments.time_zone;
  if (!app::is_time_zone(options.time_zone)) {
    return app::Error{app::Code::bad_config, "\"" + options.time_zone + "\" is no time zone's name, such as America/New_York.", ""};
  }
  options.emr.kind = arguments.emr_kind == "sql" ? EmrKind::sql : EmrKind::fhir_bulk;
  options.emr.path = arguments.path.empty() ? "/var/lib/emr/export" : fs::absolute(arguments.path);
  options.emr.pack = arguments.pack;
  options.emr.url = arguments.url;
  if (!arguments.documents.empty()) options.emr.documents = fs::absolute(arguments.documents).lexically_normal();
  options.copies = arguments.copies.empty() ? fs::path("/srv/nightchart") : fs::absolute(arguments.copies).lexically_normal();
  return options;
}

Result<Options> make_practice_folder(const Arguments& arguments, std::string& keyholder) {
  TRY_GET(const Options options, answers(arguments));
  std::error_code fault;
  if (fs::exists(options.file, fault)) {
    return app::Error{app::Code::bad_config, options.file.string() + " exists already; nothing was changed.",
                      "`nightchart keyholder add` adds a keyholder."};
  }
  TRY_GET(keyholder, answer(arguments.keyholder, "The first keyholder (a person or a laptop):", "reception"));
  TRY_GET(const std::string passphrase, new_passphrase(arguments.passphrase_file, keyholder));
  fs::create_directories(options.practice_folder(), fault);
  if (fault) {
    return app::Error{app::Code::io, "The folder " + options.practice_folder().string() + " cannot be made.", fault.message()};
  }
  // A run that ended half-way may have left the signing key; it is the practice's own and stays.
  if (!read_signing_key(options.practice_folder()).ok()) TRY(make_signing_key(options.practice_folder()));
  TRY(add_keyholder(options.practice_folder(), keyholder, passphrase));
  TRY(write_file(options.file, format_options(options)));
  if (const auto key = read_signing_key(options.practice_folder()); key.ok()) {
    remember_own_practice(key.value().verifying_key(), options.practice, options.time_zone);
  }
  return options;
}

int run_init(const Arguments& arguments) {
  std::string keyholder;
  const auto made = make_practice_folder(arguments, keyholder);
  if (!made.ok()) return report_error(made.error(), arguments.json);
  const std::string file = made.value().file.string();
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("config", std::string_view(file));
    json.member("keyholder", std::string_view(keyholder));
    json.close_object();
    std::cout << text << std::endl;
    return 0;
  }
  std::cout << "Made " << file << ", the practice's signing key, and the keyholder " << keyholder << ".\n\n"
            << "What is left to do:\n"
            << "  1. Write the passphrase down and keep it where the lights need not be on. Without it no copy opens.\n"
            << "  2. Look through " << file << ": where the EMR is, where copies go.\n"
            << "  3. nightchart night --config " << file << "\n"
            << "  4. nightchart-viewer " << made.value().copies.string() << std::endl;
  return 0;
}

}  // namespace

void add_init(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("init", "Make a practice's folder: settings, signing key, first keyholder");
  command->add_option("FOLDER", arguments->folder, "Where to make it, such as /etc/nightchart")->required();
  command->add_option("--name", arguments->name, "The practice's name");
  command->add_option("--time-zone", arguments->time_zone, "In which printed times are said [America/New_York]");
  command->add_option("--keyholder", arguments->keyholder, "Who can open the copies: a person or a laptop");
  command->add_option("--passphrase-file", arguments->passphrase_file, "A file whose first line is the keyholder's passphrase");
  command->add_option("--emr-kind", arguments->emr_kind, "fhir-bulk or sql")->check(CLI::IsMember({"fhir-bulk", "sql"}));
  command->add_option("--path", arguments->path, "fhir-bulk: the folder of NDJSON files");
  command->add_option("--pack", arguments->pack, "sql: the mapping pack")->capture_default_str();
  command->add_option("--documents", arguments->documents, "The folder in which the EMR keeps its scans");
  command->add_option("--url", arguments->url, "sql: the database, such as sqlite:///var/lib/emr.sqlite");
  command->add_option("--copies", arguments->copies, "Where copies are made [/srv/nightchart]");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("With --name, --keyholder and --passphrase-file it asks nothing. Everything can be changed in the file later.");
  command->callback([arguments, &exit_code] { exit_code = run_init(*arguments); });
}

}  // namespace exporter
