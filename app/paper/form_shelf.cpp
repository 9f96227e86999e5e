#include "app/paper/form_shelf.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

#include "app/find_share.h"
#include "app/record/json.h"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFormsMost = 200;
constexpr std::size_t kNameMost = 40;
constexpr char kEnding[] = ".form";

bool is_form_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameMost &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

Result<FormText> read_form_text(const fs::path& file) {
  const std::string name = file.stem().string();
  if (!is_form_name(name)) {
    return Error{Code::bad_config, "The form " + file.string() + " has an odd name.", "At most 40 small letters, digits and dashes, then .form"};
  }
  std::ifstream in(file, std::ios::binary);
  std::string text(kFormBytesMost + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || !in.is_open()) return Error{Code::io, "The form " + file.string() + " cannot be read.", ""};
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kFormBytesMost) return Error{Code::bad_config, "The form " + file.string() + " is too large for a form.", "At most 64 KB."};
  return FormText{name, std::move(text)};
}

void place(std::vector<FormText>& forms, FormText form) {
  const auto at = std::lower_bound(forms.begin(), forms.end(), form, [](const FormText& a, const FormText& b) { return a.name < b.name; });
  if (at != forms.end() && at->name == form.name) {
    *at = std::move(form);
  } else {
    forms.insert(at, std::move(form));
  }
}

}  // namespace

Result<std::vector<FormText>> read_form_texts(const fs::path& folder) {
  std::error_code fault;
  fs::directory_iterator files(folder, fault);
  if (fault) return Error{Code::not_found, "The folder of forms " + folder.string() + " cannot be read.", fault.message()};
  std::vector<FormText> forms;
  for (; files != fs::directory_iterator(); files.increment(fault)) {
    if (fault) return Error{Code::io, "The folder of forms " + folder.string() + " cannot be read.", fault.message()};
    std::error_code ignored;
    if (files->path().extension() != kEnding || !files->is_regular_file(ignored)) continue;
    TRY_GET(FormText form, read_form_text(files->path()));
    place(forms, std::move(form));
    if (forms.size() > kFormsMost) return Error{Code::bad_config, "The folder " + folder.string() + " holds too many forms.", "At most 200."};
  }
  return forms;
}

fs::path find_own_forms() { return find_share() / "templates" / "forms"; }

Result<std::vector<FormText>> read_forms_of_practice(const fs::path& folder) {
  TRY_GET(std::vector<FormText> forms, read_form_texts(find_own_forms()));
  if (!folder.empty()) {
    TRY_GET(const std::vector<FormText> more, read_form_texts(folder));
    for (const FormText& form : more) {
      if (const auto parsed = parse_form(form.text, form.name); !parsed.ok()) {
        return Error{Code::bad_config, folder.string() + "/" + parsed.error().what, parsed.error().detail};
      }
      place(forms, form);
    }
  }
  return forms;
}

std::string format_form_texts(const std::vector<FormText>& forms) {
  std::string json;
  JsonWriter writer(json);
  writer.open_array();
  for (const FormText& form : forms) {
    writer.open_object();
    writer.member("name", std::string_view(form.name));
    writer.member("text", std::string_view(form.text));
    writer.close_object();
  }
  writer.close_array();
  return json;
}

Result<std::vector<FormText>> parse_form_texts(std::string_view json) {
  JsonDocument document;
  const auto root = document.parse(json);
  if (!root.ok() || !root.value().is_array()) return Error{Code::bad_config, "The list of forms cannot be read.", "no JSON array"};
  std::vector<FormText> forms;
  for (const Json item : root.value().items()) {
    const std::string name(item["name"].text());
    if (!is_form_name(name) || !item["text"].is_text() || forms.size() >= kFormsMost) {
      return Error{Code::bad_config, "The list of forms cannot be read.", "a form without name or text, or too many"};
    }
    place(forms, {name, std::string(item["text"].text())});
  }
  return forms;
}

Result<Form> find_form(const std::vector<FormText>& forms, const std::string& name) {
  std::string names;
  for (const FormText& form : forms) {
    if (form.name == name) return parse_form(form.text, form.name);
    names += (names.empty() ? "" : ", ") + form.name;
  }
  return Error{Code::not_found, "There is no form of that name.", "There are: " + names + "."};
}

}  // namespace app
