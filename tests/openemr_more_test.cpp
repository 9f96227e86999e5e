// The rest of a chart from OpenEMR: appointments, payers, people, visits, papers; and what may not be read.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <map>
#include <set>
#include <string>

#include "app/record/calendar.h"
#include "tests/command.h"
#include "tests/house_places.h"
#include "tests/openemr_fixture.h"
#include "tests/openemr_sealing.h"
#include "tests/sql_servers.h"

namespace {

using app::Chart;
using app::Presence;
using tests::OpenEmrPractice;
using tests::OpenEmrVersion;
using tests::SqlServer;

class OpenEmrMore : public testing::TestWithParam<OpenEmrVersion> {
 protected:
  const OpenEmrPractice& practice() const { return OpenEmrPractice::shared(GetParam()); }
  const Chart& chart(int pid) const { return practice().chart(std::to_string(pid)); }
  bool is_new() const { return GetParam() == OpenEmrVersion::v8; }
};

INSTANTIATE_TEST_SUITE_P(Versions, OpenEmrMore, testing::Values(OpenEmrVersion::v5, OpenEmrVersion::v8),
                         [](const auto& one) { return one.param == OpenEmrVersion::v5 ? "Of502" : "Of8"; });

std::string day_of(const app::Known<app::Date>& date) { return date.is_known() ? date.value().iso.substr(0, 10) : "-"; }

// The tables that README.md grants, and the pack's own text.
std::set<std::string> granted_tables() {
  const std::string readme = tests::contents(std::filesystem::path(tests::kHouseRoot) / "templates/emr/openemr/README.md");
  std::set<std::string> tables;
  const std::regex grant(R"(GRANT SELECT ON openemr\.`?(\w+)`? TO)");
  for (std::sregex_iterator at(readme.begin(), readme.end(), grant), end; at != end; ++at) tables.insert((*at)[1]);
  return tables;
}

std::string user_who_may_read(const OpenEmrPractice& practice, const std::set<std::string>& tables) {
  SqlServer& server = SqlServer::shared(tests::ServerKind::mariadb);
  const std::string user = server.make_user();
  const std::string there = "\n" + server.run("SHOW TABLES", practice.database());
  for (const std::string& table : tables) {
    if (there.find("\n" + table + "\n") == std::string::npos) continue;
    server.run("GRANT SELECT ON " + practice.database() + ".`" + table + "` TO " + user + "@localhost");
  }
  return user;
}

TEST_P(OpenEmrMore, AnAppointmentThatRepeatsIsOneForEachOfItsDays) {
  const app::Date today = app::local_date(app::now(), "America/Chicago");
  std::set<std::string> days;
  for (const app::Appointment& a : chart(15).appointments.entries) {
    if (a.text == "Office Visit; Dressing") days.insert(day_of(a.start));
  }
  // Weekly since 70 days ago for 14 more days, one week left out; those of the last 30 days are told.
  std::set<std::string> expected;
  for (const int d : {-28, -21, -14, -7, 0, 14}) expected.insert(app::add_days(today, d).iso);
  EXPECT_EQ(days, expected);
}

TEST_P(OpenEmrMore, ABrokenRepetitionGivesItsFirstDayAndSaysSo) {
  const auto& read = chart(15);
  EXPECT_EQ(std::count_if(read.appointments.entries.begin(), read.appointments.entries.end(),
                          [](const auto& a) { return a.text == "Office Visit; Broken"; }),
            1);
  ASSERT_EQ(read.unreadable.size(), 1u);
  EXPECT_EQ(read.unreadable[0].section + "." + read.unreadable[0].field, "appointments.repeats");
}

TEST_P(OpenEmrMore, AppointmentsSayWhetherTheyWereCancelledAndProvidersBlocksAreNone) {
  std::string said;
  for (const app::Appointment& a : chart(15).appointments.entries) {
    if (a.text.find("; ") != std::string::npos) continue;
    said += a.text + " (" + a.status + ") " + a.minutes + " min " + a.clinician + " at " + a.place + "; ";
  }
  EXPECT_EQ(said, "Established Patient () 30 min Dr. Ada Green at Main Street Clinic; R2; "
                  "Office Visit (Canceled) 15 min Dr. Ada Green at Main Street Clinic; "
                  "Office Visit (Canceled < 24h) 15 min Dr. Ada Green at Main Street Clinic; ");
  EXPECT_EQ(chart(15).appointments.entries.at(0).reason, "Bring tablets");
}

TEST_P(OpenEmrMore, OfSeveralPayersTheNewestThatHasBegunCounts) {
  std::string said;
  for (const app::Coverage& c : chart(16).coverage.entries)
    said += c.order + " " + c.plan + " " + c.status + (c.current.value_or(false) ? " now; " : "; ");
  EXPECT_EQ(said, std::string("primary Old plan ") + (is_new() ? "ended" : "replaced") +
                      "; primary Gold active now; primary Next year not yet in force; ");
  const app::Coverage& gold = chart(16).coverage.entries.at(1);
  EXPECT_EQ(gold.text + ", " + gold.member_id + ", " + gold.subscriber + ", " + gold.relationship + ", " +
                gold.copay + ", " + gold.phone,
            "Prairie Mutual, G77, Irma Insured, Child, 20, 312-555-0170");
}

TEST_P(OpenEmrMore, APlaceholderIsNoInsuranceAndANewerOneEndsIt) {
  EXPECT_EQ(chart(16).coverage.entries.size(), 3u);
  ASSERT_EQ(chart(17).coverage.entries.size(), 1u);
  EXPECT_EQ(chart(17).coverage.entries[0].status, "replaced");
  EXPECT_EQ(chart(1).coverage.state, Presence::not_recorded);
}

TEST_P(OpenEmrMore, EmergencyContactsAndGuardiansAreToldApart) {
  const auto& contacts = chart(1).contacts.entries;
  ASSERT_EQ(contacts.size(), 3u);
  EXPECT_EQ(contacts[0].text, "Carl Doe (husband)");
  EXPECT_EQ(contacts[0].emergency, true);
  EXPECT_EQ(contacts[0].telecom.at(0).value, "555-9999");
  EXPECT_EQ(contacts[1].text + ", " + contacts[1].relationship, "Gail Ward, Spouse");
  EXPECT_EQ(contacts[1].guardian, true);
  EXPECT_EQ(contacts[2].text + ", " + contacts[2].relationship, "Mona Moss, mother");
}

// Since 7.0.4.
TEST(OpenEmrOf8, RelatedPersonsAreContactsToo) {
  const OpenEmrPractice& practice = OpenEmrPractice::shared(OpenEmrVersion::v8);
  const auto& contacts = practice.chart("17").contacts.entries;
  ASSERT_EQ(contacts.size(), 2u);
  EXPECT_EQ(contacts[0].text + ", " + contacts[0].relationship, "Rosa Related, Spouse");
  EXPECT_EQ(contacts[0].emergency, true);
  EXPECT_EQ(contacts[0].telecom.at(0).value, "555-7001, 555-7002")
      << "in their order, without the one that is no longer used";
  EXPECT_EQ(contacts[0].telecom.at(1).value, "rosa@example.org");
  EXPECT_EQ(contacts[1].note, "no longer active; NOT to receive medical information");
}

TEST_P(OpenEmrMore, OtherNamesAreKept) {
  const auto& names = chart(1).names;
  if (!is_new()) {
    EXPECT_EQ(names.size(), 1u);
    return;
  }
  ASSERT_EQ(names.size(), 4u);
  EXPECT_EQ(names[0].suffix + ", " + names[1].use + " " + names[1].given + ", " + names[2].use + " " +
                names[2].family + ", " + names[3].use + " " + names[3].family,
            "Jr., nickname Janie, maiden Moss, old Fox");
  EXPECT_EQ(chart(1).gender, "Identifies as male; nonbinary");
  EXPECT_EQ(chart(1).interpreter_needed, true);
  EXPECT_EQ(chart(1).addresses.size(), 2u);
}

TEST_P(OpenEmrMore, TheCareTeamIsFoundWhereverTheVersionKeepsIt) {
  std::string said;
  for (const app::CareTeamMember& m : chart(1).care_team.entries)
    said += m.role + ": " + m.text + (m.phone.empty() ? "" : " " + m.phone) + "; ";
  EXPECT_EQ(
      said,
      std::string("primary provider: Dr. Ada Green 555-0101; referring provider: Lakeside Cardiology 555-0303; ") +
          (is_new() ? "care team: Dr. Ada Green, Bob White, 77; " : "care team: Bob White; ") +
          "pharmacy: Corner Pharmacy 312-555-0172; ");
  if (!is_new()) return;
  const auto& team = chart(17).care_team.entries;
  ASSERT_EQ(team.size(), 2u);
  EXPECT_EQ(team[0].text + ", " + team[0].role + ", " + team[0].organization,
            "Bob White, Case Manager, Harbour Clinic");
  EXPECT_EQ(team[1].text, "Pete Helper");
  EXPECT_EQ(team[1].current, false);
}

TEST_P(OpenEmrMore, ASensitiveVisitIsWithheldWithItsNotesAndSaidToBe) {
  const Chart& vera = chart(18);
  EXPECT_EQ(vera.visits.withheld, 1u);
  EXPECT_EQ(vera.notes.withheld, 2u);
  for (const app::Visit& visit : vera.visits.entries) EXPECT_EQ(visit.reason.find("alcohol"), std::string::npos);
  for (const app::Note& note : vera.notes.entries) EXPECT_EQ(note.body.find("bottle"), std::string::npos);
}

TEST_P(OpenEmrMore, ADeletedVisitIsGoneAndAnImportedOneCounts) {
  std::string said;
  for (const app::Visit& v : chart(18).visits.entries)
    said += v.key + " " + v.text + ", " + v.reason + ", " + v.clinician + ", " + v.place + "; ";
  EXPECT_EQ(
      said,
      "81 Office Visit, Cough, Dr. Ada Green, Main Street Clinic; 84 , Imported, Dr. Cora Gone, Old paper file; "
      " Visit elsewhere, Broken wrist, , ; ");
}

TEST_P(OpenEmrMore, NotesAreWholeAndOfTheirVisit) {
  std::string said;
  for (const app::Note& note : chart(18).notes.entries) said += note.visit + " " + note.text + ": " + note.body + " | ";
  std::string expected =
      "81 SOAP note: Subjective: Cough <b>since</b> &amp; Monday\r\nworse at night\nAssessment: Cold\nPlan: Tea | "
      "81 Dictation: Lungs clear. | ";
  if (is_new()) expected += "81 Progress Note: First part | 81 Progress Note: Second part | ";
  expected +=
      "81 Falls: Falls this year: 3\nWalking aid: Rollator\nzz_old: a field that is laid out no more | "
      " Message: Phone Call: Call back about cough |  Message: Other: (the EMR keeps this message encrypted) | ";
  std::erase(said, '\r'), std::erase(expected, '\r');
  EXPECT_EQ(said, expected);
  EXPECT_EQ(chart(18).procedures.entries.at(0).text, "Wrist cast");
}

TEST_P(OpenEmrMore, DocumentsAreNamedDatedAndSorted) {
  std::string said;
  for (const app::Document& d : chart(19).documents.entries)
    said += d.key + " " + d.text + " " + day_of(d.date) + " " + d.media_type + "; ";
  EXPECT_EQ(said, std::string("901 Lab Report: ") + (is_new() ? "Scan one" : "scan one.pdf") +
                      " 2024-01-01 application/pdf; 902 Lab Report: sealed.txt 2024-02-02 text/plain; "
                      "903 Our MOLST form: will.pdf 2022-01-01 application/pdf; 905 Lab Report: picture 2022-02-01 "
                      "text/html; 906 Lab Report: couch 2022-03-01 image/png; ");
  EXPECT_EQ(chart(19).documents.entries.at(4).note, "kept in CouchDB, not on the disk");
}

// Keeps the documents of a night in memory, each as its bytes or why it has none.
class Shelf final : public exporter::DocumentKeeper {
 public:
  app::DocumentContent keep(const exporter::DocumentOffer& offer) override {
    std::string& kept = documents[offer.key.substr(offer.key.rfind('/') + 1)];
    auto opened = offer.open();
    while (opened.ok()) {
      char room[64];
      const auto got = opened.value()->read(room, sizeof room);
      if (!got.ok()) return kept = got.error().what, app::DocumentContent{};
      if (got.value() == 0) return {};
      kept.append(room, got.value());
    }
    return kept = opened.error().what, app::DocumentContent{};
  }
  std::map<std::string, std::string> documents;
};

TEST_P(OpenEmrMore, DocumentsAreFoundByTheEndOfTheirPathAndOpenedWhereTheyAreEncrypted) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "19");
  std::filesystem::create_directories(folder.path() / "7/19");
  tests::write(folder.path() / "19/scan one.pdf", "007 plain");
  tests::write(folder.path() / "7/19/sealed.txt",
               tests::sealed("a letter", "007", std::string(32, 'A'), std::string(32, 'B')));
  Shelf shelf;
  exporter::SqlSourceOrder order = practice().order();
  order.documents = folder.path();
  order.keeper = &shelf;
  exporter::ReadReport report;
  tests::read_openemr(order, report);
  EXPECT_EQ(shelf.documents["scan one.pdf"], "007 plain") << "the flag counts, not the first letters";
  EXPECT_EQ(shelf.documents["sealed.txt"], "a letter");
  EXPECT_EQ(shelf.documents.contains("will.pdf"), !is_new()) << "what has expired must not be opened";
  EXPECT_FALSE(shelf.documents.contains("nobody.pdf"));
  EXPECT_FALSE(shelf.documents.contains("leftover.pdf"));
  EXPECT_FALSE(shelf.documents.contains("gone.pdf"));
}

TEST_P(OpenEmrMore, WithoutTheRightToTheKeysEncryptedDocumentsSayWhy) {
  const tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "7/19");
  tests::write(folder.path() / "7/19/sealed.txt",
               tests::sealed("a letter", "007", std::string(32, 'A'), std::string(32, 'B')));
  std::set<std::string> tables = granted_tables();
  tables.erase("keys");
  Shelf shelf;
  exporter::SqlSourceOrder order = practice().order(user_who_may_read(practice(), tables));
  order.documents = folder.path();
  order.keeper = &shelf;
  exporter::ReadReport report;
  EXPECT_EQ(tests::read_openemr(order, report).size(), practice().charts().size());
  EXPECT_EQ(shelf.documents["sealed.txt"], "the EMR keeps it encrypted, and the exporter has no key for it");
  EXPECT_TRUE(std::any_of(report.cautions.begin(), report.cautions.end(),
                          [](const std::string& c) { return c.starts_with("document_keys.sql"); }));
}

TEST_P(OpenEmrMore, DirectivesAreFoundByTheirCategoryAndWhatIsBelowIt) {
  ASSERT_EQ(chart(1).directives.entries.size(), 1u);
  EXPECT_EQ(chart(1).directives.entries[0].text + " " + day_of(chart(1).directives.entries[0].recorded),
            "Advance directive completed 2024-05-06");
  ASSERT_EQ(chart(19).directives.entries.size(), 1u);
  EXPECT_EQ(chart(19).directives.entries[0].text, "Our MOLST form: document on file");
  EXPECT_EQ(chart(19).directives.entries[0].current, !is_new()) << "expired since";
  EXPECT_EQ(chart(2).directives.state, Presence::not_recorded);
  if (is_new()) {
    EXPECT_EQ(chart(17).directives.entries.at(0).text, "Resuscitation: No CPR");
  }
}

TEST_P(OpenEmrMore, TheNewestEditOfTheHistoryCounts) {
  std::string said;
  for (const app::Observation& o : chart(20).social_history.entries) said += o.text + ": " + o.value + "; ";
  EXPECT_EQ(said, std::string("Tobacco: quit; 2021-05-06; Former smoker; Alcohol: wine on Sundays; current; "
                              "Exercise: walks; ") +
                      (is_new() ? "Food insecurity: at risk; since March; " : ""));
  EXPECT_EQ(day_of(chart(20).social_history.entries.at(0).date), "2024-01-01");
}

TEST_P(OpenEmrMore, PregnancyIsTheNewestThatWasRecorded) {
  if (!is_new()) {
    EXPECT_EQ(chart(20).pregnancy.state, Presence::not_in_copy) << "5.0.2 has no place for it";
    return;
  }
  std::string said;
  for (const app::Observation& o : chart(20).pregnancy.entries) said += o.text + ": " + o.value + "; ";
  EXPECT_EQ(said, "Pregnancy status: Pregnant; Estimated date of delivery: 09-Sep-2024; ");
}

TEST_P(OpenEmrMore, ReadsAllOfItWithTheRightsThatItsReadmeGrantsAndNoOthers) {
  const std::set<std::string> tables = granted_tables();
  ASSERT_GT(tables.size(), 30u);
  for (const char* secret : {"users_secure", "log", "globals", "oauth_clients", "api_token"})
    EXPECT_FALSE(tables.contains(secret));
  exporter::ReadReport report;
  const auto charts = tests::read_openemr(practice().order(user_who_may_read(practice(), tables)), report);
  ASSERT_EQ(charts.size(), practice().charts().size());
  EXPECT_EQ(report.skipped, 0u);
  EXPECT_EQ(report.entries, practice().report().entries);
}

TEST_P(OpenEmrMore, ATableThatMayNotBeReadIsASectionNotInThisCopy) {
  std::set<std::string> tables = granted_tables();
  tables.erase("immunizations"), tables.erase("procedure_result");
  exporter::ReadReport report;
  const auto charts = tests::read_openemr(practice().order(user_who_may_read(practice(), tables)), report);
  ASSERT_TRUE(charts.contains("14"));
  EXPECT_EQ(charts.at("14").immunizations.state, Presence::not_in_copy);
  EXPECT_EQ(charts.at("13").results.state, Presence::not_in_copy) << "half of a section would look like all of it";
  EXPECT_EQ(charts.at("10").allergies.state, Presence::known);
  EXPECT_GE(report.skipped, 2u);
}

TEST(OpenEmrTables, ATableOfAnotherEngineIsNamedAndTablesOfOtherCollationsDoNotDisturb) {
  const OpenEmrPractice own(OpenEmrVersion::v8);
  SqlServer& server = SqlServer::shared(tests::ServerKind::mariadb);
  server.run(
      "SET sql_mode = ''; ALTER TABLE immunizations ENGINE=MyISAM; ALTER TABLE lists CONVERT TO CHARACTER SET "
      "latin1; ALTER TABLE categories CONVERT TO CHARACTER SET "
      "utf8mb4 COLLATE utf8mb4_unicode_ci; ALTER TABLE list_options CONVERT TO CHARACTER SET latin1; ALTER TABLE "
      "openemr_postcalendar_events CONVERT TO "
      "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
      own.database());
  exporter::ReadReport report;
  const auto charts = tests::read_openemr(own.order(), report);
  EXPECT_EQ(charts.size(), own.charts().size());
  EXPECT_EQ(report.entries, own.report().entries);
  EXPECT_TRUE(std::any_of(report.cautions.begin(), report.cautions.end(), [](const std::string& caution) {
    return caution.find("immunizations") != std::string::npos && caution.find("MyISAM") != std::string::npos;
  }));
}

}  // namespace
