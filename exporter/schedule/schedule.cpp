#include "exporter/schedule/schedule.h"

#include <algorithm>
#include <set>

#include "exporter/copy/durable_file.h"
#include "exporter/copy/rclone.h"
#include "exporter/schedule/shell_word.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;

// In a crontab a % ends the command, unless it is escaped.
std::string cron_word(const std::string& text) {
  std::string out;
  for (const char c : shell_word(text)) {
    if (c == '%') out += '\\';
    out += c;
  }
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_time_of_day(const std::string& text) {
  return text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && text[2] == ':' && is_digit(text[3]) && is_digit(text[4]) &&
         text.substr(0, 2) < "24" && text[3] < '6';
}

std::vector<fs::path> written_folders(const Options& options) {
  std::set<fs::path> folders{options.practice_folder(), options.copies};
  if (!options.report.folder.empty()) folders.insert(options.report.folder);
  if (!options.report.metrics.empty()) folders.insert(options.report.metrics.parent_path());
  for (const DestinationOptions& destination : options.destinations) {
    if (destination.kind == DestinationKind::folder) folders.insert(destination.path);
    else if (!destination.rclone_config.empty()) folders.insert(destination.rclone_config.parent_path());
  }
  return {folders.begin(), folders.end()};
}

namespace {

// Each remote may take as long as rclone.h lets it, so that systemd never ends what Nightchart itself would have ended and told.
int hours_of(const Options& options, int own_h) {
  int hours = own_h;
  for (const DestinationOptions& destination : options.destinations) {
    if (destination.kind == DestinationKind::rclone) hours += (kRcloneSend_s + kRcloneLook_s) / 3600 + 1;
  }
  return hours;
}

// Mail programs put a letter into a queue of their own, with a right that their file lends them (postdrop, exim).
const char* lines_of_hooks(const ReportOptions& report) {
  if (report.on_success.empty() && report.on_failure.empty()) return "NoNewPrivileges=yes\n";
  return "# For the commands of [report], which may be mail: its queue, the right to put something into it, and the mailboxes here.\n"
         "# A command that writes elsewhere needs a line of its own: systemctl edit, [Service], ReadWritePaths=-/its/folder\n"
         "NoNewPrivileges=no\n"
         "ReadWritePaths=-/var/spool/postfix -/var/spool/exim4 -/var/log/exim4 -/var/spool/nullmailer -/var/spool/mqueue-client -/var/mail\n"
         "# Postfix asks for the addresses of this computer before it takes a letter.\n"
         "RestrictAddressFamilies=AF_NETLINK\n";
}

struct Service {
  std::string about;
  std::string command;     // behind nightchart
  std::string rank;        // lines of [Service]
  bool needs_network = true;
};

std::string format_unit(const Options& options, const ScheduleOrder& order, const Service& service) {
  std::string text =
      "# Written by `nightchart schedule`. Destinations, and commands of [report], that are added later need lines here too: run it again.\n"
      "[Unit]\n"
      "Description=Nightchart: " + service.about + "\n" + (service.needs_network ?
      "Wants=network-online.target\n"
      "After=network-online.target mariadb.service mysql.service postgresql.service\n" : "") +
      "\n"
      "[Service]\n"
      "Type=oneshot\n"
      "ExecStart=" + unit_word(order.program.string()) + " " + service.command + " --config " + unit_word(options.file.string()) + "\n"
      "# 3: done, but some entries were unreadable, and it is said so.\n"
      "SuccessExitStatus=3\n"
      + service.rank +
      "\n"
      "# It reads the EMR and writes copies: nothing else is its business.\n"
      "UMask=0022\n"
      "LimitCORE=0\n" + lines_of_hooks(options.report) +
      "ProtectSystem=strict\n"
      "ProtectHome=read-only\n"
      "PrivateTmp=yes\n"
      "PrivateDevices=yes\n"
      "ProtectClock=yes\n"
      "ProtectControlGroups=yes\n"
      "ProtectHostname=yes\n"
      "ProtectKernelLogs=yes\n"
      "ProtectKernelModules=yes\n"
      "ProtectKernelTunables=yes\n"
      "ProtectProc=invisible\n"
      "LockPersonality=yes\n"
      "MemoryDenyWriteExecute=yes\n"
      "RestrictNamespaces=yes\n"
      "RestrictRealtime=yes\n"
      "RestrictSUIDSGID=yes\n"
      "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n"
      "SystemCallArchitectures=native\n"
      "# Landlock is what the drill shuts itself off with.\n"
      "SystemCallFilter=@system-service landlock_create_ruleset landlock_add_rule landlock_restrict_self\n"
      "SystemCallErrorNumber=EPERM\n"
      "# The minus: a stick that is not plugged in is said by the night, not by systemd.\n";
  for (const fs::path& folder : written_folders(options)) text += "ReadWritePaths=-" + unit_path(folder) + "\n";
  return text;
}

constexpr int kNight_h = 8;
constexpr int kDrill_h = 4;

// Long jobs, that wait for remotes.
std::string rank_of_night(const Options& options, int own_h) {
  return "TimeoutStartSec=" + std::to_string(hours_of(options, own_h)) + "h\nNice=10\nIOSchedulingClass=idle\n";
}

// Staff work with the EMR meanwhile.
constexpr const char* kDayRank = "TimeoutStartSec=1h\nNice=15\nCPUWeight=20\nIOSchedulingClass=idle\n";
// Minutes are left: nobody goes first.
constexpr const char* kBatteryRank = "TimeoutStartSec=10min\nNice=-5\n";

}  // namespace

std::string format_service(const Options& options, const ScheduleOrder& order) {
  return format_unit(options, order, {"tonight's emergency copy of the practice's records", "night", rank_of_night(options, kNight_h)});
}

std::string format_day_service(const Options& options, const ScheduleOrder& order) {
  return format_unit(options, order, {"a copy of charts and schedule between two nights", "night --hourly", kDayRank});
}

std::string format_battery_service(const Options& options, const ScheduleOrder& order) {
  const std::string within = std::to_string(order.within_s);
  return format_unit(options, order, {"the last copy before the power goes", "night --on-battery --within " + within, kBatteryRank, false});
}

std::string format_drill_service(const Options& options, const ScheduleOrder& order) {
  return format_unit(options, order, {"a restore drill of every place where copies lie", "drill", rank_of_night(options, kDrill_h)});
}

std::string format_drill_timer() {
  return "# When Nightchart holds its drill: by day, so that sticks are in and somebody reads of a failure.\n"
         "[Unit]\n"
         "Description=Nightchart: a restore drill every month\n"
         "\n"
         "[Timer]\n"
         "OnCalendar=*-*-01 12:15:00\n"
         "Persistent=true\n"
         "AccuracySec=1min\n"
         "Unit=nightchart-drill.service\n"
         "\n"
         "[Install]\n"
         "WantedBy=timers.target\n";
}

std::string format_day_timer(const Options& options) {
  std::string days, times;
  for (const std::string& day : options.night.days) days += (days.empty() ? "" : ",") + day;
  for (const int time : times_of_day(options.night)) times += "OnCalendar=" + days + " *-*-* " + format_minutes(time) + ":00\n";
  return "# When Nightchart makes copies between two nights. One that was missed is not made up: the next comes soon.\n"
         "[Unit]\n"
         "Description=Nightchart: copies between the nights\n"
         "\n"
         "[Timer]\n" + times +
         "AccuracySec=1min\n"
         "Unit=nightchart-day.service\n"
         "\n"
         "[Install]\n"
         "WantedBy=timers.target\n";
}

bool drills_by_itself(const Options& options) { return !options.drill.passphrase_file.empty(); }

std::string format_timer(const Options&, const ScheduleOrder& order) {
  return "# When Nightchart's night runs. A night that was missed because the computer was off is made up when it is on again.\n"
         "[Unit]\n"
         "Description=Nightchart: every night at " + order.at + "\n"
         "\n"
         "[Timer]\n"
         "OnCalendar=*-*-* " + order.at + ":00\n"
         "Persistent=true\n"
         "AccuracySec=1min\n"
         "Unit=nightchart.service\n"
         "\n"
         "[Install]\n"
         "WantedBy=timers.target\n";
}

std::string format_cron(const Options& options, const ScheduleOrder& order) {
  const auto number = [](std::string digits) { return digits[0] == '0' ? digits.substr(1) : digits; };
  const auto line = [&](const std::string& at, const std::string& days, const std::string& command) {
    return number(at.substr(3, 2)) + " " + number(at.substr(0, 2)) + " * * " + days + " root " + cron_word(order.program.string()) + " " + command +
           " --config " + cron_word(options.file.string()) + "\n";
  };
  std::string days, text = line(order.at, "*", "night");
  for (const std::string& day : options.night.days) days += (days.empty() ? "" : ",") + day;
  for (const int time : times_of_day(options.night)) text += line(format_minutes(time), days, "night --hourly");
  if (drills_by_itself(options)) text += "15 12 1 * * root " + cron_word(order.program.string()) + " drill --config " + cron_word(options.file.string()) + "\n";
  return text;
}

app::Result<app::Done> write_units(const Options& options, const ScheduleOrder& order, const fs::path& folder) {
  TRY(write_file(folder / "nightchart.service", format_service(options, order)));
  TRY(write_file(folder / "nightchart.timer", format_timer(options, order)));
  if (options.night.every_min > 0) {
    TRY(write_file(folder / "nightchart-day.service", format_day_service(options, order)));
    TRY(write_file(folder / "nightchart-day.timer", format_day_timer(options)));
  }
  if (!drills_by_itself(options)) return app::Done{};
  TRY(write_file(folder / "nightchart-drill.service", format_drill_service(options, order)));
  return write_file(folder / "nightchart-drill.timer", format_drill_timer());
}

}  // namespace exporter
