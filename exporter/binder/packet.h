// The packet: what the practice needs on paper for the next days, as one locked PDF.
//
// A cover, the schedule of each day, then the sheets of the booked patients in the order of their
// appointments. Each part begins on a right-hand page and counts its own pages, so that a leaf can be
// taken out and handed on.
//
// Errors:  what drawing, binding and locking return. A patient whose sheet can't be made has a page that
//          says so, is named on the cover and counted in `missing`; the others are printed.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/draw.h"
#include "app/paper/page_frame.h"
#include "app/record/sheet.h"
#include "app/snapshot/copy.h"

namespace exporter {

struct PacketDay {
  app::Date day;
  std::vector<app::ScheduleEntry> entries;  // by time, as Copy::read_schedule() gives them
};

struct PacketOrder {
  app::PrintFrame frame;
  app::Paper paper;
  std::vector<PacketDay> days;  // today first
};

// The sheet of a patient, as the copy has it.
using ReadSheet = std::function<app::Result<app::Sheet>(app::ChartId chart)>;

struct PacketCounts {
  std::size_t pages = 0;  // with the blank backs
  std::size_t appointments = 0;
  std::size_t sheets = 0;     // patients; one who comes twice has one sheet
  std::size_t missing = 0;    // sheets that could not be made
  std::size_t uncovered = 0;  // characters that no font has, printed as [U+XXXX]
};

struct Packet {
  std::string bytes;     // encrypted
  std::string password;  // to be kept inside the copy, nowhere else
  PacketCounts counts;
};

app::Result<Packet> make_packet(const PacketOrder& order, const ReadSheet& read_sheet,
                                const app::FontSet& fonts);

// Patients' sheets, not encrypted: for a printer or a file that somebody asked for.
app::Result<app::DrawnPdf> print_sheets(const std::vector<app::Sheet>& sheets, const app::PrintFrame& frame,
                                        const app::Paper& paper, const app::FontSet& fonts);

// One day's schedule, not encrypted.
app::Result<app::DrawnPdf> print_schedule(const PacketDay& day, const app::PrintFrame& frame,
                                          const app::Paper& paper, const app::FontSet& fonts);

}  // namespace exporter
