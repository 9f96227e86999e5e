#include "viewer/paper.h"

#include "app/paper/draw.h"
#include "app/paper/printer_posix.h"
#include "app/paper/reconciliation_layout.h"
#include "app/paper/schedule_layout.h"
#include "app/paper/shape.h"
#include "app/paper/sheet_layout.h"

namespace viewer {

app::Result<app::Done> print_paper(const PrintOrder& order) {
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  const app::Paper& paper = order.letter ? app::kLetter : app::kA4;
  std::vector<app::Page> pages;
  if (order.sheet) {
    pages = app::lay_out_sheet(*order.sheet, order.frame, paper, fonts);
  } else if (order.reconciliation) {
    pages = app::lay_out_reconciliation(*order.reconciliation, order.time_zone, order.frame, paper, fonts);
  } else {
    app::ScheduleDay day{order.day, {}};
    for (const app::ScheduleEntry& entry : order.appointments)
      day.lines.push_back({entry.name, app::format_known_date(entry.born), entry.mrn, entry.phone, entry.appointment});
    pages = app::lay_out_schedule(day, order.frame, paper, fonts);
  }
  // Print jobs are listed by title: it names nobody.
  const std::string title = order.sheet            ? "Nightchart: patient sheet"
                            : order.reconciliation ? "Nightchart: after the outage"
                                                   : "Nightchart: schedule";
  TRY_GET(const app::DrawnPdf drawn, app::draw_pdf(pages, fonts, title));
  return app::send_to_printer("", title, drawn.bytes);
}

}  // namespace viewer
