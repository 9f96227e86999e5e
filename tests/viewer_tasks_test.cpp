// Five things that a receptionist is asked while the lights are out, each in as few keystrokes as the README says.
#include <gtest/gtest.h>

#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/house_places.h"
#include "tests/invented_charts.h"
#include "viewer_harness.h"

namespace {

namespace fs = std::filesystem;
using viewer::Key;

// Among fifty patients of the day's own town: the one who calls, and another of nearly her name.
std::vector<app::Chart> make_town() {
  std::vector<app::Chart> charts;
  for (int i = 0; i < 48; ++i) {
    app::Chart chart = tests::invented_chart(i + 1);
    chart.appointments = {};
    app::Appointment appointment;
    appointment.text = "Check-up", appointment.status = "booked";
    appointment.clinician = i % 3 == 0 ? "Dr Osei" : i % 3 == 1 ? "Dr Okafor" : "Nurse Tran";
    char start[32];
    std::snprintf(start, sizeof start, "2026-11-23T%02d:%02d:00", 8 + i / 6, i % 6 * 10);
    appointment.start = app::read_date(start);
    if (i < 40) chart.appointments.add(appointment);
    charts.push_back(std::move(chart));
  }
  app::Chart garcia = tests::plausible_chart();
  app::Observation inr;
  inr.text = "INR", inr.value = "2.7", inr.status = "final", inr.date = app::read_date("2026-11-19");
  garcia.results.add(inr);
  inr.value = "3.4", inr.date = app::read_date("2026-10-02");
  garcia.results.add(inr);
  charts.push_back(garcia);
  app::Chart garland = tests::nearly_empty_chart();
  garland.names = {{"official", "Latn", "", "Mary", "Garland", "", ""}};
  garland.emr_key = "p-77", garland.mrn = "77001";
  garland.telecom = {{"phone", "home", "555-0199"}};
  charts.push_back(garland);
  return charts;
}

class Tasks : public testing::Test {
 protected:
  void SetUp() override {
    auto practice = tests::make_practice(folder_.path() / "practice");
    ASSERT_TRUE(practice.ok());
    const auto copy = tests::run_small_night(practice.value(), make_town());
    ASSERT_TRUE(copy.ok()) << app::format_error(copy.error());
    session_.emplace([folder = copy.value()] { return viewer::find_copy({folder}, app::LaptopMemory::read()); },
                     viewer::make_opener(folder_.path() / "memory"));
    auto screen = viewer::Screen::open(app::find_fonts(), *session_);
    ASSERT_TRUE(screen.ok());
    screen_.emplace(std::move(screen).value());
    session_->tick({1'795'438'800});  // Mon 23-Nov-2026 08:00 in New York
    viewer::run_jobs(*session_);
    session_->type(tests::kPassphrase);
    session_->submit();
    viewer::run_jobs(*session_);
    ASSERT_EQ(session_->page(), viewer::Page::search);
  }

  // Letters stand for themselves; what is in <> is a key. Returns how many keystrokes they are.
  std::size_t press_all(const std::string& keys) {
    std::size_t pressed = 0;
    for (std::size_t at = 0; at < keys.size(); ++pressed) {
      if (keys[at] != '<') {
        screen_->type(keys.substr(at++, 1));
      } else {
        const std::size_t end = keys.find('>', at);
        press(keys.substr(at + 1, end - at - 1));
        at = end + 1;
      }
      (void)screen_->draw();
    }
    return pressed;
  }
  bool shows(const std::string& words) {
    for (const std::string& line : viewer_test::read_lines(screen_->draw(), screen_->atlas()))
      if (line.find(words) != std::string::npos) return true;
    return false;
  }

  std::string all_lines() {
    std::string all;
    for (const std::string& line : viewer_test::read_lines(screen_->draw(), screen_->atlas())) all += line + "\n";
    return all;
  }

  tests::TemporaryFolder folder_;
  std::optional<viewer::Session> session_;
  std::optional<viewer::Screen> screen_;

 private:
  void press(const std::string& name) {
    viewer::KeyPress key;
    if (name == "Enter") key.key = Key::enter;
    else if (name == "PageDown") key.key = Key::page_down;
    else if (name.starts_with("Alt ")) key = {Key::character, false, false, true, name[4]};
    else if (name.starts_with("Ctrl ")) key = {Key::character, true, false, false, name[5]};
    else FAIL() << "no such key: " << name;
    screen_->press(key);
  }
};

struct Task {
  const char* asked;
  const char* keys;
  std::vector<std::string> answers;
};

TEST_F(Tasks, AreAnsweredInAsManyKeystrokesAsTheReadmeSays) {
  const std::vector<Task> tasks = {
      {"What is Mrs García allergic to?", "garc<Enter>", {"Penicillin", "anaphylaxis"}},
      {"Who comes at ten?", "<Ctrl T><PageDown><PageDown>", {"10:00", "10:10"}},
      {"What does Mrs García take?", "garc<Enter><Alt 2><PageDown>", {"warfarin", "DOSE"}},
      {"What is Mrs García's telephone number?", "garc", {"555-0142"}},
      {"What was her last INR?", "garc<Enter><Alt 4>", {"INR", "2.7"}},
  };
  const std::string readme = tests::contents(fs::path(tests::kHouseRoot) / "README.md");
  for (const Task& task : tasks) {
    while (session_->page() != viewer::Page::search) session_->back();
    session_->back();
    session_->order_by_time(false);
    const std::size_t pressed = press_all(task.keys);
    for (const std::string& answer : task.answers)
      EXPECT_TRUE(shows(answer)) << task.asked << " lacks " << answer << "\n" << all_lines();
    EXPECT_NE(readme.find(std::string("| ") + task.asked + " |"), std::string::npos) << "the README lacks " << task.asked;
    const std::size_t line = readme.find(std::string("| ") + task.asked + " |");
    if (line == std::string::npos) continue;
    EXPECT_NE(readme.substr(line, readme.find('\n', line) - line).find("| " + std::to_string(pressed) + " |"), std::string::npos)
        << task.asked << " takes " << pressed;
  }
}

TEST_F(Tasks, AHitSaysWhoWhenAndWithWhomBeforeItIsOpened) {
  press_all("garc");
  for (const char* words : {"GARC\u00CDA-M\u00D8LLER", "14-Jul-1965", "61y", "female", "10442", "555-0142", "Springfield",
                            "Next: tomorrow 09:20, Dr Amara Okafor, Follow-up, potassium, Room 2"})
    EXPECT_TRUE(shows(words)) << words;
}

TEST_F(Tasks, TheDayIsListedByProviderAndTimeAndCtrlTListsItByTime) {
  const auto order = [&] {
    std::vector<std::string> listed;
    for (const app::ScheduleEntry& entry : session_->schedule())
      listed.push_back(entry.appointment.clinician + " " + app::format_time_of_day(entry.appointment.start.value()));
    return listed;
  };
  auto by_provider = order();
  ASSERT_EQ(by_provider.size(), 40u);
  EXPECT_TRUE(std::is_sorted(by_provider.begin(), by_provider.end()));
  EXPECT_EQ(by_provider.front().substr(0, 9), "Dr Okafor");
  EXPECT_TRUE(shows("40, by provider and time"));
  EXPECT_TRUE(shows("Dr Okafor")) << "above the first of them";
  press_all("<Ctrl T>");
  EXPECT_TRUE(shows("40, by time"));
  EXPECT_EQ(order().front(), "Dr Osei 08:00");
  EXPECT_EQ(order()[1], "Dr Okafor 08:10");
}

}  // namespace
