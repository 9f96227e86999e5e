// The units that run the night: that systemd takes them, and what they let the night do.
#include "exporter/schedule/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "exporter/copy/rclone.h"
#include "exporter/schedule/ups.h"
#include "tests/command.h"
#include "tests/house_places.h"

namespace {

namespace fs = std::filesystem;

exporter::Options some_options(const fs::path& folder) {
  exporter::Options options;
  options.file = folder / "elm street" / "nightchart.toml";
  options.copies = folder / "copies";
  options.destinations = {{"stick", folder / "a 100% stick"}};
  options.report.metrics = folder / "prometheus/night.prom";
  return options;
}

TEST(Schedule, ItsUnitsPassSystemdsOwnCheck) {
  const tests::TemporaryFolder folder;
  const exporter::ScheduleOrder order{fs::path(tests::kPrograms) / "nightchart", "02:30"};
  ASSERT_TRUE(exporter::write_units(some_options(folder.path()), order, folder.path()).ok());
  const auto verified = tests::run("SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no " + (folder.path() / "nightchart.timer").string() + " " +
                                   (folder.path() / "nightchart.service").string());
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  // Of our own files not even a warning.
  EXPECT_EQ(verified.err.find(folder.path().string()), std::string::npos) << verified.err;
  const auto when = tests::run("systemd-analyze calendar '*-*-* 02:30:00'");
  EXPECT_EQ(when.exit_code, 0) << when.err;
}

TEST(Schedule, OfAPracticeWithADrillAHookAndARemotePassesSystemdsOwnCheckToo) {
  const tests::TemporaryFolder folder;
  exporter::Options options = some_options(folder.path());
  options.drill.passphrase_file = folder.path() / "passphrase";
  options.report.on_failure = "mail -s failed it@elm.example < /dev/null";
  exporter::DestinationOptions remote{"office", ""};
  remote.kind = exporter::DestinationKind::rclone;
  remote.remote = "office:copies";
  options.destinations.push_back(remote);
  ASSERT_TRUE(exporter::write_units(options, {fs::path(tests::kPrograms) / "nightchart", "02:30"}, folder.path()).ok());
  std::string units;
  for (const char* unit : {"nightchart.timer", "nightchart.service", "nightchart-drill.timer", "nightchart-drill.service"}) {
    ASSERT_TRUE(fs::exists(folder.path() / unit)) << unit;
    units += " " + (folder.path() / unit).string();
  }
  const auto verified = tests::run("SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no" + units);
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_EQ(verified.err.find(folder.path().string()), std::string::npos) << verified.err;
  EXPECT_EQ(tests::run("systemd-analyze calendar '*-*-01 12:15:00'").exit_code, 0);
}

TEST(Schedule, GivesEveryRemoteTheTimeThatRcloneHasAndMailItsQueue) {
  exporter::Options options = some_options("/srv");
  EXPECT_NE(exporter::format_service(options, {"x", "02:00"}).find("TimeoutStartSec=8h\n"), std::string::npos);
  EXPECT_EQ(exporter::format_service(options, {"x", "02:00"}).find("postfix"), std::string::npos);
  for (int i = 0; i < 2; ++i) options.destinations.push_back({"office", "", {}, exporter::DestinationKind::rclone});
  options.report.on_failure = "mail";
  const std::string service = exporter::format_service(options, {"x", "02:00"});
  EXPECT_NE(service.find("TimeoutStartSec=22h\n"), std::string::npos) << service;
  EXPECT_GT(8 + 2 * 7, 2 * (exporter::kRcloneSend_s + exporter::kRcloneLook_s) / 3600 + 8 - 1);
  EXPECT_NE(service.find("NoNewPrivileges=no\n"), std::string::npos) << "postdrop could not put a letter into the queue";
  EXPECT_NE(service.find("RestrictAddressFamilies=AF_NETLINK\n"), std::string::npos) << "postfix could not look up this computer's addresses";
  EXPECT_NE(service.find("-/var/spool/postfix"), std::string::npos);
  EXPECT_NE(service.find(" -/var/mail\n"), std::string::npos);
}

TEST(Schedule, HoldsADrillByItselfOnlyWhereItHasAPassphrase) {
  exporter::Options options = some_options("/srv");
  EXPECT_EQ(exporter::format_cron(options, {"x", "02:00"}).find("drill"), std::string::npos);
  options.drill.passphrase_file = "/media/drill/passphrase";
  EXPECT_NE(exporter::format_cron(options, {"x", "02:00"}).find("15 12 1 * * root 'x' drill --config"), std::string::npos);
  EXPECT_NE(exporter::format_drill_service(options, {"/usr/bin/nightchart", "02:00"}).find("ExecStart=\"/usr/bin/nightchart\" drill --config"), std::string::npos);
}

TEST(Schedule, ThatSystemdCannotReadIsNoticedByThatCheck) {
  const tests::TemporaryFolder folder;
  const exporter::ScheduleOrder order{fs::path(tests::kPrograms) / "nightchart", "02:30"};
  std::string service = exporter::format_service(some_options(folder.path()), order);
  service.replace(service.find("ProtectSystem=strict"), 20, "ProtectSystem=strcit");
  tests::write(folder.path() / "nightchart.service", service);
  const auto verified = tests::run("SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no " + (folder.path() / "nightchart.service").string());
  EXPECT_NE(verified.err.find("strcit"), std::string::npos) << verified.err;
}

TEST(Schedule, LetsTheNightWriteWhereItMustAndNowhereElse) {
  const fs::path root = "/srv";
  const std::string service = exporter::format_service(some_options(root), {"/usr/bin/nightchart", "02:00"});
  EXPECT_NE(service.find("ExecStart=\"/usr/bin/nightchart\" night --config \"/srv/elm street/nightchart.toml\"\n"), std::string::npos) << service;
  for (const char* line : {"ProtectSystem=strict\n", "ReadWritePaths=-/srv/copies\n", "ReadWritePaths=-/srv/a\\ 100%%\\ stick\n", "ReadWritePaths=-/srv/elm\\ street\n",
                           "ReadWritePaths=-/srv/prometheus\n", "SuccessExitStatus=3\n", "NoNewPrivileges=yes\n"}) {
    EXPECT_NE(service.find(line), std::string::npos) << line << service;
  }
  EXPECT_NE(exporter::format_timer(some_options(root), {"x", "02:00"}).find("Persistent=true\n"), std::string::npos) << "a missed night is made up";
}

TEST(Schedule, MakesCopiesBetweenTheNightsWhenTheSettingsSaySo) {
  const tests::TemporaryFolder folder;
  exporter::Options options = some_options(folder.path());
  options.night.every_min = 90;
  options.night.from_min = 8 * 60;
  options.night.to_min = 13 * 60;
  options.night.days = {"Mon", "Sat"};
  const exporter::ScheduleOrder order{fs::path(tests::kPrograms) / "nightchart", "02:30"};
  ASSERT_TRUE(exporter::write_units(options, order, folder.path()).ok());
  const std::string timer = tests::contents(folder.path() / "nightchart-day.timer");
  for (const char* time : {"08:00", "09:30", "11:00", "12:30"}) EXPECT_NE(timer.find("OnCalendar=Mon,Sat *-*-* " + std::string(time) + ":00\n"), std::string::npos) << timer;
  EXPECT_EQ(timer.find("14:00"), std::string::npos) << timer;
  EXPECT_NE(tests::contents(folder.path() / "nightchart-day.service").find("\" night --hourly --config"), std::string::npos);
  const auto verified = tests::run("SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no " + (folder.path() / "nightchart-day.timer").string() + " " +
                                   (folder.path() / "nightchart-day.service").string());
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_EQ(verified.err.find(folder.path().string()), std::string::npos) << verified.err;
  const std::string cron = exporter::format_cron(options, order);
  EXPECT_EQ(std::count(cron.begin(), cron.end(), '\n'), 5) << cron;
  EXPECT_NE(cron.find("30 12 * * Mon,Sat root '"), std::string::npos) << cron;
}

TEST(Schedule, TheUnitsOfTheUpsPassSystemdsOwnCheck) {
  const tests::TemporaryFolder folder;
  const exporter::ScheduleOrder order{fs::path(tests::kPrograms) / "nightchart", "02:30", 75};
  const exporter::UpsOrder ups{folder.path() / "script", "/run/nut/sign"};
  ASSERT_TRUE(exporter::write_ups(some_options(folder.path()), order, ups, folder.path()).ok());
  const auto verified = tests::run("SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no " + (folder.path() / "nightchart-battery.path").string() + " " +
                                   (folder.path() / "nightchart-battery.service").string());
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_EQ(verified.err.find(folder.path().string()), std::string::npos) << verified.err;
  EXPECT_NE(tests::contents(folder.path() / "nightchart-battery.service").find("night --on-battery --within 75 --config"), std::string::npos);
}

TEST(Schedule, HasALineForCronThatAShellReadsRight) {
  exporter::Options options = some_options("/srv");
  options.file = "/srv/Anna's 100%/nightchart.toml";
  EXPECT_EQ(exporter::format_cron(options, {"/usr/bin/nightchart", "02:05"}),
            "5 2 * * * root '/usr/bin/nightchart' night --config '/srv/Anna'\\''s 100\\%/nightchart.toml'\n");
}

TEST(Schedule, IsWrittenByTheCommandForTheseSettings) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "nightchart.toml", "[practice]\nname = \"Elm Street\"\ntime_zone = \"America/New_York\"\n[emr]\nkind = \"fhir-bulk\"\npath = \"export\"\n"
                                                  "[copy]\nfolder = \"copies\"\n[[destination]]\nname = \"stick\"\npath = \"stick\"\n");
  const std::string command = "$NIGHTCHART schedule --config " + (folder.path() / "nightchart.toml").string() + " --units " + folder.path().string();
  const auto done = tests::run(command + " --at 03:15");
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_NE(done.out.find("every night at 03:15"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("  " + (folder.path() / "stick").string() + "\n"), std::string::npos) << done.out;
  const std::string service = tests::contents(folder.path() / "nightchart.service");
  EXPECT_NE(service.find("ExecStart=\"" + fs::canonical(fs::path(tests::kPrograms) / "nightchart").string() + "\" night --config"), std::string::npos) << service;
  EXPECT_NE(tests::contents(folder.path() / "nightchart.timer").find("OnCalendar=*-*-* 03:15:00\n"), std::string::npos);
  EXPECT_EQ(tests::run(command + " --at 25:00").exit_code, 2);
  EXPECT_NE(tests::run(command + " --cron").out.find("0 2 * * * root "), std::string::npos);
}

TEST(Schedule, KnowsATimeOfDay) {
  for (const char* time : {"00:00", "02:30", "23:59"}) EXPECT_TRUE(exporter::is_time_of_day(time)) << time;
  for (const char* time : {"", "2:30", "24:00", "02:60", "02:3O", "02.30", "02:30:00", "-1:30"}) EXPECT_FALSE(exporter::is_time_of_day(time)) << time;
}

}  // namespace
