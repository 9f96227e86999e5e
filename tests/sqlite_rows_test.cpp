#include "exporter/emr/sqlite_rows.h"

#include <gtest/gtest.h>
#include <sqlcipher/sqlite3.h>

#include <algorithm>
#include <fstream>

#include "tests/sql_fixture.h"

namespace {

namespace fs = std::filesystem;
using test::SqlFolder;

int count_rows(exporter::SqlDatabase& database) {
  auto rows = database.select("SELECT x FROM t");
  EXPECT_TRUE(rows.ok()) << rows.error().detail;
  int count = 0;
  while (true) {
    const auto row = rows.value()->next();
    EXPECT_TRUE(row.ok());
    if (!row.ok() || row.value() == nullptr) return count;
    ++count;
  }
}

std::vector<std::string> sorted_names(const SqlFolder& folder) {
  auto names = folder.names();
  std::sort(names.begin(), names.end());
  return names;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const char kThree[] = "CREATE TABLE t(x); INSERT INTO t VALUES (1),('two'),(NULL);";

TEST(SqliteRows, EveryKindOfCellComesAsWritten) {
  SqlFolder folder;
  folder.sql("CREATE TABLE t(x)");
  auto database = exporter::open_sqlite(folder.path() / "emr.db");
  ASSERT_TRUE(database.ok());
  auto rows = database.value()->select("SELECT -7 AS a, 5.4 AS b, 'x' AS c, NULL AS d, x'c3bc' AS e, '' AS f");
  ASSERT_TRUE(rows.ok());
  const auto row = rows.value()->next();
  ASSERT_TRUE(row.ok());
  char digits[24];
  std::string all;
  for (int i = 0; i < 6; ++i) all += std::string(row.value()[i].letters(digits)) + "|";
  EXPECT_EQ(all, "-7|5.4|x||ü||");
  EXPECT_EQ(row.value()[3].kind, exporter::SqlValue::Kind::null);
  EXPECT_EQ(row.value()[5].kind, exporter::SqlValue::Kind::text);
}

TEST(SqliteRows, AFileInWalModeThatNobodyUsesIsReadWithoutATrace) {
  SqlFolder folder;
  folder.sql(std::string("PRAGMA journal_mode=WAL;") + kThree);
  const auto before = sorted_names(folder);
  const std::string bytes = bytes_of(folder.path() / "emr.db");
  {
    auto database = exporter::open_sqlite(folder.path() / "emr.db");
    ASSERT_TRUE(database.ok()) << database.error().detail;
    EXPECT_EQ(count_rows(*database.value()), 3);
    EXPECT_EQ(sorted_names(folder), before);
    EXPECT_TRUE(database.value()->verify_consistent().ok());
  }
  EXPECT_EQ(sorted_names(folder), before);
  EXPECT_EQ(bytes_of(folder.path() / "emr.db"), bytes);
}

TEST(SqliteRows, AFileChangedWhileItWasReadWithoutLocksIsNoticed) {
  SqlFolder folder;
  folder.sql(std::string("PRAGMA journal_mode=WAL;") + kThree);
  auto database = exporter::open_sqlite(folder.path() / "emr.db");
  ASSERT_TRUE(database.ok());
  folder.sql("CREATE TABLE more(x); INSERT INTO t VALUES (4)");  // checkpointed as it closes
  const auto verified = database.value()->verify_consistent();
  ASSERT_FALSE(verified.ok());
  EXPECT_EQ(verified.error().code, app::Code::bad_source);
}

TEST(SqliteRows, WhileOthersWriteEverythingIsOfOneMoment) {
  SqlFolder folder;
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((folder.path() / "emr.db").c_str(), &other), SQLITE_OK);
  sqlite3_exec(other, (std::string("PRAGMA journal_mode=WAL;") + kThree).c_str(), nullptr, nullptr, nullptr);
  {
    auto database = exporter::open_sqlite(folder.path() / "emr.db");
    ASSERT_TRUE(database.ok()) << database.error().detail;
    EXPECT_EQ(sqlite3_exec(other, "INSERT INTO t VALUES (4)", nullptr, nullptr, nullptr), SQLITE_OK);
    EXPECT_EQ(count_rows(*database.value()), 3);
    EXPECT_TRUE(database.value()->verify_consistent().ok());
  }
  auto again = exporter::open_sqlite(folder.path() / "emr.db");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(count_rows(*again.value()), 4);
  sqlite3_close(other);
}

// What lies on the disk after a power cut, or was copied so: frames in -wal that count, and no -shm.
TEST(SqliteRows, RowsThatStandOnlyInTheWalAreReadAndNothingIsTouched) {
  SqlFolder folder;
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((folder.path() / "live.db").c_str(), &other), SQLITE_OK);
  sqlite3_exec(other, (std::string("PRAGMA journal_mode=WAL;") + kThree).c_str(), nullptr, nullptr, nullptr);
  fs::copy_file(folder.path() / "live.db", folder.path() / "emr.db");
  fs::copy_file(folder.path() / "live.db-wal", folder.path() / "emr.db-wal");
  sqlite3_close(other);
  const auto before = sorted_names(folder);
  const std::string bytes = bytes_of(folder.path() / "emr.db") + bytes_of(folder.path() / "emr.db-wal");
  {
    auto database = exporter::open_sqlite(folder.path() / "emr.db");
    ASSERT_TRUE(database.ok()) << database.error().detail;
    EXPECT_EQ(count_rows(*database.value()), 3);
    EXPECT_EQ(sorted_names(folder), before);
  }
  EXPECT_EQ(sorted_names(folder), before);
  EXPECT_EQ(bytes_of(folder.path() / "emr.db") + bytes_of(folder.path() / "emr.db-wal"), bytes);
}

TEST(SqliteRows, NothingCanBeWritten) {
  SqlFolder folder;
  folder.sql(kThree);
  const std::string bytes = bytes_of(folder.path() / "emr.db");
  auto database = exporter::open_sqlite(folder.path() / "emr.db");
  ASSERT_TRUE(database.ok());
  for (const char* sql : {"DELETE FROM t", "CREATE TABLE u(x)", "PRAGMA journal_mode=WAL", "ATTACH '/nonexistent/y.db' AS y"}) {
    auto rows = database.value()->select(sql);
    if (rows.ok()) (void)rows.value()->next().ok();  // whatever it answers
  }
  EXPECT_EQ(bytes_of(folder.path() / "emr.db"), bytes);
  EXPECT_EQ(count_rows(*database.value()), 3);
  EXPECT_EQ(sorted_names(folder), (std::vector<std::string>{"emr.db", "pack"}));
}

TEST(SqliteRows, FilesWithUnusualNamesAreOpened) {
  SqlFolder folder;
  folder.sql(kThree, "a%20b?c#d é.db");
  auto database = exporter::open_sqlite(folder.path() / "a%20b?c#d é.db");
  ASSERT_TRUE(database.ok()) << database.error().detail;
  EXPECT_EQ(count_rows(*database.value()), 3);
}

}  // namespace
