// One volume: what is put in comes out, and nothing else passes for it.
#include "app/snapshot/volume.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/snapshot/volume_files.h"
#include "exporter/copy/volume_store.h"
#include "exporter/copy/volume_writer.h"
#include "tests/command.h"
#include "tests/volume_maker.h"

namespace {

namespace fs = std::filesystem;
using app::Code;
using exporter::VolumeWriter;

constexpr std::uint64_t kMost = 10'000'000;
const auto kUnknown = [](const std::string&) { return false; };

class VolumeTest : public testing::Test {
 protected:
  VolumeTest() : pair_(app::make_key_pair()), keyholders_{{"Anna", pair_.public_key, ""}} {}

  VolumeWriter writer() { return VolumeWriter::create(folder_.path(), content_key_).value(); }
  static std::string put(VolumeWriter& writer, const std::string& text) {
    tests::TextBytes bytes(text);
    return writer.add(bytes, "application/pdf", kMost, kUnknown).value().id;
  }
  app::Result<app::Volume> open(const app::ManifestVolume& volume) {
    TRY_GET(app::SecretBytes bytes, app::open_sealed(volume.slots.at(0).sealed_key, pair_));
    TRY_GET(const app::CopyKey key, app::CopyKey::from(std::move(bytes)));
    return app::Volume::open(file(volume), key, volume.name);
  }
  fs::path file(const app::ManifestVolume& volume) const { return folder_.path() / (volume.name + ".db"); }
  static std::string read(const app::Volume& volume, const std::string& id) {
    std::string text;
    const auto read = volume.read(id, [&text](std::string_view piece) -> app::Result<app::Done> {
      text += piece;
      return app::Done{};
    });
    return read.ok() ? text : "ERROR " + read.error().what;
  }

  tests::TemporaryFolder folder_;
  app::SecretBytes content_key_ = app::SecretBytes::random(32);
  app::KeyPair pair_;
  std::vector<exporter::Keyholder> keyholders_;
};

TEST_F(VolumeTest, GivesBackEveryDocumentOfAnySizeByteForByte) {
  VolumeWriter writing = writer();
  std::map<std::string, std::string> documents;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, app::kPieceMost - 1, app::kPieceMost, app::kPieceMost + 1,
                                 3 * app::kPieceMost, std::size_t{70'000}}) {
    const std::string text = tests::noise(size, static_cast<unsigned>(size));
    documents[put(writing, text)] = text;
  }
  ASSERT_EQ(documents.size(), 7u);
  const auto finished = writing.finish(keyholders_);
  ASSERT_TRUE(finished.ok()) << app::format_error(finished.error());
  EXPECT_EQ(finished.value().documents, 7u);
  EXPECT_EQ(finished.value().bytes, fs::file_size(file(finished.value())));
  const auto volume = open(finished.value());
  ASSERT_TRUE(volume.ok()) << app::format_error(volume.error());
  for (const auto& [id, text] : documents) EXPECT_EQ(read(volume.value(), id), text) << text.size();
  EXPECT_TRUE(volume.value().verify().ok());
  EXPECT_EQ(volume.value().read(std::string(64, '0'), {}).error().code, Code::not_found);
  EXPECT_EQ(volume.value().read("no id", {}).error().code, Code::not_found);
}

TEST_F(VolumeTest, WhatIsTooLongKnownOrBreaksOffLeavesNothingBehind) {
  VolumeWriter writing = writer();
  const std::string kept = put(writing, "kept");
  tests::TextBytes long_one(tests::noise(5 * app::kPieceMost, 1)), broken(tests::noise(3 * app::kPieceMost, 2), 2 * app::kPieceMost + 5),
      again(tests::noise(2 * app::kPieceMost + 9, 3));
  EXPECT_TRUE(writing.add(long_one, "", 4 * app::kPieceMost, kUnknown).value().too_long);
  EXPECT_TRUE(writing.add(broken, "", kMost, kUnknown).value().fault.has_value());
  EXPECT_FALSE(writing.add(again, "", kMost, [](const std::string&) { return true; }).value().is_new);
  const std::string last = put(writing, "last");
  const auto finished = writing.finish(keyholders_);
  ASSERT_TRUE(finished.ok()) << app::format_error(finished.error());
  EXPECT_EQ(finished.value().documents, 2u);
  const auto volume = open(finished.value());
  EXPECT_EQ(read(volume.value(), kept), "kept");
  EXPECT_EQ(read(volume.value(), last), "last");
  EXPECT_TRUE(volume.value().verify().ok());
}

TEST_F(VolumeTest, HasNoNameBeforeItIsWholeAndIsNeverInTheClear) {
  VolumeWriter writing = writer();
  put(writing, "Xylocanary Xylocanary Xylocanary");
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_TRUE(entry.path().filename().string().starts_with(exporter::kMakingVolume)) << entry.path();
  }
  const auto finished = writing.finish(keyholders_);
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(tests::contents(file(finished.value())).find("Xylocanary"), std::string::npos);
  EXPECT_NE(tests::contents(file(finished.value())).substr(0, 6), "SQLite");
}

TEST_F(VolumeTest, ItsIdsTellNothingToWhoeverLacksItsContentKey) {
  VolumeWriter one = writer();
  content_key_ = app::SecretBytes::random(32);
  VolumeWriter two = writer();
  const std::string id = put(one, "a document that somebody may guess");
  EXPECT_NE(id, put(two, "a document that somebody may guess"));
  EXPECT_NE(id, app::format_hex(app::digest_of("a document that somebody may guess")));
}

TEST_F(VolumeTest, EveryFlippedByteIsNoticedWithoutAKeyAndOnReading) {
  VolumeWriter writing = writer();
  const std::string id = put(writing, tests::noise(200'000, 4));
  const app::ManifestVolume volume = writing.finish(keyholders_).value();
  const std::string whole = tests::contents(file(volume));
  std::size_t harmless = 0;
  for (std::size_t at = 5; at < whole.size(); at += 4'001) {
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    tests::write(file(volume), bad);
    EXPECT_EQ(app::verify_volume_file(file(volume), volume, true).error().code, Code::damaged) << at;
    EXPECT_TRUE(app::verify_volume_file(file(volume), volume, false).ok());
    const auto opened = open(volume);
    // Only the salt in the first sixteen bytes is never looked at: the key brings its own.
    if (opened.ok() && opened.value().verify().ok()) ++harmless;
    EXPECT_TRUE(!opened.ok() || !opened.value().verify().ok() || at < 16) << at;
  }
  EXPECT_LE(harmless, 1u);
  tests::write(file(volume), whole.substr(0, whole.size() - 16'384));
  EXPECT_EQ(app::verify_volume_file(file(volume), volume, false).error().code, Code::damaged);
  tests::write(file(volume), "");
  EXPECT_EQ(app::verify_volume_file(file(volume), volume, false).error().code, Code::damaged);
  EXPECT_FALSE(open(volume).ok());
  fs::remove(file(volume));
  EXPECT_EQ(app::verify_volume_file(file(volume), volume, false).error().code, Code::damaged);
}

TEST_F(VolumeTest, AnotherVolumeUnderItsNameIsNotTakenForIt) {
  VolumeWriter first = writer(), second = writer();
  put(first, "one"), put(second, "two");
  const app::ManifestVolume one = first.finish(keyholders_).value(), two = second.finish(keyholders_).value();
  fs::rename(file(two), file(one));
  EXPECT_FALSE(app::verify_volume_file(file(one), one, true).ok());
  EXPECT_FALSE(open(one).ok()) << "under the other's key";
  app::ManifestVolume mixed = two;
  mixed.name = one.name;
  EXPECT_EQ(open(mixed).error().code, Code::damaged) << "it knows its own name";
}

TEST_F(VolumeTest, IsLookedForInTheCopyFirstAndThenBesideIt) {
  const fs::path copy = folder_.path() / "2026-11-22T020004Z-000001";
  VolumeWriter writing = VolumeWriter::create(folder_.path() / app::kVolumesFolder, content_key_).value();
  put(writing, "text");
  const app::ManifestVolume volume = writing.finish(keyholders_).value();
  const fs::path beside = folder_.path() / app::volume_file(volume.name), within = copy / app::volume_file(volume.name);
  fs::create_directories(copy);
  EXPECT_EQ(app::find_volume(copy, volume, true).file, beside);
  EXPECT_EQ(app::find_volume(copy / "", volume, true).file, beside);
  fs::create_directories(within.parent_path());
  fs::copy_file(beside, within);
  EXPECT_EQ(app::find_volume(copy, volume, true).file, within);
  tests::write(within, "short");
  EXPECT_EQ(app::find_volume(copy, volume, true).file, beside) << "the damaged one within is passed over";
  EXPECT_FALSE(app::find_volume(copy, volume, true).fault);
  fs::remove(beside);
  EXPECT_EQ(app::find_volume(copy, volume, true).fault->code, Code::damaged);
  fs::remove_all(within);
  EXPECT_EQ(app::find_volume(copy, volume, true).fault->what, "Volume " + volume.name + " is missing.");
}

}  // namespace
