// What the frame says of the battery.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.h"
#include "viewer/power_posix.h"
#include "viewer_harness.h"

namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

class PowerSupply : public testing::Test {
 protected:
  void add(const std::string& name, const Files& files) {
    fs::create_directories(folder_.path() / name);
    for (const auto& [file, text] : files) std::ofstream(folder_.path() / name / file) << text << "\n";
  }
  std::optional<viewer::Power> read() { return viewer::read_power(folder_.path()); }
  tests::TemporaryFolder folder_;
};

TEST_F(PowerSupply, IsSilentWhereThereIsNoBattery) {
  EXPECT_FALSE(read());
  add("AC", {{"type", "Mains"}, {"online", "1"}});
  add("hidpp_battery_0", {{"type", "Battery"}, {"scope", "Device"}, {"capacity", "5"}, {"status", "Discharging"}});
  EXPECT_FALSE(read()) << "the mouse's battery is not the laptop's";
  EXPECT_FALSE(viewer::read_power(folder_.path() / "nowhere"));
}

TEST_F(PowerSupply, AddsBatteriesAndDividesWhatIsLeftByWhatIsUsed) {
  add("BAT0", {{"type", "Battery"}, {"status", "Discharging"}, {"energy_now", "30000000"}, {"energy_full", "40000000"}, {"power_now", "10000000"}});
  ASSERT_TRUE(read());
  EXPECT_EQ(read()->percent, 75);
  EXPECT_EQ(read()->minutes_left, 180);
  EXPECT_FALSE(read()->charging);
  add("BAT1", {{"type", "Battery"}, {"status", "Unknown"}, {"energy_now", "0"}, {"energy_full", "20000000"}, {"power_now", "0"}});
  EXPECT_EQ(read()->percent, 50);
  add("BAT0", {{"status", "Charging"}});
  EXPECT_TRUE(read()->charging);
  EXPECT_FALSE(read()->minutes_left);
}

TEST_F(PowerSupply, TakesChargeOrAPercentageWhereThereIsNoEnergyAndSurvivesNonsense) {
  add("BAT0", {{"type", "Battery"}, {"status", "Discharging"}, {"charge_now", "1000000"}, {"charge_full", "4000000"}, {"current_now", "2000000"}});
  EXPECT_EQ(read()->percent, 25);
  EXPECT_EQ(read()->minutes_left, 30);
  add("BAT0", {{"charge_full", "0"}, {"capacity", "9"}});
  EXPECT_EQ(read()->percent, 9);
  EXPECT_FALSE(read()->minutes_left);
  add("BAT0", {{"capacity", "none"}});
  EXPECT_FALSE(read());
}

TEST(BatteryWords, StandInTheFrameAndLittleIsSaidLoudly) {
  viewer_test::Viewer at;
  at.session.set_power(viewer::Power{83, false, 250});
  at.work();
  EXPECT_TRUE(at.shows("battery 83 %, about 4 h 10 min left"));
  EXPECT_FALSE(at.shows("BATTERY LOW"));
  at.session.set_power(viewer::Power{12, false, 25});
  at.frame();
  EXPECT_TRUE(at.shows("BATTERY LOW: 12 %, about 25 min left."));
  at.session.set_power(viewer::Power{12, true, std::nullopt});
  at.frame();
  EXPECT_TRUE(at.shows("battery 12 %, charging"));
  EXPECT_FALSE(at.shows("BATTERY LOW"));
  at.session.set_power(std::nullopt);
  at.frame();
  EXPECT_FALSE(at.shows("battery"));
}

}  // namespace
