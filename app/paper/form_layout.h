// Lays a form out on pages to be written on: blank, or with a patient's identity and allergies on every page.
//
// Nothing of a patient is shortened: who takes more room than usual leaves fewer lines to write on, and
// slips that get too small for it are fewer on a page.
//
// Units:   points; a line to write on is 8 mm high at least.
// Errors:  none; every form has at least one page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/paper/form.h"
#include "app/paper/form_numbers.h"
#include "app/paper/page_frame.h"
#include "app/record/sheet.h"

namespace app {

inline constexpr double kWritingLine_pt = 23.4;  // 8.25 mm

struct FormPatient {
  Banner banner;
  std::string sheet;  // the id of the sheet that said so
};

struct FormOrder {
  PrintFrame frame;
  Paper paper;
  std::optional<FormPatient> patient{};  // nobody: blank
  int copies = 1;                        // each with numbers of its own
  std::string id = {};                   // of the form, where one of another id would have to go; often empty
};

std::vector<Page> lay_out_form(const Form& form, const FormOrder& order, FormNumbers& numbers, const FontSet& fonts);

}  // namespace app
