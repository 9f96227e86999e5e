#include "exporter/binder/form_leaves.h"

#include <algorithm>

#include "app/digest.h"
#include "app/paper/form_layout.h"
#include "app/record/sheet_id.h"

namespace exporter {
namespace {

// Of how forms are laid out: when that changes, all of them are printed anew.
constexpr char kLayout[] = "1";

std::string id_of(const app::FormText& text, const std::string& practice, const app::Paper& paper) {
  app::Hasher hasher;
  const std::string height = std::to_string(static_cast<int>(paper.height_pt));
  for (const std::string& words : {std::string(kLayout), text.name, text.text, practice, height}) hasher.add(words + '\x1f');
  return app::format_sheet_id(hasher.finish());
}

}  // namespace

app::Result<ChosenForms> choose_forms(const std::vector<app::FormText>& forms, const std::vector<std::string>& wanted,
                                      const std::string& practice, const app::Paper& paper) {
  std::vector<std::string> names = wanted;
  if (std::find(wanted.begin(), wanted.end(), kAllForms) != wanted.end()) {
    names.clear();
    for (const app::FormText& text : forms) names.push_back(text.name);
  }
  ChosenForms chosen;
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(names.begin(), name, *name) != name) continue;  // named twice
    const auto text = std::find_if(forms.begin(), forms.end(), [&name](const app::FormText& candidate) { return candidate.name == *name; });
    if (text == forms.end()) {
      chosen.unknown.push_back(*name);
      continue;
    }
    TRY_GET(app::Form form, app::parse_form(text->text, text->name));
    chosen.forms.push_back({std::move(form), id_of(*text, practice, paper)});
  }
  return chosen;
}

BinderPart lay_out_binder_form(const BinderForm& form, const app::PrintFrame& frame, const app::Paper& paper, app::FormNumbers& numbers,
                               const app::FontSet& fonts) {
  app::FormOrder order{frame, paper};
  order.id = form.id;
  return {"form " + form.form.name, kFormsTab, form.form.title, form.form.title + " ", app::lay_out_form(form.form, order, numbers, fonts)};
}

std::string sentence_of_unknown_form(const std::string& name) {
  return "The form " + name + ", which the settings want in the binder: there is none of that name.";
}

}  // namespace exporter
