#include "viewer/paper.h"

#include "app/paper/draw.h"
#include "app/paper/form_layout.h"
#include "app/paper/label_sheet.h"
#include "app/paper/print_spool.h"
#include "app/paper/printer_posix.h"
#include "app/paper/reconciliation_layout.h"
#include "app/paper/schedule_layout.h"
#include "app/paper/shape.h"
#include "app/paper/sheet_layout.h"
#include "app/paper/slip_layout.h"
#include "app/snapshot/keys_random.h"

namespace viewer {
namespace {

using Pages = app::Result<std::vector<app::Page>>;

Pages lay_out_labels(const PrintOrder& order, const app::FontSet& fonts) {
  const app::Banner& banner = order.sheet->banner;
  const app::Label label{banner.name, banner.born, banner.sex, banner.mrn, order.sheet->id, order.as_of_day};
  const app::LabelSheet& sheet = order.letter ? app::kAvery5160 : app::kAveryL7160;
  return app::lay_out_labels(std::vector<app::Label>(static_cast<std::size_t>(sheet.labels()), label), sheet, 1, fonts);
}

Pages lay_out_day(const PrintOrder& order, const app::Paper& paper, const app::FontSet& fonts) {
  app::ScheduleDay day{order.day, {}};
  for (const app::ScheduleEntry& entry : order.appointments)
    day.lines.push_back({entry.name, app::format_known_date(entry.born), entry.mrn, entry.phone, entry.appointment});
  return app::lay_out_schedule(day, order.frame, paper, fonts);
}

Pages lay_out(const PrintOrder& order, app::FormNumbers& numbers, const app::FontSet& fonts) {
  const app::Paper& paper = order.letter ? app::kLetter : app::kA4;
  switch (order.kind) {
    case PaperKind::chart: return app::lay_out_sheet(*order.sheet, order.frame, paper, fonts);
    case PaperKind::slip: return app::lay_out_slip(*order.sheet, order.frame, paper, fonts);
    case PaperKind::labels: return lay_out_labels(order, fonts);
    case PaperKind::day: return lay_out_day(order, paper, fonts);
    case PaperKind::reconciliation: return app::lay_out_reconciliation(*order.reconciliation, order.time_zone, order.frame, paper, fonts);
    case PaperKind::document: return app::Error{app::Code::wrong_kind, "A document is drawn page by page.", ""};
    case PaperKind::form: break;
  }
  app::FormOrder form{order.frame, paper};
  if (order.sheet) form.patient = app::FormPatient{order.sheet->banner, order.sheet->id};
  form.copies = order.copies;
  return app::lay_out_form(*order.form, form, numbers, fonts);
}

}  // namespace

std::string title_of(const PrintOrder& order) {
  switch (order.kind) {
    case PaperKind::chart: return "Nightchart: patient sheet";
    case PaperKind::slip: return "Nightchart: slip";
    case PaperKind::labels: return "Nightchart: labels";
    case PaperKind::form: return "Nightchart: form";
    case PaperKind::day: return "Nightchart: schedule";
    case PaperKind::document: return std::string(kDocumentJob);
    case PaperKind::reconciliation: break;
  }
  return "Nightchart: after the outage";
}

app::Result<DrawnPaper> draw_paper(const PrintOrder& order) {
  TRY_GET(const app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  app::FormNumbers numbers(app::numbers_on_demand(order.practice_key, order.sequence, app::random_below));
  TRY_GET(const std::vector<app::Page> pages, lay_out(order, numbers, fonts));
  TRY_GET(app::DrawnPdf drawn, app::draw_pdf(pages, fonts, title_of(order)));
  return DrawnPaper{std::move(drawn.bytes), numbers.all()};
}

app::Result<app::Done> print_paper(const PrintOrder& order) {
  if (order.drawn) return app::send_to_printer(order.queue, title_of(order), order.drawn->pdf);
  TRY_GET(const DrawnPaper drawn, draw_paper(order));
  return app::send_to_printer(order.queue, title_of(order), drawn.pdf);
}

Printers list_printers() { return {app::list_printers(), app::say_what_spool_keeps()}; }

}  // namespace viewer
