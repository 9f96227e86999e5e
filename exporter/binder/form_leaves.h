// The blank forms of a ring binder: which of them, by what code each is known, and their pages behind the letter tabs.
//
// A form's code is of its text, the practice's name and the size of paper: where it changed, the list says which to take out.
// Errors:  bad_config for a form that cannot be understood. A name of which there is no form is a sentence for the cover.
#pragma once

#include <string>
#include <vector>

#include "app/paper/form_numbers.h"
#include "app/paper/form_shelf.h"
#include "exporter/binder/volumes.h"

namespace exporter {

inline constexpr char kFormsTab[] = "Forms";
inline constexpr char kAllForms[] = "all";  // in the place of names

struct BinderForm {
  app::Form form;
  std::string id;
};

struct ChosenForms {
  std::vector<BinderForm> forms;
  std::vector<std::string> unknown;  // names
};

// In the order of `wanted`, or all there are.
app::Result<ChosenForms> choose_forms(const std::vector<app::FormText>& forms, const std::vector<std::string>& wanted,
                                      const std::string& practice, const app::Paper& paper);

BinderPart lay_out_binder_form(const BinderForm& form, const app::PrintFrame& frame, const app::Paper& paper, app::FormNumbers& numbers,
                               const app::FontSet& fonts);

// "The form consent: ..." for the cover.
std::string sentence_of_unknown_form(const std::string& name);

}  // namespace exporter
