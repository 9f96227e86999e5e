// From what is on the screen to a printer that stands beside the laptop: the same sheet, the same list as in the binder.
//
// Errors:  not_found without CUPS; io when the printer does not take it, or there are no fonts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/paper/form.h"
#include "app/paper/page_frame.h"
#include "app/record/reconciliation.h"
#include "app/record/sheet.h"
#include "app/snapshot/schedule.h"

namespace viewer {

// What of a patient goes on paper, or what of nobody.
enum class PaperKind : std::uint8_t { chart, slip, labels, form, day, reconciliation, document };

// A PDF in this program's memory, and nowhere else.
struct DrawnPaper {
  std::string pdf;
  std::vector<std::string> numbers;  // that stand on forms
};

struct PrintOrder {
  PaperKind kind = PaperKind::chart;
  app::PrintFrame frame;
  bool letter = false;
  std::optional<app::Sheet> sheet;  // chart, slip, labels, document, and a form that is about one patient
  std::string document;             // what the record of looks calls it: drawn page by page, by document_paper.h
  std::string partly;               // how much of the document it is, unless it is all: "the first 30 of 45 pages"
  std::optional<app::Form> form;
  int copies = 1;                 // of a form, each with numbers of its own
  std::string practice_key;       // where its numbers come from …
  std::uint64_t sequence = 0;     // … and the copy
  std::string as_of_day;          // for labels
  app::Date day;
  std::vector<app::ScheduleEntry> appointments;
  std::optional<app::Reconciliation> reconciliation;
  std::size_t listed_looks = 0;  // that it is made from
  std::string time_zone;         // for its times
  std::string queue;      // empty: the printer that this computer prints on usually
  std::optional<std::filesystem::path> stick;  // instead of a printer: a locked PDF in this folder …
  std::optional<std::filesystem::path> file;   // … under this name, …
  app::Instant now;                            // … which says when
  std::shared_ptr<const DrawnPaper> drawn;
};

// What the record of looks calls the list of an outage.
inline constexpr std::string_view kOutageListWords = "the list of the outage";

inline constexpr std::string_view kDocumentJob = "Nightchart: document";

// "Nightchart: patient sheet": print jobs are listed by title, and it names nobody.
std::string title_of(const PrintOrder& order);

using DrawPaper = std::function<app::Result<DrawnPaper>(const PrintOrder&)>;
app::Result<DrawnPaper> draw_paper(const PrintOrder& order);

using PrintPaper = std::function<app::Result<app::Done>(const PrintOrder&)>;
// Through no file; draws it first if nobody has.
app::Result<app::Done> print_paper(const PrintOrder& order);

// The printers that CUPS knows here, the usual one first; empty where there is none, or no CUPS.
struct Printers {
  std::vector<std::string> queues;
  std::string keeps;  // what this computer keeps of printed pages, in words; or ""
};
using ListPrinters = std::function<Printers()>;
Printers list_printers();

}  // namespace viewer
