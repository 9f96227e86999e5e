// The binder on paper, whole or as tonight's packet: what the practice reaches for when no screen works.
//
// In front a cover, in a packet the list of what to take out and put in, the contacts, the schedule of the next days and
// the index; then sheets in the order of their names, each with its letter at the edge. Each part begins on a right-hand
// page and counts its own pages, so that a leaf can be taken out and another put in its place.
//
// Errors:  what drawing, binding and the taker return. A patient whose sheet can't be made has a page that says so, is
//          named in the list and counted in `missing`; the others are printed.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/draw.h"
#include "app/paper/page_frame.h"
#include "app/record/sheet.h"
#include "app/snapshot/copy.h"
#include "exporter/binder/binder_report.h"
#include "exporter/binder/contacts.h"
#include "exporter/binder/index_layout.h"
#include "exporter/binder/plan.h"
#include "exporter/binder/scan_leaves.h"
#include "exporter/binder/volumes.h"

namespace exporter {

struct PacketDay {
  app::Date day;
  std::vector<app::ScheduleEntry> entries;  // by time, as Copy::read_schedule() gives them
};

// A sheet to print, and where it is filed.
struct BinderSheet {
  app::ChartId chart = 0;
  PatientKey patient{};
  std::string tab;
  std::string name;
  std::string mrn;
  bool long_form = false;
  std::string scans_id = {};  // follows the sheet's; empty: no scans are printed behind it
};

// One change of the plan, with what its line on the list says.
struct NamedChange {
  SheetChange change;
  std::string tab;
  std::string name;
  std::string mrn;            // empty for a form
  std::size_t pages = 0;      // of a form that is printed
  std::string anchor = {};    // of that
};

// What makes a packet of it.
struct PacketPlan {
  std::uint64_t base = 0;
  bool start_over = false;
  std::size_t kept = 0;
  std::vector<NamedChange> changes;  // in the order of filing
  bool sheets_elsewhere = false;     // too many for a packet: none of them is in it
  bool forms_too = false;            // start over with the forms as well
};

// The scans behind a patient's sheet. It is asked by one thread at a time.
using ReadScans = std::function<std::vector<FoundScan>(const BinderSheet& sheet)>;

struct BinderOrder {
  app::PrintFrame frame;
  app::Paper paper;
  std::uint64_t sequence = 0;
  app::Date today;
  std::vector<PacketDay> days;       // today first
  IndexLines index;                  // in the order of filing; empty: none is printed
  PracticeContacts contacts;
  std::vector<std::string> not_in_it;  // sentences for the cover
  std::size_t pages_most = 1000;     // of one file
  std::vector<BinderSheet> sheets;   // to print, in the order of filing
  std::optional<PacketPlan> packet;  // none: the whole binder
  std::vector<BinderPart> behind;    // blank forms and whatever else a binder ends with
  ReadScans read_scans = {};         // wanted when a sheet has a scans_id
  int scan_minutes = 60;             // for all of them
  // Told of each sheet that stands in the binder without all that belongs to it, and may have it another night.
  std::function<void(const PatientKey& patient, const std::string& id_on_paper)> tell_unfinished = {};
  std::function<void()> sheets_are_printed = {};  // none is read again
  bool loose = false;                // other sheets than the ring binder's: nobody files or confirms it
};

// A booked patient's sheet has the last visits with their notes.
inline app::SheetForm form_of(bool booked) { return booked ? app::SheetForm::booked : app::SheetForm::brief; }

// The sheet of a patient, as the copy has it. It is asked by several threads at once.
using ReadSheet = std::function<app::Result<app::Sheet>(const BinderSheet& sheet)>;

// Prints it file by file, not encrypted.
app::Result<PacketCounts> print_binder(const BinderOrder& order, const ReadSheet& read_sheet, const app::FontSet& fonts,
                                       const TakeVolume& take);

// What the whole would come to, from every n-th sheet: pages, with their blank backs.
app::Result<std::size_t> estimate_pages(const BinderOrder& order, const ReadSheet& read_sheet, const app::FontSet& fonts);

// Patients' sheets, for a printer or a file that somebody asked for.
app::Result<app::DrawnPdf> print_sheets(const std::vector<app::Sheet>& sheets, const app::PrintFrame& frame,
                                        const app::Paper& paper, const app::FontSet& fonts);

// One day's schedule.
app::Result<app::DrawnPdf> print_schedule(const PacketDay& day, const app::PrintFrame& frame,
                                          const app::Paper& paper, const app::FontSet& fonts);

}  // namespace exporter
