// From what is on the screen to a printer that stands beside the laptop: the same sheet, the same list as in the binder.
//
// Errors:  not_found without CUPS; io when the printer does not take it, or there are no fonts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"
#include "app/record/reconciliation.h"
#include "app/record/sheet.h"
#include "app/snapshot/schedule.h"

namespace viewer {

// A chart, a day's appointments, or the list that has to close to zero after an outage.
struct PrintOrder {
  app::PrintFrame frame;
  bool letter = false;
  std::optional<app::Sheet> sheet;
  app::Date day;
  std::vector<app::ScheduleEntry> appointments;
  std::optional<app::Reconciliation> reconciliation;
  std::string time_zone;  // for its times
};

using PrintPaper = std::function<app::Result<app::Done>(const PrintOrder&)>;

// On the printer that this computer prints on usually, through no file.
app::Result<app::Done> print_paper(const PrintOrder& order);

}  // namespace viewer
