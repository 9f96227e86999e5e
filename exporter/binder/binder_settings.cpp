#include "exporter/binder/binder_settings.h"

#include <algorithm>
#include <array>

#include "app/record/json.h"

namespace exporter {
namespace {

constexpr std::array<std::string_view, 3> kScopes = {"booked", "active", "none"};
constexpr std::array<std::string_view, 3> kScanScopes = {"none", "booked", "active"};

app::Error damaged() { return {app::Code::damaged, "What the copy says of the ring binder can't be read.", ""}; }

// Which scans are not on paper.
std::string sentence_of_scans(const BinderSettings& settings, bool copy_holds_scans) {
  if (!copy_holds_scans) return "Scanned documents and pictures. Sheets name them; their pages are not in the emergency viewer either.";
  const std::string viewer = " Sheets name them; the emergency viewer shows them.";
  if (settings.scans == ScanScope::none) return "Scanned documents and pictures." + viewer;
  std::string kinds;
  for (const std::string& category : settings.scan_categories) kinds += (kinds.empty() ? " of " : ", ") + category;
  return "Scanned documents and pictures, but for the newest" + (settings.scan_newest == 1 ? "" : " " + std::to_string(settings.scan_newest)) +
         kinds + (settings.scans == ScanScope::booked ? " of each booked patient." : " of each patient whose sheet is here.") + viewer;
}

}  // namespace

std::string format_binder_settings(const BinderSettings& settings) {
  std::string out;
  app::JsonWriter json(out);
  json.open_object();
  json.member("sheets", kScopes[static_cast<std::size_t>(settings.sheets)]);
  json.member("active_years", std::int64_t{settings.active_years});
  json.member("index", settings.index);
  json.member("days", std::int64_t{settings.days});
  json.member("volume_pages", std::int64_t{settings.volume_pages});
  json.member("packet_sheets", std::int64_t{settings.packet_sheets});
  json.member("scans", kScanScopes[static_cast<std::size_t>(settings.scans)]);
  json.member("scan_newest", std::int64_t{settings.scan_newest});
  json.key("scan_categories");
  json.open_array();
  for (const std::string& category : settings.scan_categories) json.text(category);
  json.close_array();
  json.member("scan_minutes", std::int64_t{settings.scan_minutes});
  json.key("forms");
  json.open_array();
  for (const std::string& form : settings.forms) json.text(form);
  json.close_array();
  json.member("letter", settings.letter);
  json.member("contacts", std::string_view(format_contacts(settings.contacts)));
  json.close_object();
  return out;
}

app::Result<BinderSettings> parse_binder_settings(std::string_view text) {
  app::JsonDocument document;
  TRY_GET(const app::Json root, document.parse(text));
  BinderSettings made;
  const auto scope = std::find(kScopes.begin(), kScopes.end(), root["sheets"].text());
  if (scope == kScopes.end()) return damaged();
  made.sheets = static_cast<BinderScope>(scope - kScopes.begin());
  const auto number = [&root](const char* key, int& value, int low) {
    const auto read = root[key].integer();
    if (!read || *read < low || *read > 1'000'000) return false;
    value = static_cast<int>(*read);
    return true;
  };
  if (!number("active_years", made.active_years, 0) || !number("days", made.days, 1) || !number("volume_pages", made.volume_pages, 1) ||
      !number("packet_sheets", made.packet_sheets, 0) || !root["index"].boolean() || !root["letter"].boolean()) {
    return damaged();
  }
  made.index = *root["index"].boolean();
  made.letter = *root["letter"].boolean();
  if (root["scans"].exists()) {  // not in the copies of older versions
    const auto scans = std::find(kScanScopes.begin(), kScanScopes.end(), root["scans"].text());
    if (scans == kScanScopes.end() || !number("scan_newest", made.scan_newest, 1)) return damaged();
    made.scans = static_cast<ScanScope>(scans - kScanScopes.begin());
    for (const app::Json category : root["scan_categories"].items()) made.scan_categories.emplace_back(category.text());
  }
  if (root["forms"].exists()) {  // not in the copies of older versions
    made.forms.clear();
    for (const app::Json form : root["forms"].items()) made.forms.emplace_back(form.text());
    if (!number("scan_minutes", made.scan_minutes, 1)) return damaged();
  }
  TRY_GET(made.contacts, parse_contacts(root["contacts"].text()));
  return made;
}

bool is_active(const app::Chart& chart, const BinderSettings& settings, const app::Date& today) {
  if (settings.sheets != BinderScope::active || chart.deceased.value_or(false) || chart.deceased_date.is_known()) return false;
  if (settings.active_years == 0) return true;
  const int since = app::format_day_number(today) - settings.active_years * 10'000;
  const auto lately = [since](const app::Known<app::Date>& date) {
    return date.is_known() && app::format_day_number(date.value()) >= since;
  };
  return std::any_of(chart.visits.entries.begin(), chart.visits.entries.end(), [&](const app::Visit& it) { return lately(it.start); }) ||
         std::any_of(chart.appointments.entries.begin(), chart.appointments.entries.end(), [&](const app::Appointment& it) { return lately(it.start); }) ||
         std::any_of(chart.notes.entries.begin(), chart.notes.entries.end(), [&](const app::Note& it) { return lately(it.date); });
}

std::vector<std::string> sentences_of_absence(const BinderSettings& settings,
                                              const std::vector<std::string>& sections_not_in_copy,
                                              const std::string& policy, bool copy_holds_scans) {
  std::vector<std::string> sentences;
  const std::string days = settings.days == 1 ? "today" : "the next " + std::to_string(settings.days) + " days";
  if (settings.sheets == BinderScope::booked) {
    sentences.push_back("Sheets of patients who are not booked " + (settings.days == 1 ? days : "in " + days) +
                        ". They are in the emergency viewer, which prints them.");
  } else if (settings.sheets == BinderScope::active) {
    sentences.push_back(settings.active_years == 0 ? "Sheets of patients who died. They are in the emergency viewer."
                                                   : "Sheets of patients who died, or were not here for " + std::to_string(settings.active_years) +
                                                         (settings.active_years == 1 ? " year" : " years") +
                                                         " and are not booked. They are in the emergency viewer, which prints them.");
  } else {
    sentences.push_back("Sheets of patients: the practice chose to print none. They are in the emergency viewer, which prints them.");
  }
  if (!settings.index) sentences.push_back("The index of all patients, by the practice's choice.");
  sentences.push_back(sentence_of_scans(settings, copy_holds_scans));
  if (!sections_not_in_copy.empty()) {
    std::string titles;
    for (const app::SectionInfo& section : app::kSections) {
      if (std::find(sections_not_in_copy.begin(), sections_not_in_copy.end(), section.id) == sections_not_in_copy.end()) continue;
      titles += (titles.empty() ? "" : ", ") + std::string(section.title);
    }
    sentences.push_back("What the record system does not give: " + titles + ".");
  }
  if (!policy.empty()) sentences.push_back(policy);
  return sentences;
}

}  // namespace exporter
