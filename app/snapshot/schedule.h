// A day's appointments, each with what the desk needs to know of the patient.
//
// Errors:  none.
#pragma once

#include <string>
#include <vector>

#include "app/record/chart.h"
#include "app/snapshot/search.h"

namespace app {

// One line of the schedule.
struct ScheduleEntry {
  ChartId chart = 0;
  std::string name;  // the patient, as format_name() says it
  std::string mrn;
  Known<Date> born;
  std::string phone;
  Appointment appointment;  // its start is known to the day at least
};

ScheduleEntry make_schedule_entry(ChartId id, const Chart& chart, const Appointment& appointment);

// By time of day, then by name.
void sort_schedule(std::vector<ScheduleEntry>& schedule);

}  // namespace app
