#include "app/snapshot/copy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/record/chart_json.h"
#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using app::Code;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void put_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}
std::string json_of(const app::Chart& chart) {
  std::string json;
  app::format_chart(chart, json);
  return json;
}

class CopyTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = tests::make_practice(temporary_.path());
    ASSERT_TRUE(made.ok()) << app::format_error(made.error());
    practice_.emplace(std::move(made).value());
    copy_ = night(3);
  }

  fs::path night(int charts) {
    const auto made = tests::run_small_night(*practice_, tests::invented_charts(charts));
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : app::format_error(made.error()));
    return made.ok() ? made.value() : fs::path();
  }
  app::Result<app::Copy> open(const std::string& passphrase = tests::kPassphrase) {
    TRY_GET(const app::CopyInfo info, app::read_copy(copy_, app::Check::hashes));
    return app::Copy::open(info, passphrase);
  }
  // The error of the named check, which must speak of `named`.
  Code fault(app::Check check, const std::string& named) {
    const auto info = app::read_copy(copy_, check);
    EXPECT_FALSE(info.ok());
    if (info.ok()) return Code{};
    EXPECT_NE(info.error().what.find(named), std::string::npos) << info.error().what;
    EXPECT_NE((info.error().what + info.error().detail).find(temporary_.path().string()), std::string::npos)
        << "says where: " << info.error().what << " / " << info.error().detail;
    return info.error().code;
  }

  tests::TemporaryFolder temporary_;
  std::optional<tests::Practice> practice_;
  fs::path copy_;
};

TEST_F(CopyTest, GivesBackEveryChartAsItWasRead) {
  const auto copy = open();
  ASSERT_TRUE(copy.ok()) << app::format_error(copy.error());
  EXPECT_EQ(copy.value().keyholder(), "Anna");
  ASSERT_EQ(copy.value().charts(), 3u);
  for (app::ChartId id = 1; id <= 3; ++id) {
    const std::string expected = json_of(tests::invented_chart(static_cast<int>(id)));
    EXPECT_EQ(copy.value().read_chart_json(id).value(), expected);
    EXPECT_EQ(json_of(copy.value().read_chart(id).value()), expected);
  }
  EXPECT_EQ(copy.value().read_chart(4).error().code, Code::not_found);
  EXPECT_EQ(copy.value().read_chart(0).error().code, Code::not_found);
  EXPECT_EQ(copy.value().read_report().value(), R"({"said":"report"})");
  EXPECT_EQ(copy.value().read_kept("binder_password").value(), "not a word");
  EXPECT_EQ(copy.value().read_kept("nothing").error().code, Code::not_found);
  EXPECT_TRUE(copy.value().verify().ok());
}

TEST_F(CopyTest, ADictionaryTrainedOnManyChartsChangesNoWord) {
  const std::string small = copy_.string();
  copy_ = night(900);
  const auto copy = open();
  ASSERT_TRUE(copy.ok()) << app::format_error(copy.error());
  EXPECT_GT(copy.value().read_kept("dictionary").value().size(), 1000u);
  for (const app::ChartId id : {1u, 599u, 600u, 601u, 900u}) {
    EXPECT_EQ(copy.value().read_chart_json(id).value(), json_of(tests::invented_chart(static_cast<int>(id))));
  }
  EXPECT_TRUE(copy.value().verify().ok());
}

TEST_F(CopyTest, APracticeWithoutPatientsHasACopyToo) {
  copy_ = night(0);
  const auto copy = open();
  ASSERT_TRUE(copy.ok()) << app::format_error(copy.error());
  EXPECT_EQ(copy.value().charts(), 0u);
  EXPECT_TRUE(copy.value().verify().ok());
}

TEST_F(CopyTest, TheScheduleOfADayIsByTimeThenName) {
  copy_ = night(30);
  const auto copy = open();
  ASSERT_TRUE(copy.ok());
  const auto day = copy.value().read_schedule(app::read_date("2026-09-22").value());
  ASSERT_TRUE(day.ok()) << app::format_error(day.error());
  EXPECT_EQ(day.value().size(), 10u);
  EXPECT_TRUE(std::is_sorted(day.value().begin(), day.value().end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));
  EXPECT_EQ(day.value()[0].appointment.text, "Check-up");
  EXPECT_EQ(day.value()[0].phone.substr(0, 5), "555-0");
  EXPECT_TRUE(copy.value().read_schedule(app::read_date("2031-01-01").value()).value().empty());
}

TEST_F(CopyTest, AnAppointmentWithAnOffsetStandsOnThePracticesOwnDay) {
  app::Chart chart = tests::invented_chart(1);
  chart.appointments.entries.resize(1);
  chart.appointments.entries[0].start = app::read_date("2026-11-23T00:30:00Z", "America/New_York");
  const auto published = tests::run_small_night(*practice_, {chart});
  ASSERT_TRUE(published.ok()) << app::format_error(published.error());
  copy_ = published.value();
  const auto copy = open();
  ASSERT_TRUE(copy.ok()) << app::format_error(copy.error());
  const auto day = copy.value().read_schedule(app::read_date("2026-11-22").value());
  ASSERT_TRUE(day.ok());
  ASSERT_EQ(day.value().size(), 1u);
  EXPECT_EQ(app::format_known_date(day.value()[0].appointment.start), "22-Nov-2026 19:30");
  EXPECT_TRUE(copy.value().read_schedule(app::read_date("2026-11-23").value()).value().empty());
  const app::Chart kept = copy.value().read_chart(1).value();
  EXPECT_EQ(app::format_known_date(kept.appointments.entries.at(0).start), "22-Nov-2026 19:30");
  EXPECT_NE(copy.value().read_chart_json(1).value().find("2026-11-23T00:30:00Z"), std::string::npos);
  EXPECT_TRUE(copy.value().verify().ok());
}

TEST_F(CopyTest, WithoutAKeyItTellsTimesAndCountsOnly) {
  const auto info = app::read_copy(copy_, app::Check::hashes);
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info.value().manifest.counts.at("patients"), 3u);
  EXPECT_EQ(info.value().manifest.counts.at("appointments"), 3u);
  for (const auto& entry : fs::recursive_directory_iterator(temporary_.path())) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = bytes_of(entry.path());
    EXPECT_EQ(bytes.find(tests::kCanary), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("Quirin"), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("Check-up"), std::string::npos) << entry.path();
  }
  EXPECT_NE(bytes_of(copy_ / "charts.db").substr(0, 15), "SQLite format 3");
}

TEST_F(CopyTest, AWrongPassphraseIsSaidAsSuch) {
  const auto copy = open("wrong horse");
  ASSERT_FALSE(copy.ok());
  EXPECT_EQ(copy.error().code, Code::wrong_passphrase);
  const auto info = app::read_copy(copy_, app::Check::sizes);
  EXPECT_EQ(app::Copy::open(info.value(), tests::kPassphrase, "Otto").error().code, Code::not_found);
  EXPECT_EQ(app::Copy::open(info.value(), "wrong", "Anna").error().code, Code::wrong_passphrase);
  EXPECT_TRUE(app::Copy::open(info.value(), tests::kPassphrase, "Anna").ok());
}

TEST_F(CopyTest, EveryKeyholderOpensIt) {
  ASSERT_TRUE(exporter::add_keyholder(practice_->folder, "Sealed envelope", "other words",
                                      app::kLockForTests).ok());
  practice_->keyholders = exporter::read_keyholders(practice_->folder).value();
  copy_ = night(2);
  EXPECT_EQ(open("other words").value().keyholder(), "Sealed envelope");
  EXPECT_EQ(open(tests::kPassphrase).value().keyholder(), "Anna");
}

TEST_F(CopyTest, AFlippedByteIsFoundByTheHashesWhereverItIs) {
  const std::string whole = bytes_of(copy_ / "charts.db");
  for (const std::size_t at : {std::size_t{0}, std::size_t{20}, whole.size() / 2, whole.size() - 1}) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    put_bytes(copy_ / "charts.db", flipped);
    EXPECT_EQ(fault(app::Check::hashes, "charts.db"), Code::damaged) << at;
  }
}

TEST_F(CopyTest, AFlippedByteIsNeverShownAsAChartEvenIfOnlySizesWereChecked) {
  const std::string whole = bytes_of(copy_ / "charts.db");
  for (std::size_t at = 100; at < whole.size(); at += 4099) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    put_bytes(copy_ / "charts.db", flipped);
    const auto info = app::read_copy(copy_, app::Check::sizes);
    ASSERT_TRUE(info.ok());
    const auto copy = app::Copy::open(info.value(), tests::kPassphrase);
    const auto read = copy.ok() ? copy.value().verify() : app::Result<app::Done>(copy.error());
    ASSERT_FALSE(read.ok()) << at;
    EXPECT_EQ(read.error().code, Code::damaged);
  }
}

TEST_F(CopyTest, ACutOrEmptyOrMissingFileIsSaidByName) {
  const std::string whole = bytes_of(copy_ / "charts.db");
  for (const std::size_t length : {whole.size() - 1, whole.size() - 16384, std::size_t{0}}) {
    put_bytes(copy_ / "charts.db", whole.substr(0, length));
    EXPECT_EQ(fault(app::Check::sizes, "charts.db"), Code::damaged) << length;
  }
  put_bytes(copy_ / "charts.db", whole + "x");
  EXPECT_EQ(fault(app::Check::sizes, "charts.db"), Code::damaged);
  fs::remove(copy_ / "charts.db");
  EXPECT_EQ(fault(app::Check::sizes, "charts.db is missing"), Code::damaged);
  fs::create_directory(copy_ / "charts.db");
  EXPECT_EQ(fault(app::Check::sizes, "charts.db"), Code::damaged);
}

TEST_F(CopyTest, ADamagedOrForgedManifestIsSaidFirst) {
  const std::string whole = bytes_of(copy_ / "manifest.json");
  put_bytes(copy_ / "charts.db", "");
  put_bytes(copy_ / "manifest.json", whole.substr(0, whole.size() / 2));
  EXPECT_EQ(fault(app::Check::sizes, "manifest.json"), Code::damaged);
  put_bytes(copy_ / "manifest.json", "");
  EXPECT_EQ(fault(app::Check::sizes, "manifest.json"), Code::damaged);
  std::string renamed = whole;
  renamed.replace(renamed.find("Elm Street"), 3, "Oak");
  put_bytes(copy_ / "manifest.json", renamed);
  EXPECT_EQ(fault(app::Check::sizes, "manifest.json"), Code::forged);
  std::string newer = whole;
  newer.replace(newer.find("\"version\":1"), 11, "\"version\":9");
  put_bytes(copy_ / "manifest.json", newer);
  EXPECT_EQ(fault(app::Check::sizes, "newer format"), Code::newer_format);
}

TEST_F(CopyTest, AnotherCopysChartsDoNotPass) {
  const fs::path other = night(3);
  fs::copy_file(copy_ / "charts.db", other / "charts.db", fs::copy_options::overwrite_existing);
  copy_ = other;
  EXPECT_EQ(fault(app::Check::hashes, "charts.db"), Code::damaged);
}

TEST_F(CopyTest, WhatIsNoCopyIsSaidToBeNone) {
  tests::TemporaryFolder empty;
  EXPECT_EQ(app::read_copy(empty.path(), app::Check::sizes).error().code, Code::not_a_copy);
  EXPECT_EQ(app::read_copy(empty.path() / "missing", app::Check::sizes).error().code, Code::not_found);
  put_bytes(empty.path() / "file", "x");
  EXPECT_EQ(app::read_copy(empty.path() / "file", app::Check::sizes).error().code, Code::not_a_copy);
  put_bytes(empty.path() / "manifest.json", R"({"name":"an app"})");
  EXPECT_EQ(app::read_copy(empty.path(), app::Check::sizes).error().code, Code::not_a_copy);
}

TEST_F(CopyTest, ADesktopsLitterIsNamedAndChangesNothing) {
  put_bytes(copy_ / ".DS_Store", "x");
  const auto info = app::read_copy(copy_, app::Check::hashes);
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info.value().strangers, std::vector<std::string>{".DS_Store"});
  EXPECT_TRUE(app::Copy::open(info.value(), tests::kPassphrase).ok());
}

TEST_F(CopyTest, AFolderOfCopiesMeansItsNewestGoodOne) {
  const fs::path newest = night(4);
  EXPECT_EQ(app::read_copy(practice_->copies, app::Check::sizes).value().folder, newest);
  fs::resize_file(newest / "charts.db", 100);
  EXPECT_EQ(app::read_copy(practice_->copies, app::Check::sizes).value().folder, copy_);
  const auto found = app::list_copies(practice_->copies);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].folder, newest);
  EXPECT_EQ(found[0].fault->code, Code::damaged);
  EXPECT_FALSE(found[1].fault);
  fs::resize_file(copy_ / "charts.db", 100);
  const auto none = app::read_copy(practice_->copies, app::Check::sizes);
  EXPECT_EQ(none.error().code, Code::damaged);
  EXPECT_NE(none.error().what.find(newest.filename().string()), std::string::npos) << none.error().what;
}

TEST_F(CopyTest, ARenamedOldCopyIsNotTakenForTheNewest) {
  const fs::path newest = night(4);
  fs::rename(copy_, practice_->copies / "2099-01-01T000000Z-999999");
  EXPECT_EQ(app::read_copy(practice_->copies, app::Check::sizes).value().folder, newest);
}

TEST_F(CopyTest, NothingIsWrittenToOrBesideACopy) {
  auto listing = [this] {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(temporary_.path())) {
      names.push_back(entry.path().string() + std::to_string(entry.last_write_time().time_since_epoch().count()));
    }
    std::sort(names.begin(), names.end());
    return names;
  };
  fs::permissions(copy_, fs::perms::owner_read | fs::perms::owner_exec);
  const auto before = listing();
  {
    const auto copy = open();
    ASSERT_TRUE(copy.ok());
    EXPECT_TRUE(copy.value().read_schedule(app::read_date("2026-09-22").value()).ok());
    EXPECT_TRUE(copy.value().verify().ok());
    EXPECT_EQ(listing(), before);
  }
  EXPECT_EQ(listing(), before);
  fs::permissions(copy_, fs::perms::owner_all);
}

TEST_F(CopyTest, AFolderNameWithSignsOfItsOwnOpens) {
  const fs::path odd = temporary_.path() / "50% off? #1 & co \u738b";
  fs::rename(copy_, odd);
  copy_ = odd;
  EXPECT_TRUE(open().ok());
}

}  // namespace
