// Puts the pages of clean scans into pages that were drawn for them, each within its frame and unchanged.
//
// A scan's page becomes a form XObject: it cannot draw outside of its box, and what stands around it cannot be changed by it.
// Smaller than its box it keeps its size; larger, it is shrunk; wider than high, it is turned.
// Units:   points from the top left corner; pages counted from 0.
// Source:  libqpdf.
// Errors:  damaged when the bytes are no PDF or a page is not there; bad_source for a scan's page that cannot be placed.
// Memory:  all of the bytes given, twice.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "app/error.h"

namespace exporter {

struct PlacedScan {
  std::size_t page = 0;  // on which it is put
  std::shared_ptr<const std::string> pdf;
  std::size_t scan_page = 0;
  double x_pt = 0;
  double y_pt = 0;
  double width_pt = 0;
  double height_pt = 0;
};

// Without scans too: it packs the small objects of a document into compressed streams, a fifth of its bytes.
app::Result<std::string> place_scans(const std::string& pdf, const std::vector<PlacedScan>& scans);

// Whether each of its pages can be placed, tried out.
app::Result<app::Done> check_placing(const std::string& scan);

}  // namespace exporter
