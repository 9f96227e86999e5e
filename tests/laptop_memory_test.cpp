// What a computer remembers of copies, on its disk.
#include "app/snapshot/laptop_memory.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using app::Code;
using app::LaptopMemory;

app::Pairing pairing(std::uint8_t key, std::uint64_t sequence) {
  app::Pairing made;
  made.verifying_key[0] = key;
  made.practice = "Elm Street";
  made.time_zone = "America/New_York";
  made.paired = {1'790'000'000};
  made.sequence = sequence;
  made.as_of = {1'790'000'000 + static_cast<std::int64_t>(sequence) * 86'400};
  made.manifest[0] = static_cast<std::uint8_t>(sequence);
  return made;
}

class Memory : public testing::Test {
 protected:
  std::string text() const {
    std::ostringstream all;
    all << std::ifstream(file(), std::ios::binary).rdbuf();
    return all.str();
  }
  fs::path folder() const { return temporary_.path() / "not" / "there yet"; }
  fs::path file() const { return folder() / "known-practices.json"; }
  void put(const std::string& bytes) {
    fs::create_directories(folder());
    std::ofstream(file(), std::ios::binary) << bytes;
  }
  tests::TemporaryFolder temporary_;
};

TEST_F(Memory, ReadingMakesNothingAndRememberingMakesAFolderForItsOwnerAlone) {
  LaptopMemory memory = LaptopMemory::read(folder());
  EXPECT_TRUE(memory.trouble().empty());
  EXPECT_FALSE(fs::exists(folder()));
  ASSERT_TRUE(memory.remember(pairing(1, 7)).ok());
  struct stat about {};
  ASSERT_EQ(::stat(folder().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700u);
  ASSERT_EQ(::stat(file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  const auto again = LaptopMemory::read(folder());
  ASSERT_EQ(again.pairings().practices.size(), 1u);
  EXPECT_EQ(again.pairings().practices[0].sequence, 7u);
  EXPECT_EQ(again.pairings().practices[0].practice, "Elm Street");
}

TEST_F(Memory, NumbersOnlyRiseAlsoWhenTwoProgramsWrite) {
  LaptopMemory one = LaptopMemory::read(folder()), other = LaptopMemory::read(folder());
  ASSERT_TRUE(one.remember(pairing(1, 9)).ok());
  ASSERT_TRUE(other.remember(pairing(2, 4)).ok());
  ASSERT_TRUE(other.remember(pairing(1, 8)).ok());
  const app::Pairings known = LaptopMemory::read(folder()).pairings();
  ASSERT_EQ(known.practices.size(), 2u) << "neither took the other's away";
  EXPECT_EQ(known.find(pairing(1, 0).verifying_key)->sequence, 9u);
  EXPECT_EQ(known.find(pairing(2, 0).verifying_key)->sequence, 4u);
}

TEST_F(Memory, ManyAtOnceLoseNothing) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this, i] {
      LaptopMemory memory = LaptopMemory::read(folder());
      for (std::uint64_t n = 1; n <= 5; ++n) EXPECT_TRUE(memory.remember(pairing(static_cast<std::uint8_t>(i), n)).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  const app::Pairings known = LaptopMemory::read(folder()).pairings();
  ASSERT_EQ(known.practices.size(), 8u);
  for (const app::Pairing& practice : known.practices) EXPECT_EQ(practice.sequence, 5u);
}

TEST_F(Memory, ADamagedFileIsSaidSetAsideAndLocksNobodyOut) {
  for (const char* bytes : {"", "{", "[]", R"({"nightchart":"copy"})", R"({"nightchart":"known practices","version":1})",
                            R"({"nightchart":"known practices","version":1,"practices":[{"sequence":-1}]})"}) {
    put(bytes);
    LaptopMemory memory = LaptopMemory::read(folder());
    EXPECT_NE(memory.trouble().find("damaged"), std::string::npos) << bytes;
    ASSERT_TRUE(memory.remember(pairing(1, 7)).ok()) << bytes;
    EXPECT_TRUE(LaptopMemory::read(folder()).trouble().empty());
    std::ostringstream kept;
    kept << std::ifstream(folder() / "known-practices.damaged.json").rdbuf();
    EXPECT_EQ(kept.str(), bytes);
  }
}

TEST_F(Memory, AFileOfALaterReleaseIsLeftAsItIs) {
  const std::string later = R"({"nightchart":"known practices","version":2,"practices":[]})";
  put(later);
  LaptopMemory memory = LaptopMemory::read(folder());
  EXPECT_NE(memory.trouble().find("later Nightchart"), std::string::npos);
  EXPECT_EQ(memory.remember(pairing(1, 7)).error().code, Code::newer_format);
  EXPECT_EQ(text(), later);
  EXPECT_NE(memory.pairings().find(pairing(1, 0).verifying_key), nullptr) << "this program knows it meanwhile";
}

TEST_F(Memory, WhatCannotBeWrittenIsSaidCalmly) {
  fs::create_directories(folder());
  fs::create_directory(file());
  LaptopMemory memory = LaptopMemory::read(folder());
  fs::create_directory(folder() / "known-practices.damaged.json");
  std::ofstream(folder() / "known-practices.damaged.json" / "full") << "x";
  const auto kept = memory.remember(pairing(1, 7));
  ASSERT_FALSE(kept.ok());
  EXPECT_NE(kept.error().what.find("open all the same"), std::string::npos);
}

TEST_F(Memory, AHomeThatCannotBeWrittenIsSaidBeforeAnythingIsOpened) {
  std::ofstream(temporary_.path() / "not") << "a file where folders should go";
  EXPECT_NE(LaptopMemory::read(folder()).trouble().find("open all the same"), std::string::npos);
  EXPECT_EQ(LaptopMemory::read(temporary_.path() / "free").trouble(), "");
}

TEST_F(Memory, NobodyFillsItWithPractices) {
  LaptopMemory memory = LaptopMemory::read(folder());
  for (std::size_t i = 0; i < app::kPairingsMost; ++i) ASSERT_TRUE(memory.remember(pairing(static_cast<std::uint8_t>(i), 1)).ok());
  EXPECT_EQ(memory.remember(pairing(200, 1)).error().code, Code::no_room);
  EXPECT_TRUE(memory.remember(pairing(3, 2)).ok()) << "who is known goes on";
  EXPECT_EQ(LaptopMemory::read(folder()).pairings().practices.size(), app::kPairingsMost);
  app::CopyInfo hostile;
  hostile.manifest.practice = std::string(1 << 20, 'x');
  hostile.manifest.time_zone = std::string(1 << 20, 'y');
  EXPECT_LE(app::make_pairing(hostile, {0}, false).practice.size(), 200u);
  EXPECT_LE(app::make_pairing(hostile, {0}, false).time_zone.size(), 200u);
}

TEST_F(Memory, AsTheSystemSaysOrBelowTheHome) {
  const std::string before = std::getenv("XDG_STATE_HOME");
  EXPECT_EQ(LaptopMemory::read().folder(), fs::path(before) / "nightchart");
  ::setenv("XDG_STATE_HOME", "relative/does/not/count", 1);
  const char* home = std::getenv("HOME");
  EXPECT_EQ(LaptopMemory::read().folder(), fs::path(home == nullptr ? "/root" : home) / ".local/state/nightchart");
  ::setenv("XDG_STATE_HOME", before.c_str(), 1);
}

}  // namespace
