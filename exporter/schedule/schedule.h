// The schedule that runs the night by itself: systemd's units, hardened, or a line for cron.
//
// A night that was missed because the machine was off is made up when it is on again (Persistent=true; cron cannot).
// Source:  systemd.exec(5), systemd.timer(5); the units pass `systemd-analyze verify`.
// Errors:  io, no_room for what cannot be written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/options.h"

namespace exporter {

struct ScheduleOrder {
  std::filesystem::path program;  // nightchart itself
  std::string at = "02:00";       // local time of the computer
  int within_s = 120;             // of the last copy before the power goes
};

// Where the night must be able to write: the rest of the system it only reads.
std::vector<std::filesystem::path> written_folders(const Options& options);

std::string format_service(const Options& options, const ScheduleOrder& order);
std::string format_timer(const Options& options, const ScheduleOrder& order);
// Every month, where [drill] names a passphrase's file; else nobody could give it one.
bool drills_by_itself(const Options& options);
std::string format_drill_service(const Options& options, const ScheduleOrder& order);
std::string format_drill_timer();
// The copies between the nights, as [night] wants them; and the last one before the power goes, see ups.h.
std::string format_day_service(const Options& options, const ScheduleOrder& order);
std::string format_day_timer(const Options& options);
std::string format_battery_service(const Options& options, const ScheduleOrder& order);
// Lines for /etc/cron.d: the night's, one for each copy between the nights, and the drill's.
std::string format_cron(const Options& options, const ScheduleOrder& order);

// "02:00"; anything else is no time of day.
bool is_time_of_day(const std::string& text);

// nightchart.service and nightchart.timer in this folder (usually /etc/systemd/system); nightchart-day.* and nightchart-drill.* too, where [night] and
// [drill] want them.
app::Result<app::Done> write_units(const Options& options, const ScheduleOrder& order, const std::filesystem::path& folder);

}  // namespace exporter
