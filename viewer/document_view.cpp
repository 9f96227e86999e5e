#include "viewer/document_view.h"

#include "app/paper/scan_page.h"
#include "app/record/document_list.h"
#include "app/record/known.h"
#include "viewer/document_paper.h"

namespace viewer {
namespace {

std::string name_of(const app::Document& document) { return document.text.empty() ? "Document without a title" : document.text; }

std::string with_reason(std::string said, const std::string& reason) { return reason.empty() ? said : said + ": " + reason; }

std::string say_content(const app::Document& document) {
  const app::DocumentContent& content = document.content;
  switch (content.state) {
    case app::Presence::known:
      return with_reason(app::words_of_media_type(document.media_type) +
                             (content.bytes > 0 ? ", " + app::words_of_size(content.bytes) : ""),
                         content.reason);
    case app::Presence::known_none:
      return "has no pages";
    case app::Presence::not_in_copy:
      return with_reason("PAGES NOT IN THIS COPY", content.reason);
    case app::Presence::withheld:
      return with_reason("pages withheld by the practice's policy", content.reason);
    case app::Presence::unreadable:
      return with_reason("PAGES UNREADABLE", content.reason);
    case app::Presence::not_recorded:
      break;
  }
  return "its pages are not in this copy";
}

// Pages that there are, and that cannot be had here.
bool is_missed(const app::Document& document) {
  const app::Presence state = document.content.state;
  return state == app::Presence::not_in_copy || state == app::Presence::unreadable || state == app::Presence::not_recorded;
}

}  // namespace

std::string title_of(const app::Document& document) {
  return name_of(document) + (document.date.is_known() ? ", " + app::format_known_date(document.date) : "");
}

DocumentsView make_documents_view(const Session& session) {
  DocumentsView view;
  view.sheet = &session.sheet();
  const auto& documents = session.documents();
  view.heading = documents.empty() ? "No documents recorded" : "Documents (" + std::to_string(documents.size()) + "), newest first";
  for (std::size_t i = 0; i < documents.size(); ++i) {
    DocumentRow row;
    row.title = std::to_string(i + 1) + ". " + name_of(documents[i]);
    row.when = app::format_known_date(documents[i].date);
    row.detail = say_content(documents[i]);
    row.has_pages = documents[i].content.state == app::Presence::known;
    if (i == session.selected_document() && is_missed(documents[i]))
      row.detail += ". Look for it in the usual system, or ask whoever looks after Nightchart.";
    view.rows.push_back(std::move(row));
  }
  view.selected = session.selected_document();
  if (session.problem()) view.problem = session.problem()->what;
  view.keys = {{"Up Down", "choose"}, {"Enter", "show its pages"}, {"Esc", "back to the chart"}, {"any letter", "new search"}, {"F8", "hide"}};
  return view;
}

DocumentView make_document_view(const Session& session) {
  DocumentView view;
  view.sheet = &session.sheet();
  const OpenDocument* document = session.document();
  if (document == nullptr) return view;
  view.title = title_of(document->entry());
  if (document->pages() > 0) {
    view.place = "page " + std::to_string(document->page()) + " of " + std::to_string(document->pages());
    if (document->text() == nullptr && document->zoom_percent() != 100) view.place += " \u00B7 " + std::to_string(document->zoom_percent()) + " %";
    if (document->image() != nullptr && !document->is_sharp()) view.place += " \u00B7 drawing\u2026";
  }
  if (const std::string why = document->fault(); !why.empty()) {
    view.failed = true;
    view.message = (document->is_lost() ? "\u201C" + view.title + "\u201D cannot be shown, because "
                                        : "Page " + std::to_string(document->page()) + " of \u201C" + view.title +
                                              "\u201D cannot be shown, because ") + why + ".";
    const bool is_empty = document->bytes() && document->bytes()->empty();
    const std::string rest = document->is_lost() ? "The rest of the chart is not touched by this." : "The other pages are not touched by this.";
    view.advice = "Ask the patient, look in the paper binder, or ring whoever sent it. " + rest;
    if (!is_empty)
      view.for_it = "It is not lost: its bytes are in the copy as the record system had them. For whoever looks after Nightchart: on the exporter "
                    "\u201Cnightchart print COPY document " + session.sheet().banner.mrn + " " + std::to_string(session.selected_document() + 1) +
                    " --out FILE\u201D, COPY being the copy\u2019s folder, gives it as it is.";
  } else if (document->text() == nullptr && document->image() == nullptr) {
    view.message = "Reading and drawing the page\u2026 Esc goes back at once.";
  }
  if (const PageImage* image = document->image(); image != nullptr && image->picture.loss != app::Loss::none)
    view.warning = image->picture.loss == app::Loss::parts ? app::kPartsMayBeMissing : "THE FILE IS CUT SHORT: pages are missing behind its last one.";
  if (document->pages() > 0) view.keys = {{"PageDown PageUp", "read on"}, {"Left Right", "previous, next page"}};
  if (document->image() != nullptr) {
    view.keys.push_back({"+ \u2212", "larger, smaller"});
    view.keys.push_back({"Tab", document->shows_whole() ? "full width" : "whole page"});
  }
  if (session.prints_document()) {
    view.keys.push_back({"Esc", "stop printing"});
    return view;
  }
  if (!document->is_lost()) {
    const bool is_long = document->text() == nullptr && document->pages() > static_cast<int>(kPrintedPagesMost);
    view.keys.push_back({"Ctrl P", is_long ? "print " + std::to_string(kPrintedPagesMost) + " pages from here" : "print it"});
    view.keys.push_back({"F6", "other paper, or on a stick"});
  }
  // Esc takes a notice away first.
  view.keys.push_back({"Esc", session.print_failed() && !session.print_notice().empty() ? "remove the notice" : "back to the list"});
  view.keys.push_back({"any letter", "new search"});
  return view;
}

}  // namespace viewer
