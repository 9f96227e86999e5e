// A night that gave far less than those before takes nobody's place, unless somebody says why.
#include "exporter/copy/shrink_guard.h"

#include <gtest/gtest.h>

#include "app/snapshot/copy.h"
#include "exporter/practice/practice.h"
#include "exporter/report/night_memory.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace {

namespace fs = std::filesystem;
using exporter::find_shrinkage;
using exporter::GuardPolicy;
using exporter::NightCounts;

NightCounts counts(std::uint64_t patients, std::uint64_t allergies, std::uint64_t results, std::uint64_t documents) {
  return {patients, {{"allergies", allergies}, {"results", results}, {"appointments", 50}}, documents};
}

std::string shrunk(const NightCounts& tonight, const std::vector<NightCounts>& before, const GuardPolicy& policy = {}) {
  const auto found = find_shrinkage(tonight, before, policy);
  return found.empty() ? "" : exporter::describe(found);
}

TEST(ShrinkGuard, NoticesPatientsEntriesSectionsAndDocumentsThatAreGone) {
  const std::vector<NightCounts> before{counts(1000, 300, 20'000, 500)};
  EXPECT_EQ(shrunk(counts(1000, 300, 20'000, 500), before), "");
  EXPECT_EQ(shrunk(counts(901, 271, 18'500, 451), before), "");
  EXPECT_EQ(shrunk(counts(12, 300, 20'000, 500), before), "patients: 1,000 before, 12 tonight");
  EXPECT_EQ(shrunk(counts(1000, 300, 20'000, 0), before), "documents: 500 before, 0 tonight");
  // All allergies are few among all entries.
  EXPECT_EQ(shrunk(counts(1000, 0, 20'000, 500), before), "allergies: 300 before, 0 tonight");
  EXPECT_EQ(shrunk(counts(1000, 300, 10'000, 500), before), "entries: 20,350 before, 10,350 tonight; results: 20,000 before, 10,000 tonight");
}

TEST(ShrinkGuard, LetsGrowthAndSmallPracticesAndTheCalendarBe) {
  EXPECT_EQ(shrunk(counts(2000, 600, 40'000, 900), {counts(1000, 300, 20'000, 500)}), "");
  EXPECT_EQ(shrunk(counts(3, 2, 9, 0), {counts(6, 9, 20, 3)}), "");
  NightCounts holiday = counts(1000, 300, 20'000, 500);
  holiday.entries["appointments"] = 3;
  EXPECT_EQ(shrunk(holiday, {counts(1000, 300, 20'000, 500)}), "");
  holiday.entries["appointments"] = 0;
  EXPECT_NE(shrunk(holiday, {counts(1000, 300, 20'000, 500)}), "");
  EXPECT_EQ(shrunk(counts(1, 0, 0, 0), {}), "");
  EXPECT_EQ(shrunk(counts(1, 0, 0, 0), {counts(1000, 300, 20'000, 500)}, {.shrink_percent = 0}), "");
}

TEST(ShrinkGuard, TakesNoSmallPracticesLossOfEveryAllergyForAccident) {
  for (const char* section : {"allergies", "alerts", "medications", "problems"}) {
    const NightCounts before{30, {{section, 4}, {"results", 15}}, 0};
    EXPECT_EQ(shrunk({30, {{section, 0}, {"results", 15}}, 0}, {before}), std::string(section) + ": 4 before, 0 tonight");
    EXPECT_EQ(shrunk({30, {{section, 1}, {"results", 15}}, 0}, {before}), "");
  }
  EXPECT_EQ(shrunk({30, {{"devices", 0}}, 0}, {{30, {{"devices", 4}}, 0}}), "") << "of few others some may end together";
}

TEST(ShrinkGuard, TakesNoCutByAgeForALoss) {
  const NightCounts december = counts(1000, 300, 20'000, 500);
  const NightCounts january = counts(1000, 300, 12'000, 500);
  EXPECT_NE(shrunk(january, {december}), "");
  EXPECT_EQ(shrunk(exporter::with_older(january, {{"results", 8'000}}), {december}), "");
  // What the cut leaves out counts on both sides: behind it nothing is lost unseen.
  EXPECT_NE(shrunk(exporter::with_older(january, {{"results", 2'000}}), {december}), "");
}

TEST(ShrinkGuard, NoticesADeclineThatIsSlowerThanTheShareOfOneNight) {
  std::vector<NightCounts> nights;
  bool noticed = false;
  for (std::uint64_t patients = 1000; patients > 500 && !noticed; patients -= patients * 8 / 100) {
    noticed = !shrunk(counts(patients, 300, 20'000, 500), nights).empty();
    nights.push_back(counts(patients, 300, 20'000, 500));
  }
  EXPECT_TRUE(noticed);
}

// An invented practice of `patients` in an SQLite file, and its settings.
class GuardedNight : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(tests::make_practice(temporary_.path()).ok());
    tests::write(config_, "[practice]\nname = \"Elm Street\"\ntime_zone = \"America/New_York\"\n[emr]\nkind = \"sql\"\npack = \"practice\"\nurl = \"sqlite://" +
                              emr_.string() + "\"\n[copy]\nfolder = \"copies\"\n[paper]\nenabled = false\n" );
  }
  tests::Outcome night(int patients, const std::string& more = "") {
    fs::remove(emr_);
    EXPECT_TRUE(exporter::make_practice({patients, 5, emr_, ""}).ok());
    return tests::run("$NIGHTCHART night --config " + config_.string() + " " + more);
  }
  std::uint64_t newest() const {
    const auto found = app::list_copies(temporary_.path() / "copies");
    return found.empty() ? 0 : found.front().sequence;
  }

  const tests::TemporaryFolder temporary_;
  const fs::path config_ = temporary_.path() / "nightchart.toml";
  const fs::path emr_ = temporary_.path() / "emr.sqlite";
};

TEST_F(GuardedNight, IsNotPublishedWhenItShrankAndYesterdayStaysUntilSomebodySaysWhy) {
  ASSERT_EQ(night(60).exit_code, 0);
  ASSERT_EQ(newest(), 1u);
  const auto stopped = night(20);
  EXPECT_EQ(stopped.exit_code, 23);
  EXPECT_NE(stopped.err.find("patients: 60, tonight 20"), std::string::npos) << stopped.err;
  EXPECT_NE(stopped.err.find("--accept-shrink"), std::string::npos) << stopped.err;
  EXPECT_EQ(newest(), 1u);
  EXPECT_EQ(night(20).exit_code, 23) << "the second time as well";
  EXPECT_EQ(night(20, "--accept-shrink ' '").exit_code, 2);
  const auto accepted = night(20, "--accept-shrink 'the north office left'");
  EXPECT_EQ(accepted.exit_code, 0) << accepted.err;
  EXPECT_NE(accepted.out.find("the north office left"), std::string::npos) << accepted.out;
  EXPECT_GT(newest(), 1u);
  EXPECT_EQ(night(20).exit_code, 0) << "what was accepted is what the next night is held against";
}

TEST_F(GuardedNight, IsHeldAgainstTheCopysOwnWordsWhenTheMemoryIsLost) {
  ASSERT_EQ(night(60).exit_code, 0);
  fs::remove(temporary_.path() / "nights.state");
  EXPECT_EQ(night(20).exit_code, 23);
  tests::write(temporary_.path() / "nights.state", "damaged");
  EXPECT_EQ(night(20).exit_code, 23);
  EXPECT_EQ(newest(), 1u);
}

TEST(NightMemory, KeepsWhatItWasToldAndStartsAnewWhenItIsDamaged) {
  const tests::TemporaryFolder folder;
  exporter::NightRecord night;
  night.began = {1'790'000'000};
  night.published = true;
  night.sequence = 7;
  night.counts = counts(10, 20, 30, 40);
  night.places = {{"stick", 15, "There is no room left.", 1.5}, {"laptop", 0, "", 2}};
  night.older = {{"results", 12}};
  night.accepted_shrink = "\"moved\"";
  ASSERT_TRUE(exporter::remember(folder.path(), [&](exporter::NightMemory& memory) { memory.add(night); }).ok());
  const auto back = exporter::remember(folder.path(), [](exporter::NightMemory& memory) { memory.add(exporter::DrillRecord{{5}, "stick", 24, "it did not open"}); });
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back.value().nights().size(), 1u);
  const exporter::NightRecord& kept = back.value().nights().front();
  EXPECT_EQ(kept.counts, night.counts);
  EXPECT_EQ(back.value().comparable_counts().back().entries.at("results"), 42u) << "with what was too old for the copy";
  EXPECT_EQ(kept.places[0].what, "There is no room left.");
  EXPECT_EQ(kept.accepted_shrink, "\"moved\"");
  EXPECT_EQ(tests::contents(folder.path() / "nights.state").find("stick"), std::string::npos) << "it lies there in the clear";
  {
    std::fstream file(folder.path() / "nights.state", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(9000);
    file << "damage";
  }
  const auto anew = exporter::NightMemory::open(folder.path());
  ASSERT_TRUE(anew.ok());
  EXPECT_TRUE(anew.value().lost());
  EXPECT_TRUE(anew.value().nights().empty());
}

TEST(NightMemory, ForgetsTheOldestOnly) {
  const tests::TemporaryFolder folder;
  const auto memory = exporter::remember(folder.path(), [&](exporter::NightMemory& all) {
    for (int i = 1; i <= 500; ++i) {
      exporter::NightRecord night;
      night.began = {i};
      all.add(night);
    }
  });
  ASSERT_TRUE(memory.ok());
  EXPECT_EQ(memory.value().nights().size(), 400u);
  EXPECT_EQ(memory.value().nights().back().began.s, 500);
}

}  // namespace
