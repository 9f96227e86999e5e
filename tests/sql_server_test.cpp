// What must hold of every kind of database server that the EMR's data may be on.
#include <gtest/gtest.h>

#include <thread>

#include "app/record/chart_json.h"
#include "exporter/emr/sql_rows.h"
#include "exporter/practice/practice.h"
#include "tests/command.h"
#include "tests/house_places.h"
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

constexpr std::int64_t kPatients = 150;

std::string json_of(const std::vector<app::Chart>& charts) {
  std::string json;
  for (const auto& chart : charts) app::format_chart(chart, json), json += '\n';
  return json;
}

class SqlServers : public testing::TestWithParam<ServerKind> {
 protected:
  SqlServer& server() { return SqlServer::shared(GetParam()); }
  bool is_mariadb() const { return GetParam() == ServerKind::mariadb; }

  exporter::SqlSourceOrder order(const std::string& database, const std::string& user = "") {
    auto order = folder_.order();
    order.url = server().url(database, user);
    return order;
  }
  // Reads the invented practice with Nightchart's own pack.
  exporter::SqlSourceOrder practice_order() {
    auto wanted = order(practice());
    wanted.pack = std::string(tests::kHouseRoot) + "/templates/emr/practice";
    return wanted;
  }
  std::string practice() {
    static std::string databases[2];
    std::string& database = databases[static_cast<std::size_t>(GetParam())];
    if (!database.empty()) return database;
    const auto dialect = is_mariadb() ? exporter::PracticeDialect::mariadb : exporter::PracticeDialect::postgresql;
    const auto made = exporter::make_practice({kPatients, 5, folder_.path() / "script", "2026-11-22", dialect});
    EXPECT_TRUE(made.ok());
    server().load(folder_.path() / "script", database = server().make_database());
    return database;
  }
  // One table of patients, one of what they must not be given, and a pack that reads both.
  std::string two_tables() {
    const std::string database = server().make_database();
    server().run("CREATE TABLE p(id INTEGER PRIMARY KEY, family VARCHAR(200));"
                 "CREATE TABLE a(id INTEGER PRIMARY KEY, pid INTEGER, what TEXT);"
                 "INSERT INTO p VALUES (10, 'Ng'), (9, '王小明'), (2, 'Иванов');"
                 "INSERT INTO a VALUES (1, 9, 'Latex'), (2, 2, 'Nuts'), (3, 9, 'Shrimp 🦐');", database);
    folder_.pack("pack.toml", "name = \"test\"\n");
    folder_.pack("patients.sql", "SELECT id AS patient, family AS \"names.family\" FROM p");
    folder_.pack("allergies.sql", "SELECT pid AS patient, what AS text FROM a -- all of them");
    return database;
  }

  SqlFolder folder_;
};

std::string name_of(const testing::TestParamInfo<ServerKind>& info) {
  return info.param == ServerKind::mariadb ? "MariaDb" : "PostgreSql";
}
INSTANTIATE_TEST_SUITE_P(Kinds, SqlServers, testing::Values(ServerKind::mariadb, ServerKind::postgresql), name_of);

TEST_P(SqlServers, GiveTheSameChartsOfTheInventedPracticeAsAFile) {
  const auto made = exporter::make_practice({kPatients, 5, folder_.path() / "emr.db", "2026-11-22"});
  ASSERT_TRUE(made.ok());
  auto file_order = folder_.order();
  file_order.pack = practice_order().pack;
  const auto of_file = read_all(file_order);
  const auto of_server = read_all(practice_order());
  ASSERT_TRUE(of_file.ok && of_server.ok) << of_server.error.what << of_server.error.detail;
  EXPECT_EQ(of_server.charts.size(), static_cast<std::size_t>(kPatients));
  EXPECT_EQ(json_of(of_server.charts), json_of(of_file.charts));
  EXPECT_EQ(of_server.report.entries, of_file.report.entries);
  EXPECT_EQ(of_server.report.unreadable, 0u);
}

TEST_P(SqlServers, GiveEachPatientTheirRowsInEveryScript) {
  const auto all = read_all(order(two_tables()));
  ASSERT_TRUE(all.ok) << all.error.what << all.error.detail;
  ASSERT_EQ(all.charts.size(), 3u);
  EXPECT_EQ(all.charts[0].emr_key, "2");
  EXPECT_EQ(all.charts[1].emr_key, "9");
  EXPECT_EQ(all.charts[2].emr_key, "10");
  EXPECT_EQ(all.charts[1].names.at(0).family, "王小明");
  ASSERT_EQ(all.charts[1].allergies.entries.size(), 2u);
  EXPECT_EQ(all.charts[1].allergies.entries[1].text, "Shrimp 🦐");
  EXPECT_EQ(all.charts[2].allergies.state, Presence::not_recorded);
}

struct Refusal {
  const char* what;
  std::string url;
  std::string password;
  Code code;
  const char* says;
};

TEST_P(SqlServers, SayWhyTheyLetNobodyIn) {
  const std::string database = two_tables();
  const std::string user = server().make_user("open sesame");
  const std::string good = server().url(database, user);
  std::string elsewhere = good;
  elsewhere.replace(elsewhere.find(server().socket()), server().socket().size(), "/nowhere/at/all");
  const std::string none = std::string(good).replace(good.find(database), database.size(), "nosuch");
  const Refusal refusals[] = {
      {"wrong password", good, "close sesame", Code::bad_config, "did not let Nightchart in"},
      {"no password", good, "", Code::bad_config, "did not let Nightchart in"},
      {"no such user", server().url(database, "nobody1"), "x", Code::bad_config, "did not let Nightchart in"},
      {"no such socket", elsewhere, "open sesame", Code::not_found, "There is no answer from"},
      {"no such database", is_mariadb() ? std::string(none).replace(none.find(user), user.size(), "root") : none,
       is_mariadb() ? "" : "open sesame", Code::bad_config, " has no database nosuch."},
  };
  for (const Refusal& refusal : refusals) {
    auto wanted = folder_.order();
    wanted.url = refusal.url;
    if (!refusal.password.empty()) {
      wanted.password_file = folder_.path() / "password";
      tests::write(wanted.password_file, refusal.password + "\n");
    }
    const auto all = read_all(wanted);
    EXPECT_FALSE(all.ok) << refusal.what;
    EXPECT_EQ(all.error.code, refusal.code) << refusal.what << ": " << all.error.what;
    EXPECT_NE(all.error.what.find(refusal.says), std::string::npos) << refusal.what << ": " << all.error.what << all.error.detail;
    EXPECT_FALSE(all.error.detail.empty()) << refusal.what;
    EXPECT_EQ((all.error.what + all.error.detail).find("sesame"), std::string::npos) << "a password was told";
  }
}

TEST_P(SqlServers, ThatGoAwayInTheMiddleEndTheNightWithAClearError) {
  const std::string database = two_tables();
  // More than fits into what is on its way already.
  server().run(is_mariadb() ? "INSERT INTO a SELECT seq, 9, REPEAT('x', 400) FROM seq_10_to_40000"
                            : "INSERT INTO a SELECT n, 9, REPEAT('x', 400) FROM generate_series(10, 40000) AS n", database);
  auto opened = exporter::open_sql_database({order(database).url, folder_.path(), {}, 10, 300, {}});
  ASSERT_TRUE(opened.ok());
  auto rows = opened.value()->select("SELECT pid AS patient, what AS text FROM a");
  ASSERT_TRUE(rows.ok());
  ASSERT_TRUE(rows.value()->next().ok());
  server().kill();
  app::Result<const exporter::SqlValue*> row = nullptr;
  do {
    row = rows.value()->next();
  } while (row.ok() && row.value() != nullptr);
  server().start();
  ASSERT_FALSE(row.ok()) << "the end of a broken answer was taken for the end of the table";
  EXPECT_EQ(row.error().code, Code::bad_source);
  EXPECT_NE(row.error().what.find("went away"), std::string::npos) << row.error().what;
  EXPECT_NE(row.error().detail.find("run the night again"), std::string::npos) << row.error().detail;
}

TEST_P(SqlServers, ThatSayNothingEndTheNightToo) {
  const std::string database = two_tables();
  auto opened = exporter::open_sql_database({order(database).url, folder_.path(), {}, 1, 1, {}});
  ASSERT_TRUE(opened.ok());
  auto rows = opened.value()->select("SELECT pid AS patient, what AS text FROM a");
  ASSERT_TRUE(rows.ok());
  server().freeze();
  const auto row = rows.value()->next();
  auto again = exporter::open_sql_database({order(database).url, folder_.path(), {}, 2, 1, {}});
  server().thaw();
  ASSERT_FALSE(row.ok());
  EXPECT_NE(row.error().detail.find("read_timeout_s"), std::string::npos) << row.error().detail;
  EXPECT_FALSE(again.ok());
}

TEST(SqlServerNight, MakesACopyAndYesterdaysStaysWhenTheServerIsGone) {
  SqlServer& server = SqlServer::shared(ServerKind::mariadb);
  const std::string database = server.make_database();
  const std::string user = server.make_user("open sesame");
  server.run("CREATE TABLE p(id INTEGER PRIMARY KEY, no TEXT) ENGINE=InnoDB; CREATE TABLE a(pid INTEGER, what TEXT) ENGINE=MyISAM;"
             "INSERT INTO p VALUES (1, 'M1'); INSERT INTO a VALUES (1, 'Latex'); GRANT SELECT ON " + database + ".* TO " + user + "@localhost",
             database);
  SqlFolder folder;
  folder.pack("pack.toml", "name = \"test\"\n");
  folder.pack("patients.sql", "SELECT id AS patient, no AS mrn FROM p");
  folder.pack("allergies.sql", "SELECT pid AS patient, what AS text FROM a");
  tests::write(folder.path() / "password", "open sesame\n");
  tests::write(folder.path() / "phrase", "lantern copper window seven\n");
  const auto here = [&](const std::string& command) { return tests::run("cd '" + folder.path().string() + "'; " + command); };
  const std::string init = "$NIGHTCHART init practice --name Elm --keyholder r --passphrase-file phrase --emr-kind sql --pack ../pack "
                           "--copies \"$PWD/copies\" --url '" + server.url(database, user) + "'";
  ASSERT_EQ(here(init + " && sed -i 's|^# password_file.*|password_file = \"../password\"|' practice/nightchart.toml").exit_code, 0);
  const auto first = here("$NIGHTCHART night --config practice/nightchart.toml");
  ASSERT_EQ(first.exit_code, 0) << first.err << first.out;
  EXPECT_NE(first.out.find("Take care"), std::string::npos) << first.out;
  EXPECT_NE(first.out.find("MyISAM"), std::string::npos) << first.out;
  server.kill();
  const auto second = here("$NIGHTCHART night --config practice/nightchart.toml");
  server.start();
  EXPECT_EQ(second.exit_code, 13);
  EXPECT_NE(second.err.find("There is no answer from MariaDB at "), std::string::npos) << second.err;
  const auto shown = here("$NIGHTCHART show copies M1 --passphrase-file phrase");
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_NE(shown.out.find("Latex"), std::string::npos);
}

TEST(Programs, LoadNoOtherSqliteWithTheClientsOfServers) {
  const tests::Outcome loaded = tests::run("ldd \"$NIGHTCHART\" \"$VIEWER\"");
  ASSERT_EQ(loaded.exit_code, 0) << loaded.err;
  EXPECT_NE(loaded.out.find("libmariadb"), std::string::npos) << "looked at the wrong program";
  EXPECT_EQ(loaded.out.find("libsqlite3"), std::string::npos) << loaded.out;
  const tests::Outcome viewer = tests::run("ldd \"$VIEWER\"");
  for (const char* library : {"libmariadb", "libpq", "libodbc", "libqpdf"}) EXPECT_EQ(viewer.out.find(library), std::string::npos);
}

}  // namespace
