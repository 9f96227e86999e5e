// The whole night, in the order it happens. Read this file first.
#pragma once

#include "app/error.h"
#include "app/record/calendar.h"
#include "exporter/deliveries.h"
#include "exporter/options.h"
#include "exporter/report/night_report.h"

namespace exporter {

// Makes tonight's copy and swaps it in. Until the last step the copies of the nights before are
// untouched; after any Error nothing half-made is visible. A packet that cannot be printed or a destination
// that cannot be reached is no Error: the report says it; nor is a time that ran out when the copy had its name.
// Errors: whatever the failing stage returns, unchanged.
app::Result<NightReport> run_night(const Options& options, app::Instant now, const NightHearers& hear);

}  // namespace exporter
