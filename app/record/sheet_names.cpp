// Who it is: one name as NHS CUI writes it, and all that is known of names, numbers and addresses.
#include "app/record/sheet_parts.h"
#include "app/record/text.h"

namespace app {
namespace {

bool is_one_word_script(std::string_view script) {
  return script == "Hani" || script == "Hans" || script == "Hant" || script == "Jpan" || script == "Hira" ||
         script == "Kana" || script == "Hang" || script == "Kore";
}

bool has_capitals(std::string_view script) {
  return script == "Latn" || script == "Cyrl" || script == "Grek" || script == "Armn" || script == "Zyyy" ||
         script.empty();
}

std::string script_of_name(const HumanName& name) {
  const std::string& letters = !name.family.empty() ? name.family : !name.given.empty() ? name.given : name.text;
  std::string found = script_of(letters);
  return found == "Zyyy" ? name.script : found;
}

std::string with_prefix(std::string text, const HumanName& name) {
  if (!name.suffix.empty()) text += ' ' + name.suffix;
  if (!name.prefix.empty()) text += " (" + name.prefix + ')';
  return text;
}

// The parts in the order they were recorded in, letters untouched.
std::string name_as_recorded(const HumanName& name) {
  if (!name.text.empty()) return name.text;
  Particulars words;
  words.add(name.prefix).add(name.given).add(name.family).add(name.suffix);
  return join(words.pieces(), " ");
}

void add_row(Draft& draft, std::string label, std::string value, std::string when = {}) {
  if (value.empty()) value = "not recorded";
  draft.facts.push_back({{Row{std::move(label), {{std::move(value), Weight::plain}}, std::move(when), {}, {}}}});
}

}  // namespace

std::string format_name(const HumanName& name) {
  if (name.family.empty() && name.given.empty()) return name.text.empty() ? with_prefix({}, name) : name.text;
  const std::string script = script_of_name(name);
  if (!has_capitals(script)) {
    if (!name.text.empty()) return name.text;
    if (name.family.empty() || name.given.empty()) return with_prefix(name.family + name.given, name);
    if (is_one_word_script(script)) return with_prefix(name.family + name.given, name);
    return with_prefix(name.given + ' ' + name.family, name);
  }
  if (name.family.empty()) return with_prefix(name.given, name);
  std::string text = upper_case(name.family);
  if (!name.given.empty()) text += ", " + name.given;
  return with_prefix(std::move(text), name);
}

Draft draft_identity(const SheetSource& source) {
  Draft draft;
  for (const HumanName& name : source.chart.names) {
    const std::string use = words_of_code(name.use);
    Particulars values;
    values.add(name_as_recorded(name));
    // Parts that the whole name leaves out are said beside it.
    for (const std::string* part : {&name.prefix, &name.given, &name.family, &name.suffix}) {
      if (!contains_ignoring_case(name_as_recorded(name), *part)) values.add(*part);
    }
    add_row(draft, use.empty() ? "Name" : "Name (" + use + ")", values.text());
  }
  for (const Identifier& identifier : source.chart.identifiers) {
    std::string label = identifier.label.empty() ? "Number" : identifier.label;
    if (identifier.label.empty() && !identifier.system.empty()) label += " (" + identifier.system + ')';
    add_row(draft, std::move(label), identifier.value);
  }
  for (const ContactPoint& point : source.chart.telecom) add_row(draft, capitalized(label_of(point)), point.value);
  for (const Address& address : source.chart.addresses) {
    const std::string use = words_of_code(address.use);
    add_row(draft, use.empty() ? "Address" : "Address (" + use + ")", format_address(address));
  }
  if (!source.chart.interpreter.empty()) add_row(draft, "Interpreter", source.chart.interpreter);
  draft.order = "as recorded";
  return draft;
}

}  // namespace app
