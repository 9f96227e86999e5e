#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/record/json.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/practice/practice.h"

namespace exporter {
namespace {

struct Arguments {
  std::int64_t patients = 2000;
  std::uint64_t seed = 1;
  std::string out;
  std::string today;
  std::string documents;
  std::string dialect = "sqlite";
  bool json = false;
};

app::Result<app::Done> make(const Arguments& arguments) {
  PracticeOrder order;
  order.patients = arguments.patients;
  order.seed = arguments.seed;
  order.out = arguments.out;
  order.today = arguments.today;
  order.documents = arguments.documents;
  if (arguments.dialect == "mariadb") order.dialect = PracticeDialect::mariadb;
  if (arguments.dialect == "postgresql") order.dialect = PracticeDialect::postgresql;
  Progress progress;
  return make_practice(order, [&progress](std::int64_t done, std::int64_t of) {
    progress.show("Inventing patients: " + std::to_string(done) + " of " + std::to_string(of));
  });
}

std::string how_to_load(const Arguments& arguments) {
  if (arguments.dialect == "mariadb") return "Load it with: mariadb DATABASE < " + arguments.out + "\n";
  if (arguments.dialect == "postgresql") return "Load it with: psql -q -v ON_ERROR_STOP=1 -d DATABASE -f " + arguments.out + "\n";
  return "";
}

int run(const Arguments& arguments) {
  const auto made = make(arguments);
  if (!made.ok()) return report_error(made.error(), arguments.json);
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("out", std::string_view(arguments.out));
    json.member("patients", arguments.patients);
    json.close_object();
    std::cout << text << std::endl;
  } else {
    std::cout << "Invented " << arguments.patients << " patients in " << arguments.out << ". "
              << how_to_load(arguments) << "Read it with kind = \"sql\", pack = \"practice\"." << std::endl;
  }
  return 0;
}

}  // namespace

void add_practice(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("practice", "Invent a practice's EMR database, for trying out and for measuring");
  command->add_option("--patients", arguments->patients, "How many patients")->check(CLI::Range(1, 10'000'000))->capture_default_str();
  command->add_option("--seed", arguments->seed, "The same seed invents the same practice")->capture_default_str();
  command->add_option("--out", arguments->out, "The file to make; it must not exist yet")->required();
  command->add_option("--dialect", arguments->dialect, "An SQLite database, or a script of SQL to load into a server")
      ->check(CLI::IsMember({"sqlite", "mariadb", "postgresql"}))->capture_default_str();
  command->add_option("--today", arguments->today, "The day around which appointments lie, such as 2026-03-02; else today");
  command->add_option("--documents", arguments->documents, "Also a folder of scans (PDF), to be named in [emr] documents; it must not exist yet");
  command->add_flag("--json", arguments->json, "One JSON document for programs");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
