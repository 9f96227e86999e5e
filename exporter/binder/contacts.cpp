#include "exporter/binder/contacts.h"

#include <utility>

#include "app/record/json.h"
#include "exporter/binder/leaf_layout.h"
#include "exporter/toml.h"

namespace exporter {
namespace {

constexpr int kOldAfter_d = 180;
constexpr int kBlankLines = 6;

app::Error bad(const std::string& what) {
  return {app::Code::bad_config, "The list of contacts says something impossible: " + what, ""};
}

}  // namespace

app::Result<PracticeContacts> parse_contacts(std::string_view text) {
  app::JsonDocument document;
  TRY_GET(const app::Json root, document.parse(text));
  PracticeContacts made;
  for (const auto& [key, value] : root.members()) {
    if (key != "checked" && key != "contact") return bad("\"" + std::string(key) + "\" means nothing there.");
  }
  made.checked = app::read_date(root["checked"].text());
  if (root["checked"].exists() && !root["checked"].text().empty() && !made.checked.is_known()) {
    return bad("checked must be a date such as 2026-10-01.");
  }
  for (const app::Json item : root["contact"].items()) {
    for (const auto& [key, value] : item.members()) {
      if (key != "what" && key != "name" && key != "phone" && key != "note") {
        return bad("\"" + std::string(key) + "\" in a [[contact]]: it has what, name, phone and note.");
      }
      if (!value.is_text()) return bad("\"" + std::string(key) + "\" must be a text in quotes.");
    }
    made.contacts.push_back({std::string(item["what"].text()), std::string(item["name"].text()),
                             std::string(item["phone"].text()), std::string(item["note"].text())});
  }
  return made;
}

app::Result<PracticeContacts> read_contacts(const std::filesystem::path& file) {
  TRY_GET(const std::string json, read_toml_as_json(file));
  auto parsed = parse_contacts(json);
  if (parsed.ok()) return parsed;
  return app::Error{parsed.error().code, file.string() + ": " + parsed.error().what, parsed.error().detail};
}

std::string format_contacts(const PracticeContacts& contacts) {
  std::string out;
  app::JsonWriter json(out);
  json.open_object();
  if (contacts.checked.is_known()) json.member("checked", std::string_view(contacts.checked.value().iso));
  json.key("contact");
  json.open_array();
  for (const PracticeContact& contact : contacts.contacts) {
    json.open_object();
    json.member("what", std::string_view(contact.what));
    json.member("name", std::string_view(contact.name));
    json.member("phone", std::string_view(contact.phone));
    json.member("note", std::string_view(contact.note));
    json.close_object();
  }
  json.close_array();
  json.close_object();
  return out;
}

std::vector<app::Page> lay_out_contacts(const PracticeContacts& contacts, const app::Date& today, const app::PrintFrame& frame,
                                        const app::Paper& paper, const app::FontSet& fonts) {
  LeafLayout leaf("Whom to ring", frame, paper, fonts);
  std::string checked = "Nobody noted when these were last checked: ring them once, and write the date here.";
  if (contacts.checked.is_known()) {
    checked = "Last checked " + app::format_day(contacts.checked.value()) + ".";
    const app::Date old = app::add_days(contacts.checked.value(), kOldAfter_d);
    if (app::format_day_number(old) < app::format_day_number(today)) {
      checked += " THAT IS LONG AGO: a number may be wrong. Ring them once, and have the list corrected.";
    }
  }
  if (contacts.contacts.empty()) {
    checked = "The settings name no contacts yet. Write them here: EMR support, internet, electricity, the practice manager, "
              "the building, the pharmacy, the laboratory, the hospital.";
  }
  app::Chapter list = leaf.chapter("When the record system is out", checked);
  for (const PracticeContact& contact : contacts.contacts) {
    leaf.add_row(list, {{0.015, contact.what, true}, {0.3, contact.name}, {0.58, contact.phone, true}, {0.78, contact.note}});
  }
  leaf.put(list);
  app::Chapter more = leaf.chapter("Write here", "");
  const int lines = contacts.contacts.empty() ? 3 * kBlankLines : kBlankLines;
  for (int i = 0; i < lines; ++i) leaf.add_blanks(more, {"Who", "Telephone"});
  leaf.put(more);
  return leaf.finish("Whom to ring");
}

}  // namespace exporter
