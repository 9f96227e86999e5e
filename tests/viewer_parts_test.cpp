// A practice in parts, opened as a receptionist opens it: one place, one passphrase, every patient.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

#include "app/snapshot/access_log.h"
#include "app/snapshot/copy_parts.h"
#include "app/snapshot/receipt.h"
#include "exporter/emr/shard_source.h"
#include "tests/command.h"
#include "tests/split_maker.h"
#include "tests/temporary_folder.h"
#include "tests/viewer_harness.h"
#include "viewer/views.h"

namespace {

namespace fs = std::filesystem;
using viewer::Key;

constexpr int kPatients = 30;
constexpr std::int64_t kDay = 24 * 3600;

app::Instant later(std::int64_t seconds) { return {tests::kSplitTaken.s + seconds}; }

class PartsOnScreen : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(tests::make_practice(root_.path() / "practice").value());
    ASSERT_TRUE(tests::publish_split(*practice_, place(), 3, 7, later(0), tests::invented_charts(kPatients)).ok());
  }
  fs::path place() const { return root_.path() / "stick"; }
  fs::path part(std::uint32_t number) const { return place() / app::format_part_folder({number, 3}); }
  fs::path memory() const { return root_.path() / "memory"; }
  // Number 1 … kPatients of somebody in this part.
  static int somebody_in(std::uint32_t number) {
    for (int i = 1; i <= kPatients; ++i)
      if (exporter::part_of("p" + std::to_string(i), 3) == number) return i;
    return 0;
  }
  static std::string mrn(int patient) { return std::to_string(10'000 + patient); }

  void look() {
    screen_.reset();
    session_.emplace([this] { return viewer::find_copy({place()}, app::LaptopMemory::read(memory())); }, viewer::make_opener(memory(), "", {true, "desk"}));
    screen_.emplace(viewer::Screen::open(app::find_fonts(), *session_).value());
    screen_->resize(1366, 768);
    session_->tick(later(6 * 3600));
    viewer::run_jobs(*session_);
  }
  void unlock(const std::string& passphrase = tests::kPassphrase) {
    session_->type(passphrase);
    session_->submit();
    viewer::run_jobs(*session_);
  }
  void open() {
    look();
    unlock();
    ASSERT_EQ(session_->page(), viewer::Page::search) << lines();
  }
  void type(const std::string& words) {
    screen_->type(words);
    (void)screen_->draw();
  }
  std::string lines() {
    std::string all;
    for (const std::string& line : viewer_test::read_lines(screen_->draw(), screen_->atlas())) all += line + " ";
    return all;
  }
  bool shows(const std::string& words) { return lines().find(words) != std::string::npos; }

  const tests::TemporaryFolder root_;
  std::optional<tests::Practice> practice_;
  std::optional<viewer::Session> session_;
  std::optional<viewer::Screen> screen_;
};

TEST_F(PartsOnScreen, AreOneCopyInWhichEveryPatientIsFoundAndOpens) {
  open();
  EXPECT_EQ(session_->copy()->manifest.counts.at("patients"), std::uint64_t{kPatients});
  type("xylocanary");
  EXPECT_EQ(session_->hits().total, unsigned{kPatients});
  EXPECT_FALSE(session_->hits().more);
  std::set<app::ChartId> charts;
  for (const app::Hit& hit : session_->hits().hits) charts.insert(hit.chart);
  EXPECT_EQ(charts.size(), std::size_t{kPatients}) << "no two patients share a chart";
  for (std::size_t row = 0; row < session_->rows(); ++row) {
    const std::string expected = session_->hits().hits[row].mrn;
    session_->open_row(row);
    ASSERT_EQ(session_->page(), viewer::Page::chart);
    EXPECT_EQ(session_->sheet().banner.mrn, expected);
    session_->back();
  }
  for (int patient = 1; patient <= kPatients; ++patient) {
    ASSERT_TRUE(session_->open_mrn(mrn(patient)).ok()) << patient;
    EXPECT_EQ(session_->sheet().banner.mrn, mrn(patient));
  }
  for (const char* word : {"MISSING", "PART", "Part", "older", "NOT VERIFIED"}) EXPECT_FALSE(shows(word)) << word << ": a receptionist need not know of parts\n" << lines();
}

TEST_F(PartsOnScreen, AreListedByNameAsOneCopyWouldListThem) {
  tests::Practice& practice = *practice_;
  const fs::path whole = root_.path() / "whole";
  ASSERT_TRUE(tests::publish_part(practice, whole, {}, 1, later(0), tests::invented_charts(kPatients)).ok());
  auto found = viewer::find_copy({whole}, app::LaptopMemory::read(memory()));
  auto one = viewer::make_opener(memory())(*found.copy, {tests::kPassphrase});
  ASSERT_TRUE(one.ok());
  open();
  const app::Date today = session_->today();
  for (const std::string typed : {"xylo", "quirin1", "xylocanari", "555 01", "1915", "q"}) {
    session_->back();
    session_->back();
    type(typed);
    std::vector<std::string> expected, shown;
    const app::Hits hits = one.value()->find(typed, viewer::kHitsMost, today);
    for (const app::Hit& hit : hits.hits) expected.push_back(hit.mrn);
    for (const app::Hit& hit : session_->hits().hits) shown.push_back(hit.mrn);
    EXPECT_EQ(shown, expected) << typed;
    EXPECT_EQ(session_->hits().total, hits.total) << typed;
    EXPECT_EQ(session_->reasons(), one.value()->explain(hits, typed, today)) << typed;
  }
}

TEST_F(PartsOnScreen, HaveOneScheduleByTimeAndItsRowsOpenTheirCharts) {
  open();
  ASSERT_FALSE(session_->schedule().empty());
  std::set<std::string> listed;
  for (std::size_t row = 0; row < session_->schedule().size(); ++row) {
    const app::ScheduleEntry entry = session_->schedule()[row];
    listed.insert(entry.mrn);
    session_->open_row(row);
    EXPECT_EQ(session_->sheet().banner.mrn, entry.mrn);
    session_->back();
  }
  std::size_t expected = 0;
  for (int patient = 1; patient <= kPatients; ++patient) expected += patient % 3 == 0 ? 1 : 0;
  EXPECT_EQ(listed.size(), expected);
}

TEST_F(PartsOnScreen, AMissingPartIsSaidOnEveryPageAndWhereNobodyIsFound) {
  fs::remove_all(part(2));
  look();
  EXPECT_TRUE(shows("NOT ALL of the practice's")) << lines();
  const std::string said = "PART 2 OF 3 IS MISSING: about a third of the patients cannot be found here.";
  EXPECT_TRUE(shows(said)) << "before it is opened\n" << lines();
  unlock();
  EXPECT_TRUE(shows(said)) << "today's list\n" << lines();
  EXPECT_TRUE(shows("INCOMPLETE: the appointments of about a third of the patients")) << lines();
  type(mrn(somebody_in(2)));
  EXPECT_TRUE(session_->hits().hits.empty());
  EXPECT_TRUE(shows("NOT ALL PATIENTS ARE HERE")) << lines();
  session_->back();
  type("xylocanary");
  EXPECT_GT(session_->hits().hits.size(), 1u);
  EXPECT_TRUE(shows(std::to_string(session_->hits().total) + " found here; others may be in the part that is missing")) << lines();
  EXPECT_FALSE(shows("all in this list")) << lines();
  ASSERT_TRUE(session_->open_mrn(mrn(somebody_in(3))).ok());
  EXPECT_TRUE(shows(said)) << "a chart\n" << lines();
  session_->show_outage();
  EXPECT_TRUE(shows(said)) << "the outage\n" << lines();
  session_->back();
  session_->show_print();
  EXPECT_TRUE(shows(said)) << "printing\n" << lines();
}

TEST_F(PartsOnScreen, ADamagedPartAndOneInAnotherPartsFolderAreSaidAndTheRestOpens) {
  for (const auto& entry : fs::recursive_directory_iterator(part(1)))
    if (entry.path().filename() == app::kChartsName) fs::resize_file(entry.path(), 100);
  fs::remove_all(part(3));
  fs::copy(part(2), part(3), fs::copy_options::recursive);
  open();
  EXPECT_TRUE(shows("PARTS 1 AND 3 OF 3 ARE DAMAGED: about 2 in 3 patients cannot be found here.")) << lines();
  EXPECT_TRUE(session_->open_mrn(mrn(somebody_in(2))).ok());
  EXPECT_FALSE(session_->open_mrn(mrn(somebody_in(3))).ok());
}

TEST_F(PartsOnScreen, AForgedPartStaysClosedAndIsSaid) {
  const auto stranger = tests::make_practice(root_.path() / "stranger");
  fs::remove_all(part(2));
  ASSERT_TRUE(tests::publish_part(stranger.value(), place(), {2, 3}, 9, later(kDay), tests::invented_charts(kPatients)).ok());
  open();
  EXPECT_TRUE(shows("PART 2 OF 3 IS NOT THIS PRACTICE'S: about a third of the patients cannot be found here.")) << lines();
  EXPECT_FALSE(session_->open_mrn(mrn(somebody_in(2))).ok()) << "nothing of it is shown";
  EXPECT_TRUE(session_->open_mrn(mrn(somebody_in(1))).ok());
}

TEST_F(PartsOnScreen, APassphraseThatIsRightForSomePartsOnlySaysSo) {
  fs::remove_all(part(3));
  tests::Practice other{practice_->folder, practice_->copies, app::SigningKey::from_seed(practice_->signing_key.seed()).value(), {}};
  ASSERT_TRUE(exporter::add_keyholder(practice_->folder, "Otto", "another long passphrase", app::kLockForTests).ok());
  for (exporter::Keyholder& keyholder : exporter::read_keyholders(practice_->folder).value())
    if (keyholder.name == "Otto") other.keyholders.push_back(std::move(keyholder));
  ASSERT_EQ(other.keyholders.size(), 1u);
  ASSERT_TRUE(tests::publish_part(other, place(), {3, 3}, 7, later(0), tests::invented_charts(kPatients)).ok());
  open();
  EXPECT_TRUE(shows("PART 3 OF 3 IS CLOSED TO THIS PASSPHRASE")) << lines();
  EXPECT_TRUE(session_->open_mrn(mrn(somebody_in(1))).ok());
  session_->lock();
  unlock("wrong for all");
  EXPECT_EQ(session_->page(), viewer::Page::unlock);
  EXPECT_TRUE(shows("This passphrase does not open the copy.")) << lines();
}

TEST_F(PartsOnScreen, AreAsOldAsTheOldestAndOneThatLagsIsNamed) {
  ASSERT_TRUE(tests::publish_part(*practice_, place(), {1, 3}, 8, later(2 * kDay), tests::invented_charts(kPatients)).ok());
  ASSERT_TRUE(tests::publish_part(*practice_, place(), {2, 3}, 8, later(2 * kDay + 3600), tests::invented_charts(kPatients)).ok());
  look();
  session_->tick(later(2 * kDay + 7200));
  unlock();
  EXPECT_TRUE(shows("(2 days old)")) << lines();
  EXPECT_TRUE(shows("Part 3 of 3 is 2 days older than the newest part: for about a third of the patients, what changed since then is missing.")) << lines();
  ASSERT_TRUE(session_->open_mrn(mrn(somebody_in(1))).ok());
  const std::string own = "this chart as of " + viewer::format_moment(later(2 * kDay), "America/New_York");
  EXPECT_TRUE(shows(own)) << lines();
}

TEST_F(PartsOnScreen, AreChosenBesideAWholeCopyByAgeAndTheOtherIsSpare) {
  ASSERT_TRUE(tests::publish_part(*practice_, place(), {}, 3, later(-kDay), tests::invented_charts(kPatients)).ok());
  look();
  ASSERT_TRUE(session_->copy());
  EXPECT_EQ(session_->copy()->parts.size(), 3u);
  ASSERT_EQ(session_->found().spare.size(), 1u);
  EXPECT_TRUE(session_->found().spare[0].parts.empty());
  EXPECT_TRUE(shows("Beside the parts lies a copy of the whole practice")) << lines();
  session_->choose_spare(0);
  EXPECT_FALSE(shows("Beside the parts")) << "somebody chose\n" << lines();
  unlock();
  EXPECT_EQ(session_->copy()->manifest.sequence, 3u);
  EXPECT_EQ(session_->copy()->manifest.counts.at("patients"), std::uint64_t{kPatients});
  ASSERT_TRUE(tests::publish_part(*practice_, place(), {}, 9, later(kDay), tests::invented_charts(kPatients)).ok());
  look();
  EXPECT_TRUE(session_->copy()->parts.empty()) << "the practice is whole again";
  EXPECT_TRUE(shows("lie parts of a practice that was split into 3")) << lines();
  ASSERT_FALSE(session_->found().spare.empty());
  EXPECT_EQ(session_->found().spare[0].parts.size(), 3u);
  EXPECT_TRUE(shows("in 3 parts")) << lines();
}

TEST_F(PartsOnScreen, TheNightBeforeCanBeOpenedInTheirPlace) {
  ASSERT_TRUE(tests::publish_split(*practice_, place(), 3, 8, later(kDay), tests::invented_charts(kPatients + 1)).ok());
  look();
  EXPECT_EQ(session_->copy()->manifest.as_of.s, later(kDay).s);
  ASSERT_EQ(session_->found().spare.size(), 1u);
  session_->choose_spare(0);
  unlock();
  EXPECT_EQ(session_->copy()->manifest.as_of.s, later(0).s);
  EXPECT_TRUE(session_->open_mrn(mrn(kPatients)).ok());
  EXPECT_FALSE(session_->open_mrn(mrn(kPatients + 1)).ok());
  EXPECT_TRUE(shows("data as of " + viewer::format_moment(later(0), "America/New_York"))) << lines();
}

TEST_F(PartsOnScreen, EveryByteOfEachIsReadBesideTheWork) {
  open();
  EXPECT_EQ(session_->bytes(), viewer::Session::Bytes::right);
  session_->lock();
  session_->type(tests::kPassphrase);
  session_->submit();
  while (const auto job = session_->take_job()) session_->finish((*job)());
  for (const auto& entry : fs::recursive_directory_iterator(part(3))) {
    if (entry.path().filename() != app::kChartsName) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-20, std::ios::end);
    file.put('x');
  }
  viewer::run_jobs(*session_);
  EXPECT_EQ(session_->bytes(), viewer::Session::Bytes::wrong);
  EXPECT_TRUE(shows("NOT VERIFIED: this copy is not what the practice signed. Part 3 of 3:")) << lines();
}

TEST_F(PartsOnScreen, OnceOpenedHereTheirSignerIsKnownWhenItIsLocked) {
  look();
  EXPECT_TRUE(shows("not seen on this computer before")) << lines();
  unlock();
  session_->lock();
  EXPECT_FALSE(shows("not seen on this computer before")) << lines();
  EXPECT_TRUE(shows("known on this computer since")) << lines();
}

TEST_F(PartsOnScreen, TheListOfAppointmentsSaysOnPaperThatThoseOfAMissingPartAreNotOnIt) {
  fs::remove_all(part(2));
  std::string paper;
  session_.emplace([this] { return viewer::find_copy({place()}, app::LaptopMemory::read(memory())); }, viewer::make_opener(memory()),
                   app::check_every_byte, [&paper](const viewer::PrintOrder& order) {
                     paper = order.drawn->pdf;
                     return app::Result<app::Done>(app::Done{});
                   }, viewer::draw_document, viewer::draw_paper, [] { return viewer::Printers{{"office"}, ""}; });
  session_->tick(later(6 * 3600));
  viewer::run_jobs(*session_);
  unlock();
  session_->print();
  viewer::run_jobs(*session_);
  ASSERT_FALSE(paper.empty()) << session_->print_notice();
  tests::write(root_.path() / "day.pdf", paper);
  const auto words = tests::run("pdftotext -raw '" + (root_.path() / "day.pdf").string() + "' -");
  ASSERT_EQ(words.exit_code, 0) << words.err;
  std::string flat = words.out;
  for (char& c : flat) c = c == '\n' ? ' ' : c;
  EXPECT_NE(flat.find("INCOMPLETE: the appointments of about a third of the patients are not on this list, because part 2 of 3 cannot be read here."),
            std::string::npos) << flat;
}

TEST_F(PartsOnScreen, EachLeavesItsOwnReceiptAndIsRememberedByItsOwnNumber) {
  ASSERT_TRUE(tests::publish_part(*practice_, place(), {2, 3}, 8, later(3600), tests::invented_charts(kPatients)).ok());
  open();
  const auto memory = app::LaptopMemory::read(this->memory());
  for (const std::uint32_t number : {1u, 2u, 3u}) {
    const app::Pairing* pairing = memory.pairings().find(practice_->signing_key.verifying_key(), {number, 3});
    ASSERT_NE(pairing, nullptr) << number;
    EXPECT_EQ(pairing->sequence, number == 2 ? 8u : 7u);
  }
  for (const std::uint32_t number : {1u, 2u, 3u}) EXPECT_TRUE(fs::exists(part(number) / app::kReceiptsFolder / app::receipt_file_name("desk"))) << number;
  session_->lock();
  fs::remove_all(part(2));
  ASSERT_TRUE(tests::publish_part(*practice_, place(), {2, 3}, 7, later(0), tests::invented_charts(kPatients)).ok());
  open();
  EXPECT_TRUE(shows("Part 2 of 3: OLDER: a newer copy was opened on this computer")) << lines();
}

TEST_F(PartsOnScreen, ALookIsRecordedWithTheNumberOfTheCopyThatTheChartIsIn) {
  const app::KeyPair officer = app::make_key_pair();
  fs::remove_all(place());
  for (const std::uint32_t number : {1u, 2u, 3u})
    ASSERT_TRUE(tests::publish_part(*practice_, place(), {number, 3}, 10 + number, later(0), tests::invented_charts(kPatients), &officer.public_key).ok());
  open();
  for (const std::uint32_t number : {3u, 1u}) ASSERT_TRUE(session_->open_mrn(mrn(somebody_in(number))).ok());
  session_->lock();
  std::ifstream file(memory() / "access.log", std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<std::string> looks;
  for (const app::ReadLook& read : app::read_access_log(text, officer, "").looks)
    looks.push_back(read.look.kind + " " + read.look.mrn + " " + std::to_string(read.look.sequence));
  EXPECT_EQ(looks, (std::vector<std::string>{"opened  11", "opened  12", "opened  13", "viewed " + mrn(somebody_in(3)) + " 13",
                                             "viewed " + mrn(somebody_in(1)) + " 11", "locked  11"}));
}

}  // namespace
