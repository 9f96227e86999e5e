// When a run between two nights may leave the newest copy as it is, and when not.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "exporter/change_mark.h"
#include "exporter/options.h"
#include "tests/command.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using tests::NightOutcome;
using tests::SmallPractice;

NightOutcome run(const SmallPractice& practice, std::vector<std::string> command) {
  return tests::run_night(practice, {.without_journal = true, .command = std::move(command)});
}

// Somebody works with the EMR.
void change_a_patient(const SmallPractice& practice) {
  const auto changed = tests::run("sqlcipher '" + practice.emr().string() +
                                  "' \"UPDATE patients SET mrn = mrn || '7' WHERE rowid = 1\"");
  ASSERT_EQ(changed.exit_code, 0) << changed.err;
}

TEST(Hourly, MakesACopyWhenWhatItCarriesBesideChartsHasChanged) {
  const SmallPractice practice;
  const std::string config = tests::contents(practice.config());
  tests::write(practice.beside() / "passphrase", "zuvalop kirrenth ombawy desquil tarvonic\n");
  const std::string passphrase = " --passphrase-file " + (practice.beside() / "passphrase").string();
  const auto said = [&](const std::string& command) {
    const auto done = tests::run("$NIGHTCHART " + command + " --config " + practice.config().string());
    EXPECT_EQ(done.exit_code, 0) << command << done.err;
  };
  const std::vector<std::pair<std::string, std::function<void()>>> changes = {
      {"the settings", [&] { tests::write(practice.config(), config + "\n# another word\n"); }},
      {"a keyholder more", [&] { said("keyholder add doctor" + passphrase); }},
      {"a keyholder less", [&] { said("keyholder remove doctor"); }},
      {"an officer", [&] { said("log officer \"Dr Hart\"" + passphrase); }},
  };
  ASSERT_NE(run(practice, {"night", "--hourly"}).out.find("nothing changed"), std::string::npos);
  for (const auto& [what, change] : changes) {
    const std::string before = tests::newest_whole_copy(practice.copies());
    change();
    const NightOutcome made = run(practice, {"night", "--hourly"});
    EXPECT_EQ(made.exit_code, 0) << what << made.err;
    EXPECT_GT(tests::newest_whole_copy(practice.copies()), before) << what << made.out;
  }
}

TEST(Hourly, KnowsByItsContentWhateverACopyCarriesBesideCharts) {
  const SmallPractice practice;
  auto read = exporter::read_options(practice.config());
  ASSERT_TRUE(read.ok());
  exporter::Options& options = read.value();
  const fs::path place = practice.beside() / "carried";
  fs::create_directories(place / "forms");
  fs::create_directories(place / "pack/sub");
  options.binder.contacts_file = place / "contacts.toml";
  options.sheet_template = place / "sheet.toml";
  options.policy.list = place / "list.txt";
  options.paper.forms = place / "forms";
  options.emr.pack = place / "pack";
  std::string before = exporter::read_carried_mark(options);
  for (const fs::path& file : {options.file, options.binder.contacts_file, options.sheet_template, options.policy.list,
                              place / "forms/consent.form", place / "pack/sub/patients.sql"}) {
    for (const std::string text : {"one", "two"}) {
      tests::write(file, text);
      const std::string now = exporter::read_carried_mark(options);
      EXPECT_NE(now, before) << file << text;
      before = now;
      tests::write(file, text);
      EXPECT_EQ(exporter::read_carried_mark(options), now) << "written, and the same " << file;
    }
  }
  tests::write(place / "forms/.consent.form.swp", "an editor's own");
  EXPECT_EQ(exporter::read_carried_mark(options), before);
  options.run.shard = {2, 3};
  EXPECT_NE(exporter::read_carried_mark(options), before);
}

TEST(Hourly, MakesNoCopyForAPlaceThatIsNotThereAndOneAsSoonAsItIsBack) {
  const SmallPractice practice;
  const fs::path stick = practice.root() / "stick", home = practice.beside() / "at-home";
  fs::rename(stick, home);
  change_a_patient(practice);
  EXPECT_NE(run(practice, {"night", "--hourly"}).exit_code, 0) << "a copy that did not come everywhere";
  const std::string made = tests::newest_whole_copy(practice.copies());
  for (int hour = 0; hour < 2; ++hour) {
    const NightOutcome still = run(practice, {"night", "--hourly"});
    EXPECT_EQ(still.exit_code, 0) << still.out << still.err;
    EXPECT_NE(still.out.find("nothing changed"), std::string::npos) << still.out;
    EXPECT_NE(still.out.find("stick"), std::string::npos) << "who waits for a copy is named\n" << still.out;
    EXPECT_EQ(tests::newest_whole_copy(practice.copies()), made);
  }
  fs::rename(home, stick);
  const NightOutcome back = run(practice, {"night", "--hourly"});
  EXPECT_EQ(back.exit_code, 0) << back.out << back.err;
  for (const fs::path& place : practice.homes_of_copies()) EXPECT_GT(tests::newest_whole_copy(place), made) << place;
}

TEST(Hourly, MakesNoCopyForAPlaceOnWhichNothingIsMounted) {
  const SmallPractice practice;
  const std::string config = tests::contents(practice.config()), path = "path = \"" + (practice.root() / "stick").string() + "\"";
  ASSERT_NE(config.find(path), std::string::npos) << config;
  tests::write(practice.config(), std::string(config).replace(config.find(path), path.size(), path + "\nmust_be_mounted = true"));
  EXPECT_NE(run(practice, {"night", "--hourly"}).exit_code, 0) << "the settings are others, the place is not there";
  const std::string made = tests::newest_whole_copy(practice.copies());
  fs::remove_all(practice.root() / "stick" / made);
  const NightOutcome still = run(practice, {"night", "--hourly"});
  EXPECT_NE(still.out.find("nothing changed"), std::string::npos) << still.out << still.err;
  EXPECT_EQ(tests::newest_whole_copy(practice.copies()), made);
}

}  // namespace
