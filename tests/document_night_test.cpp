// Documents from night to night: what is kept is kept once, what is lost is read again, what is gone goes.
#include "exporter/copy/document_night.h"

#include <gtest/gtest.h>

#include <set>

#include "app/snapshot/volume.h"
#include "app/snapshot/volume_files.h"
#include "exporter/copy/document_memory.h"
#include "exporter/copy/volume_store.h"
#include "tests/command.h"
#include "tests/volume_maker.h"

namespace {

namespace fs = std::filesystem;
using app::DocumentContent;
using app::Presence;
using exporter::DocumentNight;

class DocumentNightTest : public testing::Test {
 protected:
  struct Outcome {
    std::map<std::string, DocumentContent> contents;
    app::Manifest manifest;
    exporter::DocumentReport report;
  };

  DocumentNightTest() {
    fs::create_directories(copies());
    fs::create_directories(practice());
    add_keyholder("Anna");
    for (int i = 0; i < 6; ++i) emr_.documents["d" + std::to_string(i)] = tests::noise(30'000, static_cast<unsigned>(i));
  }
  fs::path copies() const { return folder_.path() / "copies"; }
  fs::path practice() const { return folder_.path() / "practice"; }
  fs::path file(const std::string& volume) const { return copies() / app::volume_file(volume); }
  void add_keyholder(const std::string& name) {
    pairs_.push_back(app::make_key_pair());
    keyholders_.push_back({name, pairs_.back().public_key, ""});
  }

  Outcome night() {
    Outcome outcome;
    emr_.opened.clear();
    DocumentNight documents({copies(), practice(), ++sequence_, options_}, keyholders_);
    for (const auto& [key, text] : emr_.documents) outcome.contents[key] = emr_.offer(documents, key);
    documents.finish(outcome.manifest);
    documents.tidy(outcome.manifest);
    outcome.report = documents.report();
    EXPECT_FALSE(outcome.report.fault) << outcome.report.fault->what << outcome.report.fault->detail;
    return outcome;
  }
  // What a keyholder reads of a document; "ERROR …" when they cannot.
  std::string read(const Outcome& outcome, const std::string& key, std::size_t keyholder = 0) {
    std::vector<app::FoundVolume> found;
    for (const auto& volume : outcome.manifest.volumes) found.push_back(app::find_volume(copies() / "copy", volume, true));
    app::CopyDocuments documents(outcome.manifest, found);
    documents.unlock(pairs_[keyholder]);
    std::string text;
    const auto read = documents.read(outcome.contents.at(key), [&text](std::string_view piece) -> app::Result<app::Done> {
      text += piece;
      return app::Done{};
    });
    return read.ok() ? text : "ERROR " + read.error().what;
  }
  void expect_all_readable(const Outcome& outcome, std::size_t keyholder = 0) {
    for (const auto& [key, text] : emr_.documents) EXPECT_EQ(read(outcome, key, keyholder), text) << key;
  }
  std::set<std::string> volumes_there() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(copies() / app::kVolumesFolder)) names.insert(entry.path().filename().string());
    return names;
  }

  tests::TemporaryFolder folder_;
  tests::Emr emr_;
  exporter::DocumentOptions options_;
  std::vector<app::KeyPair> pairs_;
  std::vector<exporter::Keyholder> keyholders_;
  std::uint64_t sequence_ = 0;
};

TEST_F(DocumentNightTest, TheSecondNightReadsAndWritesNothingAndNamesTheSameVolume) {
  const Outcome first = night();
  ASSERT_EQ(first.manifest.volumes.size(), 1u);
  EXPECT_EQ(first.report.fresh, 6u);
  expect_all_readable(first);
  const auto written = fs::last_write_time(file(first.manifest.volumes[0].name));
  const Outcome second = night();
  EXPECT_TRUE(emr_.opened.empty());
  EXPECT_EQ(second.report.fresh_bytes, 0u);
  EXPECT_EQ(second.report.kept, 6u);
  ASSERT_EQ(second.manifest.volumes.size(), 1u);
  EXPECT_EQ(second.manifest.volumes[0].name, first.manifest.volumes[0].name);
  EXPECT_EQ(fs::last_write_time(file(first.manifest.volumes[0].name)), written);
  expect_all_readable(second);
}

TEST_F(DocumentNightTest, OnlyWhatIsNewOrChangedIsWritten) {
  night();
  emr_.documents["d2"] = tests::noise(20'000, 77);
  emr_.documents["new"] = tests::noise(10'000, 78);
  emr_.documents["same bytes"] = emr_.documents["d3"];
  const Outcome second = night();
  EXPECT_EQ(second.report.fresh_bytes, 30'000u);
  EXPECT_EQ(second.contents.at("same bytes").id, second.contents.at("d3").id);
  EXPECT_EQ(second.manifest.volumes.size(), 2u);
  expect_all_readable(second);
}

TEST_F(DocumentNightTest, ADamagedOrMissingVolumesDocumentsAreReadAgainTheNextNight) {
  options_.volume_bytes = 90'000;
  const Outcome first = night();
  ASSERT_EQ(first.manifest.volumes.size(), 2u);
  const std::string damaged = first.contents.at("d0").volume;
  std::string bytes = tests::contents(file(damaged));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  tests::write(file(damaged), bytes);
  const Outcome second = night();
  EXPECT_EQ(second.report.lost_volumes, std::vector<std::string>{damaged});
  EXPECT_EQ(second.report.fresh, 3u);
  EXPECT_EQ(emr_.opened.size(), 3u);
  for (const auto& volume : second.manifest.volumes) EXPECT_NE(volume.name, damaged);
  EXPECT_FALSE(fs::exists(file(damaged))) << "no copy names it";
  expect_all_readable(second);
  for (const auto& volume : second.manifest.volumes) fs::remove(file(volume.name));
  const Outcome third = night();
  EXPECT_EQ(third.report.fresh, 6u);
  expect_all_readable(third);
}

TEST_F(DocumentNightTest, AnEmrThatGivesNoFilesTonightCostsNothingThatWasKept) {
  const Outcome first = night();
  emr_.is_away = true;
  const Outcome second = night();
  EXPECT_EQ(second.report.earlier, 6u);
  EXPECT_EQ(second.contents.at("d0").state, Presence::known);
  EXPECT_NE(second.contents.at("d0").reason.find("earlier night"), std::string::npos);
  expect_all_readable(second);
  emr_.documents["never seen"] = "x";
  const Outcome third = night();
  EXPECT_EQ(third.contents.at("never seen").state, Presence::unreadable);
  EXPECT_EQ(third.contents.at("never seen").reason, "the file is not there");
  EXPECT_EQ(third.report.not_found, 1u);
}

TEST_F(DocumentNightTest, AKeyholderWhoWasAddedOpensTheNextNightsVolumesAndOneRemovedDoesNot) {
  const Outcome first = night();
  add_keyholder("Bela");
  EXPECT_EQ(read(first, "d0", 1).substr(0, 5), "ERROR");
  const Outcome second = night();
  EXPECT_EQ(second.report.fresh, 6u) << "written anew, with a slot for everybody";
  expect_all_readable(second, 0);
  expect_all_readable(second, 1);
  keyholders_.pop_back();
  EXPECT_EQ(read(night(), "d0", 1).substr(0, 5), "ERROR") << "tonight's manifest has no slot for them";
  ASSERT_TRUE(exporter::order_new_volumes(practice()).ok());
  const Outcome fourth = night();
  EXPECT_EQ(fourth.report.fresh, 6u);
  EXPECT_NE(fourth.contents.at("d0").volume, second.contents.at("d0").volume);
  EXPECT_EQ(night().report.fresh, 0u) << "once";
}

TEST_F(DocumentNightTest, AnExistingKeyholderCanGiveANewOneTheVolumesThatAreThere) {
  night();
  add_keyholder("Bela");
  ASSERT_EQ(exporter::reseal_volumes(practice(), pairs_[0], pairs_[1].public_key).value(), 0u);
  const Outcome second = night();
  EXPECT_EQ(second.report.fresh, 0u);
  expect_all_readable(second, 1);
  const app::KeyPair stranger = app::make_key_pair(), newest = app::make_key_pair();
  EXPECT_EQ(exporter::reseal_volumes(practice(), stranger, newest.public_key).value(), 1u);
}

TEST_F(DocumentNightTest, ALostOrDamagedMemoryCostsReadingEverythingOnceAndNeverTheNight) {
  const Outcome first = night();
  const auto others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(practice() / "keys/documents.key").permissions() & others, fs::perms::none);
  fs::remove(practice() / "documents.state");
  EXPECT_EQ(night().report.fresh, 6u);
  tests::write(practice() / "documents.state", tests::noise(50'000, 9));
  const Outcome damaged = night();
  EXPECT_EQ(damaged.report.fresh, 6u);
  EXPECT_TRUE(damaged.report.forgot);
  fs::remove(practice() / "keys/documents.key");
  const Outcome no_key = night();
  EXPECT_EQ(no_key.report.fresh, 6u);
  EXPECT_TRUE(no_key.report.forgot);
  expect_all_readable(no_key);
  EXPECT_EQ(volumes_there().size(), 1u) << "what nobody remembers is swept";
}

TEST_F(DocumentNightTest, WhatIsTooLargeIsSaidAndNotKept) {
  options_.largest_bytes = 29'999;
  const Outcome outcome = night();
  EXPECT_EQ(outcome.report.too_large, 6u);
  EXPECT_EQ(outcome.contents.at("d0").state, Presence::not_in_copy);
  EXPECT_EQ(outcome.contents.at("d0").bytes, 30'000u);
  EXPECT_NE(outcome.contents.at("d0").reason.find("29 KB"), std::string::npos) << outcome.contents.at("d0").reason;
  EXPECT_TRUE(outcome.manifest.volumes.empty());
}

TEST_F(DocumentNightTest, APolicyThatKeepsNoneWithholdsThem) {
  options_.keep = false;
  const Outcome outcome = night();
  EXPECT_EQ(outcome.contents.at("d0").state, Presence::withheld);
  EXPECT_EQ(outcome.report.withheld, 6u);
  EXPECT_FALSE(fs::exists(copies() / app::kVolumesFolder));
}

TEST_F(DocumentNightTest, ANightCutShortIsSweptAndWhatItHadFinishedIsNotReadAgain) {
  options_.volume_bytes = 60'000;
  {
    DocumentNight documents({copies(), practice(), ++sequence_, options_}, keyholders_);
    for (int i = 0; i < 5; ++i) emr_.offer(documents, "d" + std::to_string(i));
  }
  EXPECT_EQ(volumes_there().size(), 3u) << "two whole, one that was being made";
  const Outcome next = night();
  EXPECT_EQ(next.report.fresh, 2u) << "only those of the volume that was not closed, and the one never read";
  for (const std::string& name : volumes_there()) EXPECT_FALSE(name.starts_with(".")) << name;
  expect_all_readable(next);
}

TEST_F(DocumentNightTest, AVolumeThatIsMostlyUnusedIsMadeAnew) {
  night();
  for (const char* gone : {"d0", "d1", "d2", "d3"}) emr_.documents.erase(gone);
  const Outcome second = night();
  EXPECT_EQ(second.report.fresh, 0u);
  const Outcome third = night();
  EXPECT_EQ(third.report.fresh, 2u);
  EXPECT_NE(third.manifest.volumes[0].name, second.manifest.volumes[0].name);
  EXPECT_EQ(volumes_there().size(), 1u);
  expect_all_readable(third);
}

TEST_F(DocumentNightTest, ManyLittleVolumesAreMadeOne) {
  for (int i = 0; i < 66; ++i) {
    emr_.documents["little " + std::to_string(i)] = tests::noise(100, static_cast<unsigned>(1000 + i));
    night();
  }
  const Outcome last = night();
  EXPECT_LE(last.manifest.volumes.size(), 20u);
  expect_all_readable(last);
}

TEST_F(DocumentNightTest, WhatItRemembersHoldsNothingInTheClear) {
  emr_.documents["Xylocanary's file"] = "Xylocanary Xylocanary";
  night();
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(tests::contents(entry.path()).find("Xylocanary"), std::string::npos) << entry.path();
  }
}

}  // namespace
