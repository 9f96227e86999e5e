#include "exporter/copy/publish.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "app/snapshot/copy.h"
#include "exporter/copy/database_writer.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/snapshot_writer.h"
#include "exporter/copy/verify_copy.h"
#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using app::Code;

class PublishTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = tests::make_practice(temporary_.path());
    ASSERT_TRUE(made.ok()) << app::format_error(made.error());
    practice_.emplace(std::move(made).value());
  }
  exporter::CopiesFolder open_folder() {
    return exporter::CopiesFolder::open(practice_->copies, practice_->folder).value();
  }
  fs::path night() {
    const auto made = tests::run_small_night(*practice_, tests::invented_charts(2));
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : app::format_error(made.error()));
    return made.ok() ? made.value() : fs::path();
  }
  fs::path current() { return app::read_copy(practice_->copies, app::Check::hashes).value().folder; }

  tests::TemporaryFolder temporary_;
  std::optional<tests::Practice> practice_;
};

TEST_F(PublishTest, TwoNightsAtOnceAreRefused) {
  {
    const auto first = open_folder();
    const auto second = exporter::CopiesFolder::open(practice_->copies, practice_->folder);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, Code::busy);
    EXPECT_NE(second.error().what.find(practice_->copies.string()), std::string::npos);
  }
  EXPECT_TRUE(exporter::CopiesFolder::open(practice_->copies, practice_->folder).ok());
}

TEST_F(PublishTest, SequenceNumbersGrowEvenWhenCopiesOrMemoryAreGone) {
  const fs::path first = night(), second = night();
  EXPECT_TRUE(first.filename().string().ends_with("-000001")) << first;
  EXPECT_TRUE(second.filename().string().ends_with("-000002")) << second;
  fs::remove_all(first);
  fs::remove_all(second);
  EXPECT_EQ(open_folder().take_sequence({}).value(), 3u);
  const fs::path fourth = night();
  fs::remove(practice_->folder / "sequence.json");
  EXPECT_EQ(open_folder().take_sequence({}).value(), 5u);
  std::ofstream(practice_->folder / "sequence.json") << "no number";
  EXPECT_EQ(open_folder().take_sequence({}).error().code, Code::wrong_kind);
}

TEST_F(PublishTest, SequenceNumbersGoOnFromADestinationWhenTheExportersDiskIsNew) {
  for (int i = 0; i < 3; ++i) night();
  const tests::TemporaryFolder stick;
  fs::rename(app::list_copies(practice_->copies).front().folder, stick.path() / "2026-11-22T020004Z-000003");
  fs::remove_all(practice_->copies);
  fs::remove(practice_->folder / "sequence.json");
  const exporter::CopiesFolder::Elsewhere theirs{{stick.path(), "/no/such/stick"}, {}};
  EXPECT_EQ(open_folder().take_sequence(theirs).value(), 1u) << "another practice's numbers";
  const exporter::CopiesFolder::Elsewhere ours{{"/no/such/stick", stick.path()}, practice_->signing_key.verifying_key()};
  EXPECT_EQ(open_folder().take_sequence(ours).value(), 2u) << "what is remembered is believed, and no stick waited for";
  fs::remove(practice_->folder / "sequence.json");
  EXPECT_EQ(open_folder().take_sequence(ours).value(), 4u);
}

TEST_F(PublishTest, AStagedCopyIsInvisibleUntilItHasItsName) {
  const fs::path yesterday = night();
  auto copies = open_folder();
  const fs::path staging = copies.make_staging("2026-11-22T020004Z-000002").value();
  ASSERT_TRUE(tests::write_copy(staging, *practice_, 2, tests::invented_charts(3)).ok());
  EXPECT_EQ(current(), yesterday);
  EXPECT_EQ(app::list_copies(practice_->copies).size(), 1u);
  const fs::path today = copies.publish(staging).value();
  EXPECT_EQ(current(), today);
  EXPECT_FALSE(fs::exists(staging));
}

TEST_F(PublishTest, ACopyIsNeverReplaced) {
  auto copies = open_folder();
  const fs::path staging = copies.make_staging("2026-11-22T020004Z-000001").value();
  fs::create_directory(practice_->copies / "2026-11-22T020004Z-000001");
  EXPECT_EQ(copies.publish(staging).error().code, Code::io);
}

// Runs `night` in a process of its own and kills it where it raises SIGSTOP.
template <typename Night>
void kill_where_it_stops(Night night) {
  const pid_t child = fork();
  if (child == 0) {
    night();
    _exit(1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, WUNTRACED), child);
  ASSERT_TRUE(WIFSTOPPED(status)) << "the night ended before it was killed";
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
}

TEST_F(PublishTest, AKilledNightLeavesYesterdaysCopyAndTheNextNightTidiesUp) {
  const fs::path yesterday = night();
  kill_where_it_stops([this] {
    auto copies = open_folder();
    const auto sequence = copies.take_sequence({}).value();
    const auto staging = copies.make_staging(app::format_copy_name(app::now(), sequence)).value();
    (void)tests::write_copy(staging, *practice_, sequence, tests::invented_charts(3));
    raise(SIGSTOP);
  });
  EXPECT_EQ(current(), yesterday);
  EXPECT_EQ(app::list_copies(practice_->copies).size(), 1u);
  const fs::path today = night();
  EXPECT_EQ(current(), today);
  for (const auto& entry : fs::directory_iterator(practice_->copies)) {
    EXPECT_FALSE(entry.path().filename().string().starts_with(".making-")) << entry.path();
  }
}

TEST_F(PublishTest, ANightKilledWhileItWritesChartsLeavesYesterdaysCopy) {
  const fs::path yesterday = night();
  kill_where_it_stops([this] {
    auto copies = open_folder();
    const auto staging = copies.make_staging("2026-11-22T020004Z-000002").value();
    auto writer = exporter::SnapshotWriter::create(staging, {2, {}, app::default_sheet_template()},
                                                   app::CopyKey::make());
    for (const app::Chart& chart : tests::invented_charts(100)) (void)writer.value().add(chart);
    raise(SIGSTOP);
  });
  EXPECT_EQ(current(), yesterday);
  EXPECT_EQ(current(), yesterday);
  EXPECT_NE(night(), yesterday);
}

TEST_F(PublishTest, ACopyThatDoesNotReadBackAsWrittenIsNotVerified) {
  auto copies = open_folder();
  const fs::path staging = copies.make_staging("2026-11-22T020004Z-000001").value();
  const app::CopyKey key = app::CopyKey::make();
  auto writer =
      exporter::SnapshotWriter::create(staging, {1, {}, app::default_sheet_template()}, key).value();
  ASSERT_TRUE(writer.add(tests::invented_chart(1)).ok());
  const auto summary = writer.finish("{}").value();
  const auto manifest = tests::seal_copy(staging, *practice_, 1, summary, key).value();
  ASSERT_TRUE(exporter::verify_copy(staging, manifest, key, summary).ok());

  EXPECT_EQ(exporter::verify_copy(staging, manifest, app::CopyKey::make(), summary).error().code,
            Code::not_verified);
  auto other = summary;
  other.charts_digest[0] = other.charts_digest[0] == 'a' ? 'b' : 'a';
  EXPECT_EQ(exporter::verify_copy(staging, manifest, key, other).error().code, Code::not_verified);
  other = summary;
  other.counts.add(tests::invented_chart(2));
  EXPECT_EQ(exporter::verify_copy(staging, manifest, key, other).error().code, Code::not_verified);
  other = summary;
  other.search_digests["lines"][0] ^= 1;
  const auto swapped = exporter::verify_copy(staging, manifest, key, other);
  ASSERT_FALSE(swapped.ok());
  EXPECT_NE(swapped.error().detail.find("search index"), std::string::npos);
  fs::resize_file(staging / "charts.db", fs::file_size(staging / "charts.db") - 1);
  const auto cut = exporter::verify_copy(staging, manifest, key, summary);
  EXPECT_EQ(cut.error().code, Code::not_verified);
  EXPECT_NE(cut.error().detail.find("charts.db"), std::string::npos) << cut.error().detail;
}

TEST_F(PublishTest, ACopyThatNobodyCouldOpenIsNotMade) {
  practice_->keyholders.clear();
  const auto made = tests::run_small_night(*practice_, tests::invented_charts(1));
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, Code::bad_config);
}

// A process whose files may not grow beyond `most` bytes, as on a disk that is full.
template <typename Work>
int run_with_little_room(rlim_t most, Work work) {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{most, most};
    setrlimit(RLIMIT_FSIZE, &limit);
    _exit(work());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(PublishTest, AFullDiskIsSaidAndYesterdaysCopyStays) {
  const fs::path yesterday = night();
  const int code = run_with_little_room(100'000, [this] {
    const auto made = tests::run_small_night(*practice_, tests::invented_charts(3000));
    return made.ok() ? 0 : static_cast<int>(made.error().code);
  });
  EXPECT_EQ(code, static_cast<int>(Code::no_room));
  EXPECT_EQ(current(), yesterday);
}

TEST(DurableFile, AFileIsReplacedWholeOrNotAtAll) {
  const tests::TemporaryFolder folder;
  const fs::path file = folder.path() / "file";
  ASSERT_TRUE(exporter::write_file(file, "old").ok());
  const int code = run_with_little_room(1000, [&file] {
    const auto written = exporter::write_file(file, std::string(5000, 'n'));
    return written.ok() ? 0 : static_cast<int>(written.error().code);
  });
  EXPECT_EQ(code, static_cast<int>(Code::no_room));
  EXPECT_EQ(exporter::read_file(file, 100).value(), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
  EXPECT_EQ(exporter::read_file(file, 2).error().code, Code::wrong_kind);
  EXPECT_EQ(exporter::read_file(folder.path() / "none", 2).error().code, Code::not_found);
}

TEST(DurableFile, APipeInTheFilesPlaceIsRefusedAndNotWaitedFor) {
  const tests::TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "manifest.json").c_str(), 0600), 0);
  const auto read = exporter::read_file(folder.path() / "manifest.json", 100);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, app::Code::wrong_kind);
}

TEST(DurableFile, NoDatabaseIsWrittenOverAnother) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "charts.db") << "something";
  const auto writer = exporter::DatabaseWriter::create(folder.path() / "charts.db", app::CopyKey::make());
  ASSERT_FALSE(writer.ok());
  EXPECT_EQ(writer.error().code, Code::io);
}

TEST(PracticeKeys, KeyholdersAreReadByNameAndNeverOverwritten) {
  const tests::TemporaryFolder folder;
  EXPECT_TRUE(exporter::read_keyholders(folder.path()).value().empty());
  ASSERT_TRUE(exporter::make_signing_key(folder.path()).ok());
  for (const char* name : {"Otto", "Dr. Anna Lindstr\u00f6m"}) {
    ASSERT_TRUE(exporter::add_keyholder(folder.path(), name, "words", app::kLockForTests).ok()) << name;
  }
  const auto all = exporter::read_keyholders(folder.path()).value();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "Dr. Anna Lindstr\u00f6m");
  EXPECT_TRUE(app::unlock_key(all[0].locked_key, "words").ok());
  EXPECT_EQ(exporter::add_keyholder(folder.path(), "Otto", "x", app::kLockForTests).error().code,
            Code::bad_config);
  EXPECT_TRUE(exporter::remove_keyholder(folder.path(), "Otto").ok());
  EXPECT_EQ(exporter::remove_keyholder(folder.path(), "Otto").error().code, Code::not_found);
  EXPECT_EQ(exporter::read_keyholders(folder.path()).value().size(), 1u);
}

TEST(PracticeKeys, AKeyholdersNameIsAFilesName) {
  const tests::TemporaryFolder folder;
  for (const char* name : {"", "../x", "a/b", ".hidden", "a\nb", " x", "x.", "a\\b", "\xFF"}) {
    const auto added = exporter::add_keyholder(folder.path(), name, "words", app::kLockForTests);
    ASSERT_FALSE(added.ok()) << name;
    EXPECT_EQ(added.error().code, Code::bad_config);
  }
  EXPECT_FALSE(exporter::add_keyholder(folder.path(), "Anna", "", app::kLockForTests).ok());
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(PracticeKeys, ARuinedKeyholderFileIsNotPassedOver) {
  const tests::TemporaryFolder folder;
  ASSERT_TRUE(exporter::make_signing_key(folder.path()).ok());
  ASSERT_TRUE(exporter::add_keyholder(folder.path(), "Anna", "words", app::kLockForTests).ok());
  fs::rename(folder.path() / "keyholders/Anna.json", folder.path() / "keyholders/Otto.json");
  EXPECT_EQ(exporter::read_keyholders(folder.path()).error().code, Code::wrong_kind);
  std::ofstream(folder.path() / "keyholders/Otto.json") << "{";
  const auto ruined = exporter::read_keyholders(folder.path());
  EXPECT_EQ(ruined.error().code, Code::wrong_kind);
  EXPECT_NE(ruined.error().what.find("Otto.json"), std::string::npos);
}

TEST(PracticeKeys, AKeyholderOfAnotherSigningKeyStopsTheNightBeforeItMakesCopiesThatNobodyBelieves) {
  const tests::TemporaryFolder folder;
  ASSERT_TRUE(exporter::make_signing_key(folder.path()).ok());
  ASSERT_TRUE(exporter::add_keyholder(folder.path(), "Anna", "words", app::kLockForTests).ok());
  fs::remove(folder.path() / "keys/signing.key");
  ASSERT_TRUE(exporter::make_signing_key(folder.path()).ok());
  const auto read = exporter::read_keyholders(folder.path());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, Code::wrong_kind);
  EXPECT_NE(read.error().what.find("another signing key"), std::string::npos);
}

TEST(PracticeKeys, TheSigningKeyIsItsOwnersOnlyAndMadeOnce) {
  const tests::TemporaryFolder folder;
  EXPECT_EQ(exporter::read_signing_key(folder.path()).error().code, Code::not_found);
  const auto made = exporter::make_signing_key(folder.path());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(exporter::read_signing_key(folder.path()).value().verifying_key(), made.value().verifying_key());
  EXPECT_EQ(exporter::make_signing_key(folder.path()).error().code, Code::wrong_kind);
  const auto others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(folder.path() / "keys/signing.key").permissions() & others, fs::perms::none);
}

}  // namespace
