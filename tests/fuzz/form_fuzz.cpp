// Any bytes whatever as a form and as the list of forms in a copy: a form or an error that names a line, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/paper/form_shelf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto form = app::parse_form(bytes, "fuzz");
  if (form.ok() && (form.value().title.empty() || form.value().parts.empty())) std::abort();
  if (!form.ok() && !form.error().what.starts_with("fuzz.form")) std::abort();
  const auto forms = app::parse_form_texts(bytes);
  if (forms.ok() && !app::parse_form_texts(app::format_form_texts(forms.value())).ok()) std::abort();
  return 0;
}
