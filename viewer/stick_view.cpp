#include "viewer/stick_view.h"

namespace viewer {

StickView make_stick_view(const Session& session) {
  StickView view;
  if (!session.on_stick()) return view;
  const LockedPdf& pdf = *session.on_stick();
  view.title = "It is on the stick, locked";
  view.facts = {{"Stick", name_of({pdf.file.parent_path()})}, {"File", pdf.file.filename().string()}};
  view.label = "Its password";
  view.password = pdf.password;
  view.hint = "Type this where you open the PDF: small letters, with the dashes and without blanks. What is round is a zero, what is upright a one.";
  view.paragraphs = {"It is shown until you leave this page, and kept nowhere. If you write it down, carry the paper apart from the stick.",
                     "You may take the stick out. Erase the file once it is printed; without these letters nobody can read it."};
  view.keys = {{"Esc", "leave this page: the password is gone"}, {"F8", "hide"}};
  return view;
}

}  // namespace viewer
