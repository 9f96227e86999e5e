#include "exporter/commands/print_forms.h"

#include "app/paper/form_layout.h"
#include "app/paper/label_sheet.h"
#include "app/record/sheet.h"
#include "app/snapshot/keys_random.h"
#include "exporter/binder/form_leaves.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

Result<app::Sheet> read_sheet(app::Copy& copy, const std::string& mrn) {
  const auto ids = copy.search().find_mrn(mrn);
  if (ids.size() != 1) {
    return Error{Code::not_found, ids.empty() ? "No chart in this copy has that MRN." : "Several charts have that MRN: nothing is printed with one of them.",
                 "Look it up with `nightchart find`."};
  }
  TRY_GET(const app::Chart chart, copy.read_chart(ids[0]));
  const app::Manifest& manifest = copy.info().manifest;
  return app::make_sheet(chart, copy.sheet_template(), {app::local_date(manifest.as_of, manifest.time_zone)});
}

app::FormNumbers numbers_for(const app::Copy& copy) {
  const app::Manifest& manifest = copy.info().manifest;
  const std::string key(manifest.verifying_key.begin(), manifest.verifying_key.end());
  return app::FormNumbers(app::numbers_on_demand(key, manifest.sequence, app::random_below));
}

}  // namespace

Result<std::vector<app::FormText>> read_forms(const app::Copy& copy) {
  const auto kept = copy.read_kept("forms");
  if (kept.ok()) return app::parse_form_texts(kept.value());
  if (kept.error().code != Code::not_found) return kept.error();
  return app::read_form_texts(app::find_own_forms());
}

Result<std::vector<BinderPart>> lay_out_blank_forms(const app::Copy& copy, const std::vector<std::string>& names,
                                                    const app::PrintFrame& frame, const app::Paper& paper, const app::FontSet& fonts) {
  TRY_GET(const std::vector<app::FormText> texts, read_forms(copy));
  TRY_GET(const ChosenForms chosen, choose_forms(texts, names, frame.practice, paper));
  app::FormNumbers numbers = numbers_for(copy);
  std::vector<BinderPart> parts;
  for (const BinderForm& form : chosen.forms) parts.push_back(lay_out_binder_form(form, frame, paper, numbers, fonts));
  return parts;
}

Result<app::DrawnPdf> print_form(app::Copy& copy, const FormWish& wish, const app::PrintFrame& frame, const app::Paper& paper,
                                 const app::FontSet& fonts) {
  TRY_GET(const std::vector<app::FormText> forms, read_forms(copy));
  TRY_GET(const app::Form form, app::find_form(forms, wish.name));
  app::FormOrder order{frame, paper};
  order.copies = wish.copies;
  if (!wish.mrn.empty()) {
    if (!app::is_about_a_patient(form)) {
      return Error{Code::bad_config, "The form " + form.name + " is not about one patient.", "Print it without an MRN."};
    }
    TRY_GET(const app::Sheet sheet, read_sheet(copy, wish.mrn));
    order.patient = app::FormPatient{sheet.banner, sheet.id};
  }
  app::FormNumbers numbers = numbers_for(copy);
  return app::draw_pdf(app::lay_out_form(form, order, numbers, fonts), fonts, "Nightchart: " + form.title);
}

Result<app::DrawnPdf> print_labels(app::Copy& copy, const LabelWish& wish, const app::FontSet& fonts) {
  TRY_GET(const app::Sheet sheet, read_sheet(copy, wish.mrn));
  const app::Manifest& manifest = copy.info().manifest;
  const app::Banner& banner = sheet.banner;
  const app::Label label{banner.name, banner.born, banner.sex, banner.mrn, sheet.id,
                         app::format_day(app::local_date(manifest.as_of, manifest.time_zone))};
  const app::LabelSheet& labels = wish.letter ? app::kAvery5160 : app::kAveryL7160;
  const int count = wish.count > 0 ? wish.count : labels.labels() - wish.from + 1;
  const std::vector<app::Label> all(static_cast<std::size_t>(count > 0 ? count : 1), label);
  TRY_GET(const std::vector<app::Page> pages, app::lay_out_labels(all, labels, wish.from, fonts));
  return app::draw_pdf(pages, fonts, "Nightchart: labels");
}

}  // namespace exporter
