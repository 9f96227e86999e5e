// One page of plain text on the night, for whoever runs the practice: what was kept, beside the night before, and what is due.
//
// Errors:  none.
#pragma once

#include <string>

#include "exporter/report/night_record.h"
#include "exporter/report/readiness.h"

namespace exporter {

// `before` is the last night that published before this one, or null.
std::string format_night_page(const EndedNight& night, const NightRecord& record, const NightRecord* before, const Readiness& readiness,
                              const std::string& practice, const std::string& time_zone);

// The same for programs: report.json.
std::string format_night_file(const EndedNight& night, const NightRecord& record, const NightRecord* before, const Readiness& readiness);

// What a Prometheus node exporter picks up from a text file.
std::string format_metrics(const NightRecord& record, const Readiness& readiness, const ReadinessFacts& facts);

}  // namespace exporter
