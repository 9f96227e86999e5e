// The template of a sheet: what a practice may choose, kept as JSON inside the copy.
#include <algorithm>
#include <array>

#include "app/record/json.h"
#include "app/record/sheet_parts.h"

namespace app {
namespace {

// What the desk and the clinician ask for first stands first.
constexpr std::array kDefaultOrder = std::to_array<std::string_view>(
    {"allergies", "alerts", "directives", "medications", "problems", "appointments", "pregnancy", "vital_signs",
     "results", "immunizations", "medications.past", "procedures", "devices", "social_history", "family_history", "plan", "visits", "notes",
     "documents", "contacts", "care_team", "coverage", "identity"});

// What paper has room for. Of results and vital signs a booked patient's sheet has all tests.
struct FormLimits {
  std::string_view id;
  std::optional<int> booked;
  int brief;
};
constexpr std::array kDefaultLimits = std::to_array<FormLimits>(
    {{"appointments", 10, 3}, {"vital_signs", {}, 6}, {"results", {}, 12}, {"immunizations", {}, 8},
     {"medications.past", {}, 6}, {"procedures", {}, 6}, {"social_history", {}, 4}, {"family_history", {}, 0},
     {"plan", {}, 5}, {"visits", 5, 3}, {"notes", 5, 0}, {"documents", 20, 0}, {"care_team", {}, 3},
     {"identity", {}, 0}});

bool is_section(std::string_view id) {
  return std::find(kDefaultOrder.begin(), kDefaultOrder.end(), id) != kDefaultOrder.end();
}

Error bad_template(std::string detail) {
  return {Code::bad_config, "The sheet template says something impossible.", std::move(detail)};
}

Result<std::optional<int>> parse_limit(const Json& json, const std::string& id, const char* key) {
  if (!json[key].exists()) return std::optional<int>();
  const auto most = json[key].integer();
  if (!most || *most < 0 || *most > 1'000'000) {
    return bad_template("section \"" + id + "\": " + key + " must be a number from 0 to 1000000");
  }
  const bool limits = *most > 0 || std::string_view(key) != "most";
  if (limits && is_required_section(id)) {
    return bad_template("section \"" + id + "\" is always shown whole: take \"" + key + "\" out");
  }
  return std::optional<int>(static_cast<int>(*most));
}

Result<SheetTemplateSection> parse_section(const Json& json) {
  if (!json.is_object()) return bad_template("a [[section]] is not a table");
  SheetTemplateSection section;
  section.id = json["id"].text();
  for (const auto& [key, value] : json.members()) {
    const bool text = key == "id" || key == "title";
    if (!text && key != "most" && key != "booked" && key != "brief") return bad_template("section \"" + section.id + "\": unknown key \"" + std::string(key) + '"');
    if (text && !value.is_text()) return bad_template("section \"" + section.id + "\": \"" + std::string(key) + "\" must be a text");
  }
  if (!is_section(section.id)) return bad_template("there is no section \"" + section.id + '"');
  section.title = json["title"].text();
  TRY_GET(const auto most, parse_limit(json, section.id, "most"));
  section.most = most.value_or(0);
  TRY_GET(section.booked, parse_limit(json, section.id, "booked"));
  TRY_GET(section.brief, parse_limit(json, section.id, "brief"));
  return section;
}

}  // namespace

const SheetTemplate& default_sheet_template() {
  static const SheetTemplate sheet_template = [] {
    SheetTemplate made;
    for (const std::string_view id : kDefaultOrder) made.sections.push_back({std::string(id), "", 0});
    for (const FormLimits& limits : kDefaultLimits) {
      for (SheetTemplateSection& section : made.sections) {
        if (section.id == limits.id) section.booked = limits.booked, section.brief = limits.brief;
      }
    }
    return made;
  }();
  return sheet_template;
}

std::string format_sheet_template(const SheetTemplate& sheet_template) {
  std::string out;
  JsonWriter json(out);
  json.open_object();
  json.key("section");
  json.open_array();
  for (const SheetTemplateSection& section : sheet_template.sections) {
    json.open_object();
    json.member("id", std::string_view(section.id));
    if (!section.title.empty()) json.member("title", std::string_view(section.title));
    if (section.most != 0) json.member("most", std::int64_t{section.most});
    if (section.booked) json.member("booked", std::int64_t{*section.booked});
    if (section.brief) json.member("brief", std::int64_t{*section.brief});
    json.close_object();
  }
  json.close_array();
  json.close_object();
  return out;
}

Result<SheetTemplate> parse_sheet_template(std::string_view text) {
  JsonDocument document;
  const auto parsed = document.parse(text);
  if (!parsed.ok()) return bad_template(parsed.error().detail);
  const Json root = parsed.value();
  if (!root.is_object() || !root["section"].is_array()) return bad_template("it has no [[section]]");
  SheetTemplate made;
  for (const auto& [key, value] : root.members()) {
    if (key != "section") return bad_template("unknown key \"" + std::string(key) + '"');
  }
  for (const Json& item : root["section"].items()) {
    TRY_GET(auto section, parse_section(item));
    for (const SheetTemplateSection& before : made.sections) {
      if (before.id == section.id) return bad_template("section \"" + section.id + "\" stands there twice");
    }
    made.sections.push_back(std::move(section));
  }
  return made;
}

}  // namespace app
