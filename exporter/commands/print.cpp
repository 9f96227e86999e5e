#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "app/paper/shape.h"
#include "app/paper/draw.h"
#include "app/paper/sheet_layout.h"
#include "app/record/json.h"
#include "exporter/commands/commands.h"
#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

struct Arguments : CopyArguments {
  std::string what;
  std::string mrn;
  std::string out;
  bool letter = false;
};

app::PrintFrame frame_of(const app::CopyInfo& info) {
  const app::Manifest& manifest = info.manifest;
  return {manifest.practice, app::format_as_of(manifest.as_of, manifest.time_zone),
          app::format_copy_name(manifest.taken, manifest.sequence)};
}

app::Result<app::DrawnPdf> print_chart(app::Copy& copy, const Arguments& arguments, const app::FontSet& fonts) {
  const auto ids = copy.search().find_mrn(arguments.mrn);
  if (ids.empty()) {
    return app::Error{app::Code::not_found, "No chart in this copy has that MRN.", "Look it up with `nightchart find`."};
  }
  std::vector<app::Page> pages;
  const app::CopyInfo& info = copy.info();
  for (const app::ChartId id : ids) {
    TRY_GET(const app::Chart chart, copy.read_chart(id));
    const app::Sheet sheet = app::make_sheet(chart, copy.sheet_template(), {app::local_date(info.manifest.as_of, info.manifest.time_zone)});
    for (app::Page& page : app::lay_out_sheet(sheet, frame_of(info), arguments.letter ? app::kLetter : app::kA4, fonts)) {
      pages.push_back(std::move(page));
    }
  }
  return app::draw_pdf(pages, fonts, "Patient sheet");
}

app::Result<app::DrawnPdf> print(const Arguments& arguments) {
  TRY_GET(app::Copy copy, open_copy(arguments));
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  TRY_GET(const app::DrawnPdf pdf, print_chart(copy, arguments, fonts));
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
  CLI::App* command = program.add_subcommand("print", "Print a patient's sheet from a copy into a PDF file");
  add_copy_arguments(*command, *arguments);
  command->add_option("WHAT", arguments->what, "What to print: chart")->required()->check(CLI::IsMember({"chart"}));
  command->add_option("MRN", arguments->mrn, "The patient's record number")->required();
  command->add_option("--out", arguments->out, "The PDF file to write (not encrypted)")->required();
  command->add_flag("--letter", arguments->letter, "US Letter instead of A4");
  command->footer("Example: nightchart print /srv/nightchart chart 10442 --out sheet.pdf --passphrase-file key.txt");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace exporter
