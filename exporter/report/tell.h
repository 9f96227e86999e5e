// Tells everybody who must know how a night ended: the exporter's own memory, the files of [report], the practice's commands,
// its monitoring. Nothing of any patient leaves here.
//
// Errors:  none stops another: each is returned, to be said.
#pragma once

#include <vector>

#include "exporter/options.h"
#include "exporter/report/drill.h"
#include "exporter/report/night_record.h"

namespace exporter {

// Before the first chart is read.
std::vector<app::Error> tell_start(const ReportOptions& options);

// A night that was busy was none: nobody is told. `now` is when it ended.
std::vector<app::Error> tell_night(const Options& options, const EndedNight& night, app::Instant now);

// The wall's page and the metrics as they are after a drill; of one that failed, the command for failures.
std::vector<app::Error> tell_drill(const Options& options, const Drill& drill, app::Instant now);

}  // namespace exporter
