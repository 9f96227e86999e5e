#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>

#include "app/record/json.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/new_envelope.h"
#include "exporter/commands/new_passphrase.h"
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
  PassphraseArguments passphrase;
  EnvelopeArguments envelope;
  std::string emr_kind;
  std::string path;
  std::string pack = "practice";
  std::string url;
  std::string copies;
  std::string documents;
  bool json = false;

  // Whether somebody is there to be asked.
  bool asks() const { return name.empty() || keyholder.empty() || (passphrase.file.empty() && !passphrase.generate); }
};

// What was made, as far as it must be told.
struct Practice {
  Options options;
  std::string keyholder;
  NewPassphrase passphrase;
  std::optional<EnvelopeMade> envelope;
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
  if (!is_practice_name(options.practice)) {
    return app::Error{app::Code::bad_config, "The practice's name must be one line of at most 200 bytes in UTF-8.", ""};
  }
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

Result<Practice> make_practice_folder(const Arguments& arguments) {
  Practice practice;
  TRY_GET(practice.options, answers(arguments));
  const Options& options = practice.options;
  std::error_code fault;
  if (fs::exists(options.file, fault)) {
    return app::Error{app::Code::bad_config, options.file.string() + " exists already; nothing was changed.",
                      "`nightchart keyholder add` adds a keyholder."};
  }
  TRY_GET(practice.keyholder, answer(arguments.keyholder, "The first keyholder (a person or a laptop):", "reception"));
  TRY_GET(practice.passphrase, new_passphrase(arguments.passphrase, practice.keyholder, {options.practice, practice.keyholder}));
  fs::create_directories(options.practice_folder(), fault);
  if (fault) {
    return app::Error{app::Code::io, "The folder " + options.practice_folder().string() + " cannot be made.", fault.message()};
  }
  // A run that ended half-way may have left the signing key; it is the practice's own and stays.
  if (!read_signing_key(options.practice_folder()).ok()) TRY(make_signing_key(options.practice_folder()));
  TRY(add_keyholder(options.practice_folder(), practice.keyholder, practice.passphrase.text));
  TRY(write_file(options.file, format_options(options)));
  if (const auto key = read_signing_key(options.practice_folder()); key.ok()) {
    remember_own_practice(key.value().verifying_key(), options.practice, options.time_zone);
  }
  return practice;
}

// The sealed envelope comes last: without it the practice is whole, and it can be made at any time.
Result<app::Done> make_first_envelope(Arguments arguments, Practice& practice) {
  EnvelopeArguments& envelope = arguments.envelope;
  if (envelope.out.empty() && arguments.asks()) {
    TRY_GET(envelope.out, ask("Where to write the sealed envelope's page, a PDF to print and delete (Enter alone: later):", ""));
  }
  if (envelope.out.empty()) return app::Done{};
  auto made = hand_over_envelope(practice.options, envelope);
  if (!made.ok()) {
    app::Error error = made.error();
    error.what = "The practice is made, but without a sealed envelope. " + error.what;
    return error;
  }
  practice.envelope = std::move(made).value();
  return app::Done{};
}

void print_made(const Practice& practice) {
  const std::string file = practice.options.file.string();
  std::cout << "Made " << file << ", the practice's signing key, and the keyholder " << plain(practice.keyholder) << ".\n\n";
  show_drawn(practice.passphrase, practice.keyholder);
  if (practice.envelope) std::cout << describe_envelope(*practice.envelope) << "\n";
  std::cout << "What is left to do:\n"
            << "  1. Write the passphrase down and keep it where the lights need not be on.\n";
  if (!practice.envelope) {
    std::cout << "  2. THERE IS NO SEALED ENVELOPE YET: if the passphrase is forgotten, no copy opens, ever. Make it now:\n"
              << "     nightchart keyholder envelope --printer QUEUE --config " << file << "     (or --out FILE.pdf)\n";
  } else {
    std::cout << "  2. Print and seal the envelope, as said above.\n";
  }
  std::cout << "  3. Look through " << file << ": where the EMR is, where copies go.\n"
            << "  4. nightchart night --config " << file << "     the first one by hand, to see that it works\n"
            << "  5. nightchart-viewer " << practice.options.copies.string() << "     find somebody, as on the day\n"
            << "  6. nightchart schedule --config " << file << "     from then on it runs by itself every night\n"
            << "  7. nightchart status --config " << file << "     what is missing still; another place for copies above all" << std::endl;
}

void print_json(const Practice& practice) {
  std::string text;
  app::JsonWriter json(text);
  json.open_object();
  json.member("config", std::string_view(practice.options.file.string()));
  json.member("keyholder", std::string_view(practice.keyholder));
  if (practice.passphrase.drawn) json.member("passphrase", std::string_view(practice.passphrase.text));
  if (practice.envelope) json.member("envelope", std::string_view(practice.envelope->envelope.name));
  json.close_object();
  std::cout << text << std::endl;
}

int run_init(const Arguments& arguments) {
  auto made = make_practice_folder(arguments);
  if (!made.ok()) return report_error(made.error(), arguments.json);
  const auto envelope = make_first_envelope(arguments, made.value());
  if (!envelope.ok() && !made.value().passphrase.drawn) return report_error(envelope.error(), arguments.json);
  // A drawn passphrase is shown whatever else went wrong: it is shown once only.
  if (arguments.json) print_json(made.value());
  else print_made(made.value());
  return envelope.ok() ? 0 : report_error(envelope.error(), false);
}

}  // namespace

void add_init(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("init", "Make a practice's folder: settings, signing key, first keyholder");
  command->add_option("FOLDER", arguments->folder, "Where to make it, such as /etc/nightchart")->required();
  command->add_option("--name", arguments->name, "The practice's name");
  command->add_option("--time-zone", arguments->time_zone, "In which printed times are said [America/New_York]");
  command->add_option("--keyholder", arguments->keyholder, "Who can open the copies: a person or a laptop");
  add_passphrase_arguments(*command, arguments->passphrase);
  command->add_option("--envelope", arguments->envelope.out, "Write the sealed envelope's page to this PDF file, to print and delete");
  command->add_option("--emr-kind", arguments->emr_kind, "fhir-bulk or sql")->check(CLI::IsMember({"fhir-bulk", "sql"}));
  command->add_option("--path", arguments->path, "fhir-bulk: the folder of NDJSON files");
  command->add_option("--pack", arguments->pack, "sql: the mapping pack")->capture_default_str();
  command->add_option("--documents", arguments->documents, "The folder in which the EMR keeps its scans");
  command->add_option("--url", arguments->url, "sql: the database, such as sqlite:///var/lib/emr.sqlite");
  command->add_option("--copies", arguments->copies, "Where copies are made [/srv/nightchart]");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->footer("With --name, --keyholder and --passphrase-file (or --generate) it asks nothing. Everything can be changed in the file later.");
  command->callback([arguments, &exit_code] { exit_code = run_init(*arguments); });
}

}  // namespace exporter
