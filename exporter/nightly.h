// The whole night, in the order it happens. Read this file first.
#pragma once

#include <functional>
#include <string>

#include "app/error.h"
#include "app/record/calendar.h"
#include "exporter/options.h"
#include "exporter/report/night_report.h"

namespace exporter {

// Makes tonight's copy and swaps it in. Until the last step the copies of the nights before are
// untouched; after any Error nothing half-made is visible. A packet that cannot be printed or a destination
// that cannot be reached is no Error: the report says it. `progress` hears what is going on.
// Errors: whatever the failing stage returns, unchanged.
app::Result<NightReport> run_night(const Options& options, app::Instant now,
                                   const std::function<void(const std::string&)>& progress);

}  // namespace exporter
