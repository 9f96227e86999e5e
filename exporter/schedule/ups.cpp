#include "exporter/schedule/ups.h"

#include "exporter/copy/durable_file.h"
#include "exporter/schedule/shell_word.h"

namespace exporter {

namespace fs = std::filesystem;

std::string format_ups_script(const Options& options, const ScheduleOrder& order, const UpsOrder& ups) {
  const std::string sign = shell_word(ups.sign.string());
  return "#!/bin/sh\n"
         "# Written by `nightchart schedule --ups`: upsmon or upssched runs it, and when the power is gone the last copy is made.\n"
         "[ \"$NOTIFYTYPE\" = ONBATT ] || [ \"$1\" = nightchart ] || exit 0\n"
         "if [ -d /run/systemd/system ] && [ \"$(id -u)\" != 0 ]; then\n"
         "  date > " + sign + "    # nightchart-battery.path sees it, and starts nightchart-battery.service\n"
         "else\n"
         "  exec " + shell_word(order.program.string()) + " night --on-battery --within " + std::to_string(order.within_s) + " --config " +
         shell_word(options.file.string()) + "\n"
         "fi\n";
}

std::string format_battery_path(const UpsOrder& ups) {
  return "# Sees the sign that " + ups.script.string() + " leaves when the UPS goes on battery.\n"
         "[Unit]\n"
         "Description=Nightchart: has the last copy made when the power is gone\n"
         "\n"
         "[Path]\n"
         "PathChanged=" + unit_path(ups.sign) + "\n"
         "Unit=nightchart-battery.service\n"
         "\n"
         "[Install]\n"
         "WantedBy=multi-user.target\n";
}

std::string format_ups_lines(const UpsOrder& ups) {
  return "In /etc/nut/upsmon.conf, unless it names a NOTIFYCMD already (then let that one run this script):\n"
         "  NOTIFYCMD " + ups.script.string() + "\n"
         "  NOTIFYFLAG ONBATT SYSLOG+WALL+EXEC\n"
         "Or, where the power flickers: NOTIFYCMD /sbin/upssched in upsmon.conf, and in /etc/nut/upssched.conf\n"
         "  CMDSCRIPT " + ups.script.string() + "\n"
         "  PIPEFN /run/nut/upssched.pipe\n"
         "  LOCKFN /run/nut/upssched.lock\n"
         "  AT ONBATT * START-TIMER nightchart 20\n"
         "  AT ONLINE * CANCEL-TIMER nightchart\n";
}

app::Result<app::Done> write_ups(const Options& options, const ScheduleOrder& order, const UpsOrder& ups, const fs::path& units) {
  TRY(write_file(ups.script, format_ups_script(options, order, ups)));
  std::error_code fault;
  fs::permissions(ups.script, fs::perms(0755), fault);
  if (fault) return system_error("chmod", ups.script, fault);
  TRY(write_file(units / "nightchart-battery.service", format_battery_service(options, order)));
  return write_file(units / "nightchart-battery.path", format_battery_path(ups));
}

}  // namespace exporter
