// What the page of the outage shows, as plain values in final words: where it stands, and everything that has to be put right.
//
// Errors:  none.
#pragma once

#include <string>
#include <vector>

#include "viewer/views.h"

namespace viewer {

// One line of the list, or with a title alone the heading of those below it.
struct OutageRow {
  std::string title;   // "GARCIA, Ana"; "Patients (3)"
  std::string detail;  // "MRN 100004 · viewed once · Tue 14-Oct-2025 09:10 · by reception"
  bool is_heading = false;
};

struct OutageView {
  std::string title;
  std::vector<std::string> paragraphs;
  std::string button;  // what Enter does
  std::vector<OutageRow> rows;
  std::vector<Fact> keys;
};
OutageView make_outage_view(const Session& session);

}  // namespace viewer
