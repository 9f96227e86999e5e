// What the commands do with a practice that is made in parts: all parts, or one that was named, and never an empty whole.
#include <gtest/gtest.h>

#include "tests/command.h"
#include "tests/split_maker.h"

namespace {

namespace fs = std::filesystem;

class SplitCopies : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(tests::make_practice(root_.path() / "practice").value());
    tests::write(root_.path() / "passphrase", std::string(tests::kPassphrase) + "\n");
  }
  void publish(const app::Shard& shard, std::int64_t later_s = 0) {
    const auto copy = tests::publish_part(*practice_, copies(), shard, ++sequence_, {tests::kSplitTaken.s + later_s}, tests::invented_charts(12));
    ASSERT_TRUE(copy.ok()) << copy.error().detail;
  }
  fs::path copies() const { return root_.path() / "copies"; }
  std::string key() const { return " --passphrase-file " + (root_.path() / "passphrase").string(); }

  const tests::TemporaryFolder root_;
  std::optional<tests::Practice> practice_;
  std::uint64_t sequence_ = 0;
};

TEST_F(SplitCopies, ThatAreNotOfOneNightDoNotPassAsVerified) {
  publish({1, 3}), publish({2, 3}, -20 * 3600), publish({3, 3});
  const auto near = tests::run("$NIGHTCHART verify " + copies().string() + key());
  EXPECT_EQ(near.exit_code, 0) << near.out << near.err;
  publish({1, 3}, 3 * 86'400), publish({3, 3}, 3 * 86'400);
  const auto apart = tests::run("$NIGHTCHART verify " + copies().string() + key());
  EXPECT_EQ(apart.exit_code, static_cast<int>(app::Code::not_found)) << apart.out;
  EXPECT_NE(apart.err.find("THE PARTS ARE NOT OF ONE NIGHT. Part 2 of 3 is 4 days older"), std::string::npos) << apart.err;
}

}  // namespace
