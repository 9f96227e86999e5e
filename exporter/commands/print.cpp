#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/paper/shape.h"
#include "app/record/document_list.h"
#include "app/record/json.h"
#include "exporter/binder/packet.h"
#include "exporter/commands/commands.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

struct Arguments : CopyArguments {
  std::string what;
  std::string mrn;
  int number = 0;
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

app::Result<app::Chart> find_chart(app::Copy& copy, const std::string& mrn) {
  const auto ids = copy.search().find_mrn(mrn);
  if (ids.size() == 1) return copy.read_chart(ids[0]);
  return app::Error{app::Code::not_found, ids.empty() ? "No chart in this copy has that MRN." : "Several charts have that MRN.",
                    "Look it up with `nightchart find`."};
}

// Writes a document's own bytes, whatever they are; returns what it is.
app::Result<std::string> write_document(const Arguments& arguments) {
  TRY_GET(app::Opened opened, open_copy(arguments));
  TRY_GET(const app::Chart chart, find_chart(opened.copy, arguments.mrn));
  const auto listed = app::documents_as_listed(chart);
  if (arguments.number < 1 || static_cast<std::size_t>(arguments.number) > listed.size()) {
    return app::Error{app::Code::not_found, "This chart has " + std::to_string(listed.size()) + " documents; there is no number " +
                                                std::to_string(arguments.number) + ".", "`nightchart show` lists them with their numbers."};
  }
  const app::Document& document = *listed[static_cast<std::size_t>(arguments.number) - 1];
  if (document.content.state != app::Presence::known) {
    return app::Error{app::Code::not_found, "The pages of this document are not in this copy.", document.content.reason};
  }
  std::string bytes;
  bytes.reserve(document.content.bytes);
  TRY(opened.copy.read_document(document.content, [&bytes](std::string_view piece) -> app::Result<app::Done> {
    bytes += piece;
    return app::Done{};
  }));
  TRY(write_file(arguments.out, bytes, true));
  return app::words_of_media_type(document.media_type) + ", " + app::words_of_size(bytes.size());
}

int run_document(const Arguments& arguments) {
  const auto written = write_document(arguments);
  if (!written.ok()) return report_error(written.error(), arguments.json);
  if (arguments.json) {
    std::string text;
    app::JsonWriter json(text);
    json.open_object();
    json.member("out", std::string_view(arguments.out));
    json.member("kind", std::string_view(written.value()));
    json.close_object();
    std::cout << text << std::endl;
  } else {
    std::cout << arguments.out << ": the document as the EMR has it (" << written.value()
              << "). It is NOT encrypted any more: look at it or print it, then delete it." << std::endl;
  }
  return 0;
}

int run(const Arguments& arguments) {
  if (arguments.what == "document") return run_document(arguments);
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
  CLI::App* command = program.add_subcommand("print", "Print a patient's sheet, a day's schedule or a document out of a copy into a file");
  add_copy_arguments(*command, *arguments);
  command->add_option("WHAT", arguments->what, "What to print: chart, schedule or document")
      ->required()
      ->check(CLI::IsMember({"chart", "schedule", "document"}));
  auto* mrn = command->add_option("MRN", arguments->mrn, "chart, document: the patient's record number");
  auto* number = command->add_option("N", arguments->number, "document: its number, as `nightchart show` lists it");
  command->add_option("--day", arguments->day, "schedule: the day, such as 2026-03-02; else today");
  command->add_option("--out", arguments->out, "The file to write (not encrypted, readable by you alone)")->required();
  command->add_flag("--letter", arguments->letter, "US Letter instead of A4");
  command->footer("Examples: nightchart print /srv/nightchart chart 10442 --out sheet.pdf --passphrase-file key.txt\n"
                  "          nightchart print /srv/nightchart schedule --out today.pdf --passphrase-file key.txt\n"
                  "          nightchart print /srv/nightchart document 10442 2 --out scan.pdf --passphrase-file key.txt");
  command->callback([arguments, mrn, number, &exit_code] {
    if (arguments->what != "schedule" && mrn->count() == 0) throw CLI::RequiredError("MRN");
    if (arguments->what == "document" && number->count() == 0) throw CLI::RequiredError("N");
    exit_code = run(*arguments);
  });
}

}  // namespace exporter
