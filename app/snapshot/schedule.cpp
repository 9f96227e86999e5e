#include "app/snapshot/schedule.h"

#include <algorithm>
#include <tuple>

#include "app/record/sheet.h"
#include "app/record/text.h"

namespace app {
namespace {

// What a patient is called for.
std::string phone_of(const Chart& chart) {
  for (const ContactPoint& point : chart.telecom) {
    if (point.system == "phone") return point.value;
  }
  return chart.telecom.empty() ? "" : chart.telecom.front().value;
}

}  // namespace

ScheduleEntry make_schedule_entry(ChartId id, const Chart& chart, const Appointment& appointment) {
  return {id, format_name(shown_name(chart)), chart.mrn, chart.birth_date, phone_of(chart), appointment};
}

void sort_schedule(std::vector<ScheduleEntry>& schedule) {
  auto order = [](const ScheduleEntry& entry) {
    const Date& start = entry.appointment.start.value();
    return std::tuple(start.hour, start.minute, start.second, collation_key(entry.name));
  };
  std::stable_sort(schedule.begin(), schedule.end(),
                   [&order](const ScheduleEntry& a, const ScheduleEntry& b) { return order(a) < order(b); });
}

}  // namespace app
