// Tonight's copy brought to every place whose turn it is, and what is no longer kept removed: all that comes after the copy is made.
//
// What the time does not reach is said of each place (out_of_time) and is no reason to be silent about the copy.
// Errors:  none: each place's own is in its result.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exporter/copy/delivery.h"
#include "exporter/options.h"
#include "exporter/report/night_report.h"
#include "exporter/time_limit.h"

namespace exporter {

struct NightHearers {
  std::function<void(const std::string&)> progress;
  // From just before the copy gets its name on: the report as it would be if the run ended now; see cut_short().
  std::function<void(const NightReport&)> so_far = {};
};

// In the order of their turn.
std::vector<DestinationOptions> places_of(const Options& options);

void deliver_everywhere(const KnownCopy& copy, const Options& options, const RotationRules& rules, const TimeLimit& limit,
                        const NightHearers& hear, NightReport& report);

// The report of a run that was ended by force, made of the last that was heard of it. Nothing when its copy was not published.
std::optional<NightReport> cut_short(NightReport so_far, const Options& options);

}  // namespace exporter
