// What the EMR says now of some of its patients, drawn at random, to hold a copy against.
//
// The whole EMR is read once, through the same source and the same policy as the night's; only the drawn charts are kept, in
// memory. Pages of documents are not opened.
// Errors:  as the source gives them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/record/chart.h"
#include "exporter/options.h"
#include "exporter/report/drill_laptop.h"

namespace exporter {

struct SampledChart {
  KnownPatient patient;
  std::string chart;  // as JSON
};

struct EmrSample {
  app::Instant as_of;
  std::uint64_t patients = 0;  // of whom a copy would hold a chart
  std::vector<SampledChart> charts;
};

// The same of each of `of` parts of the practice, drawn from each alike; about `count` together.
app::Result<std::vector<EmrSample>> sample_parts(const Options& options, std::uint32_t of, std::size_t count, const std::function<void(const std::string&)>& progress);

app::Result<EmrSample> sample_emr(const Options& options, std::size_t count, const std::function<void(const std::string&)>& progress);

// As somebody at the desk would type it: a part of the name, and the birth date.
KnownPatient known_patient(const app::Chart& chart);

// Where the two differ: entries by section that one has and the other has not, or has otherwise; "identity" for the patient's own
// particulars. Where a document's pages lie is no difference. Errors: damaged for what is no chart.
app::Result<std::map<std::string, std::uint64_t>> compare_charts(const std::string& now, const std::string& then, const std::string& time_zone);

}  // namespace exporter
