#include "exporter/copy/shrink_guard.h"

#include <algorithm>

#include "exporter/report/report_words.h"

namespace exporter {
namespace {

// Among few, one more or less is a large share of them.
constexpr std::uint64_t kFewPatients = 5;
constexpr std::uint64_t kFewEntries = 20;
// That nothing at all is left of these is believed of nobody, however small the practice.
constexpr std::uint64_t kFewOfTheFirst = 3;
constexpr std::string_view kFirst[] = {"allergies", "alerts", "medications", "problems"};
// Its entries come and go with the calendar; that all of them are gone is noticed all the same.
constexpr std::string_view kComesAndGoes = "appointments";

std::uint64_t sum_of(const NightCounts& counts) {
  std::uint64_t sum = 0;
  for (const auto& [section, count] : counts.entries) sum += count;
  return sum;
}

class Comparison {
 public:
  explicit Comparison(int percent) : percent_(static_cast<std::uint64_t>(percent)) {}

  void compare(const std::string& what, std::uint64_t before, std::uint64_t tonight, std::uint64_t few) {
    if (tonight >= before || before - tonight < few) return;
    if ((before - tonight) * 100 > before * percent_) found_.push_back({what, before, tonight});
  }
  void compare_vanished(const std::string& what, std::uint64_t before, std::uint64_t tonight, std::uint64_t few) {
    if (tonight == 0 && before >= few) found_.push_back({what, before, tonight});
  }
  std::vector<Shrinkage> found() && { return std::move(found_); }

 private:
  std::uint64_t percent_;
  std::vector<Shrinkage> found_;
};

}  // namespace

NightCounts with_older(NightCounts counts, const std::map<std::string, std::uint64_t>& older) {
  for (const auto& [section, count] : older) counts.entries[section] += count;
  return counts;
}

std::vector<Shrinkage> find_shrinkage(const NightCounts& tonight, const std::vector<NightCounts>& good, const GuardPolicy& policy) {
  if (policy.shrink_percent == 0) return {};
  NightCounts best;
  std::uint64_t most_entries = 0;
  const std::size_t looked_at = std::min(good.size(), static_cast<std::size_t>(policy.nights));
  for (std::size_t i = good.size() - looked_at; i < good.size(); ++i) {
    best.patients = std::max(best.patients, good[i].patients);
    best.documents = std::max(best.documents, good[i].documents);
    for (const auto& [section, count] : good[i].entries) best.entries[section] = std::max(best.entries[section], count);
    most_entries = std::max(most_entries, sum_of(good[i]));
  }
  Comparison comparison(policy.shrink_percent);
  comparison.compare("patients", best.patients, tonight.patients, kFewPatients);
  comparison.compare("entries", most_entries, sum_of(tonight), kFewEntries);
  comparison.compare("documents", best.documents, tonight.documents, kFewPatients);
  for (const auto& [section, before] : best.entries) {
    const auto found = tonight.entries.find(section);
    const std::uint64_t now = found == tonight.entries.end() ? 0 : found->second;
    if (section == kComesAndGoes) comparison.compare_vanished(section, before, now, kFewEntries);
    else if (now == 0 && std::ranges::find(kFirst, section) != std::end(kFirst)) comparison.compare_vanished(section, before, now, kFewOfTheFirst);
    // The documents' own titles are told from their pages.
    else comparison.compare(section == "documents" ? "titles of documents" : section, before, now, kFewEntries);
  }
  return std::move(comparison).found();
}

std::string describe(const std::vector<Shrinkage>& shrunk) {
  std::string text;
  for (const Shrinkage& one : shrunk) {
    text += (text.empty() ? "" : "; ") + one.what + ": " + grouped(one.before) + " before, " + grouped(one.tonight) + " tonight";
  }
  return text;
}

app::Error make_shrunk_error(const std::vector<Shrinkage>& shrunk) {
  const Shrinkage& first = shrunk.front();
  return {app::Code::shrunk,
          "The EMR gave far less than on the nights before (" + first.what + ": " + grouped(first.before) + ", tonight " +
              grouped(first.tonight) + "). Nothing was published; the copy before stays the current one.",
          describe(shrunk) + ". If it is right so: nightchart night --accept-shrink \"the reason\"."};
}

}  // namespace exporter
