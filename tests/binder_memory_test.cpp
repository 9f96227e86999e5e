#include "exporter/binder/binder_memory.h"

#include <gtest/gtest.h>

#include "tests/command.h"

namespace {

using exporter::BinderMemory;
using exporter::BinderSheets;
using exporter::FiledSheet;

BinderMemory open(const std::filesystem::path& folder) {
  auto memory = BinderMemory::open(folder);
  EXPECT_TRUE(memory.ok());
  return std::move(memory).value();
}

BinderSheets target_of(const BinderMemory& memory, int patients, const std::string& version) {
  BinderSheets target;
  for (int i = 0; i < patients; ++i) {
    const std::string number = std::to_string(i);
    target.emplace(memory.key_of("pid-" + number), FiledSheet{"XYLOCANARY" + number, "7700" + number, version + number, i % 2 == 0});
  }
  return target;
}

TEST(BinderMemory, IsTheSameTheNextNight) {
  const tests::TemporaryFolder folder;
  BinderMemory first = open(folder.path());
  EXPECT_FALSE(first.lost());
  const BinderSheets before = target_of(first, 30, "A");
  first.book().note_packet(1, before);
  ASSERT_TRUE(first.book().confirm(1, 1234).ok());
  BinderSheets after = target_of(first, 28, "A");
  after[first.key_of("pid-3")] = {"NEW, Name", "1", "B3", false};
  first.book().note_packet(2, after);
  EXPECT_EQ(first.note_sheet(first.key_of("pid-3"), "A3", 100), 100);
  ASSERT_TRUE(first.save().ok());

  BinderMemory second = open(folder.path());
  EXPECT_FALSE(second.lost());
  EXPECT_EQ(second.key_of("pid-3"), first.key_of("pid-3"));
  EXPECT_EQ(second.book().confirmed_sequence(), 1u);
  EXPECT_EQ(second.book().confirmed_when_s(), 1234);
  EXPECT_EQ(second.book().confirmed(), before);
  EXPECT_EQ(second.book().confirmed().at(first.key_of("pid-3")).name, "XYLOCANARY3");
  ASSERT_EQ(second.book().pending().size(), 1u);
  EXPECT_EQ(second.book().pending()[0].changes, first.book().pending()[0].changes);
  EXPECT_EQ(second.book().make_plan(after, false).changes.size(), 3u);
  EXPECT_EQ(second.note_sheet(first.key_of("pid-3"), "A3", 200), 100) << "unchanged since then";
  EXPECT_EQ(second.note_sheet(first.key_of("pid-3"), "B3", 200), 200);
}

TEST(BinderMemory, KeepsWhatForgottenPacketsMayHaveLeft) {
  const tests::TemporaryFolder folder;
  BinderMemory first = open(folder.path());
  const BinderSheets usual = target_of(first, 30, "A");
  first.book().note_packet(1, usual);
  ASSERT_TRUE(first.book().confirm(1, 0).ok());
  first.book().note_packet(2, target_of(first, 28, "B"));
  for (std::uint64_t night = 3; night < 3 + exporter::kPendingMost; ++night) first.book().note_packet(night, usual);
  ASSERT_EQ(first.book().strays().size(), 30u);
  ASSERT_TRUE(first.save().ok());
  EXPECT_EQ(open(folder.path()).book().strays(), first.book().strays());
}

TEST(BinderMemory, NothingOfAPatientStandsInItInTheClear) {
  const tests::TemporaryFolder folder;
  BinderMemory memory = open(folder.path());
  memory.book().note_packet(1, target_of(memory, 50, "K3P0-"));
  ASSERT_TRUE(memory.save().ok());
  const std::string bytes = tests::contents(folder.path() / "binder.state");
  ASSERT_GT(bytes.size(), 1000u);
  for (const char* word : {"XYLOCANARY", "7700", "K3P0-", "pid-", "SQLite"}) EXPECT_EQ(bytes.find(word), std::string::npos) << word;
  const auto mode = std::filesystem::status(folder.path() / "keys" / "binder.key").permissions();
  EXPECT_EQ(mode & std::filesystem::perms::mask, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(BinderMemory, WhatIsDamagedOrWithoutItsKeyStartsAnewAndSaysSo) {
  for (const bool of_the_key : {false, true}) {
    const tests::TemporaryFolder folder;
    BinderMemory memory = open(folder.path());
    memory.book().note_packet(1, target_of(memory, 50, "A"));
    ASSERT_TRUE(memory.book().confirm(1, 0).ok());
    ASSERT_TRUE(memory.save().ok());
    if (of_the_key) {
      std::filesystem::remove(folder.path() / "keys" / "binder.key");
    } else {
      tests::write(folder.path() / "binder.state", std::string(40'000, 'x'));
    }
    BinderMemory again = open(folder.path());
    EXPECT_TRUE(again.lost().has_value()) << of_the_key;
    EXPECT_EQ(again.book().confirmed_sequence(), 0u);
    EXPECT_TRUE(again.book().make_plan(target_of(again, 5, "A"), false).start_over);
    ASSERT_TRUE(again.save().ok());
    EXPECT_FALSE(open(folder.path()).lost().has_value());
  }
}

}  // namespace
