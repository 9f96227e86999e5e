#include "exporter/report/drill_sample.h"

#include <algorithm>
#include <iterator>

#include "app/record/chart_json.h"
#include "app/record/sheet_words.h"
#include "app/record/text.h"
#include "app/snapshot/chart_codec.h"
#include "app/snapshot/keys.h"
#include "exporter/emr/chart_size.h"
#include "exporter/emr/part_keys.h"
#include "exporter/open_emr.h"
#include "exporter/policy/apply_policy.h"

namespace exporter {
namespace {

using app::Json;
using app::Result;

constexpr std::uint64_t kProgressEvery = 500;
constexpr std::size_t kGivenLetters = 4;

// Every chart that comes has the same chance to be among the `count`.
class Draw {
 public:
  explicit Draw(std::size_t count) : count_(count) {}
  std::optional<std::size_t> place_of_next() {
    const std::uint64_t seen = ++seen_;
    if (seen <= count_) return static_cast<std::size_t>(seen - 1);
    std::uint64_t random = 0;
    app::fill_random(&random, sizeof random);
    const std::uint64_t place = random % seen;
    return place < count_ ? std::optional(static_cast<std::size_t>(place)) : std::nullopt;
  }

 private:
  std::size_t count_;
  std::uint64_t seen_ = 0;
};

std::string without_pages(const app::Chart& chart) {
  app::Chart bare = chart;
  for (app::Document& document : bare.documents.entries) document.content = {};
  std::string text;
  app::format_chart(bare, text);
  return text;
}

std::vector<std::string> entries_of(const Json& section) {
  std::vector<std::string> entries;
  for (const Json& entry : section.items()) entries.push_back(entry.json());
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::string first_letters(const std::string& text) {
  std::size_t end = 0;
  for (std::size_t letter = 0; letter < kGivenLetters && end < text.size(); ++letter) end += app::character_length(text, end);
  return text.substr(0, end);
}

bool is_section(std::string_view key) {
  return std::any_of(app::kSections.begin(), app::kSections.end(), [&](const app::SectionInfo& info) { return info.id == key; });
}

}  // namespace

KnownPatient known_patient(const app::Chart& chart) {
  KnownPatient patient{chart.emr_key, chart.mrn, ""};
  const app::HumanName& name = app::shown_name(chart);
  std::vector<std::string> words;
  if (!name.family.empty()) words.push_back(name.family);
  if (!name.given.empty()) words.push_back(first_letters(name.given));
  if (words.empty() && !name.text.empty()) words.push_back(name.text);
  if (chart.birth_date.is_known() && chart.birth_date.value().precision >= app::Precision::day) words.push_back(chart.birth_date.value().iso);
  if (words.empty()) words.push_back(chart.mrn.empty() ? chart.emr_key : chart.mrn);
  patient.typed = app::join(words, " ");
  return patient;
}

Result<std::vector<EmrSample>> sample_parts(const Options& options, std::uint32_t of, std::size_t count, const std::function<void(const std::string&)>& progress) {
  progress("Opening the EMR");
  Policy rules = options.policy;
  if (!rules.list.empty()) {
    auto withheld = read_patient_list(rules.list);
    // The settings name it; the EMR is not away for that.
    if (!withheld.ok()) return app::Error{app::Code::bad_config, withheld.error().what, withheld.error().detail};
    rules.withheld = std::move(withheld).value();
  }
  TRY_GET(const std::unique_ptr<ChartSource> source, open_emr(options, staging_beside_copies(options), nullptr));
  PolicyRun policy(rules, app::local_date(source->as_of(), options.time_zone));
  std::vector<EmrSample> samples(of);
  for (EmrSample& sample : samples) sample.as_of = source->as_of();
  std::vector<Draw> draws(of, Draw((count + of - 1) / of));
  for (std::uint64_t read = 0;; ++read) {
    TRY_GET(std::optional<app::Chart> chart, source->next());
    if (!chart) break;
    if (read % kProgressEvery == 0) progress("Reading the EMR: " + std::to_string(read) + " charts");
    if (policy.apply(source->facts(), *chart) == Fate::absent) continue;
    const std::size_t part = of == 1 ? 0 : part_of(chart->emr_key, of) - 1;
    ++samples[part].patients;
    const auto place = draws[part].place_of_next();
    if (!place) continue;
    fit_chart(*chart, app::kChartMost);
    SampledChart drawn{known_patient(*chart), ""};
    app::format_chart(*chart, drawn.chart);
    auto& charts = samples[part].charts;
    if (*place < charts.size()) charts[*place] = std::move(drawn);
    else charts.push_back(std::move(drawn));
  }
  const bool nobody = std::ranges::all_of(samples, [](const EmrSample& sample) { return sample.patients == 0; });
  if (nobody) return app::Error{app::Code::bad_source, "The EMR gave no patient at all.", ""};
  return samples;
}

Result<EmrSample> sample_emr(const Options& options, std::size_t count, const std::function<void(const std::string&)>& progress) {
  TRY_GET(auto samples, sample_parts(options, 1, count, progress));
  return std::move(samples.front());
}

Result<std::map<std::string, std::uint64_t>> compare_charts(const std::string& now, const std::string& then, const std::string& time_zone) {
  TRY_GET(const app::Chart chart_now, app::parse_chart(now, time_zone));
  TRY_GET(const app::Chart chart_then, app::parse_chart(then, time_zone));
  app::JsonDocument document_now, document_then;
  TRY_GET(const Json json_now, document_now.parse(without_pages(chart_now)));
  TRY_GET(const Json json_then, document_then.parse(without_pages(chart_then)));
  std::map<std::string, std::uint64_t> differences;
  std::vector<std::string> keys;
  for (const Json& json : {json_now, json_then}) {
    for (const auto& [key, value] : json.members()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.emplace_back(key);
    }
  }
  for (const std::string& key : keys) {
    if (json_now[key].json() == json_then[key].json()) continue;
    if (!is_section(key)) {
      ++differences[key == "states" || key == "unreadable" ? key : "identity"];
      continue;
    }
    const auto ours = entries_of(json_now[key]), theirs = entries_of(json_then[key]);
    std::vector<std::string> added, gone;
    std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(), std::back_inserter(added));
    std::set_difference(theirs.begin(), theirs.end(), ours.begin(), ours.end(), std::back_inserter(gone));
    // One that changed is on both sides.
    if (const std::size_t count = std::max(added.size(), gone.size()); count > 0) differences[key] += count;
  }
  return differences;
}

}  // namespace exporter
