// How a night ended, in the form in which it is remembered and told.
//
// Errors:  none.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

// How each destination fared that had its turn.
std::vector<PlaceRecord> places_of(const NightReport& report);
// "NOT copied to stick, and there was no time left for office", of those that have no copy; else "".
std::string missed_words(const std::vector<PlaceRecord>& places);

NightRecord make_record(const EndedNight& night);

}  // namespace exporter
