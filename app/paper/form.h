// A paper form as a practice writes it: a title and, line by line, what there is to fill in.
//
// Shape:   plain text, one part a line, each begins with its word: see templates/forms/README.md.
// Errors:  parse_form: Code::bad_config naming the file and the line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"

namespace app {

// What is printed into a place of a form before anybody writes there.
enum class FormFill : std::uint8_t { none, line, temporary_number, number };

struct FormCell {
  std::string name;
  FormFill fill = FormFill::none;
  std::string prefix;  // of FormFill::number
  int share = 1;       // of the width, beside the others of its line
};

enum class FormPartKind : std::uint8_t { note, patient, heading, text, fields, choose, write, rows, page };

struct FormPart {
  FormPartKind kind = FormPartKind::text;
  std::string text;             // note, heading, text; the name before choose and write
  bool is_identity_only = false;  // patient: without allergies and alerts, for paper that leaves the house
  std::vector<FormCell> cells;  // fields, rows; the answers of choose
  int count = 0;                // lines of write, rows of rows; 0: as many as there is room for
};

struct Form {
  std::string name;   // the file's, without its ending: "progress-note"
  std::string title;
  int slips = 1;      // so many below each other on a page, to be cut apart
  bool same_numbers = false;  // on all slips of a page: an original and its duplicate
  std::vector<FormPart> parts;
};

// Whether it is about one patient, so that it can be printed with whoever it is already on it.
bool is_about_a_patient(const Form& form);

inline constexpr std::size_t kFormBytesMost = 64u << 10;

// `name` names the form and, with ".form" behind it, the file in errors.
Result<Form> parse_form(std::string_view text, const std::string& name);

}  // namespace app
