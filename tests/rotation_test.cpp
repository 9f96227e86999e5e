// Which copies stay, which go, and that no kill in between harms one that stays.
#include "exporter/copy/rotation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "app/snapshot/copy.h"
#include "exporter/options.h"
#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using exporter::GoodCopy;
using exporter::KeepPolicy;
using exporter::KeepVerdict;
using exporter::KeptAs;
using tests::SmallPractice;

constexpr std::int64_t kDay_s = 86'400;
constexpr char kZone[] = "America/New_York";

// What the policy says, put another way: the newest copy of a period, for each of the last so many periods with a copy.
std::set<std::string> expected(const std::vector<GoodCopy>& all, const KeepPolicy& policy) {
  std::set<std::string> stay;
  const auto take = [&](int most, auto period_of) {
    std::map<std::int64_t, const GoodCopy*> newest;
    for (const GoodCopy& copy : all) newest[period_of(app::local_date(copy.taken, kZone))] = &copy;
    std::vector<const GoodCopy*> by_number;
    for (const auto& [period, copy] : newest) by_number.push_back(copy);
    std::ranges::sort(by_number, [](const GoodCopy* a, const GoodCopy* b) { return a->sequence > b->sequence; });
    by_number.resize(std::min(by_number.size(), static_cast<std::size_t>(most)));
    for (const GoodCopy* copy : by_number) stay.insert(copy->name);
  };
  // Days since some Monday, by counting them.
  const auto days = [](const app::Date& date) {
    static const app::Date monday = app::read_date("2018-01-01").value();
    static std::map<int, std::int64_t> numbers;
    if (numbers.empty()) {
      for (int day = 0; day < 30'000; ++day) numbers[app::format_day_number(app::add_days(monday, day))] = day;
    }
    return numbers.at(app::format_day_number(date));
  };
  take(policy.nights, [&](const app::Date& date) { return days(date); });
  take(policy.weeks, [&](const app::Date& date) { return days(date) / 7; });
  take(policy.months, [](const app::Date& date) { return std::int64_t{date.year} * 100 + date.month; });
  take(policy.years, [](const app::Date& date) { return std::int64_t{date.year}; });
  for (std::size_t i = all.size() - std::min(all.size(), static_cast<std::size_t>(policy.floor)); i < all.size(); ++i) stay.insert(all[i].name);
  return stay;
}

std::set<std::string> staying(const std::vector<KeepVerdict>& verdicts) {
  std::set<std::string> names;
  for (const KeepVerdict& verdict : verdicts) {
    if (verdict.stays()) names.insert(verdict.copy.name);
  }
  return names;
}

// Three years of nights, some of which fail, some of which run by day too; after each good one the others go. `clock`
// gives the time that the computer believes on that day.
template <typename Clock>
void live_three_years(const KeepPolicy& policy, unsigned seed, Clock clock) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::vector<GoodCopy> ever, kept;
  int failing = 0;
  for (std::int64_t day = 0; day < 3 * 365; ++day) {
    if (failing == 0 && random() % 40 == 0) failing = static_cast<int>(random() % 30);
    if (failing > 0 && failing-- > 0) continue;
    for (std::uint32_t run = 0; run < 1 + (random() % 10 == 0 ? 3 : 0); ++run) {
      const app::Instant taken{clock(1'700'000'000 + day * kDay_s + run * 3600)};
      const std::uint64_t sequence = ever.size() + 1;
      ever.push_back({app::format_copy_name(taken, sequence), sequence, taken});
      kept.push_back(ever.back());
      const auto verdicts = exporter::judge_copies(kept, policy, kZone);
      ASSERT_EQ(verdicts.size(), kept.size());
      ASSERT_EQ(verdicts.front().copy.sequence, sequence);
      ASSERT_TRUE(verdicts.front().stays()) << "the newest verified copy went";
      const std::set<std::string> stay = staying(verdicts);
      ASSERT_GE(stay.size(), std::min(kept.size(), static_cast<std::size_t>(policy.floor)));
      std::erase_if(kept, [&](const GoodCopy& copy) { return stay.count(copy.name) == 0; });
      if (day % 50 == 0 || day > 3 * 365 - 3) {
        ASSERT_EQ(stay, expected(kept, policy)) << day;
      }
    }
  }
  // What was removed night by night is what one look at all three years would have removed.
  if (policy.floor <= policy.nights) {
    EXPECT_EQ(staying(exporter::judge_copies(kept, policy, kZone)), expected(ever, policy));
  }
}

TEST(Rotation, KeepsForThreeYearsOfNightsWhatThePolicySaysAndAlwaysTheNewest) {
  const auto right = [](std::int64_t time_s) { return time_s; };
  for (unsigned seed = 1; seed <= 4; ++seed) {
    live_three_years({}, seed, right);
    live_three_years({.nights = 1, .weeks = 0, .months = 0, .years = 0, .floor = 1}, seed, right);
    live_three_years({.nights = 30, .weeks = 52, .months = 36, .years = 10, .floor = 3}, seed, right);
    live_three_years({.nights = 3, .weeks = 2, .months = 2, .years = 1, .floor = 20}, seed, right);
  }
}

TEST(Rotation, NeverLosesTheNewestToAClockThatJumps) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    std::mt19937 random(seed);
    std::vector<GoodCopy> kept;
    const KeepPolicy policy;
    for (std::uint64_t number = 1; number <= 400; ++number) {
      std::int64_t time_s = 1'700'000'000 + static_cast<std::int64_t>(number) * kDay_s;
      if (random() % 5 == 0) time_s = static_cast<std::int64_t>(random()) * 2;
      kept.push_back({app::format_copy_name({time_s}, number), number, {time_s}});
      const auto verdicts = exporter::judge_copies(kept, policy, kZone);
      ASSERT_TRUE(verdicts.front().stays());
      ASSERT_EQ(verdicts.front().copy.sequence, number);
      const auto stay = staying(verdicts);
      std::erase_if(kept, [&](const GoodCopy& copy) { return stay.count(copy.name) == 0; });
      // The last ones made stay whatever they believe the time is.
      for (std::uint64_t recent = number > 6 ? number - 6 : 1; recent <= number; ++recent) {
        ASSERT_TRUE(std::ranges::any_of(kept, [&](const GoodCopy& copy) { return copy.sequence == recent; })) << recent;
      }
    }
    EXPECT_LE(kept.size(), 14u + 8 + 12 + 3 + 7);
  }
}

TEST(Rotation, NightsThatFailUseNothingUp) {
  std::vector<GoodCopy> copies;
  for (std::uint64_t number = 1; number <= 20; ++number) copies.push_back({std::to_string(number), number, {1'700'000'000 + static_cast<std::int64_t>(number) * kDay_s}});
  const auto before = staying(exporter::judge_copies(copies, {}, kZone));
  // A year without a night: nothing of that changes, whatever the date is now.
  EXPECT_EQ(staying(exporter::judge_copies(copies, {}, kZone)), before);
  EXPECT_GE(before.size(), 14u);
}

TEST(Rotation, CopiesBetweenTheNightsStayForTheirDayAndPushNoNightOut) {
  std::vector<GoodCopy> kept;
  KeepPolicy policy{.nights = 5, .weeks = 2, .months = 0, .years = 0, .floor = 3};
  policy.hours = 24;
  std::uint64_t number = 0;
  std::set<std::string> nights;
  for (std::int64_t day = 0; day < 40; ++day) {
    const bool night_fails = day == 37;
    for (int run = 0; run < 13; ++run) {
      if (run == 0 && night_fails) continue;
      // At two, then from eight to seven, New York's time.
      const app::Instant taken{1'700'028'000 + day * kDay_s + (run == 0 ? 0 : run + 5) * 3600};
      kept.push_back({app::format_copy_name(taken, ++number), number, taken, run != 0});
      if (run == 0) nights.insert(kept.back().name);
      const auto stay = staying(exporter::judge_copies(kept, policy, kZone));
      ASSERT_TRUE(stay.count(kept.back().name));
      std::erase_if(kept, [&](const GoodCopy& copy) { return stay.count(copy.name) == 0; });
    }
    const auto of_nights = std::ranges::count_if(kept, [&](const GoodCopy& copy) { return nights.count(copy.name) != 0; });
    const auto between = static_cast<std::int64_t>(kept.size()) - of_nights;
    // The whole of today; of the day without a night its last one, in that night's place.
    if (day < 37) { ASSERT_EQ(between, 12) << day; }
    if (day > 37) { ASSERT_EQ(between, 13) << day; }
    if (day > 10 && day < 37) { ASSERT_GE(of_nights, 5) << day; }
    if (day > 37) { ASSERT_GE(of_nights, 4) << day; }
  }
  policy.hours = 2;
  EXPECT_EQ(std::ranges::count_if(exporter::judge_copies(kept, policy, kZone), [](const KeepVerdict& verdict) {
    return std::ranges::find(verdict.reasons, KeptAs::of_hour) != verdict.reasons.end();
  }), 2);
}

// A folder of small copies with the numbers 1 to `count`, as many as nights.
class RotationFolder : public testing::Test {
 protected:
  void SetUp() override {
    auto made = tests::make_practice(temporary_.path());
    ASSERT_TRUE(made.ok());
    practice_.emplace(std::move(made).value());
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(tests::run_small_night(*practice_, tests::invented_charts(2)).ok());
  }
  exporter::RotationPlace place(KeepPolicy keep) const { return {"stick", practice_->copies, keep}; }
  exporter::RotationRules rules() const { return {practice_->signing_key.verifying_key(), kZone, practice_->folder}; }
  std::vector<std::uint64_t> numbers() const {
    std::vector<std::uint64_t> there;
    for (const app::FoundCopy& copy : app::list_copies(practice_->copies)) there.push_back(copy.sequence);
    return there;
  }

  const tests::TemporaryFolder temporary_;
  std::optional<tests::Practice> practice_;
  static constexpr KeepPolicy kOne{.nights = 1, .weeks = 0, .months = 0, .years = 0, .floor = 1};
};

TEST_F(RotationFolder, LosesWhatIsNoLongerKeptAndSaysSoBeforehandAndInTheLog) {
  const auto plan = exporter::plan_rotation(place(kOne), rules());
  EXPECT_EQ(numbers().size(), 4u);
  EXPECT_EQ(std::ranges::count_if(plan.verdicts, &KeepVerdict::stays), 1);
  const auto done = exporter::rotate(place(kOne), rules(), "", {1'800'000'000});
  EXPECT_FALSE(done.fault) << done.fault->what;
  EXPECT_EQ(numbers(), std::vector<std::uint64_t>{4});
  const std::string log = tests::contents(practice_->folder / "removals.log");
  for (const std::string& name : done.removed) EXPECT_NE(log.find("2027-01-15T08:00:00Z " + name + " removed from stick"), std::string::npos) << log;
  EXPECT_EQ(std::ranges::count(log, '\n'), 3);
}

TEST_F(RotationFolder, NeverLosesTheLastCopyThatCanBeReliedOn) {
  // The newest one's charts are damaged where only reading them shows it.
  const auto newest = app::list_copies(practice_->copies).front().folder;
  {
    std::fstream charts(newest / app::kChartsName, std::ios::in | std::ios::out | std::ios::binary);
    charts.seekp(5000);
    charts << "damage";
  }
  const auto refused = exporter::rotate(place(kOne), rules(), "", {1'800'000'000});
  ASSERT_TRUE(refused.fault);
  EXPECT_EQ(refused.fault->code, app::Code::not_verified);
  EXPECT_EQ(numbers().size(), 4u);
  // One of which even the size is wrong counts for nothing, and nobody removes it.
  fs::resize_file(newest / app::kChartsName, 100);
  const auto done = exporter::rotate(place(kOne), rules(), "", {1'800'000'000});
  EXPECT_FALSE(done.fault);
  EXPECT_EQ(numbers(), (std::vector<std::uint64_t>{4, 3}));
  ASSERT_EQ(done.left_alone.size(), 1u);
}

TEST_F(RotationFolder, LosesNothingWhereTheNumbersBeganAnew) {
  const auto copies = app::list_copies(practice_->copies);
  // Tonight's is number 2, since the exporter's disk was replaced; 3 and 4 are of the disk before.
  const auto refused = exporter::rotate(place(kOne), rules(), copies[2].folder.filename().string(), {1'800'000'000});
  ASSERT_TRUE(refused.fault);
  EXPECT_EQ(refused.fault->code, app::Code::not_verified);
  EXPECT_NE(refused.fault->what.find("higher number"), std::string::npos) << refused.fault->what;
  EXPECT_EQ(numbers(), (std::vector<std::uint64_t>{4, 3, 2, 1}));
}

TEST_F(RotationFolder, TouchesNobodyElsesCopies) {
  const tests::TemporaryFolder elsewhere;
  const auto other = tests::make_practice(elsewhere.path());
  ASSERT_TRUE(other.ok() && tests::run_small_night(other.value(), tests::invented_charts(1)).ok());
  const auto theirs = app::list_copies(other.value().copies).front().folder;
  fs::copy(theirs, practice_->copies / "2020-01-01T000000Z-000001", fs::copy_options::recursive);
  fs::create_directories(practice_->copies / "holiday pictures");
  const auto done = exporter::rotate(place(kOne), rules(), "", {1'800'000'000});
  EXPECT_FALSE(done.fault);
  EXPECT_EQ(numbers(), (std::vector<std::uint64_t>{4, 1}));
  EXPECT_TRUE(fs::exists(practice_->copies / "holiday pictures"));
}

// Each of whose nights keeps two copies only, with documents.
void keep_two(const SmallPractice& practice) {
  std::string text = tests::contents(practice.config());
  for (const auto& [key, number] : {std::pair("nights = 14", "nights = 1"), std::pair("weeks = 8", "weeks = 0"), std::pair("months = 12", "months = 0"),
                                    std::pair("years = 3", "years = 0"), std::pair("floor = 7", "floor = 2")}) {
    const auto at = text.find(key);
    ASSERT_NE(at, std::string::npos) << key;
    text.replace(at, std::string(key).size(), number);
  }
  tests::write(practice.config(), text);
}

std::set<std::string> volumes_named(const fs::path& home) {
  std::set<std::string> named;
  for (const app::FoundCopy& copy : app::list_copies(home)) {
    const auto info = app::read_copy(copy.folder, app::Check::hashes);
    EXPECT_TRUE(info.ok()) << copy.folder << ": " << info.error().what;
    if (!info.ok()) continue;
    for (const app::FoundVolume& volume : info.value().volumes) EXPECT_FALSE(volume.fault) << copy.folder;
    for (const app::ManifestVolume& volume : info.value().manifest.volumes) named.insert(volume.name + ".db");
  }
  return named;
}

std::set<std::string> volumes_there(const fs::path& home) {
  std::set<std::string> there;
  for (const auto& file : fs::directory_iterator(home / "volumes")) there.insert(file.path().filename().string());
  return there;
}

TEST(Rotation, OfANightRemovesTheVolumesThatNoKeptCopyNamesAndNoneThatIsNamed) {
  const SmallPractice practice({.emr = tests::SmallEmr::fhir});
  keep_two(practice);
  for (int night = 0; night < 4; ++night) {
    practice.scan_something();
    const auto outcome = tests::run_night(practice);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  }
  for (const fs::path& home : practice.homes_of_copies()) {
    EXPECT_EQ(app::list_copies(home).size(), 2u) << home;
    EXPECT_EQ(volumes_there(home), volumes_named(home)) << home;
    EXPECT_GE(volumes_there(home).size(), 2u) << home;
  }
}

TEST(Rotation, ThatIsKilledAnywhereLeavesEveryKeptCopyWhole) {
  const SmallPractice practice({.emr = tests::SmallEmr::fhir});
  keep_two(practice);
  const auto fill = [&] {
    while (app::list_copies(practice.root() / "stick").size() < 4) {
      practice.scan_something();
      const auto night = tests::run_night(practice);
      ASSERT_EQ(night.exit_code, 0) << night.out << night.err;
      // The two that it removed come back from where the test put them.
      for (const auto& kept : fs::directory_iterator(practice.beside())) {
        if (!kept.is_directory()) continue;
        fs::copy(kept.path(), practice.root() / "stick", fs::copy_options::recursive | fs::copy_options::skip_existing);
      }
      fs::create_directories(practice.beside() / "stick");
      fs::copy(practice.root() / "stick", practice.beside() / "stick", fs::copy_options::recursive | fs::copy_options::skip_existing);
    }
  };
  fill();
  if (testing::Test::HasFatalFailure()) return;
  const std::vector<std::string> rotate{"rotate", "--destination", "stick", "--config", practice.config().string()};
  const auto clean = tests::run_night(practice, {.command = rotate});
  ASSERT_EQ(clean.exit_code, 0) << clean.err;
  const std::size_t calls = tests::count_calls(clean, "cwsnu", practice.root() / "stick");
  ASSERT_GT(calls, 4u);
  const auto kept = app::list_copies(practice.root() / "stick");
  ASSERT_EQ(kept.size(), 2u);
  int kills = 0;
  for (std::size_t number = 1; number <= calls; ++number) {
    SCOPED_TRACE(number);
    fs::remove_all(practice.root() / "stick");
    fs::copy(practice.beside() / "stick", practice.root() / "stick", fs::copy_options::recursive);
    ASSERT_EQ(app::list_copies(practice.root() / "stick").size(), 4u);
    const auto night = tests::run_night(practice, {.fault = tests::fault("kill", number, "once", "cwsnu", practice.root() / "stick"), .command = rotate});
    kills += night.killed();
    const auto there = app::list_copies(practice.root() / "stick");
    ASSERT_GE(there.size(), 2u);
    EXPECT_EQ(there[0].folder, kept[0].folder);
    EXPECT_EQ(there[1].folder, kept[1].folder);
    volumes_named(practice.root() / "stick");
    EXPECT_EQ(tests::run_night(practice, {.command = rotate}).exit_code, 0);
    EXPECT_EQ(app::list_copies(practice.root() / "stick").size(), 2u);
    EXPECT_EQ(volumes_there(practice.root() / "stick"), volumes_named(practice.root() / "stick"));
    for (const auto& entry : fs::directory_iterator(practice.root() / "stick")) {
      EXPECT_FALSE(entry.path().filename().string().starts_with(".removing-")) << entry.path();
    }
  }
  EXPECT_GE(kills, 8);
}

TEST(Rotation, IsListedByDryRunAndRemovesNothingThere) {
  const SmallPractice practice;
  keep_two(practice);
  const auto copies = practice.copies();
  const auto first = app::list_copies(copies).front().folder;
  fs::copy(first, practice.beside() / "saved", fs::copy_options::recursive);
  for (int night = 0; night < 2; ++night) ASSERT_EQ(tests::run_night(practice).exit_code, 0);
  fs::copy(practice.beside() / "saved", first, fs::copy_options::recursive);
  const auto outcome = tests::run("$NIGHTCHART rotate --dry-run --config " + practice.config().string());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("the folder of copies: 3 copies, of which 1 would be removed"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("WOULD GO  " + first.filename().string()), std::string::npos) << outcome.out;
  EXPECT_TRUE(fs::exists(first));
}

}  // namespace
