// What the page of everything that can be printed shows, as plain values in final words.
//
// Errors:  none: where nothing can be printed it says what to do.
#pragma once

#include <string>
#include <vector>

#include "viewer/views.h"

namespace viewer {

struct PrintRow {
  std::string key;    // chooses it
  std::string title;
  std::string detail;
};

struct PrintView {
  const app::Sheet* sheet = nullptr;  // of the open chart, if there is one
  std::string heading;
  std::string target;  // "Goes to the printer office (1 of 2)"
  std::string copies;  // "3 copies of a form"
  std::string kept;    // what this computer keeps of printed pages, or ""
  std::string problem;
  std::vector<PrintRow> rows;
  std::size_t selected = 0;
  std::vector<Fact> keys;
};
PrintView make_print_view(const Session& session);

}  // namespace viewer
