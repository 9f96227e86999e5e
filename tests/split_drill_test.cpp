// A drill of a practice that is made in parts: it passes only where every part opens; and what any drill says of scanned documents.
#include <gtest/gtest.h>

#include "app/record/json.h"
#include "app/snapshot/volume_files.h"
#include "exporter/report/drill.h"
#include "tests/split_practice.h"

namespace {

namespace fs = std::filesystem;
using exporter::DrillPlace;
using DrillOfParts = tests::SplitPractice;

DrillPlace found(std::int64_t as_of_s) {
  DrillPlace place;
  place.sequence = 7, place.as_of = {as_of_s}, place.patients = 20, place.sampled = 5, place.found = place.same = 5, place.documents = 1;
  place.digest_known = true;
  return place;
}

TEST(DrillOfPartsJoined, IsAsOldAsTheOldestPartAndFailsWithAnyOfThem) {
  constexpr std::int64_t kNow = 1'790'000'000;
  const auto good = exporter::join_parts("stick", {{{1, 2}, found(kNow)}, {{2, 2}, found(kNow - 3600)}});
  EXPECT_FALSE(good.fault);
  EXPECT_EQ(good.patients, 40u);
  EXPECT_EQ(good.sampled, 10u);
  EXPECT_EQ(good.documents, 2u);
  EXPECT_EQ(good.as_of.s, kNow - 3600);
  EXPECT_TRUE(good.digest_known);

  const auto apart = exporter::join_parts("stick", {{{1, 2}, found(kNow)}, {{2, 2}, found(kNow - 2 * 86'400)}});
  ASSERT_TRUE(apart.fault);
  EXPECT_NE(apart.fault->detail.find("Part 2 of 2 is 2 days older"), std::string::npos) << apart.fault->detail;

  DrillPlace broken = found(kNow);
  broken.fault = app::Error{app::Code::damaged, "It is damaged.", ""};
  const auto one = exporter::join_parts("stick", {{{1, 2}, found(kNow)}, {{2, 2}, broken}});
  ASSERT_TRUE(one.fault);
  EXPECT_EQ(one.fault->what, "Part 2 of 2: It is damaged.");
}

TEST_F(DrillOfParts, OpensAllOfThemReadsAScannedDocumentOfEachAndSignsOneResult) {
  make("1/2"), make("2/2");
  const auto drill = command("drill");
  ASSERT_EQ(drill.exit_code, 0) << drill.out << drill.err;
  EXPECT_NE(drill.out.find("PASSED  stick: 2 parts"), std::string::npos) << drill.out;
  EXPECT_NE(drill.out.find("20 of 20 patients found"), std::string::npos) << drill.out;
  EXPECT_NE(drill.out.find("All 40 charts read; they are what the night wrote."), std::string::npos) << drill.out;
  EXPECT_NE(drill.out.find("2 scanned documents opened and read to the end"), std::string::npos) << drill.out;
  EXPECT_EQ(command("drill", "--check").out.find("1 result,"), command("drill", "--check").out.rfind("1 result,")) << "one result";
  const auto status = command("status");
  EXPECT_NE(status.out.find("Drill        passed everywhere"), std::string::npos) << status.out;
  EXPECT_TRUE(fs::exists(folder() / "drills"));
  EXPECT_FALSE(fs::exists(folder() / "shards/shard-1-of-2/drills"));
}

TEST_F(DrillOfParts, FailsWhereOneOfThemIsMissing) {
  make("1/2"), make("2/2");
  fs::remove_all(stick() / "shard-2-of-2");
  const auto drill = command("drill", "--json");
  EXPECT_EQ(drill.exit_code, static_cast<int>(app::Code::not_found)) << drill.out;
  app::JsonDocument document;
  const auto json = document.parse(drill.out);
  ASSERT_TRUE(json.ok()) << drill.out;
  const auto places = json.value()["places"].items();
  ASSERT_EQ(places.size(), 2u);
  EXPECT_EQ((*places.begin())["passed"].boolean(), true);
  std::size_t failed = 0;
  for (const app::Json place : places) {
    if (place["passed"].boolean() == true) continue;
    ++failed;
    EXPECT_EQ(place["what"].text().substr(0, 13), "Part 2 of 2: ") << place["what"].text();
    EXPECT_EQ(place["parts"].items().size(), 2u);
  }
  EXPECT_EQ(failed, 1u);
  EXPECT_EQ(command("status").exit_code, 2);
}

TEST_F(DrillOfParts, OrOfAWholePracticeFailsWhenAScannedDocumentCannotBeRead) {
  make("");
  const auto good = command("drill");
  ASSERT_EQ(good.exit_code, 0) << good.out << good.err;
  EXPECT_NE(good.out.find("1 scanned document opened and read to the end"), std::string::npos) << good.out;
  for (const auto& volume : fs::directory_iterator(stick() / app::kVolumesFolder)) fs::remove(volume.path());
  const auto bad = command("drill", "--destination stick");
  EXPECT_NE(bad.exit_code, 0);
  EXPECT_NE(bad.out.find("scanned document"), std::string::npos) << bad.out;
}

}  // namespace
