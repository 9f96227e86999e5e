// Tells everybody who must know how a night ended: the exporter's own memory, the files of [report], the practice's commands,
// its monitoring. Nothing of any patient leaves here.
//
// Errors:  none stops another: each is returned, to be said.
#pragma once

#include <vector>

#include "exporter/options.h"
#include "exporter/report/night_record.h"

namespace exporter {

// Before the first chart is read.
std::vector<app::Error> tell_start(const ReportOptions& options);

// A night that was busy was none: nobody is told. `now` is when it ended.
std::vector<app::Error> tell_night(const Options& options, const EndedNight& night, app::Instant now);

}  // namespace exporter
