#include "exporter/schedule/schedule.h"

#include <algorithm>
#include <set>

#include "exporter/copy/durable_file.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;

// As systemd reads a word of a command: in quotation marks, with its own escapes; % begins a specifier.
std::string unit_word(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%' || c == '$') out += c;
    out += c;
  }
  return out + '"';
}

// A path of ReadWritePaths=; systemd wants no quotation marks around one without blanks, and takes them with.
std::string unit_path(const fs::path& path) {
  std::string out;
  for (const char c : path.string()) {
    if (c == '%') out += '%';
    if (c == ' ' || c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

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

std::string format_service(const Options& options, const ScheduleOrder& order) {
  std::string text =
      "# Nightchart's night, as `nightchart init` wrote it. Destinations that are added later need a line ReadWritePaths= too.\n"
      "[Unit]\n"
      "Description=Nightchart: tonight's emergency copy of the practice's records\n"
      "Wants=network-online.target\n"
      "After=network-online.target mariadb.service mysql.service postgresql.service\n"
      "\n"
      "[Service]\n"
      "Type=oneshot\n"
      "ExecStart=" + unit_word(order.program.string()) + " night --config " + unit_word(options.file.string()) + "\n"
      "# 3: done, but some entries were unreadable, and it is said so.\n"
      "SuccessExitStatus=3\n"
      "TimeoutStartSec=8h\n"
      "Nice=10\n"
      "IOSchedulingClass=idle\n"
      "\n"
      "# It reads the EMR and writes copies: nothing else is its business.\n"
      "UMask=0022\n"
      "LimitCORE=0\n"
      "NoNewPrivileges=yes\n"
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
      "SystemCallFilter=@system-service\n"
      "SystemCallErrorNumber=EPERM\n"
      "# The minus: a stick that is not plugged in is said by the night, not by systemd.\n";
  for (const fs::path& folder : written_folders(options)) text += "ReadWritePaths=-" + unit_path(folder) + "\n";
  return text;
}

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
  return number(order.at.substr(3, 2)) + " " + number(order.at.substr(0, 2)) + " * * * root " + cron_word(order.program.string()) + " night --config " +
         cron_word(options.file.string()) + "\n";
}

app::Result<app::Done> write_units(const Options& options, const ScheduleOrder& order, const fs::path& folder) {
  TRY(write_file(folder / "nightchart.service", format_service(options, order)));
  return write_file(folder / "nightchart.timer", format_timer(options, order));
}

}  // namespace exporter
