// Who is coming: the charts that are booked in the next days, set aside while the night reads.
//
// Memory:  one chart's JSON for each booked patient, compressed; until they are forgotten.
// Errors:  none.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exporter/binder/packet.h"

namespace exporter {

class BookedCharts {
 public:
  // `today` and the days after it, `days` in all, in the practice's time zone.
  BookedCharts(const app::Date& today, int days, std::string time_zone);

  // Keeps the chart if it is booked on one of the days; says whether it is.
  bool consider(app::ChartId id, const app::Chart& chart);

  // The days in order, each sorted by time.
  std::vector<PacketDay> days() const;
  // Errors: Code::not_found for a chart that was not kept.
  app::Result<app::Chart> chart(app::ChartId id) const;
  // Keeps the days.
  void forget_charts() { charts_.clear(); }

 private:
  std::vector<PacketDay> days_;
  std::map<app::ChartId, std::string> charts_;  // as compressed JSON
  std::string time_zone_;
};

}  // namespace exporter
