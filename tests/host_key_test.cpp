// The keys of what this computer remembers: made once, and never lost to a disk that failed for a moment.
#include "exporter/copy/host_key.h"

#include <gtest/gtest.h>

#include "tests/command.h"

namespace {

namespace fs = std::filesystem;

TEST(HostKey, IsMadeOnceAndIsTheSameAgain) {
  const tests::TemporaryFolder folder;
  const auto first = exporter::open_host_key(folder.path(), "nights", folder.path() / "nights.state");
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(first.value().lost);
  const auto second = exporter::open_host_key(folder.path(), "nights", folder.path() / "nights.state");
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(first.value().key.hex().view(), second.value().key.hex().view());
  EXPECT_FALSE(second.value().lost);
}

TEST(HostKey, ThatCannotBeReadTonightIsSaidAndLeftAlone) {
  const tests::TemporaryFolder folder;
  const fs::path key = folder.path() / "keys/nights.key";
  const auto first = exporter::open_host_key(folder.path(), "nights", folder.path() / "nights.state");
  ASSERT_TRUE(first.ok());
  fs::rename(key, folder.path() / "kept");
  fs::create_symlink("nights.key", key);  // opening it fails, though something is there
  const auto failed = exporter::open_host_key(folder.path(), "nights", folder.path() / "nights.state");
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, app::Code::io);
  EXPECT_NE(failed.error().what.find("not replaced"), std::string::npos) << failed.error().what;
  EXPECT_TRUE(fs::is_symlink(key)) << "a new key was put in its place";
  fs::rename(folder.path() / "kept", key);
  const auto back = exporter::open_host_key(folder.path(), "nights", folder.path() / "nights.state");
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(first.value().key.hex().view(), back.value().key.hex().view());
}

TEST(HostKey, ThatHoldsSomethingElseIsMadeAnewSaidAndKeptAside) {
  const tests::TemporaryFolder folder;
  fs::create_directories(folder.path() / "keys");
  tests::write(folder.path() / "keys/nights.key", "rot");
  const auto anew = exporter::open_host_key(folder.path(), "nights", folder.path() / "nights.state");
  ASSERT_TRUE(anew.ok());
  EXPECT_TRUE(anew.value().lost);
  EXPECT_EQ(tests::contents(folder.path() / "keys/nights.key.damaged"), "rot");
  tests::write(folder.path() / "binder.state", "locked");
  const auto missing = exporter::open_host_key(folder.path(), "binder", folder.path() / "binder.state");
  ASSERT_TRUE(missing.ok());
  EXPECT_TRUE(missing.value().lost) << "something was locked under a key that is gone";
}

}  // namespace
