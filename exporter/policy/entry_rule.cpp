#include "exporter/policy/entry_rule.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/record/sheet_words.h"

namespace exporter {
namespace {

struct KindLabel {
  std::string_view kind;
  std::string_view label;  // in small letters; with '*' at its end, all that begin so
};

constexpr std::string_view kRestricted = "restricted";

constexpr auto kKindLabels = std::to_array<KindLabel>({
    {kRestricted, "r"},           {kRestricted, "v"},           {kRestricted, "restricted"}, {kRestricted, "very restricted"},
    {kRestricted, "taboo"},       {kRestricted, "tboo"},        {kRestricted, "cel"},        {kRestricted, "emp"},
    {kRestricted, "vip"},         {kRestricted, "nopat"},       {"psychotherapy", "psythpn"}, {"psychotherapy", "psychotherapy*"},
    {"mental-health", "psy"},     {"mental-health", "mh"},      {"mental-health", "bh"},     {"mental-health", "mental*"},
    {"substance-use", "42cfr*"},  {"substance-use", "eth"},     {"substance-use", "ethud"},  {"substance-use", "sud"},
    {"substance-use", "opioidud"}, {"substance-use", "substance*"}, {"hiv", "hiv"},           {"sexual-health", "sex"},
    {"sexual-health", "std"},     {"sexual-health", "prs"},     {"violence", "sdv"},         {"violence", "dv"},
    {"violence", "violence"},     {"violence", "ipv"},          {"genetics", "gdis"},        {"sickle-cell", "sickle"},
    {"sickle-cell", "sca"},       {"psychotherapy", "hipaapsynotes"}, {"violence", "vio"},   {"violence", "mst"},
    {"mental-health", "spi"},     {"mental-health", "emotdis"},  {"mental-health", "cogn"},
    {"substance-use", "title38section7332"}, {"hiv", "title38section7332"}, {"sickle-cell", "title38section7332"},
});

constexpr auto kOrdinary = std::to_array<std::string_view>(
    {"", "normal", "n", "low", "l", "moderate", "m", "u", "unrestricted", "none", "no", "0", "public"});

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// `pattern` in small letters, whose last letter may be '*'.
bool fits(std::string_view pattern, std::string_view word) {
  if (!pattern.ends_with('*')) return pattern == word;
  return word.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [word](const std::string& one) { return app::same_ignoring_case(one, word); });
}

bool stands_in(const std::vector<std::string>& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(), [text](const std::string& word) {
    return !trimmed(word).empty() && app::contains_ignoring_case(text, trimmed(word));
  });
}

}  // namespace

EntryRule EntryRule::safe_default() {
  EntryRule rule;
  for (const std::string_view kind : label_kinds()) rule.kinds.emplace_back(kind);
  rule.titles = {"psychotherapy"};
  return rule;
}

const std::vector<std::string_view>& label_kinds() {
  static const std::vector<std::string_view> kinds = [] {
    std::vector<std::string_view> all;
    for (const KindLabel& one : kKindLabels) {
      if (std::find(all.begin(), all.end(), one.kind) == all.end()) all.push_back(one.kind);
    }
    return all;
  }();
  return kinds;
}

bool withholds(const EntryRule& rule, const EntryLabel& label) {
  const std::string word = app::lower_ascii(trimmed(label.word));
  if (!word.empty() && holds(rule.kinds, word)) return true;
  if (std::find(kOrdinary.begin(), kOrdinary.end(), word) != kOrdinary.end()) return false;
  bool known = false;
  for (const KindLabel& one : kKindLabels) {
    if (!fits(one.label, word)) continue;
    if (holds(rule.kinds, one.kind)) return true;
    known = true;
  }
  return !known && label.is_own_word && holds(rule.kinds, kRestricted);
}

bool withholds(const EntryRule& rule, const std::vector<EntryLabel>& labels) {
  return std::any_of(labels.begin(), labels.end(), [&rule](const EntryLabel& label) { return withholds(rule, label); });
}

std::vector<EntryLabel> parse_labels(std::string_view column) {
  std::vector<EntryLabel> labels;
  while (!column.empty()) {
    const std::size_t end = std::min(column.find_first_of(";|"), column.size());
    if (const std::string_view word = trimmed(column.substr(0, end)); !word.empty()) labels.push_back({std::string(word), true});
    column.remove_prefix(std::min(end + 1, column.size()));
  }
  return labels;
}

bool withholds_code(const EntryRule& rule, const std::vector<app::Coding>& codes) {
  for (const std::string& wanted : rule.codes) {
    const std::size_t bar = wanted.rfind('|');
    const std::string_view system = bar == std::string::npos ? std::string_view() : trimmed(std::string_view(wanted).substr(0, bar));
    const std::string code = app::lower_ascii(trimmed(std::string_view(wanted).substr(bar == std::string::npos ? 0 : bar + 1)));
    for (const app::Coding& coding : codes) {
      if (!system.empty() && !app::same_ignoring_case(system, coding.system)) continue;
      if (!code.empty() && fits(code, app::lower_ascii(trimmed(coding.code)))) return true;
    }
  }
  return false;
}

bool withholds_title(const EntryRule& rule, std::string_view title) { return stands_in(rule.titles, title); }
bool withholds_place(const EntryRule& rule, std::string_view place) { return stands_in(rule.places, place); }

}  // namespace exporter
