// What a folder of parts is taken for, whatever else lies in it.
#include "app/snapshot/copy_parts.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/split_maker.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kHour = 3600, kDay = 24 * kHour;

app::Instant later(std::int64_t seconds) { return {tests::kSplitTaken.s + seconds}; }

class CopyParts : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(tests::make_practice(root_.path() / "practice").value());
    stranger_.emplace(tests::make_practice(root_.path() / "stranger").value());
  }
  void publish(const app::Shard& shard, app::Instant as_of, bool by_stranger = false) {
    const auto copy = tests::publish_part(by_stranger ? *stranger_ : *practice_, around(), shard, ++sequence_, as_of, tests::invented_charts(6));
    ASSERT_TRUE(copy.ok()) << copy.error().detail;
  }
  fs::path around() const { return root_.path() / "copies"; }
  std::vector<app::PublicKey> known() const { return {practice_->signing_key.verifying_key()}; }
  std::vector<app::FoundPart> found(const std::vector<app::PublicKey>& known = {}) const {
    return app::find_parts(around(), app::Check::sizes, known);
  }

  const tests::TemporaryFolder root_;
  std::optional<tests::Practice> practice_, stranger_;
  std::uint64_t sequence_ = 0;
};

TEST_F(CopyParts, AreReadUnlessAWholeCopyBesideThemIsNewer) {
  publish({1, 2}, later(0));
  publish({2, 2}, later(0));
  EXPECT_TRUE(app::holds_parts(around()));
  EXPECT_EQ(app::describe_passed_over(around()), "");
  publish({}, later(-kDay));
  EXPECT_TRUE(app::holds_parts(around())) << "the whole copy is from before the split";
  EXPECT_NE(app::describe_passed_over(around()).find("a copy of the whole practice"), std::string::npos) << app::describe_passed_over(around());
  publish({}, later(kDay));
  EXPECT_FALSE(app::holds_parts(around())) << "the practice is whole again";
  EXPECT_NE(app::describe_passed_over(around()).find("split into 2"), std::string::npos) << app::describe_passed_over(around());
}

TEST_F(CopyParts, OfAnEarlierNumberAreNamedAndEmptyFoldersAreNot) {
  publish({1, 2}, later(0)), publish({2, 2}, later(0));
  std::filesystem::create_directories(around() / "shard-1-of-9");
  EXPECT_EQ(app::describe_passed_over(around()), "");
  for (const std::uint32_t number : {1u, 2u, 3u}) publish({number, 3}, later(kDay));
  const std::string said = app::describe_passed_over(around());
  EXPECT_NE(said.find("Beside these parts lie others, of a practice that was split into 2, of "), std::string::npos) << said;
  EXPECT_EQ(said.find("into 9"), std::string::npos) << said;
}

TEST_F(CopyParts, AreNotHiddenByARuinedCopyNorByAStrangersNewerOne) {
  publish({1, 2}, later(0));
  publish({2, 2}, later(0));
  fs::create_directories(around() / "2027-01-01T000000Z-000900");
  std::ofstream(around() / "2027-01-01T000000Z-000900" / "manifest.json") << "{";
  EXPECT_TRUE(app::holds_parts(around()));
  publish({}, later(kDay), true);
  EXPECT_FALSE(app::holds_parts(around())) << "nobody here knows who is who";
  EXPECT_TRUE(app::holds_parts(around(), known()));
}

TEST_F(CopyParts, AForgedOneMakesNotTheOthersForged) {
  publish({1, 3}, later(kDay), true);
  publish({2, 3}, later(0));
  publish({3, 3}, later(0));
  const auto parts = found();
  ASSERT_EQ(parts.size(), 3u);
  ASSERT_TRUE(parts[0].fault);
  EXPECT_EQ(parts[0].fault->code, app::Code::forged);
  EXPECT_TRUE(parts[1].info && parts[2].info);
  EXPECT_EQ(app::list_splits(around()).size(), 2u) << "the stranger's is there to be chosen";
}

TEST_F(CopyParts, ASplitThatAStrangerPutThereIsNotTheFirstWhereThePracticeIsKnown) {
  publish({1, 2}, later(0));
  publish({2, 2}, later(0));
  for (const std::uint32_t number : {1u, 2u, 3u}) publish({number, 3}, later(kDay), true);
  EXPECT_EQ(found().size(), 3u);
  EXPECT_EQ(found(known()).size(), 2u);
}

TEST_F(CopyParts, AStrangersNewerCopyInAPartsFolderDoesNotTakeItsPlace) {
  publish({1, 2}, later(0));
  publish({2, 2}, later(0));
  publish({2, 2}, later(kDay), true);
  const auto parts = found(known());
  ASSERT_EQ(parts.size(), 2u);
  ASSERT_TRUE(parts[1].info);
  EXPECT_EQ(parts[1].info->manifest.verifying_key, known().front());
}

TEST_F(CopyParts, ThatLieMoreThanADayApartAreAFaultThatNamesThem) {
  publish({1, 3}, later(2 * kDay + kHour));
  publish({2, 3}, later(kDay + 2 * kHour));
  publish({3, 3}, later(0));
  EXPECT_EQ(app::describe_late(app::find_late_parts(found())), "Part 3 of 3 is 2 days older than the newest part");
  const auto fault = app::judge_ages(found());
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, app::Code::not_found);
  publish({3, 3}, later(kDay + 2 * kHour));
  EXPECT_FALSE(app::judge_ages(found())) << "within a day";
}

TEST_F(CopyParts, AreAllNamedWhereNotOneCanBeRead) {
  fs::create_directories(around() / "shard-1-of-2");
  EXPECT_TRUE(app::holds_parts(around()));
  const auto parts = found();
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].fault->code, app::Code::not_a_copy);
  EXPECT_EQ(parts[1].fault->code, app::Code::not_found);
}

}  // namespace
