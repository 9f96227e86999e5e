// Forms and labels out of an open copy: what `print form` and `print labels` draw.
//
// Errors:  not_found for a form or a patient that the copy does not have; bad_config for a form that cannot be
//          understood, for a form about nobody with a patient, for a label that the sheet does not have.
#pragma once

#include <string>
#include <vector>

#include "app/paper/draw.h"
#include "app/paper/form_shelf.h"
#include "app/paper/page_frame.h"
#include "app/snapshot/trust.h"
#include "exporter/binder/volumes.h"

namespace exporter {

// The forms of the copy or, if it is older than forms in copies, Nightchart's own.
app::Result<std::vector<app::FormText>> read_forms(const app::Copy& copy);

struct FormWish {
  std::string name;
  std::string mrn;  // empty: blank
  int copies = 1;
};
app::Result<app::DrawnPdf> print_form(app::Copy& copy, const FormWish& wish, const app::PrintFrame& frame, const app::Paper& paper,
                                      const app::FontSet& fonts);

struct LabelWish {
  std::string mrn;
  int from = 1;
  int count = 0;  // 0: to the end of the sheet
  bool letter = false;
};
app::Result<app::DrawnPdf> print_labels(app::Copy& copy, const LabelWish& wish, const app::FontSet& fonts);

// Each form of these names once and blank, to stand behind the sheets of a binder.
app::Result<std::vector<BinderPart>> lay_out_blank_forms(const app::Copy& copy, const std::vector<std::string>& names,
                                                         const app::PrintFrame& frame, const app::Paper& paper, const app::FontSet& fonts);

}  // namespace exporter
