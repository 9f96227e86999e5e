// The newest copy, as long as it lies wherever a run between two nights would put another.
//
// Its `source` is what the EMR's files looked like to the last run that found it to be what they say.
// Errors:  none; what is not known to stand does not.
#pragma once

#include <optional>

#include "exporter/options.h"
#include "exporter/report/night_memory.h"

namespace exporter {

std::optional<NightRecord> find_standing_copy(const Options& options);

}  // namespace exporter
