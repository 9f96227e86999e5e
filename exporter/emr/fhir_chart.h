// The last word on a chart made from FHIR: order of entries, negations, and what an empty section means.
#pragma once

#include <set>
#include <string>

#include "exporter/emr/fhir_reading.h"

namespace exporter {

// `exported` are the sections that the export as a whole holds anything for.
app::Chart finish_chart(PatientRecord&& record, const std::set<std::string>& exported);

}  // namespace exporter
