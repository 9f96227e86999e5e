#include "viewer/print_view.h"

namespace viewer {

PrintView make_print_view(const Session& session) {
  PrintView view;
  const bool has_chart = session.page_before_print() == Page::chart;
  if (has_chart) view.sheet = &session.sheet();
  view.heading = has_chart ? "Print for this patient, or a blank form" : "Print the list, or a blank form";
  const auto& printers = session.printers();
  if (session.is_working() && printers.empty()) {
    view.target = "Looking for printers\u2026";
  } else if (printers.empty()) {
    view.target = "No printer: connect one by USB, switch it on, then press Esc and F6 again.";
  } else {
    view.target = "Goes to the printer " + printers[session.chosen_printer()];
    if (printers.size() > 1) view.target += " (" + std::to_string(session.chosen_printer() + 1) + " of " + std::to_string(printers.size()) + ")";
  }
  view.copies = session.form_copies() == 1 ? "One of each form" : std::to_string(session.form_copies()) + " of a form, each with numbers of its own";
  if (session.forms_fault()) view.problem = "Not all forms can be printed: " + session.forms_fault()->what;
  const auto& choices = session.print_choices();
  for (std::size_t i = 0; i < choices.size(); ++i)
    view.rows.push_back({i < kPrintKeys.size() ? std::string(1, kPrintKeys[i]) : "", choices[i].title, choices[i].detail});
  view.selected = session.selected_print();
  view.keys = {{"1, 2, \u2026", "print that"}, {"Up Down Enter", "choose, print"}, {"+ \u2212", "how many of a form"}};
  if (printers.size() > 1) view.keys.push_back({"Left Right", "other printer"});
  view.keys.push_back({"Esc", "back"});
  return view;
}

}  // namespace viewer
