// What the pages about a chart's documents show, as plain values in final words: the list of them, and one that is open.
//
// Errors:  none: one that cannot be shown says so, and why, in its place.
#pragma once

#include <string>
#include <vector>

#include "viewer/views.h"

namespace viewer {

struct DocumentRow {
  std::string title;   // "2. Cardiology letter"
  std::string when;    // "03-Mar-2026"
  std::string detail;  // "PDF, 120 KB"; or why its pages are not here
  bool has_pages = false;
};

struct DocumentsView {
  const app::Sheet* sheet = nullptr;
  std::string heading;
  std::vector<DocumentRow> rows;
  std::size_t selected = 0;
  std::string problem;
  std::vector<Fact> keys;
};
DocumentsView make_documents_view(const Session& session);

struct DocumentView {
  const app::Sheet* sheet = nullptr;
  std::string title;
  std::string place;  // "page 2 of 5 · 150 %"
  std::string warning;           // above the page: parts of it may be missing
  std::string message;           // in the page's place: it is being drawn, or cannot be
  std::string advice;  // what can be done at the desk
  std::string for_it;  // for whoever looks after Nightchart, in small
  bool failed = false;
  std::vector<Fact> keys;
};
DocumentView make_document_view(const Session& session);

// "Cardiology letter, 03-Mar-2026"; never empty.
std::string title_of(const app::Document& document);

}  // namespace viewer
