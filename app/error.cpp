#include "app/error.h"

namespace app {

std::string_view advice(Code code) {
  switch (code) {
    case Code::wrong_passphrase:
      return "Try the passphrase again: capital letters and blanks count. The copy lists whose passphrases open it.";
    case Code::damaged:
      return "Open the copy of the night before, or use the paper binder.";
    case Code::newer_format:
      return "Use the viewer that came with this copy, or a newer Nightchart.";
    case Code::not_found:
      return "Check the name, the number or the path.";
    case Code::not_a_copy:
      return "Choose a folder whose name begins with a date and that holds manifest.json.";
    case Code::no_room:
      return "Free some space, then run it again. The copies made before are untouched.";
    case Code::io:
      return "Check that the disk is plugged in and that this account may use the folder.";
    case Code::forged:
      return "Do not rely on this copy. Ask whoever looks after Nightchart, and use another copy or the binder.";
    case Code::bad_config:
      return "Mend the named file, then run it again.";
    case Code::bad_source:
      return "Check the EMR's database or export, and the mapping pack. The copies made before are untouched.";
    case Code::busy:
      return "Wait until the other run has ended.";
    case Code::not_verified:
      return "The copies made before are untouched. Check the disk, then run the night again.";
    case Code::wrong_kind:
      return "Give another, as the first line says: the file, the passphrase or the envelope's line.";
    case Code::out_of_time:
      return "Give it more time, or make it a smaller copy. The copies made before are untouched.";
    case Code::shrunk:
      return "Find out where they went before anything is accepted. The copies made before are untouched.";
  }
  return "Report this message.";  // a number from a later release
}

std::string format_error(const Error& error) {
  std::string text = error.what;
  if (!error.detail.empty()) text += "\n  " + error.detail;
  return text + "\n  " + std::string(advice(error.code));
}

}  // namespace app
