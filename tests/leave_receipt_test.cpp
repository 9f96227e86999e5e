// The receipt that the viewer leaves beside the copies it opened.
#include "viewer/leave_receipt.h"

#include <gtest/gtest.h>

#include "app/snapshot/receipt.h"
#include "tests/command.h"
#include "viewer/small_file_posix.h"

namespace {

namespace fs = std::filesystem;
using tests::run;

const std::string kKey(64, '7');

class LeaveReceipt : public testing::Test {
 protected:
  LeaveReceipt() {
    info_.folder = folder_.path() / "stick" / "2026-11-22T020004Z-000123";
    info_.manifest.sequence = 123;
    info_.manifest_digest[0] = 9;
    fs::create_directories(info_.folder);
  }
  std::vector<fs::path> left() const {
    std::vector<fs::path> files;
    const fs::path folder = folder_.path() / "stick" / "receipts";
    if (fs::exists(folder))
      for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    return files;
  }
  tests::TemporaryFolder folder_;
  app::CopyInfo info_;
};

TEST_F(LeaveReceipt, ProvesTheCopyInTheLaptopsNameAndIsReplacedByTheNext) {
  viewer::leave_receipt(info_, kKey, "Reception\nlaptop", {1'795'000'000});
  viewer::leave_receipt(info_, kKey, "Reception\nlaptop", {1'795'000'060});
  ASSERT_EQ(left().size(), 1u);
  const auto receipt = app::parse_receipt(tests::contents(left()[0]), [](std::uint64_t) { return std::optional(kKey); });
  ASSERT_TRUE(receipt.ok()) << app::format_error(receipt.error());
  EXPECT_EQ(receipt.value().laptop, "Reception laptop");
  EXPECT_EQ(receipt.value().sequence, 123u);
  EXPECT_EQ(receipt.value().manifest, info_.manifest_digest);
  EXPECT_EQ(receipt.value().opened.s, 1'795'000'060);
  EXPECT_EQ(left()[0].filename(), app::receipt_file_name("Reception laptop"));
}

TEST_F(LeaveReceipt, IsOfTheComputersNameWhereNoneIsGivenAndAlwaysOfOne) {
  viewer::leave_receipt(info_, kKey, "", {1});
  viewer::leave_receipt(info_, kKey, std::string(500, 'x') + "\xFF", {1});
  ASSERT_EQ(left().size(), 2u);
  for (const fs::path& file : left()) {
    EXPECT_TRUE(app::parse_receipt(tests::contents(file), [](std::uint64_t) { return std::optional(kKey); }).ok()) << file;
  }
}

TEST_F(LeaveReceipt, WritesNothingWithoutAKeyWhereNothingCanBeWrittenOrThroughALink) {
  viewer::leave_receipt(info_, "", "laptop", {1});
  EXPECT_TRUE(left().empty());
  info_.folder = "/proc/2026-11-22T020004Z-000123";
  viewer::leave_receipt(info_, kKey, "laptop", {1});
  info_.folder = folder_.path() / "gone" / "2026-11-22T020004Z-000123";
  viewer::leave_receipt(info_, kKey, "laptop", {1});
  EXPECT_FALSE(fs::exists(folder_.path() / "gone")) << "a stick that was pulled out is not made anew";
  // What somebody else laid in its way is not written through.
  info_.folder = folder_.path() / "stick" / "2026-11-22T020004Z-000123";
  fs::create_directories(folder_.path() / "stick" / "receipts");
  tests::write(folder_.path() / "victim", "untouched");
  fs::create_symlink(folder_.path() / "victim", folder_.path() / "stick" / "receipts" / (app::receipt_file_name("laptop") + ".new"));
  viewer::leave_receipt(info_, kKey, "laptop", {1});
  EXPECT_EQ(tests::contents(folder_.path() / "victim"), "untouched");
  EXPECT_EQ(left().size(), 1u);
}

TEST(ReceiptProgram, StatusReadsBackWhichLaptopOpenedTheCopyUnlessItWasToldNotToSay) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "phrase", "lantern drizzle copper anchovy\n");
  const auto in_folder = [&](const std::string& command) { return run("set -e; cd '" + folder.path().string() + "'; " + command); };
  const auto made = in_folder(
      "$NIGHTCHART practice --patients 5 --seed 3 --out emr.sqlite; "
      "$NIGHTCHART init practice --name Elm --time-zone America/New_York --keyholder reception --passphrase-file phrase "
      "--emr-kind sql --pack practice --url \"sqlite://$PWD/emr.sqlite\" --copies \"$PWD/copies\"; "
      "$NIGHTCHART night --config practice/nightchart.toml");
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const std::string viewer = "$VIEWER copies --passphrase-file phrase --screenshot p.png --find a ";
  ASSERT_EQ(in_folder(viewer + "--no-receipt").exit_code, 0);
  EXPECT_FALSE(fs::exists(folder.path() / "copies/receipts"));
  ASSERT_EQ(in_folder(viewer + "--laptop 'Front desk'").exit_code, 0);
  ASSERT_TRUE(fs::exists(folder.path() / "copies/receipts"));
  const std::string receipt = tests::contents(folder.path() / "copies/receipts" / app::receipt_file_name("Front desk"));
  for (const char* secret : {"reception", "lantern", "Elm"}) EXPECT_EQ(receipt.find(secret), std::string::npos) << secret;
  const auto status = in_folder("$NIGHTCHART status --config practice/nightchart.toml || true");
  EXPECT_NE(status.out.find("Front desk"), std::string::npos) << status.out;
  EXPECT_EQ(in_folder("$NIGHTCHART verify copies").exit_code, 0) << "it is no part of the copy";
}

}  // namespace
