// From what is on the screen to a printer that stands beside the laptop: the same sheet, the same list as in the binder.
//
// Errors:  not_found without CUPS; io when the printer does not take it, or there are no fonts.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "app/error.h"
#include "app/paper/page_frame.h"
#include "app/record/sheet.h"
#include "app/snapshot/schedule.h"

namespace viewer {

// A chart, or a day's appointments.
struct PrintOrder {
  app::PrintFrame frame;
  bool letter = false;
  std::optional<app::Sheet> sheet;
  app::Date day;
  std::vector<app::ScheduleEntry> appointments;
};

using PrintPaper = std::function<app::Result<app::Done>(const PrintOrder&)>;

// On the printer that this computer prints on usually, through no file.
app::Result<app::Done> print_paper(const PrintOrder& order);

}  // namespace viewer
