// How a night ended, in the form in which it is remembered and told.
//
// Errors:  none.
#pragma once

#include <optional>

#include "exporter/report/night_memory.h"
#include "exporter/report/night_report.h"

namespace exporter {

struct EndedNight {
  app::Instant began;
  double took_s = 0;
  const NightReport* report = nullptr;  // of a night that published
  std::optional<app::Error> fault;      // of one that did not
  app::Occasion occasion = app::Occasion::night;
};

// What the program ends with: 0, 3, or the code of what went wrong.
int exit_code_of(const NightReport& report);

NightRecord make_record(const EndedNight& night);

}  // namespace exporter
