// The newest copy, as long as it lies wherever a run between two nights could put another.
//
// A place that nobody can reach now could get no other either: it waits, and is named. The record's `source` is what the EMR's files looked like to the last run that found it to be what they say.
// Errors:  none; what is not known to stand does not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exporter/copy/rotation.h"
#include "exporter/options.h"
#include "exporter/report/night_memory.h"

namespace exporter {

struct StandingCopy {
  NightRecord record;
  std::vector<std::string> away;  // places that did not get it and are not there
};

std::optional<StandingCopy> find_standing_copy(const Options& options, const RotationRules& rules);

}  // namespace exporter
