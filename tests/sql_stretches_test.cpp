// Tables that lie in the order of their patients are read a stretch of patients after the other: nothing of that may show.
#include <gtest/gtest.h>

#include <map>

#include "app/record/chart_json.h"
#include "tests/sql_fixture.h"
#include "tests/sql_servers.h"

namespace {

using app::Code;
using test::read_all;
using test::SqlFolder;
using tests::ServerKind;
using tests::SqlServer;

constexpr const char* kWhole = "name = \"test\"\n";
constexpr const char* kInStretches = "name = \"test\"\nclustered = \"everything\"\n";

class SqlStretches : public testing::TestWithParam<ServerKind> {
 protected:
  // Five stretches: every third number from -6000 on is a patient's. Rows of nobody and of numbers that are no patient's lie between
  // them, and before and after all of them.
  SqlStretches() : database_(server().make_database()) {
    const bool mariadb = GetParam() == ServerKind::mariadb;
    const std::string numbers = mariadb ? "(SELECT CAST(seq AS SIGNED) AS seq FROM seq_1_to_4500) AS n" : "generate_series(1, 4500) AS n(seq)";
    server().run("CREATE TABLE p(id INTEGER PRIMARY KEY, no VARCHAR(20)); CREATE TABLE a(pid INTEGER, line INTEGER, what VARCHAR(200));"
                 "INSERT INTO p SELECT seq * 3 - 6003, CONCAT('M', seq) FROM " + numbers + ";"
                 "INSERT INTO a SELECT seq * 3 - 6003, 2, CONCAT('Latex ', seq) FROM " + numbers + ";"
                 "INSERT INTO a SELECT seq * 3 - 6003, 1, CONCAT('Nuts ', seq) FROM " + numbers + " WHERE MOD(seq, 7) = 0;"
                 "INSERT INTO a VALUES (NULL, 1, 'x'), (-1, 1, 'x'), (-7000, 1, 'x'), (90000, 1, 'x'), (-3002, 1, 'x');", database_);
    folder_.pack("patients.sql", "SELECT id AS patient, no AS mrn FROM p");
    folder_.pack("allergies.sql", "SELECT pid AS patient, line AS position, what AS text FROM a -- all of them");
  }

  SqlServer& server() { return SqlServer::shared(GetParam()); }
  exporter::SqlSourceOrder order(const char* pack) {
    folder_.pack("pack.toml", pack);
    auto wanted = folder_.order();
    wanted.url = server().url(database_);
    return wanted;
  }

  SqlFolder folder_;
  std::string database_;
};

std::string name_of(const testing::TestParamInfo<ServerKind>& info) {
  return info.param == ServerKind::mariadb ? "MariaDb" : "PostgreSql";
}
INSTANTIATE_TEST_SUITE_P(Kinds, SqlStretches, testing::Values(ServerKind::mariadb, ServerKind::postgresql), name_of);

TEST_P(SqlStretches, GiveEveryRowThatTheWholeTableGives) {
  const auto whole = read_all(order(kWhole));
  const auto parts = read_all(order(kInStretches));
  ASSERT_TRUE(whole.ok && parts.ok) << whole.error.detail << parts.error.what << parts.error.detail;
  ASSERT_EQ(parts.charts.size(), 4500u);
  for (std::size_t i = 0; i < parts.charts.size(); ++i) {
    std::string expected, got;
    app::format_chart(whole.charts[i], expected), app::format_chart(parts.charts[i], got);
    ASSERT_EQ(got, expected);
  }
  EXPECT_EQ(parts.charts[6].allergies.entries.at(0).text, "Nuts 7");
  EXPECT_EQ(parts.report.entries, whole.report.entries);
  EXPECT_EQ(parts.report.skipped, 5u);
  EXPECT_EQ(whole.report.skipped, 5u);
}

TEST_P(SqlStretches, OfAPartOfThePracticeHoldItsOwnPatientsAndLoseNone) {
  const auto whole = read_all(order(kWhole));
  std::map<std::string, std::string> charts;
  std::uint64_t skipped = 0;
  for (std::uint32_t number = 1; number <= 3; ++number) {
    auto wanted = order(kInStretches);
    wanted.shard = {number, 3};
    const auto part = read_all(wanted);
    ASSERT_TRUE(part.ok) << part.error.what << part.error.detail;
    EXPECT_NEAR(static_cast<double>(part.charts.size()), 1500, 200);
    for (const app::Chart& chart : part.charts) app::format_chart(chart, charts[chart.emr_key]);
    skipped += part.report.skipped;
  }
  ASSERT_EQ(charts.size(), whole.charts.size());
  for (const app::Chart& chart : whole.charts) {
    std::string expected;
    app::format_chart(chart, expected);
    ASSERT_EQ(charts[chart.emr_key], expected);
  }
  EXPECT_EQ(skipped, 5u + 2) << "that names nobody is told by each part";
}

TEST_P(SqlStretches, LoseNobodysRowsToKeysThatAreTextAmongNumbers) {
  if (GetParam() == ServerKind::postgresql) GTEST_SKIP() << "it does not compare text with numbers";
  // To MariaDB these are 7, 0 and -6000, and so in stretches that are not the last.
  server().run("ALTER TABLE a MODIFY pid VARCHAR(20); INSERT INTO a VALUES ('007', 1, 'x'), ('abc', 1, 'x'), ('-6000 ', 1, 'x')", database_);
  const auto whole = read_all(order(kWhole));
  const auto parts = read_all(order(kInStretches));
  ASSERT_TRUE(whole.ok && parts.ok) << whole.error.detail << parts.error.what << parts.error.detail;
  ASSERT_EQ(parts.charts.size(), 4500u);
  for (const app::Chart& chart : parts.charts) ASSERT_FALSE(chart.allergies.entries.empty()) << "of patient " << chart.emr_key;
  EXPECT_EQ(parts.report.entries, whole.report.entries);
  EXPECT_EQ(parts.report.skipped, 8u);
  EXPECT_EQ(whole.report.skipped, 8u);
}

TEST_P(SqlStretches, WhoseRowsComeAfterALaterPatientsAreRefused) {
  if (GetParam() == ServerKind::mariadb) GTEST_SKIP() << "how it compares can't be changed";
  // A database to which 33 is more than 2997.
  std::string as_text = "ALTER TABLE a ALTER pid TYPE text;";
  for (const auto& [name, sign] : {std::pair("earlier", "<"), std::pair("later", ">=")}) {
    as_text += std::string("CREATE FUNCTION ") + name + "(text, integer) RETURNS boolean LANGUAGE sql AS 'SELECT $1 " + sign +
               " $2::text'; CREATE OPERATOR " + sign + " (LEFTARG = text, RIGHTARG = integer, FUNCTION = " + name + ");";
  }
  server().run(as_text, database_);
  const auto all = read_all(order(kInStretches));
  ASSERT_FALSE(all.ok);
  EXPECT_EQ(all.error.code, Code::bad_source);
  EXPECT_NE(all.error.what.find("allergies.sql"), std::string::npos) << all.error.what;
  EXPECT_NE(all.error.detail.find("comes too late"), std::string::npos) << all.error.detail;
}

TEST_P(SqlStretches, MayBeLeftInTheMiddle) {
  auto source = exporter::open_sql_source(order(kInStretches));
  ASSERT_TRUE(source.ok());
  EXPECT_TRUE(source.value()->next().ok());
  source.value().reset();
  EXPECT_TRUE(read_all(order(kInStretches)).ok);
}

TEST_P(SqlStretches, ThatCannotBeReadEndTheReadingAndNameTheFile) {
  if (GetParam() == ServerKind::mariadb) GTEST_SKIP() << "it gives NULL where PostgreSQL gives an error";
  folder_.pack("allergies.sql", "SELECT pid AS patient, 1 / (pid - 3000) AS text FROM a");
  const auto all = read_all(order(kInStretches));
  EXPECT_GT(all.charts.size(), 1000u);
  EXPECT_LT(all.charts.size(), 4500u);
  EXPECT_EQ(all.error.code, Code::bad_source);
  EXPECT_NE(all.error.what.find("allergies.sql"), std::string::npos) << all.error.what;
}

}  // namespace
