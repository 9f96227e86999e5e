// The next appointment of a patient, for the list of hits.
//
// Errors:  none; of a chart that cannot be read nothing is said here, its page says it.
#pragma once

#include <map>
#include <optional>

#include "app/snapshot/copy.h"

namespace viewer {

// Today's, whether its hour is past or not, or the first after it; not one that was cancelled.
std::optional<app::Appointment> next_appointment(const app::Chart& chart, const app::Date& today);

// Reads the chart of each patient once.
class Upcoming {
 public:
  std::optional<app::Appointment> next(const app::Copy& copy, app::ChartId chart, const app::Date& today);

 private:
  int day_ = 0;
  std::map<app::ChartId, std::optional<app::Appointment>> known_;
};

}  // namespace viewer
