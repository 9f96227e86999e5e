#include "exporter/binder/booked.h"

#include <utility>

#include "app/record/chart_json.h"
#include "app/snapshot/chart_codec.h"
#include "exporter/copy/chart_encoder.h"

namespace exporter {

BookedCharts::BookedCharts(const app::Date& today, int days, std::string time_zone)
    : time_zone_(std::move(time_zone)) {
  const app::Date first = app::add_days(today, 0);
  for (int day = 0; day < days; ++day) days_.push_back({app::add_days(first, day), {}});
}

bool BookedCharts::consider(app::ChartId id, const app::Chart& chart) {
  bool is_booked = false;
  for (const app::Appointment& appointment : chart.appointments.entries) {
    if (!appointment.start.is_known()) continue;
    for (PacketDay& day : days_) {
      if (app::format_day_number(appointment.start.value()) != app::format_day_number(day.day)) continue;
      is_booked = true;
      day.entries.push_back(app::make_schedule_entry(id, chart, appointment));
      std::string& frame = charts_[id];
      if (!frame.empty()) continue;
      std::string json;
      app::format_chart(chart, json);
      frame = ChartEncoder("").encode(json);
    }
  }
  return is_booked;
}

std::vector<PacketDay> BookedCharts::days() const {
  std::vector<PacketDay> sorted = days_;
  for (PacketDay& day : sorted) app::sort_schedule(day.entries);
  return sorted;
}

app::Result<app::Chart> BookedCharts::chart(app::ChartId id) const {
  const auto found = charts_.find(id);
  if (found == charts_.end()) return app::Error{app::Code::not_found, "This chart is not booked.", ""};
  TRY_GET(const app::ChartDecoder decoder, app::ChartDecoder::make(""));
  std::string json;
  TRY(decoder.decode(found->second, json));
  return app::parse_chart(json, time_zone_);
}

}  // namespace exporter
