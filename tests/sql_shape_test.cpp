#include "exporter/emr/sql_shape.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "exporter/emr/sql_alias.h"
#include "tests/command.h"
#include "tests/sql_fixture.h"

namespace {

using exporter::parse_sql_alias;
using exporter::SqlAlias;

TEST(SqlAlias, AFieldMayBeLookedUpAndPutBehindAnother) {
  const SqlAlias plain = parse_sql_alias("codes.2.code");
  EXPECT_TRUE(plain.is_plain());
  EXPECT_EQ(plain.field, "codes.2.code");
  const SqlAlias all = parse_sql_alias("strength + via lists drug_units");
  EXPECT_EQ(all.field + "|" + std::string(all.joint) + "|" + all.lookup + "|" + all.list,
            "strength| |lists|drug_units");
  EXPECT_FALSE(all.only_looked_up);
  EXPECT_TRUE(parse_sql_alias("phone from phones").only_looked_up);
  EXPECT_EQ(parse_sql_alias("note ;").joint, "; ");
}

TEST(SqlAlias, AnythingElseIsTheNameOfAField) {
  for (const char* name : {"note via", "note via lists reaction too", "note for lists", "note + ;", "+ note"}) {
    EXPECT_TRUE(parse_sql_alias(name).field == name || parse_sql_alias(name).field == "+") << name;
  }
}

// A database whose pack has lookups and texts of several columns.
class SqlShape : public testing::Test {
 protected:
  SqlShape() {
    folder_.sql(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2);"
        "CREATE TABLE staff (id INTEGER, name TEXT); INSERT INTO staff VALUES (7, 'Ada'), (8, 'Bob');"
        "CREATE TABLE v (p INTEGER, pulse TEXT, weight TEXT, who TEXT, secret INTEGER);"
        "INSERT INTO v VALUES (1, '72', '', '7|8', 0), (1, '', '', '9', 0), (2, '80', '154', '', 1), (2, NULL, "
        "'150', '7', NULL);");
    folder_.pack("patients.sql", "SELECT id AS patient FROM p ORDER BY id");
    folder_.pack("lookup.staff.sql", "SELECT id AS key, name AS value FROM staff");
    folder_.pack("vital_signs.sql", kVitals);
    folder_.pack("vital_signs.entries.toml",
                 "[[entry]]\ntext = \"Heart rate\"\nvalue = \"{pulse}\"\n[[entry]]\ntext = \"Weight\"\nvalue = "
                 "\"{weight} lb\"\nnote = \"as {weight}\"\n");
  }
  static constexpr const char* kVitals =
      "SELECT p AS patient, pulse, weight, who AS \"author via staff\", secret AS withheld FROM v ORDER BY p";

  std::string error_of() {
    const auto all = test::read_all(folder_.order());
    return all.ok ? "none" : all.error.what;
  }

  test::SqlFolder folder_;
};

TEST_F(SqlShape, OneRowMakesOneEntryForEachTextThatHoldsSomething) {
  const auto all = test::read_all(folder_.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  const auto& first = all.charts.at(0).vital_signs.entries;
  ASSERT_EQ(first.size(), 1u) << "a row in which nothing was measured is no entry, and no fault";
  EXPECT_EQ(first[0].text + " " + first[0].value + " by " + first[0].author, "Heart rate 72 by Ada, Bob");
  EXPECT_TRUE(all.charts[0].unreadable.empty());
  const auto& second = all.charts.at(1).vital_signs;
  ASSERT_EQ(second.entries.size(), 1u);
  EXPECT_EQ(second.entries[0].value + ", " + second.entries[0].note + ", " + second.entries[0].author,
            "150 lb, as 150, Ada");
}

TEST_F(SqlShape, WhatIsWithheldIsCountedAndNotKept) {
  const auto all = test::read_all(folder_.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts.at(0).vital_signs.withheld, 0u);
  EXPECT_EQ(all.charts.at(1).vital_signs.withheld, 1u);
}

TEST_F(SqlShape, AKeyWithoutWordsStandsForItselfUnlessItMustBeLookedUp) {
  folder_.pack("notes.sql",
               "SELECT p AS patient, who AS \"author via staff\", who AS \"text from staff\", 'x' AS body FROM v "
               "WHERE who = '9' ORDER BY p");
  const auto all = test::read_all(folder_.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts.at(0).notes.entries.at(0).author, "9");
  EXPECT_EQ(all.charts.at(0).notes.entries.at(0).text, "");
}

TEST_F(SqlShape, TextsOfSeveralColumnsAreJoinedAndNotRepeated) {
  folder_.pack("notes.sql",
               "SELECT 1 AS patient, 'a' AS text, 'b' AS \"text +\", 'one' AS body, 'two' AS \"body ;\", 'one' AS "
               "\"body ;\", NULL AS \"body ;\"");
  const auto all = test::read_all(folder_.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts.at(0).notes.entries.at(0).text, "a b");
  EXPECT_EQ(all.charts.at(0).notes.entries.at(0).body, "one; two");
}

TEST_F(SqlShape, WhatIsWrongInItIsNamed) {
  folder_.pack("vital_signs.sql", "SELECT p AS patient, pulse, who AS \"author via nobody\", weight FROM v ORDER BY p");
  EXPECT_EQ(error_of(), "vital_signs.sql: there is no lookup \"nobody\".");
  folder_.pack("vital_signs.sql",
               "SELECT p AS patient, pulse, who AS \"author via staff\", who AS author, weight FROM v ORDER BY p");
  EXPECT_EQ(error_of(), "vital_signs.sql: the column \"author\" is given twice.");
  folder_.pack("vital_signs.sql", "SELECT p AS patient, pulse, who AS \"author via staff\" FROM v ORDER BY p");
  EXPECT_EQ(error_of(), "vital_signs.sql: its entries name a column \"weight\", which it does not give.");
  folder_.pack("vital_signs.sql", "SELECT p AS patient, pulse, weight, who AS \"athor via staff\" FROM v ORDER BY p");
  EXPECT_NE(error_of().find("no field is called \"athor\""), std::string::npos) << error_of();
  folder_.pack("vital_signs.sql", kVitals);
  folder_.pack("vital_signs.entries.toml", "[[entries]]\ntext = \"x\"\n");
  EXPECT_NE(error_of().find("the key \"entries\" has no meaning here"), std::string::npos) << error_of();
  folder_.pack("vital_signs.entries.toml", "[[entry]]\nvalue = \"{pulse} {weight}\"\n");
  folder_.pack("lookup.staff.sql", "SELECT id AS key, name AS word FROM staff");
  EXPECT_EQ(error_of(), "lookup.staff.sql: A lookup has no column \"word\".");
}

TEST_F(SqlShape, ALookupThatIsNotThereLeavesTheKeysAndSaysSo) {
  folder_.pack("lookup.staff.sql", "SELECT id AS key, name AS value FROM no_staff");
  const auto all = test::read_all(folder_.order());
  ASSERT_TRUE(all.ok) << all.error.what;
  EXPECT_EQ(all.charts.at(1).vital_signs.entries.at(0).author, "7");
  ASSERT_EQ(all.report.cautions.size(), 1u);
  EXPECT_TRUE(all.report.cautions[0].starts_with("lookup.staff.sql cannot be read"));
}

}  // namespace
