// A restore drill: a copy from every place opened as a laptop would, held against the EMR now and against what the night wrote.
//
// Of a practice that is made in parts all parts are opened at each place. What passes: it opens, in a process that can read none of
// the practice's keys; every chart in it is what the night wrote; the patients who were drawn from the EMR are found; a scanned
// document, if there is any, is read to its end; a sheet can be printed. What differs from the EMR is counted by section, and is no
// fault, as long as the EMR moved on since: what cannot be explained so is one. Is the EMR away, as on the day itself, the patients
// are drawn from each copy, all else is held, and nothing is compared: neither passed nor failed.
// Errors:  none of hold_drill() but what keeps it from being held anywhere: each place's own is in its result.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/options.h"
#include "exporter/report/drill_laptop.h"
#include "exporter/report/drill_sample.h"
#include "exporter/report/night_memory.h"

namespace exporter {

struct DrillPlace {
  std::string name;
  std::optional<app::Error> fault;  // nothing: passed, or
  std::optional<app::Error> not_compared;  // all that can be told without the EMR is right, but the EMR is away, so why
  // What was found there, as far as it came to that.
  std::uint64_t sequence = 0;
  app::Instant as_of;
  std::uint64_t patients = 0;
  std::string keyholder;
  std::size_t sampled = 0;
  std::size_t found = 0;   // by the search
  std::size_t absent = 0;  // not in the copy: registered since
  std::size_t same = 0;    // not a single field differs
  std::map<std::string, std::uint64_t> differences;  // by section
  std::size_t volumes = 0;  // of a remote: fetched from there, and what the manifest says
  bool digest_known = false;  // the night that wrote it is remembered, and its digest is the same
  std::size_t pages = 0;
  std::size_t documents = 0;  // scanned ones that were read to their end
  std::uint64_t document_bytes = 0;
  std::vector<std::pair<std::string, double>> steps_s;
  double took_s = 0;
  // Of a practice that is made in parts: what was found of each; the rest is of all together, as old as the oldest.
  std::vector<std::pair<app::Shard, DrillPlace>> parts = {};
};

struct Drill {
  std::uint64_t number = 0;  // of the practice's drills
  app::Instant began;
  double took_s = 0;
  double emr_s = 0;  // reading the EMR
  std::optional<app::Instant> emr_as_of;
  std::uint64_t emr_patients = 0;
  std::vector<DrillPlace> places;
};

inline constexpr const char* kFolderOfCopies = "the folder of copies";
// The place at which a drill failed that could not even begin.
inline constexpr const char* kDrillItself = "the drill";

// Everything opened, and nothing was compared, for the EMR is away: neither passed nor failed.
inline constexpr int kExitNotCompared = 4;

// Pure: the parts of one place, as one. A part's fault is the place's; so is that they are not of one night.
DrillPlace join_parts(const std::string& name, std::vector<std::pair<app::Shard, DrillPlace>> parts);

struct DrillOrder {
  std::string destination;  // its name, or kFolderOfCopies; empty: everywhere
  std::string keyholder;
  std::string passphrase;
  std::vector<std::filesystem::path> secrets;  // besides the practice's own keys
};

app::Result<Drill> hold_drill(const Options& options, const DrillOrder& order, app::Instant now, const std::function<void(const std::string&)>& progress);

// Pure: what the laptop found, held against the EMR's sample and the nights that are remembered.
void judge_drill(const LaptopFindings& findings, const EmrSample& sample, const std::vector<NightRecord>& nights, const std::string& time_zone,
                 DrillPlace& place);
// The same without an EMR: `why` it is away.
void judge_without_emr(const LaptopFindings& findings, const app::Error& why, const std::vector<NightRecord>& nights, DrillPlace& place);

}  // namespace exporter
