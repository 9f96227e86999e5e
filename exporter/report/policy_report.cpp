// What the practice's policy kept out of the copy.
#include "exporter/report/report_words.h"

namespace exporter {
namespace {

std::string entries_of(const std::map<std::string, std::uint64_t>& counts) {
  std::string text;
  for (const auto& [section, count] : counts) text += (text.empty() ? "" : ", ") + grouped(count) + ' ' + section;
  return text;
}

void append_counts(app::JsonWriter& json, std::string_view key, const std::map<std::string, std::uint64_t>& counts) {
  json.key(key);
  json.open_object();
  for (const auto& [name, count] : counts) json.member(name, static_cast<std::int64_t>(count));
  json.close_object();
}

}  // namespace

void append_policy(const PolicyReport& policy, std::string& text) {
  std::vector<std::string> said;
  if (policy.absent > 0) said.push_back(counted(policy.absent, "patient is", "patients are") + " not in the copy, by [policy]");
  if (policy.named > 0) said.push_back(counted(policy.named, "patient is", "patients are") + " in it by name alone");
  if (!policy.withheld.empty()) said.push_back("entries: " + entries_of(policy.withheld));
  if (!policy.older.empty()) said.push_back("by their age: " + entries_of(policy.older));
  for (std::size_t i = 0; i < said.size(); ++i) text += line(i == 0 ? "Withheld" : "", said[i]);
  if (policy.unknown_numbers > 0) {
    text += line("TAKE CARE", counted(policy.unknown_numbers, "number", "numbers") +
                                  " in the list of withheld patients belong to no patient: is there a slip in it?");
  }
}

void append_policy(const PolicyReport& policy, app::JsonWriter& json) {
  json.key("withheld");
  json.open_object();
  json.member("patients_by_name_alone", static_cast<std::int64_t>(policy.named));
  json.member("patients_not_in_copy", static_cast<std::int64_t>(policy.absent));
  append_counts(json, "entries", policy.withheld);
  append_counts(json, "entries_by_age", policy.older);
  json.member("numbers_of_nobody", static_cast<std::int64_t>(policy.unknown_numbers));
  json.close_object();
  json.member("policy", std::string_view(policy.words));
}

}  // namespace exporter
