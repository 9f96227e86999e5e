#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/snapshot/copy_parts.h"
#include "exporter/commands/looks.h"

namespace exporter {
namespace {

struct Arguments : CopyArguments {
  std::string mrn;
  bool all = false;
};

void print_text(const app::Sheet& sheet, std::ostream& out) {
  const app::Banner& banner = sheet.banner;
  out << banner.name << (banner.deceased.empty() ? "" : "   " + banner.deceased) << "\n"
      << "Born " << banner.born << "   " << banner.sex << "   MRN " << banner.mrn << "\n";
  for (const std::string* line : {&banner.other_names, &banner.phone, &banner.address, &banner.language, &banner.allergies, &banner.alerts}) {
    if (!line->empty()) out << *line << "\n";
  }
  for (const app::SheetSection& section : sheet.sections) {
    out << "\n" << section.title << "\n";
    if (!section.statement.empty()) out << "  " << section.statement << "\n";
    for (const app::Row& row : section.rows) {
      out << "  - " << row.label;
      for (const app::Span& span : row.value) out << "  " << span.text;
      if (!row.when.empty()) out << "  [" << row.when << "]";
      out << "\n";
      if (!row.detail.empty()) out << "      " << row.detail << "\n";
    }
  }
  out << "\nSheet " << sheet.id << "\n";
}

app::Result<app::Done> show(const app::Copy& copy, app::ChartId id, bool json) {
  if (json) {
    TRY_GET(const std::string text, copy.read_chart_json(id));
    std::cout << text << "\n";
    return app::Done{};
  }
  TRY_GET(const app::Chart chart, copy.read_chart(id));
  const app::Manifest& manifest = copy.info().manifest;
  print_text(app::make_sheet(chart, copy.sheet_template(), {app::local_date(manifest.as_of, manifest.time_zone)}), std::cout);
  return app::Done{};
}

app::Result<app::Done> record(const app::Opened& opened, const Arguments& arguments, const std::vector<app::ChartId>& ids) {
  if (arguments.all) return record_look(opened, arguments, "viewed", "every chart of the copy");
  for (const app::ChartId id : ids) {
    TRY_GET(const app::Chart chart, opened.copy.read_chart(id));
    TRY(record_look(opened, arguments, "viewed", chart));
  }
  return app::Done{};
}

// How many were shown.
app::Result<std::size_t> show_chosen(app::Opened& opened, const Arguments& arguments) {
  app::Copy& copy = opened.copy;
  std::vector<app::ChartId> ids;
  if (arguments.all) {
    for (app::ChartId id = 1; id <= copy.charts(); ++id) ids.push_back(id);
  } else {
    ids = copy.search().find_mrn(arguments.mrn);
    if (ids.empty()) return std::size_t{0};
  }
  TRY(record(opened, arguments, ids));
  if (!arguments.json) std::cout << (opened.verified ? "" : "NOT VERIFIED: what follows may be false.\n") << describe(copy.info()) << "\n";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!arguments.json) std::cout << (i == 0 ? "\n" : "\n----------------------------------------\n\n");
    TRY(show(copy, ids[i], arguments.json));
  }
  std::cout << std::flush;
  return ids.size();
}

int run(const Arguments& arguments) {
  auto opened = open_copies(arguments);
  if (!opened.ok()) return report_error(opened.error(), arguments.json);
  std::size_t count = 0;
  for (app::Opened& one : opened.value().copies) {
    const auto shown = show_chosen(one, arguments);
    if (!shown.ok()) return report_error(shown.error(), arguments.json);
    count += shown.value();
  }
  if (opened.value().missing && (count == 0 || arguments.all)) return report_error(*opened.value().missing, arguments.json);
  const app::Shard& shard = opened.value().copies.front().copy.info().manifest.shard;
  const bool alone = opened.value().copies.size() == 1 && !shard.is_whole();
  const std::string where = alone ? " It is " + app::name_of(shard) + " only: the patient may be in another." : "";
  if (count == 0) return report_error({app::Code::not_found, "No chart in this copy has that MRN." + where, "Look it up with `nightchart find`."}, arguments.json);
  return 0;
}

}  // namespace

void add_show(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("show", "Show a chart, or all; with --json one chart a line (NDJSON)");
  add_copy_arguments(*command, *arguments);
  auto* mrn = command->add_option("MRN", arguments->mrn, "The patient's record number");
  auto* all = command->add_flag("--all", arguments->all, "Every chart of the copy")->excludes(mrn);
  command->footer("Example: nightchart show /srv/nightchart 10442 --passphrase-file key.txt");
  command->callback([arguments, all, mrn, &exit_code] {
    if (all->count() == 0 && mrn->count() == 0) throw CLI::RequiredError("MRN or --all");
    exit_code = run(*arguments);
  });
}

}  // namespace exporter
