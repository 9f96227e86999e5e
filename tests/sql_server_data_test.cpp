// What stands in the tables of real servers, who may read it, and what happens to it while it is read.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "exporter/emr/sql_opening.h"
#include "tests/command.h"
#include "tests/sql_fixture.h"
#include "tests/sql_servers.h"

namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Presence;
using test::read_all;
using test::SqlFolder;
using tests::ServerKind;
using tests::SqlServer;

class SqlServerData : public testing::TestWithParam<ServerKind> {
 protected:
  SqlServerData() : database_(server().make_database()) { folder_.pack("pack.toml", "name = \"test\"\n"); }

  SqlServer& server() { return SqlServer::shared(GetParam()); }
  bool is_mariadb() const { return GetParam() == ServerKind::mariadb; }
  void sql(const std::string& text) { server().run(text, database_); }
  std::string either(const char* mariadb, const char* postgresql) const { return is_mariadb() ? mariadb : postgresql; }
  exporter::SqlSourceOrder order(const std::string& user = "") {
    auto order = folder_.order();
    order.url = server().url(database_, user);
    return order;
  }
  exporter::SqlSourceOrder order_of_reader(const std::string& user) {
    auto wanted = order(user);
    wanted.password_file = folder_.path() / "password";
    tests::write(wanted.password_file, "open sesame\r\n");
    return wanted;
  }
  void patients_and_allergies() {
    sql("CREATE TABLE p(id INTEGER PRIMARY KEY, no VARCHAR(20)); CREATE TABLE a(pid INTEGER, what VARCHAR(200));"
        "CREATE TABLE d(pid INTEGER, what VARCHAR(200));"
        "INSERT INTO p VALUES (1, 'M1'); INSERT INTO a VALUES (1, 'Latex'); INSERT INTO d VALUES (1, 'Asthma');");
    folder_.pack("patients.sql", "SELECT id AS patient, no AS mrn FROM p");
    folder_.pack("allergies.sql", "SELECT pid AS patient, what AS text FROM a");
    folder_.pack("problems.sql", "SELECT pid AS patient, what AS text FROM d");
  }
  void grant(const std::string& what, const std::string& user) {
    sql("GRANT " + what + " TO " + (is_mariadb() ? user + "@localhost" : user));
  }

  SqlFolder folder_;
  std::string database_;
};

std::string name_of(const testing::TestParamInfo<ServerKind>& info) {
  return info.param == ServerKind::mariadb ? "MariaDb" : "PostgreSql";
}
INSTANTIATE_TEST_SUITE_P(Kinds, SqlServerData, testing::Values(ServerKind::mariadb, ServerKind::postgresql), name_of);

TEST_P(SqlServerData, IsReadByAUserWhoMaySelectAndNothingElse) {
  patients_and_allergies();
  const std::string user = server().make_user("open sesame");
  grant(is_mariadb() ? "SELECT ON " + database_ + ".*" : "SELECT ON ALL TABLES IN SCHEMA public", user);
  const auto all = read_all(order_of_reader(user));
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  EXPECT_EQ(all.charts.at(0).allergies.entries.at(0).text, "Latex");
  EXPECT_TRUE(all.report.cautions.empty()) << all.report.cautions[0];
}

TEST_P(SqlServerData, ThatMayNotBeReadIsASectionThatIsNotInTheCopyAndTheGrantIsTold) {
  patients_and_allergies();
  const std::string user = server().make_user("open sesame");
  grant("SELECT ON " + either("", "public.") + "p", user);
  grant("SELECT ON " + either("", "public.") + "d", user);
  folder_.pack("procedures.sql", "-- requires: d.site\nSELECT pid AS patient, site AS text FROM d");
  const auto all = read_all(order_of_reader(user));
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  EXPECT_EQ(all.charts.at(0).allergies.state, Presence::not_in_copy);
  EXPECT_EQ(all.charts.at(0).problems.entries.at(0).text, "Asthma");
  ASSERT_EQ(all.report.skipped, 1u);
  EXPECT_EQ(all.report.first_skipped[0].where, "allergies.sql");
  const std::string grant = is_mariadb() ? "GRANT SELECT ON `" + database_ + "`.`a` TO '" + user + "'@'localhost';"
                                         : "GRANT SELECT ON a TO \"" + user + "\";";
  EXPECT_NE(all.report.first_skipped[0].reason.find(grant), std::string::npos) << all.report.first_skipped[0].reason;
  // On MariaDB a hidden column looks as one that is not there.
  ASSERT_EQ(all.report.cautions.size(), is_mariadb() ? 1u : 0u);
  for (const std::string& caution : all.report.cautions) {
    EXPECT_NE(caution.find("procedures.sql was left out: d.site"), std::string::npos) << caution;
  }
}

TEST_P(SqlServerData, WhosePatientsMayNotBeReadEndsTheNight) {
  patients_and_allergies();
  const std::string user = server().make_user("open sesame");
  grant("SELECT ON " + either("", "public.") + "a", user);
  const auto all = read_all(order_of_reader(user));
  EXPECT_FALSE(all.ok);
  EXPECT_EQ(all.error.code, Code::bad_source);
  EXPECT_NE(all.error.what.find("patients.sql"), std::string::npos);
}

TEST_P(SqlServerData, OfEveryTypeComesOutAsItIsMeant) {
  patients_and_allergies();
  folder_.pack("patients.sql", "SELECT id AS patient, no AS mrn, dead AS deceased, born AS birth_date FROM p");
  sql(either("ALTER TABLE p ADD dead BIT(1), ADD born DATE; SET sql_mode = ''; UPDATE p SET dead = b'1', born = '1980-05-00';"
             "INSERT INTO p VALUES (2, 'M2', b'0', '0000-00-00'), (18446744, '', NULL, '1975-00-00');",
             "ALTER TABLE p ADD dead BOOLEAN, ADD born DATE; UPDATE p SET dead = true, born = '1980-05-02';"
             "INSERT INTO p VALUES (2, 'M2', false, NULL), (18446744, '', NULL, '1975-01-02');"));
  folder_.pack("results.sql", either("SELECT 1 AS patient, 'Na' AS text, CAST(140.50 AS DECIMAL(8,2)) AS value, CAST('2024-03-05 10:11:12' AS "
                                     "DATETIME) AS date, CAST(7 AS UNSIGNED) AS unit, REPEAT('x', 3000000) AS note",
                                     "SELECT 1 AS patient, 'Na' AS text, 140.50 AS value, TIMESTAMPTZ '2024-03-05 15:11:12Z' AS date, "
                                     "'7'::char(5) AS unit, REPEAT('x', 3000000) AS note"));
  folder_.pack("notes.sql", "SELECT 1 AS patient, 'a\tb' AS text, '' AS status, 'line one\nline two \\ \\N' AS body, NULL AS author");
  if (is_mariadb()) folder_.pack("notes.sql", "SELECT 1 AS patient, 'a\\tb' AS text, '' AS status, 'line one\\nline two \\\\ \\\\N' AS body, NULL AS author");
  auto wanted = order();
  wanted.time_zone = "America/New_York";
  const auto all = read_all(wanted);
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  ASSERT_EQ(all.charts.size(), 3u);
  EXPECT_EQ(all.charts[0].deceased, true);
  EXPECT_EQ(all.charts[1].deceased, false);
  EXPECT_FALSE(all.charts[2].deceased.has_value());
  EXPECT_EQ(all.charts[2].emr_key, "18446744");
  EXPECT_EQ(app::format_known_date(all.charts[0].birth_date), either("May-1980", "02-May-1980"));
  EXPECT_EQ(app::format_known_date(all.charts[1].birth_date), "not recorded");
  EXPECT_EQ(app::format_known_date(all.charts[2].birth_date), either("1975", "02-Jan-1975"));
  const auto& sodium = all.charts[0].results.entries.at(0);
  EXPECT_EQ(sodium.value, "140.50");
  EXPECT_EQ(sodium.unit, "7");
  EXPECT_EQ(app::format_date(sodium.date.value()), "05-Mar-2024 10:11");
  EXPECT_EQ(sodium.note.size(), 3'000'000u);
  EXPECT_EQ(all.charts[0].notes.entries.at(0).text, "a\tb");
  EXPECT_EQ(all.charts[0].notes.entries.at(0).body, "line one\nline two \\ \\N");
  EXPECT_EQ(all.report.unreadable, 0u);
}

TEST_P(SqlServerData, ThatIsNoTextIsMarkedUnreadableAndInOldCharacterSetsIsRead) {
  patients_and_allergies();
  if (is_mariadb()) {
    sql("CREATE TABLE old(pid INTEGER, what VARCHAR(50) CHARACTER SET latin1, raw BLOB);"
        "INSERT INTO old VALUES (1, 'Müller’s', X'41FF42'), (1, 'Ünïcode', X'00');");
  } else {
    const std::string old = "latin" + database_;
    server().run("CREATE DATABASE " + old + " ENCODING 'SQL_ASCII' TEMPLATE template0");
    database_ = old;
    patients_and_allergies();
    sql("CREATE TABLE old(pid INTEGER, what TEXT, raw TEXT); INSERT INTO old VALUES (1, 'Müller’s', E'A\\xFFB'), (1, 'Ünïcode', E'\\x01');");
  }
  folder_.pack("allergies.sql", "SELECT pid AS patient, what AS text, raw AS note FROM old");
  const auto all = read_all(order());
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  const auto& entries = all.charts.at(0).allergies.entries;
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].text, "Müller’s");
  EXPECT_EQ(entries[1].text, "Ünïcode");
  EXPECT_EQ(all.report.unreadable, 2u);
  EXPECT_NE(entries[0].note.find('A'), std::string::npos);
}

TEST_P(SqlServerData, ThatCannotBeConvertedIsNotQuotedInTheError) {
  patients_and_allergies();
  sql("INSERT INTO a VALUES (1, 'Smith, Jane')");
  folder_.pack("allergies.sql", either("SELECT pid AS patient, what AS text, JSON_EXTRACT(what, '$.x') AS note, "
                                       "(SELECT what FROM a AS b) AS kind FROM a",
                                       "SELECT pid AS patient, what AS text, what::integer AS note FROM a"));
  const auto all = read_all(order());
  EXPECT_FALSE(all.ok);
  EXPECT_EQ(all.error.code, Code::bad_source);
  EXPECT_EQ((all.error.what + all.error.detail).find("Latex"), std::string::npos) << all.error.detail;
  EXPECT_EQ((all.error.what + all.error.detail).find("Smith"), std::string::npos) << all.error.detail;
}

// Every section of a patient carries the number of the last change, made in one transaction.
TEST_P(SqlServerData, IsOfOneMomentWhileTheStaffGoesOnWriting) {
  constexpr int kPatients = 200;
  std::string tables = "CREATE TABLE p(id INTEGER PRIMARY KEY, no VARCHAR(20)" + either(") ENGINE=InnoDB;", ");");
  const char* const sections[] = {"allergies", "medications", "problems", "visits", "results", "documents"};
  for (const char* section : sections) {
    tables += std::string("CREATE TABLE t_") + section + "(pid INTEGER PRIMARY KEY, version INTEGER, filler VARCHAR(2000));";
    folder_.pack(std::string(section) + ".sql", std::string("SELECT pid AS patient, version AS text FROM t_") + section);
  }
  for (int id = 1; id <= kPatients; ++id) {
    const std::string values = " VALUES (" + std::to_string(id) + ", ";
    tables += "INSERT INTO p" + values + "'M0');";
    for (const char* section : sections) tables += std::string("INSERT INTO t_") + section + values + "0, 'x');";
  }
  sql(tables);
  folder_.pack("patients.sql", "SELECT id AS patient, no AS mrn FROM p");

  // One client, told a change at a time: its pipe holds little, so that it writes while we read.
  FILE* staff = popen((server().client(database_) + " >/dev/null 2>&1").c_str(), "w");
  ASSERT_NE(staff, nullptr);
  std::atomic<bool> reading{true};
  std::thread writer([&] {
    for (int version = 1; reading; ++version) {
      const std::string id = std::to_string(version % kPatients + 1);
      std::string change = "BEGIN; UPDATE p SET no = 'M" + std::to_string(version) + "' WHERE id = " + id + ";";
      for (const char* section : sections) {
        change += std::string(" UPDATE t_") + section + " SET version = " + std::to_string(version) + " WHERE pid = " + id + ";";
      }
      std::fputs((change + " COMMIT;\n").c_str(), staff);
      std::fflush(staff);
    }
  });
  const auto version_now = [&] { return server().run("SELECT MAX(version) FROM t_documents", database_); };
  while (version_now() == "0\n") std::this_thread::yield();
  auto slowly = order();
  slowly.rows_per_second = 2000;
  const std::string before = version_now();
  std::vector<test::AllCharts> nights;
  nights.push_back(read_all(slowly));
  folder_.pack("pack.toml", "name = \"test\"\nclustered = \"everything\"\n");
  nights.push_back(read_all(slowly));
  const std::string after = version_now();
  reading = false;
  writer.join();
  pclose(staff);

  EXPECT_NE(before, after) << "nobody could write while the night read";
  std::set<std::string> seen;
  for (const auto& all : nights) {
    ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
    ASSERT_EQ(all.charts.size(), static_cast<std::size_t>(kPatients));
    for (const auto& chart : all.charts) {
      const std::string version = chart.mrn.substr(1);
      seen.insert(version);
      for (const std::string& said : {chart.allergies.entries.at(0).text, chart.medications.entries.at(0).text, chart.problems.entries.at(0).text,
                                      chart.visits.entries.at(0).text, chart.results.entries.at(0).text, chart.documents.entries.at(0).text}) {
        EXPECT_EQ(said, version) << "of patient " << chart.emr_key;
      }
    }
  }
  EXPECT_GT(seen.size(), 20u) << "nothing was written meanwhile";
}

TEST_P(SqlServerData, IsReadWithoutALockThatStopsTheStaff) {
  patients_and_allergies();
  auto opened = exporter::open_sql_pack(order());
  ASSERT_TRUE(opened.ok()) << opened.error().what;
  auto first = opened.value().parts.front()->rows->next();
  ASSERT_TRUE(first.ok() && first.value() != nullptr);
  // In the middle of the night, everything but a change of the tables themselves goes on at once.
  const std::string at_once = either("SET SESSION innodb_lock_wait_timeout = 1, lock_wait_timeout = 1;", "SET lock_timeout = '1s';");
  sql(at_once + "UPDATE p SET no = 'M9'; INSERT INTO p VALUES (5, 'M5'); DELETE FROM a; UPDATE d SET what = 'x';" +
      either("SELECT * FROM p FOR UPDATE;", "VACUUM p; SELECT * FROM p FOR UPDATE;"));
}

TEST_P(SqlServerData, IsReadNoFasterThanThePracticeWants) {
  patients_and_allergies();
  sql(either("INSERT INTO a SELECT 1, 'x' FROM seq_1_to_600", "INSERT INTO a SELECT 1, 'x' FROM generate_series(1, 600)"));
  auto slowly = order();
  slowly.rows_per_second = 1500;
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_TRUE(read_all(slowly).ok);
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(380));
}

std::string odbc_driver(const std::string& name) {
  for (const auto& machine : fs::directory_iterator("/usr/lib")) {
    std::error_code none;
    if (fs::exists(machine.path() / "odbc" / name, none)) return (machine.path() / "odbc" / name).string();
  }
  return name;
}

TEST_P(SqlServerData, ComesOutTheSameThroughOdbc) {
  patients_and_allergies();
  sql("INSERT INTO p VALUES (2, '王小明'), (3, 'Ωμέγα 🦐'); INSERT INTO d VALUES (2, NULL), (2, '');"
      "CREATE TABLE n(pid INTEGER, body TEXT); INSERT INTO n VALUES (1, '" + std::string(50'000, 'y') + "王');");
  folder_.pack("notes.sql", "SELECT pid AS patient, body, 'a' || 'b' AS text FROM n");
  folder_.pack("devices.sql", "SELECT pid AS patient, what AS text FROM nowhere");
  const auto directly = read_all(order());
  auto by_odbc = order();
  by_odbc.url = is_mariadb() ? "odbc:Driver=" + odbc_driver("libmaodbc.so") + ";SOCKET=" + server().socket() + ";DATABASE=" + database_ + ";UID=root"
                             : "odbc:Driver=" + odbc_driver("psqlodbcw.so") + ";Servername=" + server().socket() + ";Port=5432;Database=" + database_ + ";UID=postgres";
  const auto all = read_all(by_odbc);
  ASSERT_TRUE(directly.ok && all.ok) << all.error.what << all.error.detail;
  ASSERT_EQ(all.charts.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(all.charts[i].mrn, directly.charts[i].mrn);
    EXPECT_EQ(all.charts[i].problems.entries.size(), directly.charts[i].problems.entries.size());
    EXPECT_EQ(all.charts[i].devices.state, Presence::not_in_copy);
  }
  EXPECT_EQ(all.charts[1].mrn, "王小明");
  EXPECT_EQ(all.charts[0].notes.entries.at(0).body, std::string(50'000, 'y') + "王");
  EXPECT_EQ(all.charts[0].notes.entries.at(0).text, "ab");
  EXPECT_EQ(all.report.skipped, directly.report.skipped);
  by_odbc.url = "odbc:DSN=nosuch";
  EXPECT_EQ(read_all(by_odbc).error.code, Code::bad_config);
}

TEST(SqlServerTables, OfAnEngineWithoutSnapshotsAreNamedInTheReport) {
  SqlServer& server = SqlServer::shared(ServerKind::mariadb);
  const std::string database = server.make_database();
  server.run("CREATE TABLE p(id INTEGER PRIMARY KEY) ENGINE=InnoDB; CREATE TABLE a(pid INTEGER, what TEXT) ENGINE=MyISAM;"
             "CREATE TABLE b(pid INTEGER, what TEXT) ENGINE=Aria; CREATE TABLE unread(pid INTEGER) ENGINE=MyISAM;"
             "INSERT INTO p VALUES (1);", database);
  SqlFolder folder;
  folder.pack("pack.toml", "name = \"test\"\n");
  folder.pack("patients.sql", "SELECT id AS patient FROM p");
  folder.pack("allergies.sql", "SELECT pid AS patient, what AS text FROM a UNION ALL SELECT pid, what FROM b");
  auto order = folder.order();
  order.url = server.url(database);
  const auto all = read_all(order);
  ASSERT_TRUE(all.ok) << all.error.what;
  ASSERT_EQ(all.report.cautions.size(), 2u);
  EXPECT_NE(all.report.cautions[0].find("table a is not"), std::string::npos);
  EXPECT_NE(all.report.cautions[1].find("Aria"), std::string::npos);
}

TEST(SqlServerTables, WhoseRowsAreHiddenFromTheUserAreNotTakenForWhole) {
  SqlServer& server = SqlServer::shared(ServerKind::postgresql);
  const std::string database = server.make_database();
  const std::string user = server.make_user("");
  server.run("CREATE TABLE p(id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2); ALTER TABLE p ENABLE ROW LEVEL SECURITY;"
             "CREATE POLICY half ON p USING (id = 1); GRANT SELECT ON p TO " + user + "; ALTER ROLE " + user + " PASSWORD 'x'", database);
  SqlFolder folder;
  folder.pack("pack.toml", "name = \"test\"\n");
  folder.pack("patients.sql", "SELECT id AS patient FROM p");
  tests::write(folder.path() / "password", "x\n");
  auto order = folder.order();
  order.url = server.url(database, user);
  order.password_file = folder.path() / "password";
  const auto all = read_all(order);
  ASSERT_FALSE(all.ok);
  EXPECT_NE(all.error.detail.find("BYPASSRLS"), std::string::npos) << all.error.what << all.error.detail;
}

}  // namespace
