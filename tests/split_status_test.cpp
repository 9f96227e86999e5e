// What status says of a practice that is made in parts: one answer for the whole, never better than its worst part.
#include <gtest/gtest.h>

#include <functional>

#include "app/record/json.h"
#include "exporter/report/split_readiness.h"
#include "tests/split_practice.h"

namespace {

namespace fs = std::filesystem;
using exporter::Light;
using exporter::NightRecord;
using exporter::SplitFacts;

constexpr std::int64_t kHour_s = 3600;
constexpr std::int64_t kDay_s = 24 * kHour_s;
constexpr app::Instant kNow{1'790'000'000};

app::Instant before(std::int64_t s) { return {kNow.s - s}; }

NightRecord good_night(std::int64_t s_ago) {
  NightRecord night;
  night.began = night.as_of = before(s_ago);
  night.published = true;
  night.sequence = 30;
  night.counts.patients = 500;
  night.places = {{"stick", 0, "", 1}, {"laptop", 0, "", 1}};
  return night;
}

// A practice in four parts in which everything is as it should be.
SplitFacts ready() {
  SplitFacts split;
  split.whole.practice = "Elm Street";
  split.whole.time_zone = "America/New_York";
  split.whole.destinations = {"stick", "laptop"};
  split.whole.drills = {{before(11 * kDay_s), "laptop", 0, ""}, {before(10 * kDay_s), "stick", 0, ""}};
  split.whole.holders = {{"reception", false, before(50 * kDay_s)}, {"sealed envelope", true, before(50 * kDay_s)}};
  split.whole.free_bytes = 1'000'000'000;
  split.whole.copy_bytes = 4'000'000;
  split.whole.parts = 4;
  for (std::uint32_t number = 1; number <= 4; ++number) {
    exporter::PartFacts part{{number, 4}, split.whole};
    const std::int64_t ago_s = (5 + number) * kHour_s;
    part.facts.newest = exporter::NewestCopy{30, before(ago_s), before(ago_s), 500};
    part.facts.nights = {good_night(ago_s + kDay_s), good_night(ago_s)};
    part.facts.laptops = {{"reception laptop", 30, before(kHour_s), "stick"}};
    split.parts.push_back(part);
  }
  return split;
}

std::string said(const exporter::Readiness& readiness, Light light) {
  std::string text;
  for (const exporter::Finding& finding : readiness.findings) {
    if (finding.light == light) text += finding.about + ": " + finding.what + "\n";
  }
  return text;
}

TEST(SplitStatus, IsGreenWhenEveryPartIsAsItShouldBeAndAsOldAsTheOldest) {
  const auto readiness = exporter::judge_split(ready(), kNow);
  EXPECT_EQ(readiness.light, Light::green) << said(readiness, Light::amber) << said(readiness, Light::red);
  EXPECT_NE(said(readiness, Light::green).find("All parts: 4 parts, 2,000 patients; the oldest part's data"), std::string::npos) << said(readiness, Light::green);
  EXPECT_NE(said(readiness, Light::green).find("9 h old"), std::string::npos);
  EXPECT_NE(said(readiness, Light::green).find("stick: all 4 parts were copied and checked there, the oldest 9 hours ago"), std::string::npos);
}

TEST(SplitStatus, SaysOfEverySinglePartWhatIsAmissWithIt) {
  const struct {
    std::function<void(SplitFacts&)> harm;
    Light light;
    const char* words;
  } harms[] = {
      {[](SplitFacts& s) { s.parts[2].facts.newest.reset(); }, Light::red, "All parts: NOT COMPLETE, of 4 there is no copy of: Part 3 of 4"},
      {[](SplitFacts& s) { s.parts[2].facts.newest.reset(), s.parts[2].facts.nights.clear(); }, Light::red, "Part 3 of 4: NEVER MADE"},
      {[](SplitFacts& s) { s.parts[1].facts.newest->as_of = before(40 * kHour_s); }, Light::red, "All parts: OF DIFFERENT NIGHTS: Part 2 of 4 is"},
      {[](SplitFacts& s) { for (auto& part : s.parts) part.facts.newest->as_of = before(30 * kHour_s); }, Light::amber, "All parts: 4 parts"},
      {[](SplitFacts& s) { s.parts[3].facts.copy_fault = "A newer one cannot be used."; }, Light::red, "Part 4 of 4: copy A newer one cannot be used."},
      {[](SplitFacts& s) { s.parts[0].facts.nights.back() = {}, s.parts[0].facts.nights.back().began = before(kHour_s), s.parts[0].facts.nights.back().what = "The EMR is away."; },
       Light::amber, "Part 1 of 4: last night FAILED 60 minutes ago: The EMR is away."},
      {[](SplitFacts& s) { s.parts[1].facts.newest->sequence = 29; }, Light::red, "Part 2 of 4: copy no. 30 was made, but it LIES THERE NO LONGER"},
      {[](SplitFacts& s) { s.parts[1].facts.places = {{"stick", exporter::PlaceFact::Now::there, 12}}; }, Light::red,
       "stick: Part 2 of 4: copy no. 30 was copied and checked there 7 hours ago, but only no. 12 LIES THERE NOW"},
      {[](SplitFacts& s) { s.parts[1].facts.nights.back().untold = "The monitoring could not be told."; }, Light::amber, "Part 2 of 4: last night done 7 hours ago, but could not be told"},
      {[](SplitFacts& s) { s.parts[1].facts.cut_short = true; }, Light::amber, "Part 2 of 4: Unfinished: a run was ended in the middle"},
      {[](SplitFacts& s) { s.parts[1].facts.nights.back().began = before(-kDay_s); }, Light::amber, "Part 2 of 4: last night done at a time that is still to come"},
      {[](SplitFacts& s) { for (NightRecord& night : s.parts[1].facts.nights) night.places[0].code = 13; }, Light::red, "stick: Part 2 of 4: never got a copy"},
      {[](SplitFacts& s) { s.parts[1].facts.nights[0].as_of = before(40 * kHour_s), s.parts[1].facts.nights[1].places[1].code = 13; }, Light::red,
       "laptop: PARTS OF DIFFERENT NIGHTS lie there; Part 2 of 4"},
      {[](SplitFacts& s) { s.parts[1].facts.laptops.clear(); }, Light::amber, "NOT ALL PARTS: of 1 others"},
      {[](SplitFacts& s) { s.whole.drills.clear(); }, Light::amber, "Drill: NEVER HELD"},
      {[](SplitFacts& s) { s.whole.holders.pop_back(); }, Light::amber, "NO SEALED ENVELOPE"},
      {[](SplitFacts& s) { s.whole.free_bytes = 5'000'000; }, Light::amber, "SOON FULL"},
      {[](SplitFacts& s) { s.whole.destinations.clear(); }, Light::red, "Destinations: NONE"},
      {[](SplitFacts& s) { s.parts[1].facts.trouble = "The memory is lost."; }, Light::amber, "Exporter, Part 2 of 4: The memory is lost."},
      {[](SplitFacts& s) { s.parts[3].facts.binder = exporter::BinderFact{12, before(20 * kDay_s), 0, 0, true}; }, Light::amber, "Ring binder, Part 4 of 4: "},
  };
  for (const auto& harm : harms) {
    SplitFacts split = ready();
    harm.harm(split);
    const auto readiness = exporter::judge_split(split, kNow);
    EXPECT_EQ(readiness.light, harm.light) << harm.words << "\n" << said(readiness, Light::amber) << said(readiness, Light::red);
    EXPECT_NE(said(readiness, harm.light).find(harm.words), std::string::npos) << harm.words << "\n" << said(readiness, harm.light);
  }
}

TEST(SplitStatus, OfManyPartsNamesThoseThatAreAmiss) {
  SplitFacts split = ready();
  const exporter::PartFacts good = split.parts[0];
  split.parts.assign(32, good);
  for (std::uint32_t number = 1; number <= 32; ++number) split.parts[number - 1].shard = {number, 32};
  split.parts[16].facts.copy_fault = "A newer one cannot be used.";
  const auto readiness = exporter::judge_split(split, kNow);
  EXPECT_EQ(readiness.light, Light::red);
  EXPECT_EQ(said(readiness, Light::red).find("Part 17 of 32: copy A newer one cannot be used."), 0u) << said(readiness, Light::red);
  EXPECT_NE(said(readiness, Light::green).find("31 of 32 parts: each has its copy"), std::string::npos) << said(readiness, Light::green);
  EXPECT_LT(readiness.findings.size(), 12u);
}

TEST(SplitStatus, ANightOnThePageIsDoneOnlyWhenAllItsPartsAre) {
  SplitFacts split = ready();
  split.parts[2].facts.nights.pop_back();
  split.parts[1].facts.nights[0].places[0].code = 13;
  const auto facts = exporter::gather_nights(split);
  ASSERT_EQ(facts.nights.size(), 2u);
  EXPECT_TRUE(facts.nights[0].published);
  EXPECT_EQ(facts.nights[0].counts.patients, 2000u);
  EXPECT_NE(facts.nights[0].places[1].code, 0) << "the stick got three parts of four";
  EXPECT_EQ(facts.nights[0].places[0].code, 0);
  EXPECT_FALSE(facts.nights[1].published);
  EXPECT_NE(facts.nights[1].code, 0);
}

using SplitStatusOfAPractice = tests::SplitPractice;

TEST_F(SplitStatusOfAPractice, ShowsTheWholeOnOneScreenAndEachPartByItself) {
  make("1/2");
  const auto half = command("status");
  EXPECT_EQ(half.exit_code, 2) << half.out;
  EXPECT_NE(half.out.find("RED    All parts    NOT COMPLETE"), std::string::npos) << half.out;
  EXPECT_NE(half.out.find("NEVER MADE (nightchart night --shard 2/2)"), std::string::npos) << half.out;
  EXPECT_FALSE(fs::exists(folder() / "shards" / "shard-2-of-2")) << "looking begins nothing";
  make("2/2");
  const auto both = command("status");
  EXPECT_EQ(both.exit_code, 1) << "no drill was held yet\n" << both.out << both.err;
  EXPECT_NE(both.out.find("2 parts, 40 patients"), std::string::npos) << both.out;
  EXPECT_NE(both.out.find("all 2 parts were copied and checked there"), std::string::npos) << both.out;
  const auto one = command("status", "--shard 2/2");
  EXPECT_EQ(one.exit_code, 1) << one.out << one.err;
  EXPECT_NE(one.out.find("Elm Street, Part 2 of 2 is"), std::string::npos) << one.out;

  const auto json_text = command("status", "--json --page " + (root_.path() / "page.pdf").string());
  app::JsonDocument document;
  const auto json = document.parse(json_text.out);
  ASSERT_TRUE(json.ok()) << json_text.out << json_text.err;
  EXPECT_EQ(json.value()["readiness"]["light"].text(), "AMBER");
  EXPECT_EQ(json.value()["newest"]["patients"].integer(), 40);
  ASSERT_EQ(json.value()["parts"].items().size(), 2u);
  EXPECT_GT(fs::file_size(root_.path() / "page.pdf"), 1000u);

  fs::rename(stick(), root_.path() / "at home");
  const auto away = command("status");
  EXPECT_EQ(away.exit_code, 1) << away.out;
  EXPECT_NE(away.out.find("; it is not there now"), std::string::npos) << away.out;
  fs::rename(root_.path() / "at home", stick());
  fs::remove_all(stick() / "shard-2-of-2");
  const auto lost = command("status");
  EXPECT_EQ(lost.exit_code, 2) << lost.out;
  EXPECT_NE(lost.out.find("RED    stick        Part 2 of 2: copy no. 1 was copied and checked there"), std::string::npos) << lost.out;
  EXPECT_NE(lost.out.find("but NO COPY of this practice"), std::string::npos) << lost.out;

  fs::remove_all(root_.path() / "copies" / "shard-1-of-2");
  EXPECT_NE(command("status").out.find("there is no copy of: Part 1 of 2"), std::string::npos) << "its copies are gone";
}

TEST_F(SplitStatusOfAPractice, GoesWithTheNewestNightWhetherOfTheWholeOrOfParts) {
  make("1/2");
  make("2/2");
  make("");
  const auto whole = command("status");
  EXPECT_EQ(whole.out.find("All parts"), std::string::npos) << whole.out;
  make("1/3");
  EXPECT_NE(command("status").out.find("there is no copy of: Part 2 of 3, Part 3 of 3"), std::string::npos) << command("status").out;
}

}  // namespace
