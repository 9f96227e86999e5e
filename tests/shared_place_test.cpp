// Several exporters bring their copies to one stick, each at its own time or at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "app/snapshot/copy.h"
#include "app/snapshot/volume_files.h"
#include "exporter/copy/destinations.h"
#include "exporter/copy/practice_keys.h"
#include "tests/command.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using tests::SmallEmr;
using tests::SmallPractice;

constexpr char kTheirs[] = ".incoming-0123456789ABCDEF0123-2026-11-22T020004Z-000007";
const std::string kTheirVolume(32, '7');

app::PublicKey signer_of(const SmallPractice& practice) {
  const auto key = exporter::read_signing_key(practice.root() / "practice");
  EXPECT_TRUE(key.ok());
  return key.value().verifying_key();
}

TEST(SharedPlace, NothingThatAnotherExporterBringsIsTouchedAndWhatThisOneLeftGoes) {
  const SmallPractice practice({.emr = SmallEmr::fhir});
  const fs::path stick = practice.root() / "stick", volumes = stick / app::kVolumesFolder;
  const fs::path own = stick / (exporter::incoming_prefix(signer_of(practice)) + "2026-11-22T020004Z-000001");
  const fs::path of_an_earlier_release = stick / ".incoming-2026-11-22T020004Z-000001";
  for (const fs::path& folder : {own, of_an_earlier_release, stick / kTheirs}) {
    fs::create_directories(folder);
    tests::write(folder / "charts.db", "half");
  }
  const fs::path their_half = volumes / (".incoming-0123456789ABCDEF0123-" + kTheirVolume + ".db"), their_whole = volumes / (kTheirVolume + ".db");
  for (const fs::path& file : {their_half, their_whole}) tests::write(file, "pages");
  practice.scan_something();
  ASSERT_EQ(tests::run_night(practice).exit_code, 0);
  EXPECT_FALSE(fs::exists(own));
  EXPECT_FALSE(fs::exists(of_an_earlier_release));
  EXPECT_TRUE(fs::exists(stick / kTheirs / "charts.db"));
  EXPECT_TRUE(fs::exists(their_half));
  EXPECT_TRUE(fs::exists(their_whole)) << "the copy that needs it is not to be seen yet";
  // Nobody works on it any more.
  fs::last_write_time(stick / kTheirs, fs::file_time_type::clock::now() - std::chrono::hours(8 * 24));
  ASSERT_EQ(tests::run_night(practice).exit_code, 0);
  EXPECT_FALSE(fs::exists(stick / kTheirs));
  EXPECT_FALSE(fs::exists(their_whole)) << "no copy needs it";
}

TEST(SharedPlace, TwoPracticesAtOnceBothEndWithWholeCopiesAndTheirPages) {
  const SmallPractice one({.emr = SmallEmr::fhir, .destinations = 1}), other({.emr = SmallEmr::fhir, .destinations = 1});
  const fs::path stick = one.root() / "stick";
  std::string config = tests::contents(other.config());
  const std::string theirs = (other.root() / "stick").string();
  config.replace(config.find(theirs), theirs.size(), stick.string());
  tests::write(other.config(), config);
  // Else both would have the same name where they begin in the same second, or the one where the other was before.
  for (int ahead = 0; ahead < 5; ++ahead) ASSERT_EQ(tests::run_night(other).exit_code, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  for (int round = 0; round < 4; ++round) {
    one.scan_something(), other.scan_something();
    tests::NightOutcome nights[2];
    std::thread beside([&] { nights[0] = tests::run_night(other, {.without_journal = true}); });
    nights[1] = tests::run_night(one, {.without_journal = true});
    beside.join();
    for (const tests::NightOutcome& night : nights) EXPECT_EQ(night.exit_code, 0) << night.out << night.err;
    for (const SmallPractice* practice : {&one, &other}) {
      const auto info = app::read_copy(stick, app::Check::hashes, {signer_of(*practice)});
      ASSERT_TRUE(info.ok());
      EXPECT_EQ(info.value().manifest.verifying_key, signer_of(*practice));
      EXPECT_FALSE(info.value().volumes.empty());
      for (const app::FoundVolume& volume : info.value().volumes) EXPECT_FALSE(volume.fault) << round;
    }
  }
}

TEST(SharedPlace, ACopyOfAnotherPracticeOfTheSameNameIsLeftAndSaid) {
  const SmallPractice practice;
  const auto theirs = [&practice] {
    std::vector<std::string> names;
    for (const app::FoundCopy& copy : app::list_copies(practice.root() / "stick")) names.push_back(copy.folder.filename().string());
    return names;
  };
  // The night at this second, with the next number, is on the stick already: whichever second that will be.
  const app::Instant now = app::now();
  for (int later = 0; later < 60; ++later) {
    const fs::path taken = practice.root() / "stick" / app::format_copy_name({now.s + later}, 2);
    fs::create_directories(taken);
    tests::write(taken / "manifest.json", "somebody's");
  }
  const std::size_t before = theirs().size();
  const auto night = tests::run_night(practice);
  EXPECT_EQ(night.exit_code, static_cast<int>(app::Code::busy)) << night.out << night.err;
  EXPECT_NE(night.out.find("There is another copy named"), std::string::npos) << night.out;
  EXPECT_EQ(theirs().size(), before);
}

}  // namespace
