// Where printed pages go: into files that somebody asked for, or straight to a printer.
//
// A printer is fed through a pipe: nothing readable is left on a disk by us. A file is readable by its owner alone, and
// not encrypted: the command says so.
// Errors:  what writing the file or the printer returns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace CLI {
class App;
}

namespace exporter {

class PaperOut {
 public:
  // --out and --printer; one of them must be given.
  void add_options(CLI::App& command);
  bool is_printer() const { return !printer_.empty(); }

  // Bytes of a PDF. `number` is 0 for the only file of its kind; else file 1, 2, … is named for it.
  app::Result<app::Done> put(std::string_view pdf, std::size_t number = 0);
  // Bytes of any kind, into the file alone. Errors: wrong_kind when a printer was asked for.
  app::Result<app::Done> put_file(std::string_view bytes);

  // The files written; empty for a printer.
  const std::vector<std::string>& files() const { return files_; }
  const std::string& out() const { return out_; }
  const std::string& printer() const { return printer_; }
  // "today.pdf: 3 pages. It is NOT encrypted: print it, then delete it." or "Sent to the printer QUEUE: 3 pages."
  std::string said(std::size_t pages) const;

 private:
  std::string out_;
  std::string printer_;
  std::vector<std::string> files_;
};

}  // namespace exporter
