#include "exporter/policy/policy_settings.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "app/record/json.h"
#include "exporter/settings_table.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Json;
using app::Result;

constexpr int kMonthsMost = 1200;

Result<std::vector<std::string>> read_words(SettingsTable& table, const std::string& key, std::vector<std::string> fallback) {
  return table.words(key, std::move(fallback));
}

Result<Listing> read_listing(SettingsTable& table, const std::string& key, Listing fallback) {
  TRY_GET(const std::string word, table.text(key, fallback == Listing::named ? "named" : "absent"));
  if (word == "named") return Listing::named;
  if (word == "absent") return Listing::absent;
  return table.error(key, "must be \"named\" or \"absent\".");
}

// "3 years", "18 months", "all" (which is 0).
std::optional<int> parse_span(std::string_view text) {
  if (text == "all") return 0;
  int number = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || number < 1 || number > kMonthsMost) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  if (unit == " year" || unit == " years") number *= 12;
  else if (unit != " month" && unit != " months") return std::nullopt;
  return number <= kMonthsMost ? std::optional<int>(number) : std::nullopt;
}

Result<app::Done> read_since(const fs::path& file, Json json, Policy& policy) {
  SettingsTable table(file, "policy.since", json);
  for (const std::string_view section : sections_with_age()) {
    TRY_GET(const std::string text, table.text(std::string(section), "all"));
    const auto months = parse_span(text);
    if (!months) return table.error(std::string(section), "must be \"all\", or such as \"3 years\" or \"18 months\".");
    if (*months > 0) policy.months[std::string(section)] = *months;
  }
  return table.finish();
}

std::string in_quotes(std::string_view text) {
  std::string out;
  app::JsonWriter(out).text(text);  // TOML's basic strings have JSON's escapes
  return out;
}

std::string list_of(const std::vector<std::string>& words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() == 1 ? "" : ", ") + in_quotes(word);
  return text + "]";
}

std::string span_of(int months) {
  if (months == 0) return "all";
  const int count = months % 12 == 0 ? months / 12 : months;
  return std::to_string(count) + (months % 12 == 0 ? " year" : " month") + (count == 1 ? "" : "s");
}

std::string key_line(const std::string& text, const std::string& comment) {
  const std::size_t to = text.size() < 28 ? 28 - text.size() : 4;
  return text + std::string(to, ' ') + "# " + comment + "\n";
}

std::string word_of(Listing listing) { return listing == Listing::named ? "\"named\"" : "\"absent\""; }

}  // namespace

Result<Policy> read_policy(const fs::path& file, Json json) {
  SettingsTable table(file, "policy", json);
  Policy policy;
  TRY_GET(const std::string patients, table.text("patients", "all"));
  if (patients != "all" && patients != "active") return table.error("patients", "must be \"all\" or \"active\".");
  policy.only_active = patients == "active";
  TRY_GET(policy.active_months, table.number("active_months", policy.active_months, 1, kMonthsMost));
  TRY_GET(policy.sites, read_words(table, "sites", {}));
  TRY_GET(policy.with_provider, table.boolean("with_provider", policy.with_provider));
  TRY_GET(policy.left_out, read_listing(table, "left_out", policy.left_out));
  TRY_GET(policy.list, table.path("withheld_patients", ""));
  TRY_GET(policy.withheld_as, read_listing(table, "withheld_as", policy.withheld_as));
  TRY_GET(policy.entries.kinds, read_words(table, "withhold", policy.entries.kinds));
  TRY_GET(policy.entries.codes, read_words(table, "withhold_codes", {}));
  for (const std::string& code : policy.entries.codes) {
    if (code.ends_with('|') || code == "*" || code.ends_with("|*")) return table.error("withhold_codes", "must say which codes: \"F11*\".");
  }
  TRY_GET(policy.entries.titles, read_words(table, "withhold_titles", policy.entries.titles));
  TRY_GET(policy.entries.places, read_words(table, "withhold_places", {}));
  TRY(read_since(file, table.table("since"), policy));
  TRY(table.finish());
  return policy;
}

std::string format_policy(const Policy& policy) {
  const auto key = key_line;
  std::string text =
      key("[policy]", "what leaves the EMR; what is withheld is said in its place, on screen and on paper") +
      key(std::string("patients = ") + (policy.only_active ? "\"active\"" : "\"all\""),
          "or \"active\": with anything recorded in the last active_months, or booked") +
      "active_months = " + std::to_string(policy.active_months) + "\n" +
      key("sites = " + list_of(policy.sites), "only patients of these sites, as the EMR calls them; [] is all") +
      key(std::string("with_provider = ") + (policy.with_provider ? "true" : "false"), "only patients who have a provider of their own") +
      key("left_out = " + word_of(policy.left_out), "such patients are not in the copy; \"named\": found by name, the rest withheld") +
      key((policy.list.empty() ? "# " : "") + ("withheld_patients = " + in_quotes(policy.list.empty() ? "withheld-patients.txt" : policy.list.string())),
          "their record numbers, one a line") +
      key("withheld_as = " + word_of(policy.withheld_as),
          "found by name, so that nobody takes them for strangers; \"absent\": not in the copy at all") +
      "# Entries that the EMR labels so are withheld; any other word is a label as the EMR writes it. [] keeps all.\n" +
      "withhold = " + list_of(policy.entries.kinds) + "\n" +
      key("withhold_codes = " + list_of(policy.entries.codes), "such as [\"F11*\", \"http://snomed.info/sct|5602001\"]") +
      key("withhold_titles = " + list_of(policy.entries.titles), "notes, documents, visits and reports with this in their title") +
      key("withhold_places = " + list_of(policy.entries.places), "visits and appointments there, with their notes") + "\n" +
      key("[policy.since]", "how far back: \"all\", \"3 years\", \"18 months\"; what is in force is kept whatever its age");
  for (const std::string_view section : sections_with_age()) {
    const auto months = policy.months.find(section);
    const bool cut = months != policy.months.end();
    text += (cut ? "" : "# ") + std::string(section) + " = " + in_quotes(span_of(cut ? months->second : 36)) + "\n";
  }
  return text;
}

}  // namespace exporter
