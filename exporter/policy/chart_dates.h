// When an entry was: the one date by which it is old or a patient is active.
#pragma once

#include "app/record/chart.h"

namespace exporter {

// yyyymmdd of the last day that an entry can mean; 0 when no date of it is known. A date known to the year may be its last day.
int last_day_of(const app::Known<app::Date>& date);

// For past medications and problems alone is there a date by which they are old: their end.
int last_day_of(const app::Medication& entry);
int last_day_of(const app::Problem& entry);
int last_day_of(const app::Observation& entry);
int last_day_of(const app::Procedure& entry);
int last_day_of(const app::Visit& entry);
int last_day_of(const app::Note& entry);
int last_day_of(const app::Appointment& entry);
int last_day_of(const app::Document& entry);

// The last day of anything recorded or booked; 0 when there is no date at all.
int last_active_day(const app::Chart& chart);

}  // namespace exporter
