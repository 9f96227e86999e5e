#include "exporter/emr/sql_pack.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "exporter/emr/sql_columns.h"
#include "exporter/emr/sql_parts.h"
#include "tests/house_places.h"
#include "tests/sql_fixture.h"

namespace {

using app::Code;
using exporter::columns_of;
using exporter::make_part_reader;
using test::SqlFolder;

exporter::SqlValue text(std::string_view value) { return {exporter::SqlValue::Kind::text, 0, value}; }

// What templates/emr/README.md says: "### allergies", then lines of "| `column` | meaning |".
std::map<std::string, std::set<std::string>> documented_columns() {
  std::map<std::string, std::set<std::string>> all;
  std::ifstream in(std::string(tests::kHouseRoot) + "/templates/emr/README.md");
  static const std::regex part("^### `([a-z_]+)`"), column(R"(`([a-z_.]+)`)");
  std::string current;
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (line.starts_with("#")) current.clear();
    if (std::regex_search(line, match, part)) all[current = match[1]];
    if (current.empty() || !line.starts_with("| `")) continue;
    const std::string cell = line.substr(0, line.find('|', 1));
    for (std::sregex_iterator at(cell.begin(), cell.end(), column), end; at != end; ++at) all[current].insert((*at)[1]);
  }
  return all;
}

TEST(SqlPack, TheReadmeNamesExactlyTheColumnsThatTheCodeKnows) {
  const auto documented = documented_columns();
  for (const std::string& part : exporter::part_names()) {
    ASSERT_TRUE(documented.contains(part)) << part;
    std::set<std::string> known;
    for (const std::string& name : columns_of(part)) {
      if (!exporter::is_of_later_element(name)) known.insert(name);
    }
    EXPECT_EQ(documented.at(part), known) << part;
    EXPECT_FALSE(known.empty()) << part;
  }
  EXPECT_EQ(documented.size(), exporter::part_names().size());
}

TEST(SqlPack, EveryColumnOfAPartFindsItsField) {
  for (const std::string& part : exporter::part_names()) {
    std::vector<std::string> columns = columns_of(part);
    columns.insert(columns.begin() + 1, "patient");
    const auto reader = make_part_reader(part, part + ".sql", columns);
    EXPECT_TRUE(reader.ok()) << part << ": " << reader.error().what;
  }
}

TEST(SqlPack, AnUnknownColumnIsNamedWithTheNearest) {
  const auto reader = make_part_reader("allergies", "allergies.sql", {"patient", "reaction.text"});
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::bad_config);
  EXPECT_EQ(reader.error().what,
            "allergies.sql: no field is called \"reaction.text\"; the nearest is \"reactions.text\".");
  EXPECT_NE(reader.error().detail.find("criticality"), std::string::npos);
}

TEST(SqlPack, AMissingOrDoubledColumnIsNamed) {
  const auto without = make_part_reader("visits", "visits.sql", {"text", "start"});
  ASSERT_FALSE(without.ok());
  EXPECT_NE(without.error().what.find("visits.sql: there is no column \"patient\""), std::string::npos);
  const auto twice = make_part_reader("visits", "visits.sql", {"patient", "text", "text"});
  ASSERT_FALSE(twice.ok());
  EXPECT_NE(twice.error().what.find("\"text\" is given twice"), std::string::npos);
}

TEST(SqlPack, ARowGivesSeveralElementsOfAList) {
  const auto reader = make_part_reader(
      "allergies", "allergies.sql",
      {"codes.2.code", "patient", "text", "codes.code", "codes.system", "reactions.text", "reactions.severity"});
  ASSERT_TRUE(reader.ok()) << reader.error().what;
  const exporter::SqlValue row[] = {text("b"), text("1"), text("Latex"), text("a"),
                                    text("s"), text("hives"), {}};
  app::Chart chart;
  EXPECT_TRUE(reader.value()->add(row, chart));
  ASSERT_EQ(chart.allergies.entries.size(), 1u);
  const app::Allergy& allergy = chart.allergies.entries[0];
  EXPECT_EQ(allergy.text, "Latex");
  ASSERT_EQ(allergy.codes.size(), 2u);
  EXPECT_EQ(allergy.codes[0].code, "a");
  EXPECT_EQ(allergy.codes[0].system, "s");
  EXPECT_EQ(allergy.codes[1].code, "b");
  ASSERT_EQ(allergy.reactions.size(), 1u);
  EXPECT_EQ(allergy.reactions[0].text, "hives");
}

TEST(SqlPack, WhatCannotBeReadIsMarkedWithItsPlaceAndWords) {
  const auto reader = make_part_reader("allergies", "allergies.sql",
                                       {"patient", "text", "current", "onset", "reactions.text"});
  ASSERT_TRUE(reader.ok());
  const exporter::SqlValue row[] = {text("1"), text("La\xfftex"), text("perhaps"), text("31/02/1975"), text("a\x01" "b")};
  app::Chart chart;
  EXPECT_TRUE(reader.value()->add(row, chart));
  ASSERT_EQ(chart.unreadable.size(), 4u);
  EXPECT_EQ(chart.unreadable[0].field, "text");
  EXPECT_EQ(chart.unreadable[1].field, "reactions.text");
  EXPECT_EQ(chart.unreadable[2].field, "current");
  EXPECT_EQ(chart.unreadable[2].as_recorded, "perhaps");
  EXPECT_EQ(chart.unreadable[3].field, "onset");
  EXPECT_EQ(chart.unreadable[3].as_recorded, "31/02/1975");
  for (const auto& mark : chart.unreadable) EXPECT_EQ(mark.section, "allergies");
  const app::Allergy& allergy = chart.allergies.entries.at(0);
  EXPECT_EQ(allergy.text, "La\xEF\xBF\xBDtex");
  EXPECT_FALSE(allergy.current.has_value());
  EXPECT_EQ(allergy.onset.presence(), app::Presence::unreadable);
}

TEST(SqlPack, TimesWithAnOffsetAreReadInThePracticesTimeZone) {
  const auto reader = make_part_reader("visits", "visits.sql", {"patient", "text", "start"}, {"America/New_York", false});
  ASSERT_TRUE(reader.ok());
  const exporter::SqlValue row[] = {text("1"), text("Office visit"), text("2026-11-23 00:30:00Z")};
  app::Chart chart;
  EXPECT_TRUE(reader.value()->add(row, chart));
  ASSERT_EQ(chart.visits.entries.size(), 1u);
  EXPECT_EQ(app::format_known_date(chart.visits.entries[0].start), "22-Nov-2026 19:30");
}

TEST(SqlPack, TruthIsWrittenInManyWays) {
  for (const char* yes : {"1", "true", "TRUE", "Yes", "t", "Y"}) EXPECT_EQ(exporter::parse_truth(yes), true) << yes;
  for (const char* no : {"0", "false", "No", "F", "n"}) EXPECT_EQ(exporter::parse_truth(no), false) << no;
  for (const char* neither : {"", "2", "yess", "-"}) EXPECT_FALSE(exporter::parse_truth(neither)) << neither;
}

TEST(SqlPack, AFileNamedForNoPartIsNamed) {
  for (const char* name : {"alergies.sql", "allergies.two.sql", "allergies..sql"}) {
    SqlFolder folder;
    folder.pack("patients.sql", "SELECT 1 AS patient");
    folder.pack(name, "SELECT 1 AS patient");
    const auto pack = exporter::read_sql_pack(folder.path() / "pack");
    ASSERT_FALSE(pack.ok()) << name;
    EXPECT_EQ(pack.error().code, Code::bad_config);
    EXPECT_NE(pack.error().what.find(name), std::string::npos) << pack.error().what;
  }
}

TEST(SqlPack, WhatPackTomlMayNotSayIsNamed) {
  for (const char* head : {"name = \"x\"\nordred = []\n", "reads = \"x\"\n", "name = \"x\"\nordered = [\"alergies\"]\n"}) {
    SqlFolder folder;
    folder.pack("patients.sql", "SELECT 1 AS patient");
    folder.pack("pack.toml", head);
    const auto pack = exporter::read_sql_pack(folder.path() / "pack");
    ASSERT_FALSE(pack.ok()) << head;
    EXPECT_NE(pack.error().what.find("pack.toml"), std::string::npos) << pack.error().what;
  }
}

TEST(SqlPack, SeveralFilesForOneSectionStandInTheirOrderAfterPatients) {
  SqlFolder folder;
  folder.pack("pack.toml", "name = \"x\"\nreads = \"y\"\nordered = [\"patients\", \"allergies\"]\n");
  for (const char* name : {"medications.sql", "medications.2.sql", "allergies.sql", "patients.sql", "states.sql"}) {
    folder.pack(name, "SELECT 1 AS patient");
  }
  const auto pack = exporter::read_sql_pack(folder.path() / "pack");
  ASSERT_TRUE(pack.ok()) << pack.error().what;
  std::string all;
  for (const auto& file : pack.value().files) all += file.name + (file.ordered ? "! " : " ");
  EXPECT_EQ(all, "patients.sql! allergies.sql! medications.sql medications.2.sql states.sql ");
}

TEST(SqlPack, AFolderThatIsNotThereOrHasNoPatientsIsRefused) {
  SqlFolder folder;
  EXPECT_EQ(exporter::read_sql_pack(folder.path() / "none").error().code, Code::bad_config);
  const auto empty = exporter::read_sql_pack(folder.path() / "pack");
  ASSERT_FALSE(empty.ok());
  EXPECT_NE(empty.error().what.find("patients.sql"), std::string::npos);
}

}  // namespace
