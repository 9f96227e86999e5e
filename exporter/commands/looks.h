// What a command shows or prints goes into the privacy officer's record of looks, as what the viewer shows does.
//
// Errors:  io, no_room, busy when this computer can't keep the record and no reason was given for going on.
#pragma once

#include <string>

#include "app/record/chart.h"
#include "exporter/commands/commands.h"

namespace exporter {

// Before anything is shown. Where the copy names no privacy officer nothing is recorded.
app::Result<app::Done> record_look(const app::Opened& opened, const CopyArguments& arguments, const std::string& kind,
                                   const std::string& words);
app::Result<app::Done> record_look(const app::Opened& opened, const CopyArguments& arguments, const std::string& kind,
                                   const app::Chart& chart);

}  // namespace exporter
