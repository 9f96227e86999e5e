#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include "app/paper/draw.h"
#include "app/paper/form_layout.h"
#include "app/paper/form_shelf.h"
#include "app/record/json.h"
#include "app/snapshot/keys_random.h"
#include "exporter/commands/commands.h"
#include "exporter/commands/terminal.h"
#include "exporter/copy/durable_file.h"
#include "exporter/options.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Result;

struct Arguments {
  std::string config;
  std::string file;
  std::string out;
  bool letter = false;
  bool json = false;
};

// Those of the practice if there is one here, else Nightchart's own.
Result<std::vector<app::FormText>> forms_here(const Arguments& arguments) {
  const auto config = find_config(arguments.config);
  if (!config.ok() && arguments.config.empty()) return app::read_forms_of_practice({});
  TRY(config);
  TRY_GET(const Options options, read_options(config.value()));
  return app::read_forms_of_practice(options.paper.forms);
}

int list(const Arguments& arguments) {
  const auto forms = forms_here(arguments);
  if (!forms.ok()) return report_error(forms.error(), arguments.json);
  std::string text;
  app::JsonWriter json(text);
  json.open_array();
  for (const app::FormText& written : forms.value()) {
    const auto form = app::parse_form(written.text, written.name);
    if (!form.ok()) return report_error(form.error(), arguments.json);
    const bool patient = app::is_about_a_patient(form.value());
    json.open_object();
    json.member("name", std::string_view(written.name));
    json.member("title", std::string_view(form.value().title));
    json.member("patient", patient);
    json.close_object();
    if (!arguments.json) {
      std::cout << written.name << std::string(28 - std::min<std::size_t>(written.name.size(), 27), ' ') << plain(form.value().title)
                << (patient ? "" : " (blank only)") << "\n";
    }
  }
  json.close_array();
  if (arguments.json) std::cout << text << "\n";
  else std::cout << "\nnightchart print COPY form NAME --out F.pdf prints one blank, with an MRN behind NAME for that patient.\n";
  return 0;
}

Result<app::DrawnPdf> draw(const Arguments& arguments) {
  const fs::path file(arguments.file);
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open()) return app::Error{app::Code::not_found, "There is no file " + file.string() + ".", ""};
  TRY_GET(const app::Form form, app::parse_form(text.str(), file.stem().string()));
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  const app::FormOrder order{{"Trial print, of no practice", "no data: a trial print", "none"}, arguments.letter ? app::kLetter : app::kA4};
  app::FormNumbers numbers(app::numbers_on_demand("trial", 0, app::random_below));
  TRY_GET(const app::DrawnPdf pdf, app::draw_pdf(app::lay_out_form(form, order, numbers, fonts), fonts, "Nightchart: " + form.title));
  TRY(write_file(arguments.out, pdf.bytes, true));
  return pdf;
}

int run_draw(const Arguments& arguments) {
  const auto pdf = draw(arguments);
  if (!pdf.ok()) return report_error(pdf.error(), false);
  std::cout << arguments.out << ": " << pdf.value().pages << (pdf.value().pages == 1 ? " page" : " pages")
            << ", a trial print. The next night puts the forms of [paper] forms into the copy.\n";
  return 0;
}

}  // namespace

void add_form(CLI::App& program, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("form", "The paper forms for an outage: which there are, and how one looks that you are writing");
  command->require_subcommand(1);
  CLI::App* listing = command->add_subcommand("list", "Name every form that the next night puts into the copy");
  listing->add_option("--config", arguments->config, "The practice's nightchart.toml");
  listing->add_flag("--json", arguments->json, "Print one JSON document");
  listing->callback([arguments, &exit_code] { exit_code = list(*arguments); });
  CLI::App* drawing = command->add_subcommand("draw", "Draw a form's file blank, or say in which line it is wrong");
  drawing->add_option("FILE", arguments->file, "The form's file, NAME.form")->required();
  drawing->add_option("--out", arguments->out, "The PDF to write")->required();
  drawing->add_flag("--letter", arguments->letter, "US Letter instead of A4");
  drawing->callback([arguments, &exit_code] { exit_code = run_draw(*arguments); });
  command->footer("Example: nightchart form draw progress-note.form --out note.pdf");
}

}  // namespace exporter
