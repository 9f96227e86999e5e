// What status says of a practice, and that it never says green of one that is not ready.
#include "exporter/report/readiness.h"

#include <gtest/gtest.h>

#include <functional>

#include "app/paper/draw.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/receipt.h"
#include "exporter/copy/file_lock_posix.h"
#include "exporter/practice/practice.h"
#include "exporter/report/drill.h"
#include "exporter/report/readiness_page.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace {

namespace fs = std::filesystem;
using exporter::Light;
using exporter::NightRecord;
using exporter::PlaceFact;
using exporter::ReadinessFacts;

constexpr std::int64_t kHour_s = 3600;
constexpr std::int64_t kDay_s = 24 * kHour_s;
constexpr app::Instant kNow{1'790'000'000};

app::Instant before(std::int64_t s) { return {kNow.s - s}; }

NightRecord good_night(std::int64_t s_ago, std::uint64_t sequence) {
  NightRecord night;
  night.began = night.as_of = before(s_ago);
  night.published = true;
  night.sequence = night.turn = sequence;
  night.counts.patients = 2000;
  night.places = {{"stick", 0, "", 1}, {"laptop", 0, "", 1}};
  return night;
}

// A practice in which everything is as it should be.
ReadinessFacts ready() {
  ReadinessFacts facts;
  facts.practice = "Elm Street";
  facts.time_zone = "America/New_York";
  facts.newest = exporter::NewestCopy{30, before(7 * kHour_s), before(7 * kHour_s), 2000};
  for (std::uint64_t number = 1; number <= 30; ++number) facts.nights.push_back(good_night(7 * kHour_s + static_cast<std::int64_t>(30 - number) * kDay_s, number));
  facts.drills = {{before(11 * kDay_s), "laptop", 0, ""}, {before(10 * kDay_s), "stick", 0, ""}};
  facts.destinations = {"stick", "laptop"};
  facts.holders = {{"reception", false, before(50 * kDay_s)}, {"sealed envelope", true, before(50 * kDay_s)}};
  facts.laptops = {{"reception laptop", 30, before(kHour_s), "stick"}};
  facts.free_bytes = 1'000'000'000;
  facts.copy_bytes = 1'000'000;
  return facts;
}

std::string said(const exporter::Readiness& readiness, Light light) {
  std::string text;
  for (const exporter::Finding& finding : readiness.findings) {
    if (finding.light == light) text += finding.about + ": " + finding.what + "\n";
  }
  return text;
}

TEST(Readiness, IsGreenWhenEverythingIsAsItShouldBe) {
  const auto readiness = exporter::judge_readiness(ready(), kNow);
  EXPECT_EQ(readiness.light, Light::green) << said(readiness, Light::amber) << said(readiness, Light::red);
}

TEST(Readiness, SaysOfTheRingBinderWhichPacketItHoldsAndWhetherOneWaits) {
  const auto judged = [](const exporter::BinderFact& binder) {
    ReadinessFacts facts = ready();
    facts.binder = binder;
    const auto readiness = exporter::judge_readiness(facts, kNow);
    return said(readiness, readiness.light == Light::green ? Light::green : Light::amber);
  };
  EXPECT_NE(judged({29, before(kDay_s), 1, 30}).find("Ring binder: packet 29 confirmed 24 hours ago; 1 newer packet waits\n"), std::string::npos);
  EXPECT_NE(judged({5, before(25 * kDay_s), 0, 0}).find("Ring binder: packet 5 confirmed 25 days ago\n"), std::string::npos) << "none waits";
  EXPECT_NE(judged({12, before(20 * kDay_s), 3, 28}).find("Ring binder: packet 12 confirmed 20 days ago; 3 newer packets wait\n"), std::string::npos)
      << "they wait for two days only";
  EXPECT_EQ(judged({0, {}, 3, 28}).find("NOT TENDED"), std::string::npos) << "a practice without a binder";
}

TEST(Readiness, SaysOfEverySingleThingThatIsAmissWhatItIs) {
  const struct {
    std::function<void(ReadinessFacts&)> harm;
    Light light;
    const char* words;
  } harms[] = {
      {[](ReadinessFacts& f) { f.newest.reset(), f.copy_fault = "It holds no copy."; }, Light::red, "Newest copy: NONE. It holds no copy."},
      {[](ReadinessFacts& f) { f.newest->as_of = before(30 * kHour_s); }, Light::amber, "30 h old"},
      {[](ReadinessFacts& f) { f.newest->as_of = before(5 * kDay_s); }, Light::red, "5 days old"},
      {[](ReadinessFacts& f) { f.newest->as_of = before(-kDay_s); }, Light::red, "dated in the future"},
      {[](ReadinessFacts& f) { f.copy_fault = "A newer one cannot be used."; }, Light::red, "A newer one cannot be used."},
      {[](ReadinessFacts& f) { f.nights.clear(); }, Light::red, "No night has run yet."},
      {[](ReadinessFacts& f) { f.nights.back() = {}, f.nights.back().began = before(kHour_s), f.nights.back().what = "The EMR is away."; }, Light::amber,
       "Last night: FAILED 60 minutes ago: The EMR is away."},
      {[](ReadinessFacts& f) { f.nights.back().code = 15, f.nights.back().what = "The packet was not made."; }, Light::amber,
       "Last night: the copy was made 7 hours ago, but: The packet was not made."},
      {[](ReadinessFacts& f) { for (int i = 0; i < 2; ++i) f.nights.push_back({}), f.nights.back().began = before(kHour_s); }, Light::red, "2 nights in a row"},
      {[](ReadinessFacts& f) { f.nights.pop_back(), f.nights.pop_back(); }, Light::amber, "did not run"},
      {[](ReadinessFacts& f) { for (std::size_t i = 28; i < 30; ++i) f.nights[i].places[0] = {"stick", 13, "It is not there.", 0}; }, Light::amber,
       "stick: copy no. 28 was copied and checked there 2 days ago; since then: It is not there."},
      {[](ReadinessFacts& f) { for (NightRecord& night : f.nights) night.places[0].code = 13; }, Light::red, "stick: never got a copy"},
      {[](ReadinessFacts& f) { f.destinations.clear(); }, Light::red, "Destinations: NONE"},
      {[](ReadinessFacts& f) { f.destinations.push_back("attic"); }, Light::red, "attic: never got a copy"},
      {[](ReadinessFacts& f) { f.drills.back().when = before(40 * kDay_s); }, Light::amber, "Drill: OVERDUE"},
      {[](ReadinessFacts& f) { f.drills.push_back({before(kDay_s), "laptop", 24, "It did not open."}); }, Light::red, "the last one FAILED at laptop"},
      {[](ReadinessFacts& f) { f.drills.clear(); }, Light::amber, "Drill: NEVER HELD"},
      {[](ReadinessFacts& f) { f.drills.erase(f.drills.begin()); }, Light::amber, "NEVER HELD at laptop"},
      {[](ReadinessFacts& f) { f.laptops[0].seen = before(9 * kDay_s), f.laptops[0].sequence = 21; }, Light::amber, "opened copy no. 21 itself 9 days ago; a newer one"},
      {[](ReadinessFacts& f) { f.holders.pop_back(); }, Light::amber, "NO SEALED ENVELOPE"},
      {[](ReadinessFacts& f) { f.holders.clear(); }, Light::red, "Keyholders: NONE"},
      {[](ReadinessFacts& f) { f.holders[1].made = before(400 * kDay_s); }, Light::amber, "the envelope is 400 days"},
      {[](ReadinessFacts& f) { f.binder = exporter::BinderFact{12, before(20 * kDay_s), 18, 13}; }, Light::amber,
       "Ring binder: packet 12 confirmed 20 days ago; 18 newer packets wait: NOT TENDED"},
      {[](ReadinessFacts& f) { f.binder = exporter::BinderFact{12, before(20 * kDay_s), 0, 0, true}; }, Light::amber, "Ring binder: what it holds is not known"},
      {[](ReadinessFacts& f) { f.free_bytes = 2'000'000; }, Light::amber, "SOON FULL"},
      {[](ReadinessFacts& f) { f.newest->sequence = 29; }, Light::red, "Newest copy: no. 30 was made, but it LIES THERE NO LONGER: no. 29 is the newest"},
      {[](ReadinessFacts& f) { f.places = {{"stick", PlaceFact::Now::there, 0}}; }, Light::red,
       "stick: copy no. 30 was copied and checked there 7 hours ago, but NO COPY of this practice that can be used lies there now"},
      {[](ReadinessFacts& f) { f.places = {{"stick", PlaceFact::Now::there, 12, "A newer one cannot be used."}}; }, Light::red,
       "but only no. 12 LIES THERE NOW. A newer one cannot be used."},
      {[](ReadinessFacts& f) { f.nights.back().began = before(-kDay_s); }, Light::amber, "Last night: done at a time that is still to come"},
      {[](ReadinessFacts& f) { f.nights.back().began = before(-kDay_s); }, Light::amber, "stick: copy no. 30 was copied and checked there at a time that is still to come"},
      {[](ReadinessFacts& f) { f.drills.back().when = before(-kDay_s); }, Light::amber, "Drill: passed at laptop, stick, one of them at a time that is still to come"},
      {[](ReadinessFacts& f) { f.laptops[0].seen = before(-kDay_s); }, Light::amber, "reception laptop: opened copy no. 30 itself at a time that is still to come"},
      {[](ReadinessFacts& f) { f.nights.back().untold = "The monitoring could not be told."; }, Light::amber,
       "Last night: done 7 hours ago, but could not be told: The monitoring could not be told."},
      {[](ReadinessFacts& f) { f.drills_missing = {1, 2, 3, 4, 7}; }, Light::amber, "Drill: the signed result of no. 1, 2, 3, 4 and of others is MISSING"},
      {[](ReadinessFacts& f) { f.cut_short = true; }, Light::amber, "Unfinished: a run was ended in the middle"},
      {[](ReadinessFacts& f) { f.trouble = "The memory is lost."; }, Light::amber, "The memory is lost."},
  };
  for (const auto& harm : harms) {
    ReadinessFacts facts = ready();
    harm.harm(facts);
    const auto readiness = exporter::judge_readiness(facts, kNow);
    EXPECT_EQ(readiness.light, harm.light) << harm.words;
    EXPECT_NE(said(readiness, harm.light).find(harm.words), std::string::npos) << harm.words << "\n" << said(readiness, Light::amber) << said(readiness, Light::red);
  }
}

TEST(Readiness, DoesNotCryWolfOfAStickThatIsAtHomeByDayButSaysSo) {
  ReadinessFacts facts = ready();
  facts.places = {{"stick", PlaceFact::Now::away}, {"laptop", PlaceFact::Now::not_asked}};
  const auto readiness = exporter::judge_readiness(facts, kNow);
  EXPECT_EQ(readiness.light, Light::green);
  const std::string judged = said(readiness, Light::green);
  EXPECT_NE(judged.find("stick: copy no. 30 was copied and checked there 7 hours ago; it is not there now\n"), std::string::npos) << judged;
  EXPECT_NE(judged.find("laptop: copy no. 30 was copied and checked there 7 hours ago (as of then: a remote is not asked now)\n"), std::string::npos) << judged;
  facts.places = {{"stick", PlaceFact::Now::there, 31}, {"laptop", PlaceFact::Now::there, 30}};
  EXPECT_EQ(exporter::judge_readiness(facts, kNow).light, Light::green) << "a newer one than is remembered is none too few";
}

TEST(Readiness, OneNightUnderAClockThatWasAheadHidesNoFailureAfterIt) {
  ReadinessFacts facts = ready();
  facts.nights[26].began = facts.nights[26].as_of = before(-300 * kDay_s);
  for (std::size_t i = 27; i < 30; ++i) facts.nights[i].places[0] = {"stick", 13, "It is not there.", 0};
  auto readiness = exporter::judge_readiness(facts, kNow);
  EXPECT_EQ(readiness.light, Light::amber);
  EXPECT_NE(said(readiness, Light::amber).find("stick: copy no. 27 was copied and checked there at a time that is still to come (is the clock right?); since then: It is not there."),
            std::string::npos) << said(readiness, Light::amber);
  facts = ready();
  facts.nights[29].began = before(-kDay_s);
  NightRecord noon;
  noon.turn = 31, noon.began = before(kHour_s), noon.what = "The EMR is away.", noon.occasion = app::Occasion::day;
  facts.between = {noon};
  readiness = exporter::judge_readiness(facts, kNow);
  EXPECT_NE(said(readiness, Light::amber).find("Between nights: FAILED 60 minutes ago: The EMR is away.\n"), std::string::npos) << said(readiness, Light::amber);
}

TEST(Readiness, CountsTheCopiesBetweenNightsForAPlaceThatGetsThemAndForNoOther) {
  ReadinessFacts facts = ready();
  for (NightRecord& night : facts.nights) night.began.s -= 20 * kHour_s;  // the last is 27 hours old
  NightRecord noon = good_night(2 * kHour_s, 31);
  noon.occasion = app::Occasion::day;
  noon.places = {{"stick", 0, "", 1}};
  facts.between = {noon};
  auto judged = said(exporter::judge_readiness(facts, kNow), Light::green);
  EXPECT_NE(judged.find("stick: copy no. 31 was copied and checked there 2 hours ago\n"), std::string::npos) << judged;
  EXPECT_EQ(judged.find("laptop: copy no."), std::string::npos) << "no night came to it in time";
  facts = ready();
  facts.between = {noon};
  judged = said(exporter::judge_readiness(facts, kNow), Light::green);
  EXPECT_NE(judged.find("laptop: copy no. 30 was copied and checked there 7 hours ago\n"), std::string::npos) << "it gets the nights' only\n" << judged;
  facts.between.back().places[0] = {"stick", 13, "It is not there.", 0};
  judged = said(exporter::judge_readiness(facts, kNow), Light::amber);
  EXPECT_NE(judged.find("stick: copy no. 30 was copied and checked there 7 hours ago; since then: It is not there.\n"), std::string::npos) << judged;
}

TEST(Readiness, ForgetsACopyBetweenNightsThatFailedAsSoonAsANightIsGood) {
  ReadinessFacts facts = ready();
  facts.between.push_back({});
  facts.between.back().occasion = app::Occasion::battery;
  facts.between.back().turn = 29, facts.nights.back().turn = 30;
  EXPECT_EQ(exporter::judge_readiness(facts, kNow).light, Light::green);
  facts.between.back().turn = 31;
  EXPECT_EQ(exporter::judge_readiness(facts, kNow).light, Light::amber);
}

TEST(Readiness, PraisesOfTheDrillsOnlyThePlacesThatPassed) {
  ReadinessFacts facts = ready();
  EXPECT_NE(said(exporter::judge_readiness(facts, kNow), Light::green).find("Drill: passed everywhere; the oldest 11 days ago\n"), std::string::npos);
  facts.drills.push_back({before(5 * kDay_s), exporter::kFolderOfCopies, 0, ""});
  facts.drills.push_back({before(kDay_s), "laptop", 11, "It did not open."});
  const auto failed = exporter::judge_readiness(facts, kNow);
  EXPECT_NE(said(failed, Light::green).find("Drill: passed at stick, the folder of copies; the oldest 10 days ago\n"), std::string::npos) << said(failed, Light::green);
  EXPECT_NE(said(failed, Light::red).find("Drill: the last one FAILED at laptop 24 hours ago: It did not open.\n"), std::string::npos);
  facts.drills.back() = {before(kHour_s), "laptop", exporter::kExitNotCompared, "The EMR is away."};
  const auto away = exporter::judge_readiness(facts, kNow);
  EXPECT_EQ(away.light, Light::amber);
  EXPECT_NE(said(away, Light::amber).find("Drill: opened at laptop 60 minutes ago, but NOT COMPARED, for the EMR was away"), std::string::npos) << said(away, Light::amber);
}

TEST(Readiness, SaysThatARemoteCouldNotBeAskedForReceipts) {
  ReadinessFacts facts = ready();
  facts.receipts_unread = {"office"};
  EXPECT_NE(said(exporter::judge_readiness(facts, kNow), Light::amber).find("office: cannot be reached now"), std::string::npos);
}

TEST(Readiness, FitsOnOnePageForTheWallWhateverHappenedInThirtyNights) {
  ReadinessFacts facts = ready();
  for (NightRecord& night : facts.nights) night.places[1] = {"the laptop in the office at the back, second drawer", 13, "away", 0};
  const auto fonts = app::FontSet::open(app::find_fonts());
  ASSERT_TRUE(fonts.ok());
  for (const app::Paper& paper : {app::kA4, app::kLetter}) {
    const auto page = exporter::lay_out_readiness(facts, exporter::judge_readiness(facts, kNow), kNow, paper, fonts.value());
    for (const app::TextMark& text : page.texts) {
      EXPECT_LT(text.y_pt, paper.height_pt - 20) << text.text;
      EXPECT_LT(text.x_pt + fonts.value().width(text.text, text.bold, text.size_pt), paper.width_pt - 20) << text.text;
    }
    const auto pdf = app::draw_pdf({page}, fonts.value(), "Readiness");
    ASSERT_TRUE(pdf.ok());
    EXPECT_EQ(pdf.value().pages, 1u);
  }
}

class Status : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(tests::make_practice(folder_).ok());
    fs::create_directories(folder_ / "stick");
    ASSERT_TRUE(exporter::make_practice({10, 5, folder_ / "emr.sqlite", ""}).ok());
    tests::write(config_, "[practice]\nname = \"Elm Street\"\ntime_zone = \"America/New_York\"\n[emr]\nkind = \"sql\"\npack = \"practice\"\nurl = \"sqlite://" +
                              (folder_ / "emr.sqlite").string() + "\"\n[copy]\nfolder = \"copies\"\n[paper]\nenabled = false\n" +
                              "[[destination]]\nname = \"stick\"\npath = \"stick\"\n");
  }
  tests::Outcome status(const std::string& more = "") const { return tests::run("$NIGHTCHART status --config " + config_.string() + " " + more); }

  const tests::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
  const fs::path config_ = folder_ / "nightchart.toml";
};

TEST_F(Status, EndsWithANumberForMonitoringAndSaysTheSameInWords) {
  EXPECT_EQ(status().exit_code, 2);
  EXPECT_TRUE(status().out.starts_with("RED: Elm Street is NOT READY")) << status().out;
  ASSERT_EQ(tests::run("$NIGHTCHART night --config " + config_.string()).exit_code, 0);
  const auto after = status();
  EXPECT_EQ(after.exit_code, 1) << after.out;  // no envelope
  EXPECT_TRUE(after.out.starts_with("AMBER: ")) << after.out;
  EXPECT_NE(after.out.find("stick        copy no. 1 was copied and checked there just now"), std::string::npos) << after.out;
  EXPECT_NE(status("--json").out.find("\"light\":\"AMBER\""), std::string::npos);
  EXPECT_EQ(status("--page " + (folder_ / "wall.pdf").string()).exit_code, 1);
  EXPECT_EQ(tests::contents(folder_ / "wall.pdf").substr(0, 5), "%PDF-");
  EXPECT_EQ(tests::run("$NIGHTCHART status --config /nowhere.toml").exit_code, 13);
}

TEST_F(Status, LooksAtWhatLiesAtAPlaceNowAndNotAtTheMemoryAlone) {
  const std::string night = "$NIGHTCHART night --config " + config_.string();
  ASSERT_EQ(tests::run(night).exit_code, 0);
  fs::copy(folder_ / "stick", folder_ / "old stick", fs::copy_options::recursive);
  ASSERT_EQ(tests::run(night).exit_code, 0);
  EXPECT_EQ(status().exit_code, 1) << status().out;  // no envelope
  fs::rename(folder_ / "stick", folder_ / "good stick");
  EXPECT_EQ(status().exit_code, 1) << "a stick that is at home\n" << status().out;
  EXPECT_NE(status().out.find("copy no. 2 was copied and checked there just now; it is not there now"), std::string::npos) << status().out;
  fs::rename(folder_ / "old stick", folder_ / "stick");
  EXPECT_EQ(status().exit_code, 2);
  EXPECT_NE(status().out.find("but only no. 1 LIES THERE NOW"), std::string::npos) << status().out;
  fs::remove_all(folder_ / "stick");
  fs::create_directories(folder_ / "stick");
  EXPECT_EQ(status().exit_code, 2);
  EXPECT_NE(status().out.find("but NO COPY of this practice"), std::string::npos) << status().out;
  fs::remove_all(folder_ / "stick");
  fs::rename(folder_ / "good stick", folder_ / "stick");
  EXPECT_EQ(status().exit_code, 1) << status().out;
  const auto newest = app::read_copy(folder_ / "copies", app::Check::sizes);
  ASSERT_TRUE(newest.ok());
  fs::remove_all(newest.value().folder);
  EXPECT_EQ(status().exit_code, 2);
  EXPECT_NE(status().out.find("no. 2 was made, but it LIES THERE NO LONGER"), std::string::npos) << status().out;
}

TEST_F(Status, SaysOfADrillWhoseResultWasTakenAwayThatItIsMissing) {
  ASSERT_EQ(tests::run("$NIGHTCHART night --config " + config_.string()).exit_code, 0);
  tests::write(folder_ / "phrase", std::string(tests::kPassphrase) + "\n");
  ASSERT_EQ(tests::run("$NIGHTCHART drill --config " + config_.string() + " --passphrase-file " + (folder_ / "phrase").string()).exit_code, 0);
  EXPECT_EQ(status().out.find("MISSING"), std::string::npos) << status().out;
  fs::remove_all(folder_ / "drills");
  EXPECT_NE(status().out.find("AMBER  Drill        the signed result of no. 1 is MISSING"), std::string::npos) << status().out;
}

TEST_F(Status, SaysThatARunWasEndedInTheMiddleUnlessOneIsAtWork) {
  ASSERT_EQ(tests::run("$NIGHTCHART night --config " + config_.string()).exit_code, 0);
  EXPECT_EQ(status().out.find("Unfinished"), std::string::npos) << status().out;
  fs::create_directories(folder_ / "copies/.making-1");
  EXPECT_NE(status().out.find("AMBER  Unfinished   a run was ended in the middle"), std::string::npos) << status().out;
  const auto lock = exporter::FileLock::take(folder_ / "copies/.nightchart.lock", "a night");
  ASSERT_TRUE(lock.ok());
  EXPECT_EQ(status().out.find("Unfinished"), std::string::npos) << status().out;
}

TEST_F(Status, ReadsWhatALaptopLeftOnTheStickAndBelievesNobodyWhoDidNotOpenTheCopy) {
  ASSERT_EQ(tests::run("$NIGHTCHART night --config " + config_.string()).exit_code, 0);
  const auto info = app::read_copy(folder_ / "stick", app::Check::files);
  ASSERT_TRUE(info.ok());
  const auto copy = app::Copy::open(info.value(), tests::kPassphrase);
  ASSERT_TRUE(copy.ok());
  const auto key = copy.value().read_kept(app::kReceiptKeyName);
  ASSERT_TRUE(key.ok());
  fs::create_directories(folder_ / "stick/receipts");
  const auto leave = [&](const std::string& laptop, const std::string& with) {
    tests::write(folder_ / "stick/receipts" / app::receipt_file_name(laptop), app::format_receipt({laptop, 1, info.value().manifest_digest, app::now()}, with));
  };
  leave("Reception laptop", key.value());
  leave("Thief's laptop", std::string(64, 'a'));
  tests::write(folder_ / "stick/receipts/litter.json", "{");
  const auto outcome = status();
  EXPECT_NE(outcome.out.find("Reception laptop  opened copy no. 1 itself just now"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("Thief"), std::string::npos) << outcome.out;
}

}  // namespace
