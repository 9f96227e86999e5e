#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/paper/shape.h"
#include "app/record/json.h"
#include "exporter/binder/packet.h"
#include "exporter/commands/commands.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

struct Arguments : CopyArguments {
  std::string what;
  std::string mrn;
  std::string out;
  std::string day;
  bool letter = false;
};

const app::Paper& paper_of(const Arguments& arguments) { return arguments.letter ? app::kLetter : app::kA4; }

// A page outlives the screen that warned of it: what is not verified says so on each.
app::PrintFrame frame_of(const app::Opened& opened) {
  const app::Manifest& manifest = opened.copy.info().manifest;
  return {(opened.verified ? "" : "NOT VERIFIED, MAY BE FALSE: ") + manifest.practice, app::format_as_of(manifest.as_of, manifest.time_zone),
          app::format_copy_name(manifest.taken, manifest.sequence)};
}

app::Result<app::DrawnPdf> print_charts(app::Opened& opened, const Arguments& arguments, const app::FontSet& fonts) {
  app::Copy& copy = opened.copy;
  const auto ids = copy.search().find_mrn(arguments.mrn);
  if (ids.empty()) {
    return app::Error{app::Code::not_found, "No chart in this copy has that MRN.", "Look it up with `nightchart find`."};
  }
  const app::CopyInfo& info = copy.info();
  const app::SheetContext context{app::local_date(info.manifest.as_of, info.manifest.time_zone)};
  std::vector<app::Sheet> sheets;
  for (const app::ChartId id : ids) {
    TRY_GET(const app::Chart chart, copy.read_chart(id));
    sheets.push_back(app::make_sheet(chart, copy.sheet_template(), context));
  }
  return print_sheets(sheets, frame_of(opened), paper_of(arguments), fonts);
}

app::Result<app::DrawnPdf> print_day(const app::Opened& opened, const Arguments& arguments, const app::FontSet& fonts) {
  const app::Copy& copy = opened.copy;
  app::Known<app::Date> day = app::local_date(app::now(), copy.info().manifest.time_zone);
  if (!arguments.day.empty()) day = app::read_date(arguments.day);
  if (!day.is_known() || day.value().precision < app::Precision::day) {
    return app::Error{app::Code::not_found, "--day must be a date such as 2026-03-02.", ""};
  }
  const app::Date date = app::add_days(day.value(), 0);
  TRY_GET(const std::vector<app::ScheduleEntry> entries, copy.read_schedule(date));
  return print_schedule({date, entries}, frame_of(opened), paper_of(arguments), fonts);
}

app::Result<app::DrawnPdf> print(const Arguments& arguments) {
  TRY_GET(app::Opened opened, open_copy(arguments));
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  const bool one_day = arguments.what == "schedule";
  TRY_GET(const app::DrawnPdf pdf, one_day ? print_day(opened, arguments, fonts) : print_charts(opened, arguments, fonts));
  TRY(write_file(arguments.out, pdf.bytes, true));
  return pdf;
}

int run(const Arguments& arguments) {
  const auto pdf = print(arguments);
  if (!pdf.ok()) return report_error(pdf.error(), arguments.json);
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("out", std::string_view(arguments.out));
    json.member("pages", static_cast<std::int64_t>(pdf.value().pages));
    json.member("uncovered_characters", static_cast<std::int64_t>(pdf.value().uncovered));
    json.close_object();
    std::cout << text << std::endl;
  } else {
    std::cout << arguments.out << ": " << pdf.value().pages << (pdf.value().pages == 1 ? " page" : " pages")
              << ". It is NOT encrypted: print it, then delete it." << std::endl;
  }
  return 0;
}

}  // namespace

void add_print(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("print", "Print a patient's sheet or a day's schedule from a copy into a PDF file");
  add_copy_arguments(*command, *arguments);
  command->add_option("WHAT", arguments->what, "What to print: chart or schedule")->required()->check(CLI::IsMember({"chart", "schedule"}));
  auto* mrn = command->add_option("MRN", arguments->mrn, "chart: the patient's record number");
  command->add_option("--day", arguments->day, "schedule: the day, such as 2026-03-02; else today");
  command->add_option("--out", arguments->out, "The PDF file to write (not encrypted, readable by you alone)")->required();
  command->add_flag("--letter", arguments->letter, "US Letter instead of A4");
  command->footer("Examples: nightchart print /srv/nightchart chart 10442 --out sheet.pdf --passphrase-file key.txt\n"
                  "          nightchart print /srv/nightchart schedule --out today.pdf --passphrase-file key.txt");
  command->callback([arguments, mrn, &exit_code] {
    if (arguments->what == "chart" && mrn->count() == 0) throw CLI::RequiredError("MRN");
    exit_code = run(*arguments);
  });
}

}  // namespace exporter
