// The power goes, as Network UPS Tools tell it: Debian's own upsd and upsmon with the driver of a UPS that is none.
#include <gtest/gtest.h>

#include "app/snapshot/copy.h"
#include "exporter/schedule/ups.h"
#include "tests/command.h"
#include "tests/night_faults.h"
#include "tests/running_program_posix.h"

namespace {

namespace fs = std::filesystem;
using tests::SmallPractice;

constexpr int kPort = 34'937;
// Debian's /sbin/upsd looks at /etc/nut/nut.conf first, whatever folder is named.
constexpr const char* kPrograms = "/lib/nut/";

// upsd, upsmon and the driver, on a port of this computer only, with settings of their own.
class Ups {
 public:
  Ups(const fs::path& folder, const fs::path& script) : folder_(folder) {
    fs::create_directories(folder_ / "state");
    write("ups.conf", "[practice]\n driver = dummy-ups\n port = practice.dev\n");
    write("upsd.conf", "LISTEN 127.0.0.1 " + std::to_string(kPort) + "\n");
    write("upsd.users", "[monitor]\n password = invented\n upsmon primary\n");
    write("upsmon.conf", "RUN_AS_USER root\nMONITOR " + name() + " 1 monitor invented primary\nMINSUPPLIES 1\nSHUTDOWNCMD /bin/true\nPOLLFREQ 1\nPOLLFREQALERT 1\n"
                         "NOTIFYCMD " + script.string() + "\nNOTIFYFLAG ONBATT EXEC\nNOTIFYFLAG ONLINE EXEC\n");
    set("OL");
    start("dummy-ups -a practice -u root -F");
    EXPECT_TRUE(tests::wait_until([&] { return fs::exists(folder_ / "state/dummy-ups-practice"); }));
    start("upsd -u root -F");
    EXPECT_TRUE(tests::wait_until([&] { return status() == "OL\n"; })) << tests::contents(folder_ / "log");
    start("upsmon -u root -F");
    EXPECT_TRUE(tests::wait_until([&] { return tests::contents(folder_ / "log").find("logged into UPS") != std::string::npos; }));
  }
  ~Ups() {
    while (!programs_.empty()) programs_.pop_back();
  }
  void set(const std::string& status) { write("practice.dev", "ups.status: " + status + "\n"); }
  std::string status() const { return tests::run("upsc " + name() + " ups.status 2>/dev/null").out; }

 private:
  static std::string name() { return "practice@127.0.0.1:" + std::to_string(kPort); }
  void write(const std::string& file, const std::string& text) {
    tests::write(folder_ / file, text);
    fs::permissions(folder_ / file, fs::perms(0640));
  }
  void start(const std::string& command) {
    const std::string place = "'" + folder_.string() + "'";
    programs_.push_back(std::make_unique<tests::RunningProgram>("env NUT_CONFPATH=" + place + " NUT_STATEPATH=" + place + "/state NUT_ALTPIDPATH=" + place +
                                                                "/state " + kPrograms + command + " >>" + place + "/log 2>&1"));
  }

  fs::path folder_;
  std::vector<std::unique_ptr<tests::RunningProgram>> programs_;
};

TEST(UpsOfThePractice, HasTheLastCopyMadeWhenThePowerIsGoneAndNoneBefore) {
  if (!fs::exists(fs::path(kPrograms) / "dummy-ups")) GTEST_SKIP() << "needs Debian's nut-server and nut-client";
  const SmallPractice practice;
  const std::string before = tests::newest_whole_copy(practice.copies());
  const fs::path units = practice.beside() / "units", script = practice.beside() / "nightchart-on-battery";
  fs::create_directories(units);
  const auto installed = tests::run("$NIGHTCHART schedule --ups --within 90 --ups-script " + script.string() + " --units " + units.string() + " --config " +
                                    practice.config().string());
  ASSERT_EQ(installed.exit_code, 0) << installed.err;
  EXPECT_NE(installed.out.find("NOTIFYCMD " + script.string()), std::string::npos) << installed.out;
  Ups ups(practice.beside() / "nut", script);
  EXPECT_EQ(tests::newest_whole_copy(practice.copies()), before) << "there is power";
  ups.set("OB");
  const fs::path stick = practice.root() / "stick";
  ASSERT_TRUE(tests::wait_until([&] { return app::read_copy(stick, app::Check::sizes).value().folder.filename() != before; }, std::chrono::seconds(60)));
  const auto info = app::read_copy(stick, app::Check::hashes);
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info.value().manifest.occasion, app::Occasion::battery);
  EXPECT_EQ(tests::newest_whole_copy(stick), info.value().folder.filename().string());
  EXPECT_TRUE(fs::exists(stick / before));
  // It goes on writing down what it did.
  EXPECT_TRUE(tests::wait_until([&] { return fs::exists(practice.root() / "practice/reports/report-battery.txt"); }));
}

TEST(UpsOfThePractice, TheScriptHearsNothingButThePowerThatIsGone) {
  const tests::TemporaryFolder folder;
  exporter::Options options;
  options.file = folder.path() / "nightchart.toml";
  // In place of nightchart: writes down how it was called.
  tests::write(folder.path() / "heard.sh", "#!/bin/sh\necho \"$@\" >> '" + (folder.path() / "heard").string() + "'\n");
  fs::permissions(folder.path() / "heard.sh", fs::perms(0755));
  const fs::path script = folder.path() / "script";
  tests::write(script, exporter::format_ups_script(options, {folder.path() / "heard.sh", "02:00", 45}, {script, folder.path() / "sign"}));
  for (const char* heard : {"NOTIFYTYPE=ONLINE sh ", "NOTIFYTYPE=LOWBATT sh ", "sh ", "NOTIFYTYPE=COMMBAD sh "}) tests::run(heard + script.string());
  EXPECT_FALSE(fs::exists(folder.path() / "heard"));
  tests::run("NOTIFYTYPE=ONBATT sh " + script.string() + " 'UPS practice on battery'");
  tests::run("sh " + script.string() + " nightchart");
  const std::string call = "night --on-battery --within 45 --config " + options.file.string() + "\n";
  EXPECT_EQ(tests::contents(folder.path() / "heard"), call + call);
}

}  // namespace
