#include "exporter/commands/paper_out.h"

#include <CLI/CLI.hpp>

#include <filesystem>

#include "app/paper/print_spool.h"
#include "app/paper/printer_posix.h"
#include "exporter/binder/leaf_layout.h"
#include "exporter/copy/durable_file.h"

namespace exporter {

void PaperOut::add_options(CLI::App& command) {
  auto* where = command.add_option_group("where to");
  where->add_option("--out", out_, "The file to write (not encrypted, readable by you alone)");
  where->add_option("--printer", printer_, "The printer's queue (as `lpstat -e` lists it): nothing is written to a disk");
  where->require_option(0, 1);
}

app::Result<app::Done> PaperOut::put(std::string_view pdf, std::size_t number) {
  if (is_printer()) {
    // The queue's list is for everybody to see.
    return app::send_to_printer(printer_, "Nightchart" + (number == 0 ? std::string() : " " + std::to_string(number)), pdf);
  }
  std::filesystem::path file = out_;
  if (number != 0) file.replace_filename(file.stem().string() + "-" + std::to_string(number) + file.extension().string());
  TRY(write_file(file, pdf, true));
  files_.push_back(file.string());
  return app::Done{};
}

app::Result<app::Done> PaperOut::put_file(std::string_view bytes) {
  if (is_printer()) return app::Error{app::Code::wrong_kind, "A document goes into a file, as it is: name it with --out.", ""};
  TRY(write_file(out_, bytes, true));
  files_.push_back(out_);
  return app::Done{};
}

std::string PaperOut::said(std::size_t pages) const {
  const std::string count = count_words(pages, "page", "pages");
  if (is_printer()) {
    const std::string kept = app::say_what_spool_keeps();
    return "Sent to the printer " + printer_ + ": " + count + "." + (kept.empty() ? "" : "\n" + kept);
  }
  std::string names;
  for (const std::string& file : files_) names += (names.empty() ? "" : ", ") + file;
  return names + ": " + count + (files_.size() == 1 ? ". It is NOT encrypted: print it, then delete it."
                                                    : ". They are NOT encrypted: print them, then delete them.");
}

}  // namespace exporter
