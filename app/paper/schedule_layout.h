// Lays one day's schedule out on pages: who comes when and to whom, with a box to tick on arrival.
//
// One chapter for each clinician, by time; lines to write walk-ins on at the end. Nothing clinical but
// the reason that the appointment gives.
//
// Units:   points.
// Errors:  none; a day without appointments is a page that says so.
#pragma once

#include <string>
#include <vector>

#include "app/paper/page_frame.h"
#include "app/record/entries.h"

namespace app {

struct ScheduleLine {
  std::string name;
  std::string born;
  std::string mrn;
  std::string phone;
  Appointment appointment;
};

struct ScheduleDay {
  Date day;
  std::vector<ScheduleLine> lines;  // in any order
};

// "Tue 14-Oct-2025".
std::string format_schedule_day(const Date& day);

std::vector<Page> lay_out_schedule(const ScheduleDay& day, const PrintFrame& frame, const Paper& paper,
                                   const FontSet& fonts);

}  // namespace app
