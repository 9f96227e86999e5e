// All forms of a practice: Nightchart's own, and in their place or beside them those that the practice wrote.
//
// Shape:   a folder of files NAME.form; inside a copy one JSON array of {"name", "text"}.
// Errors:  not_found and io for the folder; bad_config for a file's name or size, or for JSON that is no such array.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/paper/form.h"

namespace app {

// A form as its file has it, not understood yet.
struct FormText {
  std::string name;  // small letters, digits and dashes
  std::string text;
};

// By name.
Result<std::vector<FormText>> read_form_texts(const std::filesystem::path& folder);
// The folder of Nightchart's own forms.
std::filesystem::path find_own_forms();
// Nightchart's own; those of `folder`, if it is not empty, take the place of those of the same name. Each was understood.
Result<std::vector<FormText>> read_forms_of_practice(const std::filesystem::path& folder);

std::string format_form_texts(const std::vector<FormText>& forms);
Result<std::vector<FormText>> parse_form_texts(std::string_view json);

// The form of that name, understood. Errors: not_found, naming those that there are.
Result<Form> find_form(const std::vector<FormText>& forms, const std::string& name);

}  // namespace app
