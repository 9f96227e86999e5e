// The restore drill: what passes, what fails and how clearly, and that its result is signed, counted and without any patient.
#include "exporter/report/drill.h"

#include <gtest/gtest.h>
#include <sqlcipher/sqlite3.h>

#include <algorithm>

#include "app/record/chart_json.h"
#include "app/digest.h"
#include "app/snapshot/copy.h"
#include "exporter/emr/emr_reach.h"
#include "exporter/emr/mariadb_faults.h"
#include "exporter/report/drill_result.h"
#include "tests/command.h"
#include "tests/copy_maker.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using exporter::DrillPlace;
using exporter::EmrSample;
using exporter::LaptopFindings;

std::string text_of(const app::Chart& chart) {
  std::string text;
  app::format_chart(chart, text);
  return text;
}

// Twenty patients, found in a copy of an hour ago exactly as the EMR has them.
struct Held {
  explicit Held(int count = 20) {
    for (int number = 1; number <= count; ++number) {
      const std::string chart = text_of(tests::invented_chart(number));
      sample.charts.push_back({exporter::known_patient(tests::invented_chart(number)), chart});
      findings.found.push_back({true, true, chart});
    }
    sample.as_of = {1'790'003'600};
    findings.as_of = {1'790'000'000};
    sample.patients = findings.patients = static_cast<std::uint64_t>(count);
    findings.sequence = 7;
    findings.charts_digest = "aa";
  }
  DrillPlace judge() const {
    DrillPlace place;
    exporter::judge_drill(findings, sample, nights, "America/New_York", place);
    return place;
  }
  // The EMR has written this since.
  void change(std::size_t patient, const std::function<void(app::Chart&)>& write) {
    auto chart = app::parse_chart(sample.charts[patient].chart);
    ASSERT_TRUE(chart.ok());
    write(chart.value());
    sample.charts[patient].chart = text_of(chart.value());
  }
  EmrSample sample;
  LaptopFindings findings;
  std::vector<exporter::NightRecord> nights;
};

void add_medication(app::Chart& chart) {
  app::Medication medication;
  medication.text = "Newmycin";
  chart.medications.add(medication);
}

TEST(DrillJudge, NamesBySectionWhatTheEmrWroteSinceAndPasses) {
  Held held;
  held.change(3, add_medication);
  held.change(4, [](app::Chart& chart) { chart.mrn = "changed"; });
  const DrillPlace place = held.judge();
  EXPECT_FALSE(place.fault) << place.fault->what;
  EXPECT_EQ(place.same, 18u);
  EXPECT_EQ(place.found, 20u);
  EXPECT_EQ(place.differences.at("medications"), 1u);
  EXPECT_EQ(place.differences.at("identity"), 1u);
}

TEST(DrillJudge, FailsForEveryThingThatANewerEmrDoesNotExplain) {
  const struct {
    std::function<void(Held&)> harm;
    const char* words;
  } harms[] = {
      {[](Held& held) { held.sample.as_of = held.findings.as_of, held.change(3, add_medication); }, "of the same moment"},
      {[](Held& held) { held.findings.found[5].found = false; }, "The search did not find 1 of 20 patients"},
      {[](Held& held) { for (std::size_t i = 0; i < 12; ++i) held.change(i, add_medication); }, "more than a practice writes"},
      {[](Held& held) { for (std::size_t i = 0; i < 6; ++i) held.findings.found[i] = {}; }, "are not in the copy"},
      {[](Held& held) { held.sample.patients = 2000, held.findings.patients = 900; }, "holds 900 patients and the EMR 2,000"},
      {[](Held& held) { held.findings.passed_over = "2026-01-01T000000Z-000008"; }, "the newest there cannot be used"},
      {[](Held& held) { held.findings.found.pop_back(); }, "did not say what it found"},
      {[](Held& held) { held.nights.emplace_back(), held.nights.back().published = true, held.nights.back().sequence = 7, held.nights.back().charts_digest = "bb"; },
       "not those that the night wrote"},
  };
  for (const auto& harm : harms) {
    Held held;
    harm.harm(held);
    const DrillPlace place = held.judge();
    ASSERT_TRUE(place.fault) << harm.words;
    EXPECT_NE(place.fault->what.find(harm.words), std::string::npos) << place.fault->what;
  }
  Held old;
  for (std::size_t i = 0; i < 12; ++i) old.change(i, add_medication);
  old.findings.as_of = {old.sample.as_of.s - 30 * 86'400};
  EXPECT_FALSE(old.judge().fault) << "a practice may well write so much in a month";
  Held patient_is_new;
  patient_is_new.findings.found[0] = {};
  EXPECT_FALSE(patient_is_new.judge().fault);
  EXPECT_EQ(patient_is_new.judge().absent, 1u);
}

TEST(DrillJudge, KnowsTheNightsOwnDigest) {
  Held held;
  EXPECT_FALSE(held.judge().digest_known);
  held.nights.emplace_back(), held.nights.back().published = true, held.nights.back().sequence = 7, held.nights.back().charts_digest = "aa";
  EXPECT_TRUE(held.judge().digest_known);
  EXPECT_FALSE(held.judge().fault);
}

// The real programs on a small practice of three patients.
class DrillCommand : public testing::TestWithParam<tests::SmallEmr> {
 protected:
  void SetUp() override { tests::write(passphrase_, std::string(tests::kPassphrase) + "\n"); }
  tests::Outcome drill(const std::string& more = "") const {
    return tests::run("$NIGHTCHART drill --config " + practice_.config().string() + " --passphrase-file " + passphrase_.string() + " " + more);
  }
  fs::path drills() const { return practice_.root() / "practice/drills"; }
  std::vector<fs::path> results() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(drills())) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
  }

  const tests::SmallPractice practice_{{.emr = GetParam(), .destinations = 1}};
  const fs::path passphrase_ = practice_.beside() / "passphrase";
};

TEST_P(DrillCommand, PassesEverywhereAndKeepsASignedResultWithoutAnyPatient) {
  const auto outcome = drill();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("PASSED  the folder of copies"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("PASSED  stick"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("3 of 3 patients found"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("3 charts exactly as the EMR has them now"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("they are what the night wrote"), std::string::npos) << outcome.out;
  ASSERT_EQ(results().size(), 1u);
  const std::string result = tests::contents(results()[0]);
  const auto charts = tests::run("$NIGHTCHART show --all --json " + practice_.copies().string() + " --passphrase-file " + passphrase_.string());
  ASSERT_EQ(charts.exit_code, 0) << charts.err;
  std::istringstream lines(charts.out);
  std::size_t names = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto chart = app::parse_chart(line);
    ASSERT_TRUE(chart.ok());
    for (const std::string& word : {app::shown_name(chart.value()).family, chart.value().mrn}) {
      EXPECT_EQ(result.find('"' + word), std::string::npos) << result;
      EXPECT_TRUE(word.size() < 4 || result.find(word) == std::string::npos) << result;
      ++names;
    }
  }
  EXPECT_EQ(names, 6u);
  EXPECT_EQ(result.find(tests::kPassphrase), std::string::npos);
}

TEST_P(DrillCommand, ItsResultsAreARowInWhichNoneCanBeChangedOrTakenAway) {
  ASSERT_EQ(drill().exit_code, 0);
  ASSERT_EQ(drill("--destination stick").exit_code, 0);
  ASSERT_EQ(drill().exit_code, 0);
  const auto files = results();
  ASSERT_EQ(files.size(), 3u);
  const auto good = drill("--check");
  EXPECT_EQ(good.exit_code, 0) << good.out << good.err;
  EXPECT_NE(good.out.find("3 results, each signed by the practice, none missing"), std::string::npos) << good.out;
  const std::string second = tests::contents(files[1]);
  std::string changed = second;
  changed.replace(changed.find("\"passed\":true"), 13, "\"passed\":fals");
  tests::write(files[1], changed);
  EXPECT_EQ(drill("--check").exit_code, 17);
  tests::write(files[1], second);
  EXPECT_EQ(drill("--check").exit_code, 0);
  fs::remove(files[2]);
  const auto missing = drill("--check");
  EXPECT_EQ(missing.exit_code, 17);
  EXPECT_NE(missing.out.find("MISSING no. 3"), std::string::npos) << missing.out;
  tests::write(files[2], second);  // another one in its place
  EXPECT_EQ(drill("--check").exit_code, 17);
}

INSTANTIATE_TEST_SUITE_P(Emrs, DrillCommand, testing::Values(tests::SmallEmr::sqlite, tests::SmallEmr::fhir));

class DrillFails : public DrillCommand {
 protected:
  void write_emr(const char* statement) const {
    sqlite3* emr = nullptr;
    ASSERT_EQ(sqlite3_open(practice_.emr().c_str(), &emr), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(emr, statement, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(emr);
    sqlite3_close(emr);
  }
  void expect(const tests::Outcome& outcome, int code, const std::string& words) const {
    EXPECT_EQ(outcome.exit_code, code) << outcome.out << outcome.err;
    EXPECT_NE(outcome.out.find("FAILED"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find(words), std::string::npos) << outcome.out;
    const auto status = tests::run("$NIGHTCHART status --config " + practice_.config().string());
    EXPECT_EQ(status.exit_code, 2) << status.out;
    EXPECT_NE(status.out.find("the last one FAILED at "), std::string::npos) << status.out;
  }
};

TEST_P(DrillFails, ClearlyWhenThePassphraseIsWrong) {
  tests::write(passphrase_, "another passphrase\n");
  expect(drill(), 10, "FAILED  stick");
}

TEST_P(DrillFails, ClearlyWhenTheStickIsAway) {
  fs::rename(practice_.root() / "stick", practice_.root() / "elsewhere");
  const auto outcome = drill();
  EXPECT_NE(outcome.out.find("PASSED  the folder of copies"), std::string::npos) << outcome.out;
  expect(outcome, 13, "Is the stick or laptop plugged in");
}

TEST_P(DrillFails, ClearlyWhenTheCopyIsBroken) {
  const auto copies = app::list_copies(practice_.root() / "stick");
  ASSERT_FALSE(copies.empty());
  for (const app::FoundCopy& copy : copies) {
    std::fstream file(copy.folder / "charts.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(9000);
    file << "damage";
  }
  expect(drill(), 11, "FAILED  stick");
}

TEST_P(DrillCommand, OpensEveryPlaceAndFindsItsPatientsThoughTheEmrIsAway) {
  fs::rename(practice_.emr(), practice_.beside() / "emr.away");
  const auto outcome = drill();
  EXPECT_EQ(outcome.exit_code, exporter::kExitNotCompared) << outcome.out << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("Drill no. 1 of Elm Street: OPENED EVERYWHERE, BUT NOT COMPARED: the EMR is away\n")) << outcome.out;
  for (const char* place : {"OPENED  the folder of copies", "OPENED  stick"}) EXPECT_NE(outcome.out.find(place), std::string::npos) << place << outcome.out;
  EXPECT_NE(outcome.out.find("3 of 3 patients, drawn from the copy itself, found by name and birth date."), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("All 3 charts read; they are what the night wrote."), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("FAILED"), std::string::npos) << outcome.out;
  const auto status = tests::run("$NIGHTCHART status --config " + practice_.config().string());
  EXPECT_EQ(status.exit_code, 1) << status.out;
  EXPECT_NE(status.out.find("but NOT COMPARED, for the EMR was away"), std::string::npos) << status.out;
  EXPECT_NE(tests::run("$NIGHTCHART drill --check --config " + practice_.config().string()).out.find("not compared"), std::string::npos);
}

TEST_P(DrillFails, ClearlyWhenACopyIsBrokenAlthoughTheEmrIsAwayToo) {
  fs::rename(practice_.emr(), practice_.beside() / "emr.away");
  tests::write(passphrase_, "another passphrase\n");
  expect(drill(), 10, "FAILED  stick");
}

TEST_P(DrillFails, WhenTheEmrIsThereAndCannotBeReadForThatIsNoOutage) {
  fs::rename(practice_.emr(), practice_.beside() / "emr.good");
  write_emr("CREATE TABLE other(a)");
  expect(drill(), 19, "FAILED  stick");
  tests::write(practice_.emr(), std::string(9000, 'x'));
  expect(drill(), 19, "is not an SQLite database");
  fs::copy_file(practice_.beside() / "emr.good", practice_.emr(), fs::copy_options::overwrite_existing);
  write_emr("DELETE FROM patients");
  expect(drill(), 19, "The EMR gave no patient at all.");
}

TEST(EmrReach, KnowsAnOutageFromAnEmrThatIsNotWhatItIsSaidToBe) {
  using exporter::is_out_of_reach;
  const exporter::MariadbPlace place{"MariaDB at db", "reader", "", "emr", 300};
  for (const unsigned number : {2002u, 2003u, 2005u, 2013u}) EXPECT_TRUE(is_out_of_reach(mariadb_connect_error(place, {number, "08S01", "no"}))) << number;
  EXPECT_FALSE(is_out_of_reach(mariadb_connect_error(place, {1049, "42000", "Unknown database"})));
  EXPECT_FALSE(is_out_of_reach(mariadb_connect_error(place, {1045, "28000", "Access denied"})));
  auto lost = mariadb_read_error(place, {2013, "HY000", "Lost connection"});
  EXPECT_EQ(lost.code, app::Code::bad_source) << "a section must not be taken for one that may not be read";
  lost.what = "patients.sql: " + lost.what;
  EXPECT_TRUE(is_out_of_reach(lost));
  EXPECT_FALSE(is_out_of_reach(mariadb_read_error(place, {1205, "HY000", "Lock wait timeout"})));
}

TEST_P(DrillFails, WhenThePracticeHasAnotherSigningKeyThanTheCopy) {
  fs::rename(practice_.root() / "practice/keys/signing.key", practice_.beside() / "signing.key");
  ASSERT_TRUE(exporter::make_signing_key(practice_.root() / "practice").ok());
  EXPECT_EQ(drill().exit_code, 17);
}

INSTANTIATE_TEST_SUITE_P(Emrs, DrillFails, testing::Values(tests::SmallEmr::sqlite));

// The process that opens the copy is given a secret that lies where it may read, or where it may not.
TEST_P(DrillCommand, IsHeldByAProcessThatCannotReadThePracticesKeys) {
  exporter::LaptopOrder order;
  order.place = practice_.copies();
  order.signer = app::format_hex(app::read_copy(practice_.copies(), app::Check::sizes).value().manifest.verifying_key);
  order.passphrase = tests::kPassphrase;
  const auto held = [&] {
    tests::write(practice_.beside() / "order", exporter::format_order(order));
    return exporter::parse_findings(tests::run("$NIGHTCHART drill-laptop < " + (practice_.beside() / "order").string()).out);
  };
  order.secrets = {practice_.root() / "practice/keys/signing.key", practice_.config(), passphrase_, "/etc/passwd"};
  for (const fs::path& secret : order.secrets) ASSERT_TRUE(fs::exists(secret)) << secret;
  const auto apart = held();
  ASSERT_TRUE(apart.ok()) << apart.error().what << apart.error().detail;
  EXPECT_EQ(apart.value().patients, 3u);
  // A key that somebody left in the copy's own folder.
  fs::copy_file(practice_.root() / "practice/keys/signing.key", app::list_copies(practice_.copies())[0].folder / "signing.key");
  order.secrets.push_back(app::list_copies(practice_.copies())[0].folder / "signing.key");
  const auto near = held();
  ASSERT_FALSE(near.ok());
  EXPECT_EQ(near.error().code, app::Code::not_verified);
  // And one beside the copies: a practice's folder may be that of its copies.
  fs::remove(order.secrets.back());
  fs::copy_file(practice_.root() / "practice/keys/signing.key", practice_.copies() / "signing.key");
  order.secrets.back() = practice_.copies() / "signing.key";
  EXPECT_TRUE(held().ok());
}

}  // namespace
