#include "viewer/print_view.h"

namespace viewer {
namespace {

std::string place_among(std::size_t chosen, std::size_t count) {
  return count > 1 ? " (" + std::to_string(chosen + 1) + " of " + std::to_string(count) + ")" : "";
}

std::string describe_stick(const Session& session) {
  const Stick& stick = session.sticks()[session.chosen_stick()];
  return "Goes as a locked PDF onto the stick " + name_of(stick) + place_among(session.chosen_stick(), session.sticks().size()) +
         (stick.holds_copy ? ", which carries the copy" : "");
}

}  // namespace

PrintView make_print_view(const Session& session) {
  PrintView view;
  const bool has_chart = session.page_before_print() != Page::search;
  if (has_chart) view.sheet = &session.sheet();
  view.heading = session.is_for_stick() ? "Put on a stick, for a computer that has a printer"
                 : has_chart            ? "Print for this patient, or a blank form"
                                        : "Print the list, or a blank form";
  const auto& printers = session.printers();
  if (session.is_for_stick()) {
    view.target = describe_stick(session);
  } else if (session.is_working() && printers.empty()) {
    view.target = "Looking for printers\u2026";
  } else if (printers.empty()) {
    view.target = "No printer: connect one by USB, switch it on, then press Esc and F6 again. Or Tab: as a PDF onto a stick.";
  } else {
    view.target = "Goes to the printer " + printers[session.chosen_printer()] + place_among(session.chosen_printer(), printers.size());
    view.kept = session.spool_keeps();
  }
  view.copies = session.form_copies() == 1 ? "One of each form" : std::to_string(session.form_copies()) + " of a form, each with numbers of its own";
  if (session.forms_fault()) view.problem = "Not all forms can be printed: " + session.forms_fault()->what;
  const auto& choices = session.print_choices();
  for (std::size_t i = 0; i < choices.size(); ++i)
    view.rows.push_back({i < kPrintKeys.size() ? std::string(1, kPrintKeys[i]) : "", choices[i].title, choices[i].detail});
  view.selected = session.selected_print();
  const bool put = session.is_for_stick();
  if (session.prints_document()) {
    view.keys = {{"Esc", "stop"}};
    return view;
  }
  view.keys = {{"1 to 9, Up Down", "choose"}, {"Enter", put ? "put it on the stick" : "print it"}, {"+ \u2212", "how many of a form"}};
  view.keys.push_back({"Tab", put ? "to a printer instead" : "as a PDF onto a stick"});
  if ((put ? session.sticks().size() : printers.size()) > 1) view.keys.push_back({"Left Right", put ? "other stick" : "other printer"});
  view.keys.push_back({"Esc", "back"});
  view.keys.push_back({"any letter", "new search"});
  return view;
}

}  // namespace viewer
