// The copies that are not the night's: the last one before the power goes, and those between two nights.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "app/snapshot/copy.h"
#include "exporter/change_mark.h"
#include "exporter/nightly.h"
#include "exporter/report/night_record.h"
#include "exporter/time_limit.h"
#include "tests/command.h"
#include "tests/night_faults.h"
#include "tests/running_program_posix.h"

namespace {

namespace fs = std::filesystem;
using tests::NightOutcome;
using tests::SmallEmr;
using tests::SmallPractice;

constexpr int kOutOfTime = static_cast<int>(app::Code::out_of_time);

NightOutcome run(const SmallPractice& practice, std::vector<std::string> command) {
  return tests::run_night(practice, {.without_journal = true, .command = std::move(command)});
}

app::Manifest newest(const fs::path& folder) {
  const auto info = app::read_copy(folder, app::Check::hashes);
  EXPECT_TRUE(info.ok()) << folder;
  return info.ok() ? info.value().manifest : app::Manifest{};
}

bool has_paper(const app::Manifest& manifest) {
  return std::ranges::any_of(manifest.files, [](const app::ManifestFile& file) { return file.name.starts_with("binder/"); });
}

// When what was written until now has come to rest.
app::Instant soon() { return {app::now().s + 10}; }

// Somebody works with the EMR.
void change_a_patient(const SmallPractice& practice) {
  const auto changed = tests::run("sqlcipher '" + practice.emr().string() +
                                  "' \"UPDATE patients SET mrn = mrn || '7' WHERE rowid = 1\"");
  ASSERT_EQ(changed.exit_code, 0) << changed.err;
}

TEST(OnBattery, ACopyOfChartsAndScheduleIsMadeEverywhereAndSaysWhatItIs) {
  const SmallPractice practice({.emr = SmallEmr::fhir, .paper = true});
  const std::string before = tests::newest_whole_copy(practice.copies());
  ASSERT_TRUE(has_paper(newest(practice.copies())));
  const std::string report = tests::contents(practice.root() / "practice/reports/report.txt");
  practice.scan_something();
  const NightOutcome last = run(practice, {"night", "--on-battery"});
  EXPECT_EQ(last.exit_code, 0) << last.out << last.err;
  EXPECT_NE(last.out.find("ON BATTERY"), std::string::npos) << last.out;
  for (const fs::path& home : practice.homes_of_copies()) {
    EXPECT_GT(tests::newest_copy_to_the_last_chart(home), before) << home;
    const app::Manifest manifest = newest(home);
    EXPECT_EQ(manifest.occasion, app::Occasion::battery);
    EXPECT_EQ(manifest.counts.at("patients"), 3u);
    EXPECT_FALSE(has_paper(manifest));
    EXPECT_TRUE(fs::exists(home / before)) << "yesterday's copy is in no danger";
  }
  EXPECT_TRUE(tests::litter(practice).empty());
  EXPECT_EQ(tests::contents(practice.root() / "practice/reports/report.txt"), report) << "the night's page stays";
  const auto status = tests::run("$NIGHTCHART status --config " + practice.config().string());
  EXPECT_NE(status.out.find("taken on battery at"), std::string::npos) << status.out;
  // The scan that it had no time for comes with the night.
  EXPECT_NE(last.out.find("come with the next night's copy"), std::string::npos) << last.out;
  tests::expect_a_good_night(practice, before);
  EXPECT_EQ(newest(practice.copies()).occasion, app::Occasion::night);
}

TEST(OnBattery, WhenTheTimeRunsOutYesterdaysCopyStaysAndNothingHalfMadeIsLeft) {
  const SmallPractice practice;
  const std::string before = tests::newest_whole_copy(practice.copies());
  auto options = exporter::read_options(practice.config());
  ASSERT_TRUE(options.ok());
  options.value().run = {app::Occasion::battery, 1, {}};
  const auto slow = [](const std::string& step) {
    if (step == "Opening the EMR") std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  };
  const auto ended = exporter::run_night(options.value(), app::now(), {slow});
  ASSERT_FALSE(ended.ok());
  EXPECT_EQ(ended.error().code, app::Code::out_of_time);
  for (const fs::path& home : practice.homes_of_copies()) EXPECT_EQ(tests::newest_whole_copy(home), before);
  EXPECT_TRUE(tests::litter(practice).empty());
  tests::expect_a_good_night(practice, before);
}

// A remote that never answers, by a shell with a child of its own; it is named before the laptop.
std::string add_hanging_remote(const SmallPractice& practice) {
  const std::string config = tests::contents(practice.config());
  tests::write(practice.beside() / "rclone", "#!/bin/sh\nsleep 47.11\n");
  fs::permissions(practice.beside() / "rclone", fs::perms(0755));
  tests::write(practice.config(), std::string(config).insert(config.find("[[destination]]"),
                                                             "[[destination]]\nname = \"office\"\nkind = \"rclone\"\nremote = \"office:copies\"\nbetween_nights = true\n"));
  return config;
}

NightOutcome run_with_remote(const SmallPractice& practice, std::vector<std::string> command) {
  return tests::run_night(practice, {.without_journal = true, .command = std::move(command), .prefix = "export PATH='" + practice.beside().string() + "':\"$PATH\";"});
}

TEST(OnBattery, APlaceThatHangsIsGivenUpAndSaidAndTheCopyIsEverywhereElse) {
  const SmallPractice practice;
  const std::string before = tests::newest_whole_copy(practice.copies()), config = add_hanging_remote(practice);
  const NightOutcome hanging = run_with_remote(practice, {"night", "--on-battery", "--within", "8"});
  EXPECT_FALSE(hanging.hung);
  EXPECT_EQ(hanging.exit_code, kOutOfTime) << hanging.out << hanging.err;
  EXPECT_NE(hanging.err.find("Copying to office"), std::string::npos) << hanging.err;
  for (const fs::path& home : practice.homes_of_copies()) EXPECT_GT(tests::newest_whole_copy(home), before) << home;
  EXPECT_NE(tests::run("pgrep -fx 'sleep 47.11'").exit_code, 0) << "what the transfer began goes on without anybody";
  // What it made is told, there and later.
  EXPECT_NE(hanging.out.find("the copy is made, but there was no time left for office."), std::string::npos) << hanging.out;
  EXPECT_NE(hanging.out.find("laptop: copied and checked there"), std::string::npos) << hanging.out;
  const std::string page = tests::contents(practice.root() / "practice/reports/report-battery.txt");
  EXPECT_NE(page.find("RESULT: the copy is made, but there was no time left for office."), std::string::npos) << page;
  const auto status = tests::run("$NIGHTCHART status --config " + practice.config().string());
  EXPECT_NE(status.out.find("was made just now, but: There was no time left to copy it to office."), std::string::npos) << status.out;
  EXPECT_EQ(status.out.find("FAILED"), std::string::npos) << status.out;
  tests::write(practice.config(), config);
  tests::expect_a_good_night(practice, before);
}

TEST(OnBattery, ACopyThatIsMadeIsRememberedThoughNoTimeIsLeftForItsPlaces) {
  const SmallPractice practice;
  auto options = exporter::read_options(practice.config());
  ASSERT_TRUE(options.ok());
  options.value().run = {app::Occasion::day, 4, {}};
  tests::run("sqlcipher '" + practice.emr().string() + "' \"UPDATE patients SET mrn = mrn || '7' WHERE rowid = 1\"");
  const auto slow = [](const std::string& step) {
    if (step == "Copying to stick") std::this_thread::sleep_for(std::chrono::milliseconds(4000));
  };
  const auto ended = exporter::run_night(options.value(), app::now(), {slow});
  ASSERT_TRUE(ended.ok()) << ended.error().what;
  EXPECT_EQ(exporter::exit_code_of(ended.value()), kOutOfTime);
  const exporter::NightRecord record = exporter::make_record({app::now(), 4, &ended.value(), std::nullopt, app::Occasion::day});
  EXPECT_TRUE(record.published);
  EXPECT_EQ(exporter::missed_words(record.places), "there was no time left for stick, laptop");
  EXPECT_TRUE(ended.value().rotation.fault) << "what was not done for want of time is said";
}

TEST(Hourly, WhoseTimeEndsInTheMiddleOfACopyLeavesNothingThatTheNextRunDoesNotRemove) {
  const SmallPractice practice;
  const std::string before = tests::newest_whole_copy(practice.copies());
  change_a_patient(practice);
  const auto wait = [](int) { std::this_thread::sleep_for(std::chrono::seconds(5)); };
  const NightOutcome late = tests::run_night(practice, {.fault = tests::fault("stop", 2, "once", "w", practice.root() / "stick"), .on_stop = wait,
                                                        .command = {"night", "--hourly", "--within", "5"}});
  EXPECT_EQ(late.exit_code, kOutOfTime) << late.out << late.err;
  EXPECT_NE(late.out.find("the copy is made, but there was no time left for"), std::string::npos) << late.out;
  EXPECT_EQ(tests::newest_whole_copy(practice.root() / "laptop"), before);
  const std::string made = tests::newest_whole_copy(practice.copies());
  EXPECT_GT(made, before);
  // Nothing changed since; but not every place has it.
  const NightOutcome next = run(practice, {"night", "--hourly"});
  EXPECT_EQ(next.exit_code, 0) << next.out << next.err;
  EXPECT_TRUE(tests::litter(practice).empty());
  for (const fs::path& home : practice.homes_of_copies()) EXPECT_GT(tests::newest_whole_copy(home), made) << home;
}

TEST(OnBattery, ARunThatIsUnderWayIsWaitedForAndWhatStillFailsIsTold) {
  const SmallPractice practice;
  const std::string before = tests::newest_whole_copy(practice.copies()), config = tests::contents(practice.config());
  const fs::path lock = practice.config().parent_path() / ".night.lock", told = practice.beside() / "told";
  const std::string table = "\n[report]";
  tests::write(practice.config(), std::string(config).replace(config.find(table), table.size(), "\n[report]\non_failure = \"touch '" + told.string() + "'\"\n#"));
  {
    const tests::RunningProgram short_run("flock -o '" + lock.string() + "' sleep 2");
    ASSERT_TRUE(tests::wait_until([&] { return tests::run("flock -n '" + lock.string() + "' true").exit_code != 0; }));
    const NightOutcome waited = run(practice, {"night", "--on-battery", "--within", "60"});
    EXPECT_EQ(waited.exit_code, 0) << waited.err;
    for (const fs::path& home : practice.homes_of_copies()) EXPECT_GT(tests::newest_whole_copy(home), before) << home;
    EXPECT_FALSE(fs::exists(told));
  }
  const tests::RunningProgram long_run("flock -o '" + lock.string() + "' sleep 60");
  ASSERT_TRUE(tests::wait_until([&] { return tests::run("flock -n '" + lock.string() + "' true").exit_code != 0; }));
  EXPECT_EQ(run(practice, {"night", "--on-battery", "--within", "2"}).exit_code, static_cast<int>(app::Code::busy));
  EXPECT_TRUE(fs::exists(told));
}

TEST(TimeLimit, OfZeroNeverEndsAndAnyOtherEndsOnce) {
  EXPECT_TRUE(exporter::TimeLimit(0).check().ok());
  int ended = 0;
  {
    const exporter::TimeLimit limit(1, [&ended] { ++ended; });
    EXPECT_TRUE(limit.check().ok());
    EXPECT_TRUE(tests::wait_until([&] { return limit.is_near(); }));
    EXPECT_TRUE(tests::wait_until([&] { return ended == 1; }));
  }
  { const exporter::TimeLimit in_time(3600, [&ended] { ++ended; }); }
  EXPECT_EQ(ended, 1);
}

TEST(Hourly, MakesNoCopyWhileNobodyTouchesTheEmrAndOneOfChartsWhenSomebodyDoes) {
  const SmallPractice practice({.paper = true});
  const std::string before = tests::newest_whole_copy(practice.copies());
  const NightOutcome still = run(practice, {"night", "--hourly"});
  EXPECT_EQ(still.exit_code, 0) << still.err;
  EXPECT_NE(still.out.find("nothing changed"), std::string::npos) << still.out;
  EXPECT_EQ(tests::newest_whole_copy(practice.copies()), before);
  // Touched, and the same to the letter: read, and no copy either.
  fs::last_write_time(practice.emr(), fs::file_time_type::clock::now());
  const NightOutcome same = run(practice, {"night", "--hourly"});
  EXPECT_NE(same.out.find("to the letter"), std::string::npos) << same.out << same.err;
  EXPECT_EQ(tests::newest_whole_copy(practice.copies()), before);
  EXPECT_TRUE(tests::litter(practice).empty());
  change_a_patient(practice);
  const NightOutcome changed = run(practice, {"night", "--hourly"});
  EXPECT_EQ(changed.exit_code, 0) << changed.out << changed.err;
  for (const fs::path& home : practice.homes_of_copies()) {
    EXPECT_GT(tests::newest_whole_copy(home), before);
    EXPECT_EQ(newest(home).occasion, app::Occasion::day);
    EXPECT_FALSE(has_paper(newest(home)));
  }
  EXPECT_TRUE(tests::litter(practice).empty());
}

TEST(Hourly, SeesWhatIsWrittenToADatabaseThatALinkNames) {
  const SmallPractice practice;
  auto options = exporter::read_options(practice.config());
  ASSERT_TRUE(options.ok());
  fs::create_symlink(practice.emr(), practice.beside() / "link.db");
  options.value().emr.url = "sqlite://" + (practice.beside() / "link.db").string();
  const std::string before = exporter::read_change_mark(options.value(), soon());
  ASSERT_FALSE(before.empty());
  // As a writer does that keeps the database open.
  tests::write(practice.emr().string() + "-wal", "new");
  EXPECT_NE(exporter::read_change_mark(options.value(), soon()), before);
}

TEST(Hourly, SeesWhatIsWrittenInTheSameLengthWithTheOldTimeGivenBack) {
  for (const SmallEmr emr : {SmallEmr::fhir, SmallEmr::sqlite}) {
    const SmallPractice practice({.emr = emr});
    const auto options = exporter::read_options(practice.config());
    ASSERT_TRUE(options.ok());
    const fs::path file = emr == SmallEmr::sqlite ? practice.emr() : fs::directory_iterator(practice.emr())->path();
    const std::string before = exporter::read_change_mark(options.value(), soon()), bytes = tests::contents(file);
    ASSERT_FALSE(before.empty());
    EXPECT_EQ(exporter::read_change_mark(options.value(), soon()), before);
    const auto time = fs::last_write_time(file);
    // The system's own time goes by ticks.
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    tests::write(file, std::string(bytes.size(), '7'));
    fs::last_write_time(file, time);
    const std::string written = exporter::read_change_mark(options.value(), soon());
    EXPECT_NE(written, before) << "in place";
    tests::write(practice.beside() / "other", bytes);
    fs::last_write_time(practice.beside() / "other", time);
    fs::rename(practice.beside() / "other", file);
    EXPECT_NE(exporter::read_change_mark(options.value(), soon()), before) << "put in its place";
  }
}

TEST(Hourly, TrustsNoFileThatWasWrittenJustNow) {
  const SmallPractice practice({.emr = SmallEmr::fhir});
  const auto options = exporter::read_options(practice.config());
  ASSERT_TRUE(options.ok());
  const fs::path file = fs::directory_iterator(practice.emr())->path();
  tests::write(file, tests::contents(file));
  EXPECT_EQ(exporter::read_change_mark(options.value(), app::now()), "");
  EXPECT_NE(exporter::read_change_mark(options.value(), soon()), "");
  // A time that is set back makes it no older.
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(5));
  EXPECT_EQ(exporter::read_change_mark(options.value(), app::now()), "");
}

TEST(Hourly, ReadsOnceWhatWasTouchedAndIsTheSameAndThenNoMore) {
  const SmallPractice practice;
  fs::last_write_time(practice.emr(), fs::file_time_type::clock::now());
  std::this_thread::sleep_for(std::chrono::milliseconds(3100));
  const NightOutcome same = run(practice, {"night", "--hourly"});
  EXPECT_NE(same.out.find("to the letter"), std::string::npos) << "touched, and not changed\n" << same.out << same.err;
  const NightOutcome still = run(practice, {"night", "--hourly"});
  EXPECT_NE(still.out.find("nobody has written to the EMR's files since"), std::string::npos) << still.out << still.err;
}

TEST(Hourly, ComesToADestinationThatLacksTheNewestCopyThoughNothingChanged) {
  const SmallPractice practice;
  const std::string before = tests::newest_whole_copy(practice.copies());
  fs::remove_all(practice.root() / "stick" / before);
  const NightOutcome again = run(practice, {"night", "--hourly"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_GT(tests::newest_whole_copy(practice.root() / "stick"), before);
}

TEST(Hourly, ThatFailsIsNoFailedNight) {
  const SmallPractice practice;
  fs::rename(practice.emr(), practice.beside() / "away");
  EXPECT_NE(run(practice, {"night", "--hourly"}).exit_code, 0);
  const auto status = tests::run("$NIGHTCHART status --config " + practice.config().string());
  EXPECT_NE(status.out.find("Between nights"), std::string::npos) << status.out;
  EXPECT_NE(status.out.find("done just now"), std::string::npos) << "the night itself was good\n" << status.out;
  fs::rename(practice.beside() / "away", practice.emr());
}

TEST(Hourly, LeavesThePacketOfTheMorningToBePrinted) {
  const SmallPractice practice({.paper = true});
  change_a_patient(practice);
  ASSERT_EQ(run(practice, {"night", "--hourly"}).exit_code, 0);
  tests::write(practice.beside() / "passphrase", std::string(tests::kPassphrase) + "\n");
  const std::string out = (practice.beside() / "packet.pdf").string();
  const auto printed = tests::run("$NIGHTCHART print " + practice.copies().string() + " packet --passphrase-file " +
                                  (practice.beside() / "passphrase").string() + " --out " + out);
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_TRUE(tests::contents(out).starts_with("%PDF")) << printed.out;
}

}  // namespace
