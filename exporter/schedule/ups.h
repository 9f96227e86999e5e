// What lets Network UPS Tools (upsmon) have the last copy made when the practice's power is gone: a script that it runs, and two
// units of systemd that make the copy as root, for upsmon's own user may not.
//
// The script is told by upsmon (NOTIFYTYPE=ONBATT) or by upssched (its timer is named nightchart). Where systemd runs it leaves a
// sign that the path unit sees; else it makes the copy itself.
// Source:  upsmon.conf(5), upssched.conf(5), systemd.path(5).
// Errors:  io, no_room for what cannot be written.
#pragma once

#include <filesystem>
#include <string>

#include "app/error.h"
#include "exporter/options.h"
#include "exporter/schedule/schedule.h"

namespace exporter {

struct UpsOrder {
  std::filesystem::path script = "/etc/nut/nightchart-on-battery";
  std::filesystem::path sign = "/run/nut/nightchart-on-battery";  // in a folder that upsmon's user may write to
};

std::string format_ups_script(const Options& options, const ScheduleOrder& order, const UpsOrder& ups);
std::string format_battery_path(const UpsOrder& ups);
// The lines for upsmon.conf and, for whoever waits out a flicker, upssched.conf.
std::string format_ups_lines(const UpsOrder& ups);

// The script, and nightchart-battery.service and .path in `units`.
app::Result<app::Done> write_ups(const Options& options, const ScheduleOrder& order, const UpsOrder& ups, const std::filesystem::path& units);

}  // namespace exporter
