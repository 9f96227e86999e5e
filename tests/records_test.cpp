// Where the viewer finds its copy.
#include "viewer/records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;

viewer::Found find_copies(const std::vector<fs::path>& places) {
  return viewer::find_copy(places, app::LaptopMemory::read());
}

// Three nights: the first and third lie in one place, the second in another.
class FindCopy : public testing::Test {
 protected:
  void SetUp() override {
    auto practice = tests::make_practice(folder_.path() / "practice");
    ASSERT_TRUE(practice.ok());
    for (int night = 0; night < 3; ++night) {
      auto copy = tests::run_small_night(practice.value(), tests::invented_charts(1));
      ASSERT_TRUE(copy.ok());
      copies_.push_back(copy.value());
    }
    first_ = practice.value().copies;
    second_ = folder_.path() / "stick";
    move_to_second(1);
  }
  void move_to_second(std::size_t night) {
    fs::create_directories(second_);
    const fs::path moved = second_ / copies_[night].filename();
    fs::rename(copies_[night], moved);
    copies_[night] = moved;
  }
  static std::vector<std::uint64_t> sequences(const viewer::Found& found) {
    std::vector<std::uint64_t> all;
    if (found.copy) all.push_back(found.copy->manifest.sequence);
    for (const app::CopyInfo& spare : found.spare) all.push_back(spare.manifest.sequence);
    return all;
  }

  tests::TemporaryFolder folder_;
  std::vector<fs::path> copies_;
  fs::path first_, second_;
};

using Sequences = std::vector<std::uint64_t>;

TEST_F(FindCopy, TakesTheNewestOfAllPlacesInWhateverOrder) {
  EXPECT_EQ(sequences(find_copies({first_, second_})), (Sequences{3, 2, 1}));
  EXPECT_EQ(sequences(find_copies({second_, first_})), (Sequences{3, 2, 1}));
  EXPECT_EQ(sequences(find_copies({second_, folder_.path() / "nowhere"})), (Sequences{2}));
}

TEST_F(FindCopy, CountsACopyOnceThoughTwoPlacesShowIt) {
  const auto found = find_copies({copies_[2], first_, first_ / ".", copies_[0]});
  EXPECT_EQ(sequences(found), (Sequences{3, 1}));
  EXPECT_TRUE(found.others.empty());
}

TEST_F(FindCopy, ADamagedCopyIsNamedAndTheNextOneTaken) {
  fs::resize_file(copies_[2] / app::kChartsName, 4096);
  const auto found = find_copies({first_, second_});
  EXPECT_EQ(sequences(found), (Sequences{2, 1}));
  ASSERT_EQ(found.others.size(), 1u);
  ASSERT_TRUE(found.others[0].fault);
  EXPECT_EQ(found.others[0].fault->code, app::Code::damaged);

  const auto alone = find_copies({copies_[2]});
  EXPECT_FALSE(alone.copy);
  ASSERT_TRUE(alone.fault);
  EXPECT_EQ(alone.fault->code, app::Code::damaged);
}

TEST_F(FindCopy, ACopyOfAKnownPracticeComesBeforeAStrangersWhateverItsDateSays) {
  auto stranger = tests::make_practice(folder_.path() / "stranger");
  ASSERT_TRUE(stranger.ok());
  std::ofstream(folder_.path() / "stranger" / "sequence.json") << R"({"sequence":99})";
  const auto strange = tests::run_small_night(stranger.value(), tests::invented_charts(1));
  ASSERT_TRUE(strange.ok());
  const std::vector<fs::path> places = {first_, second_, stranger.value().copies};
  EXPECT_EQ(sequences(viewer::find_copy(places, app::LaptopMemory::read(folder_.path() / "memory"))), (Sequences{100, 3, 2, 1}));

  app::LaptopMemory memory = app::LaptopMemory::read(folder_.path() / "memory");
  ASSERT_TRUE(memory.remember(app::make_pairing(app::read_copy(copies_[0], app::Check::sizes).value(), {0}, false)).ok());
  EXPECT_EQ(sequences(viewer::find_copy(places, memory)), (Sequences{3, 2, 1, 100}));
}

TEST_F(FindCopy, ACopyThatIsAskedForIsTheOneAndThoseBesideItAreSpare) {
  const viewer::Found good = find_copies({copies_[0]});
  EXPECT_EQ(sequences(good), (Sequences{1, 3}));
  fs::resize_file(copies_[0] / "charts.db", 100);
  const viewer::Found bad = find_copies({copies_[0]});
  EXPECT_FALSE(bad.copy);
  ASSERT_TRUE(bad.fault);
  EXPECT_NE(bad.fault->what.find("cut short"), std::string::npos) << bad.fault->what;
  ASSERT_EQ(bad.spare.size(), 1u) << "what lies beside it may be opened instead";
  EXPECT_EQ(bad.spare[0].manifest.sequence, 3u);
}

TEST_F(FindCopy, AFolderThatCannotBeListedIsNoReasonToStop) {
  fs::create_directory_symlink("loop", folder_.path() / "loop");
  const auto places = viewer::usual_places(folder_.path() / "loop");
  EXPECT_NE(std::find(places.begin(), places.end(), first_.parent_path()), places.end());
  EXPECT_FALSE(find_copies({folder_.path() / "loop"}).copy);
}

}  // namespace
