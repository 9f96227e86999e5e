// What of a drill's differences a newer EMR explains, and what nothing explains.
#include <algorithm>

#include "exporter/emr/emr_reach.h"
#include "exporter/report/drill.h"
#include "exporter/report/report_words.h"

namespace exporter {
namespace {

using app::Code;
using app::Error;

constexpr std::int64_t kWeek_s = 7 * 86'400;
constexpr std::size_t kManySampled = 10;  // of fewer a share says little

Error unexplained(const std::string& what, const std::string& detail) { return Error{Code::not_verified, what, detail}; }

std::string of_sample(std::size_t count, const DrillPlace& place) { return std::to_string(count) + " of " + std::to_string(place.sampled) + " patients"; }

// Nothing is known of a night that is forgotten; then the copy's own digest, which was compared already, must do.
std::optional<Error> judge_digest(const LaptopFindings& findings, const std::vector<NightRecord>& nights, DrillPlace& place) {
  for (const NightRecord& night : nights) {
    if (!night.published || night.sequence != findings.sequence || night.charts_digest.empty()) continue;
    if (night.charts_digest != findings.charts_digest) {
      return unexplained("The charts there are not those that the night wrote.", "copy no. " + std::to_string(findings.sequence) + ": their digest differs");
    }
    place.digest_known = true;
  }
  return std::nullopt;
}

// What was copied to a place and checked there stays there until something newer does.
std::optional<Error> judge_newest(const LaptopFindings& findings, const std::vector<NightRecord>& nights, const DrillPlace& place) {
  if (!findings.passed_over.empty()) return Error{Code::damaged, "An older copy opened, but the newest there cannot be used.", findings.passed_over};
  std::uint64_t newest = 0;
  for (const NightRecord& night : nights) {
    bool was_there = night.published && place.name == kFolderOfCopies;
    for (const PlaceRecord& there : night.places) was_there = was_there || (night.published && there.name == place.name && there.code == 0);
    if (was_there) newest = std::max(newest, night.sequence);
  }
  if (newest <= findings.sequence) return std::nullopt;
  return unexplained("The newest copy there is older than one that was copied there and checked.",
                     "there: no. " + std::to_string(findings.sequence) + ", checked there: no. " + std::to_string(newest) + ". Was the place rolled back, or is it another stick?");
}

Error unfound_in(std::size_t unfound, const DrillPlace& place) {
  return unexplained("The search did not find " + of_sample(unfound, place) + " whose charts are in the copy.", "the search index of copy no. " + std::to_string(place.sequence));
}

std::optional<Error> judge_differences(const EmrSample& sample, std::size_t unfound, DrillPlace& place) {
  if (unfound > 0) return unfound_in(unfound, place);
  const std::size_t changed = place.sampled - place.absent - place.same;
  const bool newer = sample.as_of.s > place.as_of.s;
  if (!newer && changed + place.absent > 0) {
    return unexplained("The charts of " + of_sample(changed + place.absent, place) + " are not what the EMR says of the same moment.",
                       "the EMR's data are not newer than the copy");
  }
  const bool fresh = sample.as_of.s - place.as_of.s < kWeek_s;
  const std::size_t fewer = sample.patients > place.patients ? sample.patients - place.patients : place.patients - sample.patients;
  if (fresh && (place.absent * 5 > place.sampled && place.absent > 1)) {
    return unexplained(of_sample(place.absent, place) + " are not in the copy: so many cannot be new in so short a time.", "");
  }
  if (fresh && fewer * 5 > sample.patients && fewer > 5) {
    return unexplained("The copy holds " + grouped(place.patients) + " patients and the EMR " + grouped(sample.patients) + ": so many cannot be new in so short a time.", "");
  }
  if (fresh && place.sampled >= kManySampled && changed * 2 > place.sampled) {
    return unexplained("The charts of " + of_sample(changed, place) + " differ from the EMR: more than a practice writes in so short a time.",
                       "Were Nightchart, its mapping pack or [policy] changed since that night? Then let a night run, and hold the drill again.");
  }
  return std::nullopt;
}

void note(const LaptopFindings& findings, std::size_t sampled, DrillPlace& place) {
  place.sequence = findings.sequence;
  place.as_of = findings.as_of;
  place.patients = findings.patients;
  place.keyholder = findings.keyholder;
  place.pages = findings.pages;
  place.documents = findings.documents;
  place.document_bytes = findings.document_bytes;
  place.steps_s = findings.steps_s;
  place.sampled = sampled;
}

}  // namespace

void judge_without_emr(const LaptopFindings& findings, const Error& why, const std::vector<NightRecord>& nights, DrillPlace& place) {
  note(findings, findings.found.size(), place);
  place.found = static_cast<std::size_t>(std::ranges::count_if(findings.found, [](const FoundPatient& patient) { return patient.held && patient.found; }));
  place.fault = judge_digest(findings, nights, place);
  if (!place.fault) place.fault = judge_newest(findings, nights, place);
  if (!place.fault && place.found < place.sampled) place.fault = unfound_in(place.sampled - place.found, place);
  // An EMR that answers and cannot be read is no outage: its next night fails too.
  if (!place.fault && !is_out_of_reach(why)) place.fault = Error{why.code, "It opens, but it could not be compared with the EMR: " + why.what, why.detail};
  if (!place.fault) place.not_compared = Error{why.code, "The EMR is away, so nothing was compared with it: " + why.what, why.detail};
}

void judge_drill(const LaptopFindings& findings, const EmrSample& sample, const std::vector<NightRecord>& nights, const std::string& time_zone,
                 DrillPlace& place) {
  note(findings, sample.charts.size(), place);
  if (findings.found.size() != sample.charts.size()) {
    place.fault = Error{Code::damaged, "The drill's other process did not say what it found.", ""};
    return;
  }
  std::size_t unfound = 0;
  for (std::size_t i = 0; i < sample.charts.size(); ++i) {
    const FoundPatient& found = findings.found[i];
    place.found += found.found ? 1 : 0;
    place.absent += found.held ? 0 : 1;
    unfound += found.held && !found.found ? 1 : 0;
    if (!found.held) continue;
    const auto differences = compare_charts(sample.charts[i].chart, found.chart, time_zone);
    if (!differences.ok()) {
      place.fault = differences.error();
      return;
    }
    place.same += differences.value().empty() ? 1 : 0;
    for (const auto& [section, count] : differences.value()) place.differences[section] += count;
  }
  place.fault = judge_digest(findings, nights, place);
  if (!place.fault) place.fault = judge_newest(findings, nights, place);
  if (!place.fault) place.fault = judge_differences(sample, unfound, place);
}

}  // namespace exporter
