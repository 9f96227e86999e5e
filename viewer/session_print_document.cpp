// The open document on paper, or on a stick: a page a step, so that the window says between two of them how far it is and Esc
// stops. What is recorded and when it goes to the printer is as with all other paper.
#include <utility>

#include "app/paper/scan_page.h"
#include "viewer/document_paper.h"
#include "viewer/document_view.h"
#include "viewer/session.h"

namespace viewer {
namespace {

constexpr char kPagesUnread[] = "its pages cannot be read from the copy";

std::string say_progress(const DocumentPaper* paper) {
  if (paper == nullptr || paper->printed() == 0) return "Drawing its first page for paper\u2026 Esc stops.";
  return "Drawing page " + std::to_string(paper->done() + 1) + " of " + std::to_string(paper->printed()) + " for paper\u2026 Esc stops.";
}

std::string say_fault(const app::Error& error) {
  return error.code == app::Code::bad_source ? "it cannot be drawn, because " + error.what + "." : error.what;
}

// Which document, and how much of it.
std::string words_of_print(const std::string& title, const DocumentPaper& paper) {
  std::string words = "document \u201C" + title + "\u201D, ";
  if (paper.in_all() == paper.printed()) return words + app::count_words(paper.printed(), "page", "pages");
  return words + (paper.before() == 0 && paper.in_all() > 0 ? "its first " + app::count_words(paper.printed(), "page", "pages") + " of " + std::to_string(paper.in_all())
                                                           : paper.describe_part());
}

}  // namespace

void Session::print_document(PrintOrder order) {
  order.document = title_of(document_->entry());
  const app::Banner& banner = order.sheet->banner;
  DocumentOrder pages;
  pages.frame = order.frame;
  pages.paper = order.letter ? app::kLetter : app::kA4;
  pages.whose = app::format_scan_owner(banner.name, banner.born, banner.mrn);
  pages.title = order.document;
  pages.about = "MRN " + banner.mrn + " \u00B7 document " + std::to_string(selected_document_ + 1) + " of the chart";
  // A text has other pages on paper than on the screen.
  pages.pages = document_->text() == nullptr ? document_->pages() : 0;
  pages.first = document_->page();
  print_failed_ = false;
  print_notice_ = say_progress(nullptr);
  print_goes_on_ = std::make_shared<std::atomic<bool>>(true);
  prints_document_ = true;
  draw_next_page(std::move(order), std::make_shared<DocumentPaper>(std::move(pages)), document_->bytes());
}

void Session::draw_next_page(PrintOrder order, std::shared_ptr<DocumentPaper> paper, std::shared_ptr<const std::string> bytes) {
  start([draw = draw_document_, goes_on = print_goes_on_, order = std::move(order), paper = std::move(paper), bytes = std::move(bytes),
         content = document_->entry().content, records = records_]() mutable -> Outcome {
    app::Result<app::Done> step = app::Done{};
    if (!bytes) {
      auto read = records->read_document(content);
      if (!read.ok()) step = app::Error{app::Code::bad_source, kPagesUnread, read.error().detail};
      else bytes = std::make_shared<const std::string>(std::move(read).value());
    }
    if (step.ok()) step = paper->add_next(*bytes, draw, [goes_on] { return goes_on->load(); });
    if (step.ok() && paper->is_complete()) {
      auto drawn = paper->finish();
      if (!drawn.ok()) step = drawn.error();
      else order.drawn = std::make_shared<const DrawnPaper>(std::move(drawn).value());
      if (order.stick) order.file = free_pdf_name(*order.stick, order.now, order.time_zone);
      order.document = words_of_print(order.document, *paper);
      order.partly = paper->describe_part();
    }
    return [order, paper, bytes, step, goes_on, records](Session& session) {
      session.working_ = false;
      const bool goes_further = session.records_ == records && goes_on->load() && step.ok();
      if (goes_further && !order.drawn) {
        session.print_notice_ = say_progress(paper.get());
        return session.draw_next_page(order, paper, bytes);
      }
      session.prints_document_ = false;
      session.print_notice_ = order.stick ? "Locking it and writing on the stick\u2026" : "Printing\u2026";
      if (goes_further || session.records_ != records) return session.send_order(order, records);
      session.print_failed_ = goes_on->load();
      const std::string why = !goes_on->load() ? "you stopped it." : say_fault(step.error());
      session.print_notice_ = (order.stick ? "NOT ON THE STICK: " : "NOT PRINTED: ") + why;
    };
  });
}

// Nothing of it has left by then.
bool Session::stop_printing() {
  if (!prints_document_) return false;
  print_goes_on_->store(false);
  print_notice_ = "Stopping\u2026";
  return true;
}

}  // namespace viewer
